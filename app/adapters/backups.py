"""The backups of one station: made, copied to a second folder, and the oldest taken away."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from app.adapters.backup_files import backup_name, newest_backup, prune
from app.adapters.durable_file import sync_folder
from app.adapters.file_copy import copy_durably, sha256_of
from app.adapters.journal_copy import remove_draft, verified_copy
from app.adapters.progress import Progress, go_on, part_of
from app.adapters.sqlite_connection import JournalConnection
from app.adapters.station_folder import StationFolder
from app.core.errors import Fact, Faulted, Reason, Refused, StationError, Why, because
from app.ports.backups import BackupFound, BackupMade
from app.ports.relationship import Cancelled

_DRAFT = "backup.db"
_COPIED = 700
"""Thousandths of the work that are done when the first backup is proven."""


@dataclass(frozen=True, slots=True)
class Backups:
    """Fills `ports.BackupKeeper`."""

    folder: StationFolder
    station: str
    kept: int
    """How many stay in the station's folder; never fewer than the one just made."""
    second: str = ""
    """Where each goes as well, which may be a share; nothing is ever taken away there. Empty for nowhere."""

    def newest(self) -> BackupFound | None:
        return newest_backup(self.folder.path)

    def make(self, out: Path | None = None, progress: Progress | None = None) -> BackupMade:
        if out is not None:
            self._check_free(out)
        try:
            self.folder.backups.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder.backups / "backup.lock"):
                return self._make(out, progress or go_on)
        except OSError as error:
            raise _failed(self.folder.backups, error) from error

    def _make(self, out: Path | None, progress: Progress) -> BackupMade:
        draft = self.folder.backups / _DRAFT
        remove_draft(draft)
        try:
            made = self._proven(draft, part_of(progress, 0, _COPIED))
            rest = part_of(progress, _COPIED, 1000)
            if out is not None:
                copy_durably(draft, out, rest)
                return replace(made, path=out)
            made = self._named(made)
            made = self._with_second(made, rest)
            return replace(made, pruned=prune(self.folder.backups, self.kept, spare=made.path))
        finally:
            with suppress(OSError):
                remove_draft(draft)

    def _proven(self, draft: Path, progress: Progress) -> BackupMade:
        journal = JournalConnection(self.folder.journal, writing=False)
        now = datetime.now(UTC).replace(microsecond=0)  # as its name says
        try:
            with journal.use() as connection:
                seq, hash = verified_copy(connection, draft, progress)
        finally:
            journal.close()
        when = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        size = draft.stat().st_size
        return BackupMade(draft, when, seq, hash, sha256=sha256_of(draft), size=size)

    def _named(self, made: BackupMade) -> BackupMade:
        path = self.folder.backups / backup_name(datetime.fromisoformat(made.when), made.seq)
        made.path.replace(path)  # one of this very second and event would be the same
        sync_folder(path.parent)
        return replace(made, path=path)

    def _with_second(self, made: BackupMade, progress: Progress) -> BackupMade:
        """Trouble there leaves the first one what it is."""
        if not self.second:
            return made
        path = self.folder.path / self.second / _plain(self.station) / made.path.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            copy_durably(made.path, path, progress)
        except OSError as error:
            return replace(made, second_trouble=_no_second(path.parent, error.strerror or str(error)))
        except StationError as trouble:
            detail = trouble.reason.facts.get("detail", trouble.reason.why)
            return replace(made, second_trouble=_no_second(path.parent, detail))
        except Cancelled:
            return replace(made, second_trouble=_no_second(path.parent, "cancelled"))
        return replace(made, second=path)

    def _check_free(self, out: Path) -> None:
        if self.folder.owns(out):
            raise Refused(because(Why.FILE_IS_OURS, path=str(out)))
        if out.exists():
            raise Refused(because(Why.FILE_EXISTS, path=str(out)))


def _plain(station: str) -> str:
    """The station's name as that of a folder on any system: several stations may share the second folder."""
    kept = "".join(
        one if one.isalnum() or one in "-_" else "_" for one in unicodedata.normalize("NFC", station)
    )
    return f"station-{kept}"


def _no_second(folder: Path, detail: Fact) -> Reason:
    return because(Why.SECOND_BACKUP_FAILED, path=str(folder), detail=detail)


def _failed(path: Path, error: OSError) -> Faulted:
    return Faulted(because(Why.BACKUP_FAILED, path=str(path), detail=error.strerror or str(error)))

"""The folder of one station: journal, settings, backups, and the lock that keeps a second process out."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.adapters import backup_files
from app.adapters.sqlite_errors import BIRTH
from app.core.errors import Faulted, Why, because


@dataclass(frozen=True, slots=True)
class StationFolder:
    """Where one station keeps what it has."""

    path: Path

    @property
    def journal(self) -> Path:
        return self.path / "journal.db"

    @property
    def settings(self) -> Path:
        return self.path / "settings.json"

    @property
    def log(self) -> Path:
        return self.path / "station.log"

    @property
    def birth(self) -> Path:
        """Stands here from the journal's first moment on, so that a journal that has gone is missed."""
        return self.path / BIRTH

    @property
    def backups(self) -> Path:
        return self.path / backup_files.FOLDER

    @property
    def restoring(self) -> Path:
        """Stands here while a restored journal takes the place of the old one."""
        return self.path / "journal.restoring"

    @property
    def proof(self) -> Path:
        """What the last verification of the journal found."""
        return self.path / "journal.proof.json"

    def owns(self, path: Path) -> bool:
        """Whether this is a file that the station itself lives by."""
        try:
            folder, own = path.resolve().parent, self.path.resolve()
        except OSError:
            return False
        if folder == own / backup_files.FOLDER:
            return backup_files.is_backup(path)
        return folder == own and path.name.lower().startswith(("journal.", "settings.json", "station."))

    def exists(self) -> bool:
        return any(one.exists() for one in (self.journal, self.settings, self.birth, self.restoring))

    def make(self) -> None:
        """Raises `Faulted` where the folder cannot be made or written."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(self.path, error) from error


class FolderLock:
    """Held by the one process that writes in a station's folder; the system frees it when that ends."""

    def __init__(self, folder: StationFolder) -> None:
        self._lock = FileLock(folder.path / "station.lock", timeout=0)
        self._holder = folder.path / "station.holder"
        self._folder = folder

    def acquire(self) -> None:
        """
        Raises:
            Faulted: another process holds the folder (the reason names it), or it cannot be written.
        """
        try:
            self._lock.acquire()
        except Timeout as error:
            raise Faulted(because(Why.STATION_IN_USE, **self._who())) from error
        except OSError as error:
            raise _unusable(self._folder.path, error) from error
        self._sign()

    def _sign(self) -> None:
        """On a full disk the lock holds all the same, and the journal says what is wrong."""
        holder = {
            "pid": os.getpid(),
            "computer": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with suppress(OSError):
            self._holder.write_text(json.dumps(holder), "utf-8")

    def release(self) -> None:
        self._lock.release()

    def _who(self) -> dict[str, str]:
        """Whoever holds the lock wrote who it is; a moment ago it may not have come to that."""
        try:
            holder = json.loads(self._holder.read_text("utf-8"))
            return {key: str(holder[key]) for key in ("pid", "computer", "since")}
        except (OSError, ValueError, KeyError, TypeError):
            return {"pid": "?", "computer": "?", "since": "?"}


def _unusable(path: Path, error: OSError) -> Faulted:
    return Faulted(because(Why.FOLDER_UNUSABLE, path=str(path), detail=error.strerror or str(error)))

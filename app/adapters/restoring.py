"""A backup put in the place of the journal, beside the old file. Nothing is deleted or overwritten."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from app.adapters import restore_steps
from app.adapters.durable_file import sync_file
from app.adapters.journal_copy import remove_draft
from app.adapters.progress import Progress, go_on
from app.adapters.restore_proof import Proven, prove
from app.adapters.sqlite_errors import faulted
from app.adapters.sqlite_journal import SqliteJournal
from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.station_folder import StationFolder
from app.core.errors import Faulted, Refused, Why, because
from app.core.record import Entry, EventKind, Stamp
from app.ports.backups import Restored
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader

_LOST = (Why.JOURNAL_DAMAGED, Why.JOURNAL_GONE, Why.BACKUP_FAILED, Why.BACKUP_NOT_WHOLE)
"""Why a journal cannot be asked any more; the last two where it is an older one, which is copied first."""


class JournalRestoring:
    """Fills `ports.Restoring`. What it prepared is gone when it is left before the end."""

    def __init__(self, folder: StationFolder, file: Path, progress: Progress | None = None) -> None:
        self._folder = folder
        self._file = file
        self._progress = progress or go_on
        self._draft = restore_steps.draft_of(folder)
        self._known: Proven | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._folder.restoring.exists():
            with suppress(OSError):
                remove_draft(self._draft)

    @contextmanager
    def people(self) -> Iterator[Journal]:
        journal = self._present() or SqliteJournal(self._proven().draft)
        try:
            yield journal
        finally:
            journal.close()

    def _present(self) -> SqliteJournal | None:
        try:
            return SqliteJournal(self._folder.journal)
        except Faulted as fault:
            if fault.reason.why not in _LOST:
                raise
        return None

    def _proven(self) -> Proven:
        if self._known is None:
            self._known = prove(self._file, self._draft, self._folder.journal, self._progress)
        return self._known

    def put_in_place(self, stamp: Stamp) -> Restored:
        proven = self._proven()
        kept = restore_steps.kept_name(self._folder)
        with closing(SqliteJournal(proven.draft)) as journal:
            self._check_somebody_may_sign_in(journal)
            restored = self._compared(Restored(0, self._file, proven.up_to, proven.hash, kept), journal)
            seq = journal.record(stamp, Entry(EventKind.RESTORED, detail=_detail(restored))).seq
        _seal(proven.draft)
        restore_steps.begin(self._folder, kept)
        restore_steps.finish(self._folder)
        return replace(restored, seq=seq)

    def _check_somebody_may_sign_in(self, journal: SqliteJournal) -> None:
        """Where people sign in, the journal of a station without them would open the door to everybody."""
        if journal.people():
            return
        with suppress(Faulted), closing(SqliteJournalReader(self._folder.journal)) as present:
            if present.people():
                raise Refused(because(Why.BACKUP_WITHOUT_PEOPLE, path=str(self._file)))

    def _compared(self, restored: Restored, journal: SqliteJournal) -> Restored:
        try:
            with closing(SqliteJournalReader(self._folder.journal)) as present:
                seq, hash = present.head()
                common = _common(present, journal, min(seq, restored.up_to))
                units = present.live_since(common + 1)
        except Faulted:
            return restored
        return replace(restored, old_seq=seq, old_hash=hash, common=common, lost_units=units)


def _common(one: JournalReader, other: JournalReader, last: int) -> int:
    """The newest event that both hold. Each hash vouches for all before it, so it is found by halving."""
    seqs = range(1, last + 1)
    return bisect_left(seqs, True, key=lambda seq: one.event(seq) != other.event(seq))


def _seal(draft: Path) -> None:
    """One file, on the disk, before anything is moved."""
    log = draft.with_name(f"{draft.name}-wal")
    try:
        if log.exists() and log.stat().st_size:
            raise Faulted(because(Why.BACKUP_FAILED, path=str(draft), detail="-wal"))
        sync_file(draft)
    except OSError as error:
        raise faulted(error, draft) from error


def _detail(restored: Restored) -> str:
    lost = restored.lost
    facts = {
        "file": restored.file.name,
        "up_to": restored.up_to,
        "hash": restored.hash,
        "kept": restored.kept.name if restored.kept else None,
        "old_seq": restored.old_seq,
        "old_hash": restored.old_hash,
        "same_history": restored.same_history,
        "lost": [lost[0], lost[-1]] if lost else None,
        "lost_units": restored.lost_units,
    }
    return json.dumps(facts, sort_keys=True)

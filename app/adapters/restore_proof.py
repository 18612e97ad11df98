"""A backup copied beside the journal and proven in full, before anything is done with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.adapters.chain_check import verify
from app.adapters.file_copy import copy_durably, unreadable
from app.adapters.hash_chain import head
from app.adapters.journal_copy import remove_draft, unsound
from app.adapters.progress import WHOLE, Progress, ask, part_of
from app.adapters.schema import VERSION, lacks_a_guard, migrate
from app.adapters.sqlite_connection import version_of
from app.adapters.sqlite_errors import faulted
from app.core.errors import Faulted, Refused, Why, because
from app.ports.relationship import Cancelled

_LOGS = ("-wal", "-journal")
"""Beside a file that is no backup but a journal somebody put aside: its newest commits."""


@dataclass(frozen=True, slots=True)
class Proven:
    """A copy of the backup that holds in every respect and has every migration."""

    draft: Path
    up_to: int
    hash: str


def prove(file: Path, draft: Path, journal: Path, progress: Progress) -> Proven:
    """Leaves the backup as it is; `draft` lies beside `journal`.

    Raises:
        Refused, Faulted, Cancelled: as `ports.Restoring`.
    """
    try:
        remove_draft(draft)
        _fetch(file, draft, journal, part_of(progress, 0, 150))
        with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            trouble = _trouble(copy, file, progress)
            if trouble is not None:
                raise Refused(because(Why.BACKUP_UNPROVEN, path=str(file), detail=trouble))
            ask(progress, WHOLE, WHOLE)
            return Proven(draft, *head(copy))
    except (sqlite3.Error, OSError) as error:
        raise faulted(error, draft) from error


def _fetch(file: Path, draft: Path, journal: Path, progress: Progress) -> None:
    """SQLite works in the station's folder alone: the backup may lie on a share, or be write-protected."""
    try:
        ours = journal.exists() and file.samefile(journal)
    except OSError as error:
        raise unreadable(file, error) from error
    if ours:
        raise Refused(because(Why.FILE_IS_OURS, path=str(file)))
    copy_durably(file, draft, progress)
    for suffix in _LOGS:
        log = file.with_name(file.name + suffix)
        if log.exists():
            copy_durably(log, draft.with_name(draft.name + suffix))


def _trouble(copy: sqlite3.Connection, file: Path, progress: Progress) -> str | None:
    try:
        version = _version(copy, file)
        trouble = unsound(copy, part_of(progress, 150, 300))
        if trouble is None and version < VERSION:
            migrate(copy)  # of the copy: the backup stays as it was
        return trouble or _broken(copy, part_of(progress, 300, 1000))
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        return str(error)


def _version(copy: sqlite3.Connection, file: Path) -> int:
    """Not that of the journal: with the station nothing is wrong, the file is refused."""
    try:
        return version_of(copy, file)
    except Faulted as fault:
        newer = fault.reason.why is Why.JOURNAL_NEWER
        reason = fault.reason if newer else because(Why.JOURNAL_NOT_OURS, path=str(file))
        raise Refused(reason) from fault


def _broken(copy: sqlite3.Connection, progress: Progress) -> str | None:
    cancelled = False

    def watch(done: int, total: int) -> bool:
        nonlocal cancelled
        cancelled = not progress(done, total)
        return not cancelled

    check = verify(copy, watch)
    if cancelled:
        raise Cancelled
    if check.finding is not None:
        return f"#{check.first_bad}: {check.finding}"
    return "schema" if lacks_a_guard(copy) else None

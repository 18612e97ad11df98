"""A copy of a journal that may be in use: SQLite's online backup, proven before it gets its name.

Proven means: SQLite finds every page, row and index sound (`integrity_check`), the newest events hash to what
they say, and they end with the event that was the journal's newest when the copy began. That older events
hold too is what `journal verify` proves; a copy holds wherever its journal does, page by page.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from app.adapters.durable_file import sync_file, sync_folder
from app.adapters.hash_chain import head
from app.adapters.newest_check import verify_newest
from app.adapters.progress import WHOLE, Progress, ask, go_on, part_of, watched
from app.core.errors import Faulted, Refused, Why, because

Head = tuple[int, str]

_PAGES_AT_ONCE = 4096
"""16 MB between two words of progress."""

BESIDE = ("", "-journal", "-wal", "-shm")
"""A file, and what SQLite keeps beside it while it works."""


def verified_copy(journal: sqlite3.Connection, target: Path, progress: Progress = go_on) -> Head:
    """Copies the journal as it stands now, whatever is written meanwhile. Returns the copy's newest event.

    Raises:
        Refused: FILE_EXISTS.
        Faulted: BACKUP_FAILED, or BACKUP_NOT_WHOLE where the copy is not sound; facts: `path`, `detail`.
        Cancelled: `progress` said so.
    """
    draft = target.with_name(f"{target.name}.new")
    try:
        remove_draft(draft)
        newest = _copy(journal, draft, part_of(progress, 0, 400))
        with closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            trouble = unsound(copy, part_of(progress, 400, 1000)) or _not_the_end(copy, newest)
        if trouble is not None:
            raise Faulted(because(Why.BACKUP_NOT_WHOLE, path=str(target), detail=trouble))
        ask(progress, WHOLE, WHOLE)
        put_in_place(draft, target)
    except (sqlite3.Error, OSError) as error:
        raise Faulted(because(Why.BACKUP_FAILED, path=str(target), detail=str(error))) from error
    finally:
        with suppress(OSError):
            remove_draft(draft)
    return newest


def unsound(copy: sqlite3.Connection, progress: Progress) -> str | None:
    """What SQLite finds wrong with the pages, rows and indexes of a file that nobody else uses.

    Raises:
        Cancelled: `progress` said so.
    """
    try:
        with watched(copy, progress):
            (said,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else str(said)


def put_in_place(draft: Path, target: Path) -> None:
    """Raises `Refused` where a file has that name."""
    sync_file(draft)
    if target.exists():
        raise Refused(because(Why.FILE_EXISTS, path=str(target)))
    draft.rename(target)
    sync_folder(target.parent)


def remove_draft(draft: Path) -> None:
    for suffix in BESIDE:
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _copy(journal: sqlite3.Connection, draft: Path, progress: Progress) -> Head:
    with closing(sqlite3.connect(draft, isolation_level=None)) as copy, _one_moment(journal):
        newest = head(journal)
        journal.backup(
            copy,
            pages=_PAGES_AT_ONCE,
            progress=lambda _, left, total: ask(progress, total - left, total),
        )
        copy.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a log beside it
    return newest


@contextmanager
def _one_moment(journal: sqlite3.Connection) -> Iterator[None]:
    """The copy would begin anew with each commit of another connection, but for this transaction."""
    journal.execute("BEGIN")
    try:
        yield
    finally:
        journal.execute("ROLLBACK")


def _not_the_end(copy: sqlite3.Connection, newest: Head) -> str | None:
    check = verify_newest(copy)
    if check.finding is not None:
        return f"#{check.first_bad}: {check.finding}"
    return None if head(copy) == newest else f"#{newest[0]} is not its end"

"""What follows from the events, made anew, compared with what stands, and put in its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from app.adapters.chain_check import verify_events
from app.adapters.event_row import COLUMNS
from app.adapters.hash_chain import head
from app.adapters.issued_check import first_other_list
from app.adapters.progress import Progress
from app.adapters.projection import EFFECTIVE, TABLES
from app.adapters.replay import Impossible, differing, replay, scratch_journal
from app.core.errors import Refused, Why, because
from app.ports.journal import RebuildResult
from app.ports.relationship import Cancelled

_EFFECTIVE = f"""
SELECT {", ".join(COLUMNS)} FROM event NOT INDEXED
WHERE kind IN ({", ".join(f"'{kind}'" for kind in EFFECTIVE)}) ORDER BY seq"""  # noqa: S608 our own words

_EVENTS_BETWEEN_PROGRESS = 3000

_CANCELLED = RebuildResult(events=0, differences=0, cancelled=True)


def rebuild(connection: sqlite3.Connection, progress: Progress | None) -> RebuildResult:
    """Inside the caller's transaction.

    Raises:
        Refused: JOURNAL_NOT_PROVEN; facts: `seq` and `finding`, as `ChainCheck` has it or `impossible`. A
            list of issued SNs follows from nothing: it is kept, and proven.
        sqlite3.Error: what stands cannot be read at all.
    """
    total = head(connection)[0]

    def ask(done: int, _total: int = 0) -> bool:
        return progress is None or progress(done, 2 * total)

    check = verify_events(connection, ask)
    if check.finding is not None:
        raise _not_proven(check.first_bad or 0, check.finding)
    if check.events < total:
        return _CANCELLED
    with scratch_journal() as scratch:
        try:
            replay(scratch, _watched(connection, lambda seq: ask(total + seq)))
        except Cancelled:
            return _CANCELLED
        except Impossible as event:
            raise _not_proven(event.seq, "impossible") from event
        differences = sum(1 for table in TABLES for _ in differing(connection, scratch, table))
        _replace(connection, scratch)
    other_list = first_other_list(connection)
    if other_list is not None:
        raise _not_proven(other_list, "issued")
    return RebuildResult(total, differences)


def _watched(connection: sqlite3.Connection, ask: Callable[[int], bool]) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(connection.execute(_EFFECTIVE)):
        if number % _EVENTS_BETWEEN_PROGRESS == 0 and not ask(row[0]):
            raise Cancelled
        yield row


def _replace(connection: sqlite3.Connection, scratch: sqlite3.Connection) -> None:
    """Everything goes before anything comes, or a row that is wrong could stand in the way of a right one."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 our own words
    for table in TABLES:
        rows = scratch.execute(f"SELECT * FROM {table}")  # noqa: S608 our own words
        marks = ", ".join("?" for _ in rows.description)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 our own words


def _not_proven(seq: int, finding: str) -> Refused:
    return Refused(because(Why.JOURNAL_NOT_PROVEN, seq=seq, finding=finding))

"""The events applied anew in a scratch journal, and what stands compared with what comes out there."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter

from app.adapters.event_row import EventRow
from app.adapters.projection import apply
from app.adapters.schema import migrate
from app.core.errors import Refused


class Impossible(Exception):
    """The event with this number makes no sense after those before it."""

    def __init__(self, seq: int) -> None:
        super().__init__(seq)
        self.seq = seq


@contextmanager
def scratch_journal() -> Iterator[sqlite3.Connection]:
    """An empty one, in a file of SQLite's own that is gone afterwards: memory stays flat."""
    with closing(sqlite3.connect("", isolation_level=None)) as scratch:
        scratch.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        migrate(scratch)
        scratch.execute("BEGIN")
        yield scratch


def replay(scratch: sqlite3.Connection, events: Iterable[tuple[object, ...]]) -> None:
    """Rows of the table `event`, in their order.

    Raises:
        Impossible: the journal's writer would have refused this event.
    """
    for event in map(EventRow._make, events):
        try:
            apply(scratch, event)
        except (Refused, ValueError, sqlite3.IntegrityError) as error:
            raise Impossible(event.seq) from error


def differing(
    journal: sqlite3.Connection,
    scratch: sqlite3.Connection,
    table: str,
    where: str = "TRUE",
    key: str | None = None,
    besides: Collection[str] = (),
) -> Iterator[int]:
    """Keys of the rows that are not the same in both, or only in one: what stands in the first column, or in
    the one called `key`. The columns named in `besides` are proven elsewhere.

    Whatever stands in a column is compared as SQLite quotes it, be it no text or not UTF-8.
    """
    first, *others = (name for _, name, *_ in scratch.execute(f"PRAGMA table_info({table})"))
    key, columns = key or first, [one for one in (first, *others) if one not in besides]
    content = " || ',' || ".join(f"quote({column})" for column in columns)
    query = f"SELECT {key}, CAST({content} AS BLOB) FROM {table} NOT INDEXED WHERE {where} ORDER BY {key}"  # noqa: S608 our own words
    by_key = itemgetter(0)
    both = heapq.merge(journal.execute(query), scratch.execute(query), key=by_key)
    for found, rows in groupby(both, key=by_key):
        one, *other = rows
        if [one] != other:
            yield found

"""The pairs of a file, or a batch of labels, however many, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from app.adapters.journal_writes import GoesOn, JournalWrites
from app.core.errors import Refused, Why, because
from app.core.record import Committed, Entry, Stamp
from app.ports.relationship import Cancelled

_CACHE = -(1 << 17)
"""KiB. SNs that come in no order touch the indexes everywhere: with the usual 2 MB a page would be written
again for nearly every row."""

_REFUSALS = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_TRIGGER)


class BulkWrites(JournalWrites):
    """Adds what is written together to a writing connection."""

    def import_pairs(
        self, stamp: Stamp, entries: Iterable[Entry], of_file: Entry, goes_on: GoesOn
    ) -> Committed | None:
        """As `ports.Journal`."""
        try:
            return self._record_all(stamp, entries, of_file, goes_on)
        except Cancelled:
            return None
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode not in _REFUSALS:
                raise
            raise Refused(because(Why.IMPORT_OVERTAKEN)) from error

    def record_all(self, stamp: Stamp, entries: Iterable[Entry], of_all: Entry) -> Committed:
        """As `ports.Journal`."""
        return self._record_all(stamp, entries, of_all, lambda _: True)

    def _record_all(
        self, stamp: Stamp, entries: Iterable[Entry], of_all: Entry, goes_on: GoesOn
    ) -> Committed:
        with self._writing() as connection, _large_cache(connection):
            self._insert_all(connection, stamp, entries, goes_on)
            return Committed(self._insert(connection, stamp, of_all))


@contextmanager
def _large_cache(connection: sqlite3.Connection) -> Iterator[None]:
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size = {_CACHE}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {usual}")
        connection.execute("PRAGMA shrink_memory")

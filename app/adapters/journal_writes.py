"""How anything is written to the journal: an event, and what follows from it, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.adapters.event_row import COLUMNS, EventRow, values_of
from app.adapters.hash_chain import hash_of, head
from app.adapters.migration import bring_up_to_date
from app.adapters.order_reads import ANY_OPEN_LIST, ORDER_OF
from app.adapters.projection import apply
from app.adapters.sqlite_connection import JournalConnection, transaction
from app.adapters.sqlite_reader import JournalReads
from app.core.errors import Faulted, Why, because
from app.core.record import ClockSetBack, Entry, EventKind, Stamp
from app.ports.relationship import Cancelled

_INSERT_EVENT = f"INSERT INTO event VALUES ({', '.join('?' for _ in COLUMNS)})"  # noqa: S608 our own column names

_ENTRIES_BETWEEN_PROGRESS = 2000

_Head = tuple[int, str]
GoesOn = Callable[[int], bool]
"""Is told now and then how many are done; False ends it."""


class JournalWrites(JournalReads):
    """The one writing connection, under every method that writes."""

    def __init__(self, path: Path, patience: float) -> None:
        bring_up_to_date(path, patience)
        super().__init__(JournalConnection(path, writing=True, patience=patience))
        self._newest = self.head()
        self.set_back: ClockSetBack | None = None
        """The last time that this connection saw the PC's clock run backwards."""
        self._in_one_act: sqlite3.Connection | None = None

    @contextmanager
    def one_act(self) -> Iterator[None]:
        """As `ports.Journal`."""
        with self._writing() as connection:
            self._in_one_act = connection
            try:
                yield
            finally:
                self._in_one_act = None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction whose outcome is known: where COMMIT itself fails, the journal is asked. What SQLite
        shows as committed was flushed before, so an event that is there counts as written."""
        if self._in_one_act is not None:
            yield self._in_one_act
            return
        written: _Head | None = None
        with self._file.use() as connection:
            try:
                with transaction(connection):
                    yield connection
                    written = head(connection)
            except sqlite3.Error:
                if written is None or connection.in_transaction or head(connection) != written:
                    raise
        self._newest = written

    def _insert(self, connection: sqlite3.Connection, stamp: Stamp, entry: Entry) -> int:
        """The event and what follows from it. Returns its number.

        Raises:
            sqlite3.IntegrityError, Refused, ValueError: as `projection.apply`.
        """
        newest = head(connection)
        self._check_continues(connection, newest)
        self._note_set_back(connection, newest[0], stamp)
        return _append(connection, stamp, entry)

    def _note_set_back(self, connection: sqlite3.Connection, newest: int, stamp: Stamp) -> None:
        set_back = _clock_set_back(connection, newest, stamp.at)
        if set_back is not None:
            self.set_back = set_back
            _append(connection, stamp, _entry_of(set_back))

    def _insert_all(
        self, connection: sqlite3.Connection, stamp: Stamp, entries: Iterable[Entry], goes_on: GoesOn
    ) -> None:
        """As `_insert`, of as many as there are, each for the open order whose list holds it. Raises also
        `Cancelled`, to be let through."""
        newest = head(connection)
        self._check_continues(connection, newest)
        self._note_set_back(connection, newest[0], stamp)
        any_list = connection.execute(ANY_OPEN_LIST).fetchone() is not None
        for count, entry in enumerate(entries, start=1):
            order = _order_of(connection, entry) if any_list else None
            _append(connection, replace(stamp, work_order=order) if order else stamp, entry)
            if count % _ENTRIES_BETWEEN_PROGRESS == 0 and not goes_on(count):
                raise Cancelled

    def _check_continues(self, connection: sqlite3.Connection, newest: _Head) -> None:
        """Another file in the journal's place, such as an old copy of it, must not be gone on with unseen."""
        if newest == self._newest:
            return
        seq, hash = self._newest
        if connection.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone() != (hash,):
            raise Faulted(because(Why.JOURNAL_GONE, path=str(self._file.path), detail=f"#{seq} is not in it"))


def _append(connection: sqlite3.Connection, stamp: Stamp, entry: Entry) -> int:
    seq, hash = head(connection)
    values = values_of(seq + 1, stamp, entry, hash)
    row = EventRow._make((*values, hash_of(values)))
    connection.execute(_INSERT_EVENT, row)
    apply(connection, row)
    return seq + 1


def _order_of(connection: sqlite3.Connection, entry: Entry) -> str | None:
    row = connection.execute(ORDER_OF, {"sn": entry.sn and str(entry.sn), "pk": entry.pk and str(entry.pk)})
    return next((str(number) for (number,) in row), None)


def _clock_set_back(connection: sqlite3.Connection, newest: int, at: str) -> ClockSetBack | None:
    """A clock that is corrected all the time moves by less than a second."""
    row = connection.execute("SELECT at FROM event WHERE seq = ?", (newest,)).fetchone()
    if row is None or at >= row[0]:
        return None
    seconds = (datetime.fromisoformat(row[0]) - datetime.fromisoformat(at)).total_seconds()
    return ClockSetBack(row[0], at, seconds) if seconds >= 1 else None


def _entry_of(set_back: ClockSetBack) -> Entry:
    detail = json.dumps({"seconds": set_back.seconds})
    return Entry(EventKind.CLOCK_JUMPED, before=set_back.before, after=set_back.after, detail=detail)

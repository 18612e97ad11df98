"""The journal as the station writes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from app.adapters.event_row import COLUMNS, plain, values_of
from app.adapters.hash_chain import hash_of, head
from app.adapters.schema import migrate
from app.adapters.sqlite_connection import PATIENCE, JournalConnection, transaction
from app.adapters.sqlite_errors import faulted
from app.adapters.sqlite_reader import JournalReads, SqliteJournalReader
from app.core.codes import Pair
from app.core.errors import Faulted, Refused, Why, because
from app.core.record import Committed, Entry, EventKind, OpenShift, Stamp, Taken

__all__ = ["SqliteJournal", "SqliteJournalReader", "create_journal"]

_INSERT_EVENT = f"INSERT INTO event VALUES ({', '.join('?' for _ in COLUMNS)})"  # noqa: S608 our own column names

_INSERT_BINDING = "INSERT INTO binding (seq, imei, pk, sn, shift, work_order) VALUES (?, ?, ?, ?, ?, ?)"

_MADE = Entry(EventKind.JOURNAL_MADE)

_Head = tuple[int, str]


def create_journal(path: Path, stamp: Stamp, entry: Entry = _MADE) -> None:
    """A new journal with its first event. It gets its name when it is whole.

    Raises:
        Refused: FILE_EXISTS.
        Faulted: FOLDER_UNUSABLE, or what `sqlite_errors` says.
    """
    if path.exists():
        raise Refused(because(Why.FILE_EXISTS, path=str(path)))
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.write_bytes(b"")
        _fill(draft, stamp, entry)
        draft.rename(path)
    except OSError as error:
        raise Faulted(because(Why.FOLDER_UNUSABLE, path=str(path.parent), detail=str(error))) from error


def _fill(draft: Path, stamp: Stamp, entry: Entry) -> None:
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            migrate(connection)
    except sqlite3.Error as error:
        raise faulted(error, draft) from error
    with closing(SqliteJournal(draft)) as journal:
        journal.record(stamp, entry)


class SqliteJournal(JournalReads):
    """The one writing connection, for the thread that makes it. Fills `ports.Journal`.

    A fault leaves nothing half done, and the same object goes on once its cause is gone. When a method that
    writes has returned, its event is on the disk. When it has raised, the event is not in the journal; only
    where the flush itself failed, and the program was killed before its next write, may it turn up, whole.

    Raises:
        Faulted: JOURNAL_GONE, JOURNAL_NOT_OURS, JOURNAL_NEWER, or what `sqlite_errors` says.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        super().__init__(JournalConnection(path, writing=True, patience=patience))
        self._newest = self.head()

    def bind(self, stamp: Stamp, entry: Entry, pair: Pair) -> Committed | Taken:
        """As `ports.Journal`. ValueError where the entry does not say what the pair says."""
        _check_same(entry, pair)
        names = str(pair.imei), str(pair.device.pk), str(pair.device.sn)
        try:
            with self._writing() as connection:
                seq = self._insert(connection, stamp, entry)
                connection.execute(_INSERT_BINDING, (seq, *names, stamp.shift, stamp.work_order))
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                raise
            return Taken(self.standing(pair.device, pair.imei))
        return Committed(seq)

    def record(self, stamp: Stamp, entry: Entry) -> Committed:
        with self._writing() as connection:
            seq = self._insert(connection, stamp, entry)
        return Committed(seq)

    def open_shift(self, stamp: Stamp) -> OpenShift:
        """As `ports.Journal`. The event carries the number of the new shift; one shift is open at a time.

        Raises:
            sqlite3.IntegrityError: one is open.
        """
        with self._writing() as connection:
            (id,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM shift").fetchone()
            seq = self._insert(connection, replace(stamp, shift=id), Entry(EventKind.SHIFT_OPENED))
            connection.execute(
                "INSERT INTO shift (id, station, opened_seq) VALUES (?, ?, ?)",
                (id, plain(stamp.station), seq),
            )
        return OpenShift(id, seq, stamp.at)

    def close_shift(self, stamp: Stamp, entry: Entry) -> Committed:
        """As `ports.Journal`. ValueError where the stamp names no open shift."""
        with self._writing() as connection:
            seq = self._insert(connection, stamp, entry)
            closed = connection.execute(
                "UPDATE shift SET closed_seq = ? WHERE id = ? AND closed_seq IS NULL", (seq, stamp.shift)
            )
            if closed.rowcount != 1:
                raise ValueError(f"shift {stamp.shift} is not open")
        return Committed(seq)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction whose outcome is known: where COMMIT itself fails, the journal is asked. What SQLite
        shows as committed was flushed before, so an event that is there counts as written."""
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
        newest = head(connection)
        self._check_continues(connection, newest)
        values = values_of(newest[0] + 1, stamp, entry, newest[1])
        connection.execute(_INSERT_EVENT, (*values, hash_of(values)))
        return newest[0] + 1

    def _check_continues(self, connection: sqlite3.Connection, newest: _Head) -> None:
        """Another file in the journal's place, such as an old copy of it, must not be gone on with unseen."""
        if newest == self._newest:
            return
        seq, hash = self._newest
        if connection.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone() != (hash,):
            raise Faulted(because(Why.JOURNAL_GONE, path=str(self._file.path), detail=f"#{seq} is not in it"))


def _check_same(entry: Entry, pair: Pair) -> None:
    if {entry.chip_imei, entry.label_imei} - {None} != {pair.imei}:
        raise ValueError(f"the entry says {entry.label_imei}, {entry.chip_imei}, the pair {pair.imei}")
    if (entry.pk, entry.sn) != (pair.device.pk, pair.device.sn):
        raise ValueError(f"the entry says {entry.pk} {entry.sn}, the pair {pair.device}")

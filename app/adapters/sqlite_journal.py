"""The journal as the station writes it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.adapters.bulk_writes import BulkWrites
from app.adapters.order_writes import OrderWrites
from app.adapters.people_table import PeopleWrites
from app.adapters.progress import Progress
from app.adapters.rebuild import rebuild
from app.adapters.schema import migrate
from app.adapters.sqlite_connection import PATIENCE
from app.adapters.sqlite_errors import faulted
from app.adapters.sqlite_reader import SqliteJournalReader
from app.core.codes import Pair
from app.core.errors import Faulted, Refused, Why, because
from app.core.record import Committed, Entry, EventKind, OpenShift, Stamp, Taken
from app.ports.journal import RebuildResult

__all__ = ["SqliteJournal", "SqliteJournalReader", "create_journal"]

_MADE = Entry(EventKind.JOURNAL_MADE)

_IN_THE_WAY = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_TRIGGER)
"""How the database refuses what is bound, and what is retired."""


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


class SqliteJournal(PeopleWrites, OrderWrites, BulkWrites):
    """The one writing connection, for the thread that makes it. Fills `ports.Journal`.

    A journal of an older version is copied and brought up to date first.

    A fault leaves nothing half done, and the same object goes on once its cause is gone. When a method that
    writes has returned, its event is on the disk. When it has raised, the event is not in the journal; only
    where the flush itself failed, and the program was killed before its next write, may it turn up, whole.

    Raises:
        Faulted: JOURNAL_GONE, JOURNAL_NOT_OURS, JOURNAL_NEWER, BACKUP_FAILED, or what `sqlite_errors` says.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        super().__init__(path, patience)

    def bind(self, stamp: Stamp, entry: Entry, pair: Pair) -> Committed | Taken:
        """As `ports.Journal`. ValueError where the entry does not say what the pair says."""
        _check_same(entry, pair)
        try:
            return self.record(stamp, entry)
        except sqlite3.IntegrityError as error:
            standing = self.standing(pair.device, pair.imei)
            if error.sqlite_errorcode not in _IN_THE_WAY or standing.is_free:
                raise
            return Taken(standing)

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
        return OpenShift(id, seq, stamp.at, work_order=stamp.work_order, operator=stamp.operator)

    def close_shift(self, stamp: Stamp, entry: Entry) -> Committed:
        """As `ports.Journal`. ValueError where the stamp names no open shift."""
        return self.record(stamp, entry)

    def rebuild(self, stamp: Stamp, progress: Progress | None = None) -> RebuildResult:
        with self._writing() as connection:
            result = rebuild(connection, progress)
            if not result.cancelled:
                detail = json.dumps({"differences": result.differences, "events": result.events})
                self._insert(connection, stamp, Entry(EventKind.REBUILT, detail=detail))
        return result


def _check_same(entry: Entry, pair: Pair) -> None:
    if {entry.chip_imei, entry.label_imei} - {None} != {pair.imei}:
        raise ValueError(f"the entry says {entry.label_imei}, {entry.chip_imei}, the pair {pair.imei}")
    if (entry.pk, entry.sn) != (pair.device.pk, pair.device.sn):
        raise ValueError(f"the entry says {entry.pk} {entry.sn}, the pair {pair.device}")

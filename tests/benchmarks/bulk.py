"""Makes a journal of millions of bindings, the same as if the station had written them one by one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.adapters.event_row import COLUMNS, values_of
from app.adapters.hash_chain import hash_of, head
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from tests.adapters.journals import STAMP, bound, pair

_BATCH = 50_000


def make_journal(path: Path, units: int) -> None:
    """A new journal with one open shift and units 0 to `units` - 1 bound in it."""
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        journal.open_shift(STAMP)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        in_the_way = connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ('event', 'binding')"
            " AND type IN ('index', 'trigger') AND sql IS NOT NULL"
        ).fetchall()
        for kind, name, _ in in_the_way:
            connection.execute(f"DROP {kind} {name}")
        _append(connection, units)
        for _, _, sql in in_the_way:
            connection.execute(sql)
        connection.execute("PRAGMA journal_mode = WAL")


def _append(connection: sqlite3.Connection, units: int) -> None:
    event = f"INSERT INTO event VALUES ({', '.join('?' for _ in COLUMNS)})"
    seq, hash = head(connection)
    for first in range(0, units, _BATCH):
        connection.execute("BEGIN")
        for number in range(first, min(first + _BATCH, units)):
            unit = pair(number)
            values = values_of(seq + 1, STAMP, bound(unit), hash)
            seq, hash = seq + 1, hash_of(values)
            connection.execute(event, (*values, hash))
            connection.execute(
                "INSERT INTO binding (seq, imei, pk, sn, shift) VALUES (?, ?, ?, ?, ?)",
                (seq, str(unit.imei), str(unit.device.pk), str(unit.device.sn), STAMP.shift),
            )
        connection.execute("UPDATE shift SET bound = ?", (min(first + _BATCH, units),))
        connection.execute("UPDATE head SET seq = ?, hash = ?", (seq, hash))
        connection.execute("COMMIT")

"""A journal in which everything was corrected once, and what the tests of it share."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.adapters.event_row import COLUMNS, values_of
from app.adapters.hash_chain import hash_of, head
from app.adapters.projection import TABLES
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import Pair
from app.core.record import Entry, EventKind
from tests.adapters.journals import STAMP, bound, pair

Rows = dict[str, list[tuple[object, ...]]]


def correction(kind: EventKind, unit: Pair, device: bool = True, imei: bool = True) -> Entry:
    return Entry(
        kind,
        pk=unit.device.pk if device else None,
        sn=unit.device.sn if device else None,
        label_imei=unit.imei if imei else None,
        reason="a test",
    )


def make_corrected(path: Path) -> None:
    """1 made, 2 shift opened, 3 to 12 pairs 0 to 9 bound, 13 to 21 corrections, 22 shift closed.

    13 pair 0 unbound, 14 bound again, 15 pair 1 scrapped, 16 the IMEI of pair 2, 17 that taken back, 18 the
    label of pair 20 spoiled, 19 the IMEI of pair 21 released, 20 bound, 21 the IMEI of pair 22 released.
    """
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        journal.open_shift(replace(STAMP, shift=None))
        for number in range(10):
            journal.bind(STAMP, bound(pair(number)), pair(number))
        journal.record(STAMP, correction(EventKind.UNBOUND, pair(0)))
        journal.bind(STAMP, bound(pair(0)), pair(0))
        journal.record(STAMP, correction(EventKind.SCRAPPED, pair(1)))
        journal.record(STAMP, correction(EventKind.SCRAPPED, pair(2), device=False))
        journal.record(STAMP, correction(EventKind.REINSTATED, pair(2), device=False))
        journal.record(STAMP, correction(EventKind.SPOILED, pair(20), imei=False))
        journal.record(STAMP, correction(EventKind.RELEASED, pair(21), device=False))
        journal.bind(STAMP, bound(pair(21)), pair(21))
        journal.record(STAMP, correction(EventKind.RELEASED, pair(22), device=False))
        journal.close_shift(STAMP, Entry(EventKind.SHIFT_CLOSED))


def rows_of(path: Path) -> Rows:
    """Every table that follows from the events."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def forge(path: Path, entry: Entry) -> None:
    """An event as the journal would write it, were it not refused."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        seq, hash = head(connection)
        values = values_of(seq + 1, STAMP, entry, hash)
        marks = ", ".join("?" for _ in COLUMNS)
        connection.execute(f"INSERT INTO event VALUES ({marks})", (*values, hash_of(values)))


CORRECTED: Rows = {
    "binding": [],
    "scrapped": [
        (15, pair(1).imei, pair(1).device.pk, pair(1).device.sn, None),
        (16, pair(2).imei, None, None, 17),
    ],
    "spoiled": [(18, pair(20).device.sn, pair(20).device.pk, None)],
    "released": [(19, pair(21).imei, 20), (21, pair(22).imei, None)],
    "shift": [(1, STAMP.station, 2, 22, 12, 0, 0)],
}
"""What follows; of `binding` see `ENDED`."""

ENDED = {3: 13, 4: 15, 5: 16}
"""Which bindings of `make_corrected` ended, and by which event."""

TAMPERINGS = [
    ("UPDATE binding SET ended_seq = NULL WHERE seq = 5", 5),
    ("UPDATE binding SET ended_seq = 14 WHERE seq = 3", 3),
    ("UPDATE binding SET ended_seq = 15 WHERE seq = 9", 9),
    ("DELETE FROM binding WHERE seq = 4", 4),
    ("UPDATE scrapped SET ended_seq = 17 WHERE seq = 15", 15),
    ("UPDATE scrapped SET ended_seq = NULL WHERE seq = 16", 16),
    ("UPDATE scrapped SET imei = NULL WHERE seq = 15", 15),
    ("UPDATE scrapped SET sn = CAST(x'ff' AS TEXT) WHERE seq = 15", 15),
    ("DELETE FROM scrapped WHERE seq = 15", 15),
    ("INSERT INTO scrapped (seq, imei) VALUES (6, '1')", 6),
    ("DELETE FROM spoiled", 18),
    ("UPDATE spoiled SET sn = '1'", 18),
    ("INSERT INTO spoiled (seq, sn, pk) VALUES (99, '1', 'p')", 99),
    ("UPDATE released SET ended_seq = NULL WHERE seq = 19", 19),
    ("UPDATE released SET ended_seq = 20 WHERE seq = 21", 21),
    ("INSERT INTO released (seq, imei) VALUES (7, '1')", 7),
]
"""Of one row of what follows from the events of `make_corrected`, and where it shows."""

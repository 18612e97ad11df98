"""A journal in which everything was corrected once, and what the tests of it share."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.adapters.event_row import COLUMNS, values_of
from app.adapters.hash_chain import hash_of, head
from app.adapters.projection import TABLES
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import Pair
from app.core.importing import PairRow
from app.core.orders import digest_of
from app.core.origin import Origin, entry_of
from app.core.products import ImeiSource, Product
from app.core.record import Entry, EventKind
from tests.adapters.journals import PK, STAMP, bound, pair

ISSUED = [pair(40).device.sn, pair(41).device.sn]

Rows = dict[str, list[tuple[object, ...]]]


def correction(kind: EventKind, unit: Pair, device: bool = True, imei: bool = True) -> Entry:
    return Entry(
        kind,
        pk=unit.device.pk if device else None,
        sn=unit.device.sn if device else None,
        label_imei=unit.imei if imei else None,
        reason="a test",
    )


def imported(unit: Pair) -> Entry:
    row = PairRow(7, unit.imei, unit.device.pk, unit.device.sn, 'O"Brien 设备', "0123456789" * 4)
    return entry_of(row, Origin("old.csv", "ab" * 32))


def make_corrected(path: Path, imports: bool = False) -> None:
    """1 made, 2 shift opened, 3 to 12 pairs 0 to 9 bound, 13 to 21 corrections, 22 shift closed, 23 to 29
    products and orders.

    13 pair 0 unbound, 14 bound again, 15 pair 1 scrapped, 16 the IMEI of pair 2, 17 that taken back, 18 the
    label of pair 20 spoiled, 19 the IMEI of pair 21 released, 20 bound, 21 the IMEI of pair 22 released.
    23 to 29 as `_make_orders` says, 30 and 31 pairs 24 and 25 imported, 32 the latter unbound.
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
        _make_orders(journal)
        if imports:
            journal.record(STAMP, imported(pair(24)))
            journal.record(STAMP, imported(pair(25)))
            journal.record(STAMP, correction(EventKind.UNBOUND, pair(25)))


def _make_orders(journal: SqliteJournal) -> None:
    """23 a product set, 24 again, 25 an order with a list added, 26 one without, 27 closed, 28 the next shift
    opened for the first one, 29 handed over."""
    product = Product(PK, "Tracker", ImeiSource.BOTH, ("86395006", "86948706"), target=60)
    for one in (Product(PK), product):
        journal.record(STAMP, Entry(EventKind.PRODUCT_SET, pk=PK, detail=json.dumps(one.facts())))
    journal.add_order(replace(STAMP, work_order="24-1107"), PK, None, ISSUED)
    other = replace(STAMP, work_order="24-1108")
    journal.add_order(other, PK, 500, None)
    journal.record(other, Entry(EventKind.ORDER_CLOSED, pk=PK))
    shift = journal.open_shift(replace(STAMP, work_order="24-1107"))
    stamp = replace(STAMP, shift=shift.id, work_order="24-1107")
    journal.record(stamp, Entry(EventKind.SHIFT_HANDED_OVER, before=shift.operator, after="Li Wei"))


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
    "shift": [
        (1, STAMP.station, 2, 22, 12, 0, 0, None, STAMP.operator),
        (2, STAMP.station, 28, None, 0, 0, 0, "24-1107", "Li Wei"),
    ],
    "product": [(24, PK, "Tracker", "both", "86395006 86948706", "", 0, "", 60)],
    "work_order": [
        (25, "24-1107", PK, None, 2, digest_of(ISSUED).sha256, None, 0),
        (26, "24-1108", PK, 500, None, None, 27, 0),
    ],
    "upload": [],
}
"""What follows; of `binding` see `ENDED`."""

EVENTS = 32
"""Of `make_corrected`."""

ENDED = {3: 13, 4: 15, 5: 16, 31: 32}
"""Which bindings of `make_corrected` ended, and by which event."""

TAMPERINGS = [
    ("UPDATE binding SET ended_seq = NULL WHERE seq = 5", 5),
    ("UPDATE binding SET ended_seq = 14 WHERE seq = 3", 3),
    ("UPDATE binding SET ended_seq = 15 WHERE seq = 9", 9),
    ("DELETE FROM binding WHERE seq = 4", 4),
    ("UPDATE binding SET name = '' WHERE seq = 30", 30),
    ("UPDATE binding SET fingerprint = 'x' WHERE seq = 30", 30),
    ("UPDATE binding SET sn = '1' WHERE seq = 31", 31),
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
    ("UPDATE product SET tacs = '86395006'", 24),
    ("UPDATE product SET imei_from = ''", 24),
    ("DELETE FROM product", 24),
    ("INSERT INTO product VALUES (99, 'p08kx1', '', '', '', '', 0, '', 0)", 99),
    ("UPDATE work_order SET closed_seq = NULL WHERE seq = 26", 26),
    ("UPDATE work_order SET quantity = 501 WHERE seq = 26", 26),
    ("UPDATE work_order SET bound = 1 WHERE seq = 26", 26),
    ("UPDATE work_order SET sha256 = NULL, issued = NULL WHERE seq = 25", 25),
    ("DELETE FROM work_order WHERE seq = 25", 25),
    ("UPDATE shift SET operator = 'X' WHERE id = 2", 28),
    ("UPDATE shift SET work_order = '24-1108' WHERE id = 2", 28),
]
"""Of one row of what follows from the events of `make_corrected`, and where it shows."""

"""What follows from each event: the live tables are nothing but the events, applied one after the other.

The journal applies an event when it is written, and `rebuild` applies them all again: the same rows by
construction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from app.adapters.event_row import EventRow
from app.adapters.order_effects import order_added, order_closed, product_set
from app.adapters.upload_effects import upload_moved
from app.core.errors import Reason, Refused, Why, because
from app.core.origin import name_and_fingerprint
from app.core.record import EventKind
from app.core.upload_record import UPLOAD_KINDS

TABLES = ("binding", "scrapped", "spoiled", "released", "shift", "product", "work_order", "upload")
"""Every table that follows from the events. Filled in this order: what is retired is not bound any more."""

TALLIED: dict[str, str] = {
    EventKind.BOUND: "bound",
    EventKind.RESCANNED: "rescanned",
    EventKind.FAULTED: "faulted",
}
"""The kinds of events that a shift counts, and its columns."""

_BIND = """
INSERT INTO binding (seq, imei, pk, sn, name, fingerprint, shift, work_order)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_COUNT = {
    kind: f"UPDATE shift SET {column} = {column} + 1 WHERE id = ?"  # noqa: S608 our own words
    for kind, column in TALLIED.items()
}
_IN_ORDER = "UPDATE work_order SET bound = bound + ? WHERE number = ?"
_USE_UP = "UPDATE released SET ended_seq = ? WHERE imei = ? AND ended_seq IS NULL"


def apply(connection: sqlite3.Connection, event: EventRow) -> None:
    """
    Raises:
        sqlite3.IntegrityError: a unique index or a trigger stands in the way.
        Refused: the event makes no sense on what stands, such as unbinding what is not bound.
        ValueError: it closes a shift that is not open, or its detail is none that we write.
    """
    effect = _EFFECTS.get(event.kind)
    if effect is not None:
        effect(connection, event)


def _bound(connection: sqlite3.Connection, event: EventRow) -> None:
    _bind(connection, event)
    _counted(connection, event)


def _imported(connection: sqlite3.Connection, event: EventRow) -> None:
    _bind(connection, event, *name_and_fingerprint(event.detail))


def _bind(connection: sqlite3.Connection, event: EventRow, name: str = "", fingerprint: str = "") -> None:
    codes = (event.imei, event.pk, event.sn)
    connection.execute(_BIND, (event.seq, *codes, name, fingerprint, event.shift, event.work_order))
    if event.work_order is not None:
        connection.execute(_IN_ORDER, (1, event.work_order))
    connection.execute(_USE_UP, (event.seq, event.imei))


def _counted(connection: sqlite3.Connection, event: EventRow) -> None:
    """A window that opens reads the figures of its shift off one row, however long the shift is."""
    connection.execute(_COUNT[event.kind], (event.shift,))


def _unbound(connection: sqlite3.Connection, event: EventRow) -> None:
    if not _end_binding(connection, event, sn=event.sn, pk=event.pk, imei=event.imei):
        raise Refused(because(Why.NOT_BOUND, pk=event.pk or "", sn=event.sn or ""))


def _scrapped(connection: sqlite3.Connection, event: EventRow) -> None:
    """Scrapping what is bound ends the binding in the same act."""
    values = (event.seq, event.imei, event.pk, event.sn)
    insert = "INSERT INTO scrapped (seq, imei, pk, sn) VALUES (?, ?, ?, ?)"
    _insert_once(connection, insert, values, because(Why.ALREADY_SCRAPPED, what=_named(event)))
    _end_binding(connection, event, sn=event.sn, pk=event.pk)
    _end_binding(connection, event, imei=event.imei)


def _reinstated(connection: sqlite3.Connection, event: EventRow) -> None:
    """Takes back the scrap of what is named, neither more nor less; and a spoiled label."""
    ended = connection.execute(
        "UPDATE scrapped SET ended_seq = ? WHERE imei IS ? AND pk IS ? AND sn IS ? AND ended_seq IS NULL",
        (event.seq, event.imei, event.pk, event.sn),
    ).rowcount
    if event.imei is None:
        ended += _end(connection, event, "spoiled", sn=event.sn, pk=event.pk)
    if not ended:
        raise Refused(because(Why.NOT_SCRAPPED, what=_named(event)))


def _spoiled(connection: sqlite3.Connection, event: EventRow) -> None:
    device = (event.sn, event.pk)
    live = "SELECT seq FROM binding WHERE sn = ? AND pk = ? AND ended_seq IS NULL"
    if connection.execute(live, device).fetchone() is not None:
        raise Refused(because(Why.SPOILED_WHILE_BOUND, what=_named(event)))
    insert = "INSERT INTO spoiled (seq, sn, pk) VALUES (?, ?, ?)"
    twice = because(Why.ALREADY_SCRAPPED, what=_named(event))
    _insert_once(connection, insert, (event.seq, *device), twice)


def _released(connection: sqlite3.Connection, event: EventRow) -> None:
    connection.execute(_USE_UP, (event.seq, event.imei))
    connection.execute("INSERT INTO released (seq, imei) VALUES (?, ?)", (event.seq, event.imei))


def _shift_opened(connection: sqlite3.Connection, event: EventRow) -> None:
    connection.execute(
        "INSERT INTO shift (id, station, opened_seq, work_order, operator) VALUES (?, ?, ?, ?, ?)",
        (event.shift, event.station, event.seq, event.work_order, event.operator),
    )


def _shift_handed_over(connection: sqlite3.Connection, event: EventRow) -> None:
    handed = connection.execute(
        "UPDATE shift SET operator = ?, work_order = ? WHERE id = ? AND closed_seq IS NULL",
        (event.after, event.work_order, event.shift),
    )
    _require_open(handed, event)


def _shift_closed(connection: sqlite3.Connection, event: EventRow) -> None:
    closed = connection.execute(
        "UPDATE shift SET closed_seq = ? WHERE id = ? AND closed_seq IS NULL", (event.seq, event.shift)
    )
    _require_open(closed, event)


def _require_open(changed: sqlite3.Cursor, event: EventRow) -> None:
    if changed.rowcount != 1:
        raise ValueError(f"shift {event.shift} is not open")


def _end_binding(connection: sqlite3.Connection, event: EventRow, **named: str | None) -> int:
    """It counts no more in its order, nor in the one that the event names: a label that was bound before that
    order had it on its list."""
    where = " AND ".join(f"{column} = :{column}" for column in named)
    query = f"SELECT work_order FROM binding WHERE {where} AND ended_seq IS NULL"  # noqa: S608 our own words
    ended = connection.execute(query, named).fetchall()
    for order in {order for row in ended for order in (*row, event.work_order)} - {None}:
        connection.execute(_IN_ORDER, (-1, order))
    return _end(connection, event, "binding", **named) if ended else 0


def _end(connection: sqlite3.Connection, event: EventRow, table: str, **named: str | None) -> int:
    """Ends what is live under these values; a value that is None names nothing. Returns how many."""
    where = " AND ".join(f"{column} = :{column}" for column in named)
    return connection.execute(
        f"UPDATE {table} SET ended_seq = :seq WHERE {where} AND ended_seq IS NULL",  # noqa: S608 our own words
        {"seq": event.seq, **named},
    ).rowcount


def _insert_once(
    connection: sqlite3.Connection, insert: str, values: tuple[int | str | None, ...], twice: Reason
) -> None:
    try:
        connection.execute(insert, values)
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise Refused(twice) from error


def _named(event: EventRow) -> str:
    return " ".join(text for text in (event.pk, event.sn, event.imei) if text)


_EFFECTS: dict[str, Callable[[sqlite3.Connection, EventRow], None]] = {
    EventKind.BOUND: _bound,
    EventKind.RESCANNED: _counted,
    EventKind.FAULTED: _counted,
    EventKind.IMPORTED: _imported,
    EventKind.UNBOUND: _unbound,
    EventKind.SCRAPPED: _scrapped,
    EventKind.REINSTATED: _reinstated,
    EventKind.SPOILED: _spoiled,
    EventKind.RELEASED: _released,
    EventKind.SHIFT_OPENED: _shift_opened,
    EventKind.SHIFT_CLOSED: _shift_closed,
    EventKind.SHIFT_HANDED_OVER: _shift_handed_over,
    EventKind.PRODUCT_SET: product_set,
    EventKind.ORDER_ADDED: order_added,
    EventKind.ORDER_CLOSED: order_closed,
    **dict.fromkeys(UPLOAD_KINDS, upload_moved),
}

EFFECTIVE = tuple(_EFFECTS)
"""The kinds of events from which rows follow."""

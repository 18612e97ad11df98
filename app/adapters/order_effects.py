"""What follows from the events of products and work orders. The issued SNs themselves follow from nothing."""

from __future__ import annotations

import sqlite3

from app.adapters.event_detail import detail_of
from app.adapters.event_row import EventRow
from app.core.errors import Refused, Why, because

_SET = (
    "INSERT INTO product VALUES (:seq, :pk, :name, :imei_from, :tacs, :format, :typed, :device_name, :target)"
)
_ADD = """
INSERT INTO work_order (seq, number, pk, quantity, issued, sha256, bound) VALUES (?, ?, ?, ?, ?, ?, ?)"""
_CLOSE = "UPDATE work_order SET closed_seq = ? WHERE number = ? AND closed_seq IS NULL"


def product_set(connection: sqlite3.Connection, event: EventRow) -> None:
    kept = detail_of(event, str, "name", "imei_from", "format", "device_name")
    kept |= detail_of(event, int, "typed", "target")
    tacs = detail_of(event, list, "tacs")["tacs"]
    connection.execute("DELETE FROM product WHERE pk = ?", (event.pk,))
    connection.execute(_SET, {**kept, "seq": event.seq, "pk": event.pk, "tacs": " ".join(map(str, tacs))})


def order_added(connection: sqlite3.Connection, event: EventRow) -> None:
    kept = detail_of(event, int | None, "quantity", "issued") | detail_of(event, str | None, "sha256")
    bound = detail_of(event, int, bound=0)  # of its labels; journals of version 5 did not say
    counts = (kept["quantity"], kept["issued"], kept["sha256"], bound["bound"])
    values = (event.seq, event.work_order, event.pk, *counts)
    try:
        connection.execute(_ADD, values)
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
            raise
        raise Refused(because(Why.ORDER_EXISTS, order=event.work_order or "")) from error


def order_closed(connection: sqlite3.Connection, event: EventRow) -> None:
    if connection.execute(_CLOSE, (event.seq, event.work_order)).rowcount != 1:
        raise Refused(because(Why.ORDER_NOT_OPEN, order=event.work_order or ""))

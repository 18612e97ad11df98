"""Work orders with their lists of issued SNs. A list follows from nothing: its digest stands in the event."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from app.adapters.journal_writes import JournalWrites
from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.orders import digest_of
from app.core.record import Committed, Entry, EventKind, Stamp

_ISSUE = "INSERT INTO issued (work_order, sn) VALUES (?, ?)"

_BOUND_BEFORE = """
SELECT count(*) FROM json_each(:sns) AS mine
JOIN binding AS b ON b.sn = mine.value AND b.pk = :pk AND b.ended_seq IS NULL"""

_ISSUED_TWICE = """
SELECT count(*), min(mine.sn), min(o.number) FROM work_order AS o
JOIN issued AS mine ON mine.work_order = :seq
JOIN issued AS theirs ON theirs.work_order = o.seq AND theirs.sn = mine.sn
WHERE o.pk = :pk AND o.closed_seq IS NULL AND o.seq <> :seq"""


class OrderWrites(JournalWrites):
    """Fills `ports.Journal.add_order`."""

    def add_order(
        self, stamp: Stamp, pk: ProductKey, quantity: int | None, issued: Collection[SerialNumber] | None
    ) -> Committed:
        with self._writing() as connection:
            before = _bound_before(connection, pk, issued)
            seq = self._insert(connection, stamp, _added(pk, quantity, issued, before))
            if issued is not None:
                connection.executemany(_ISSUE, ((seq, str(sn)) for sn in sorted(issued)))
                named = {"seq": seq, "pk": str(pk)}
                count, sn, order = connection.execute(_ISSUED_TWICE, named).fetchone()
                if count:
                    raise Refused(because(Why.ISSUED_TWICE, count=count, sn=sn, order=order))
        return Committed(seq)


def _bound_before(
    connection: sqlite3.Connection, pk: ProductKey, issued: Collection[SerialNumber] | None
) -> int:
    """How many of these labels are bound already, such as by an import: the order begins with them."""
    named = {"sns": json.dumps([str(sn) for sn in issued or ()]), "pk": str(pk)}
    return int(connection.execute(_BOUND_BEFORE, named).fetchone()[0])


def _added(
    pk: ProductKey, quantity: int | None, issued: Collection[SerialNumber] | None, bound_before: int
) -> Entry:
    digest = digest_of(issued) if issued is not None else None
    detail = {
        "quantity": quantity,
        "issued": digest.count if digest else None,
        "sha256": digest.sha256 if digest else None,
        "bound": bound_before,
    }
    return Entry(EventKind.ORDER_ADDED, pk=pk, detail=json.dumps(detail, sort_keys=True))

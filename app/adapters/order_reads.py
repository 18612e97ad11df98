"""Products and work orders, as screens and rules read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from app.adapters.event_row import plain
from app.adapters.journal_rows import JournalRows, parsed
from app.adapters.shift_reads import range_of
from app.core.codes import ProductKey
from app.core.orders import WorkOrder
from app.core.products import Product, product_of
from app.core.reconciliation import LabelCount
from app.core.record import OpenShift

_PRODUCTS = """
SELECT pk, name, imei_from, tacs, format, typed, device_name, target FROM product ORDER BY pk"""
_PRODUCT_COLUMNS = ("name", "imei_from", "tacs", "format", "typed", "device_name", "target")

_ORDERS = """
SELECT o.number, o.pk, o.quantity, o.issued, o.seq, e.at, o.closed_seq
FROM work_order AS o JOIN event AS e ON e.seq = o.seq ORDER BY o.seq"""

_BOUND_BY_ORDER = "SELECT number, bound FROM work_order"

ORDER_OF = """
SELECT o.number FROM work_order AS o JOIN issued AS i ON i.work_order = o.seq AND i.sn = :sn
WHERE o.pk = :pk AND o.closed_seq IS NULL ORDER BY o.seq LIMIT 1"""
"""The open order whose list holds this SN of this product."""

ANY_OPEN_LIST = "SELECT 1 FROM work_order WHERE closed_seq IS NULL AND issued IS NOT NULL"

_TOUCHED = """
SELECT DISTINCT work_order FROM binding WHERE seq BETWEEN :first AND :last AND work_order IS NOT NULL"""

_LABELS = """
FROM work_order AS o JOIN issued AS i ON i.work_order = o.seq
LEFT JOIN binding AS b ON b.sn = i.sn AND b.pk = o.pk AND b.ended_seq IS NULL
LEFT JOIN spoiled AS s ON s.sn = i.sn AND s.pk = o.pk AND s.ended_seq IS NULL
LEFT JOIN scrapped AS c ON c.sn = i.sn AND c.pk = o.pk AND c.ended_seq IS NULL
WHERE o.number IN (SELECT value FROM json_each(:orders))"""

_LABEL_COUNT = f"""
SELECT count(*), count(b.seq), count(CASE WHEN b.seq < :first THEN 1 END),
    count(CASE WHEN b.seq IS NULL THEN coalesce(s.seq, c.seq) END),
    count(CASE WHEN b.seq IS NULL AND coalesce(s.seq, c.seq) < :first THEN 1 END) {_LABELS}"""

_LEFT = f"SELECT o.pk, i.sn {_LABELS} AND b.seq IS NULL AND s.seq IS NULL AND c.seq IS NULL LIMIT :limit"


class OrderReads(JournalRows):
    """Fills `ports.OrdersReader`."""

    def products(self) -> Sequence[Product]:
        return [
            product_of(pk, dict(zip(_PRODUCT_COLUMNS, kept, strict=True)))
            for pk, *kept in self._rows(_PRODUCTS)
        ]

    def orders(self) -> Sequence[WorkOrder]:
        return [WorkOrder(number, parsed(ProductKey, pk), *kept) for number, pk, *kept in self._rows(_ORDERS)]

    def bound_by_order(self) -> Mapping[str, int]:
        return dict(self._rows(_BOUND_BY_ORDER))

    def orders_of(self, shift: OpenShift) -> frozenset[str]:
        return frozenset(number for (number,) in self._rows(_TOUCHED, range_of(shift)))

    def label_count(self, orders: Sequence[str], shift: OpenShift) -> LabelCount:
        named = {"orders": _listed(orders), "first": shift.opened_seq}
        ((issued, bound, bound_before, spoiled, spoiled_before),) = self._rows(_LABEL_COUNT, named)
        return LabelCount(
            issued=issued - bound_before - spoiled_before,
            bound=bound - bound_before,
            spoiled=spoiled - spoiled_before,
        )

    def labels_not_bound(self, orders: Sequence[str], limit: int) -> Sequence[str]:
        return [sn for _, sn in self._rows(_LEFT, {"orders": _listed(orders), "limit": limit})]


def _listed(orders: Sequence[str]) -> str:
    return json.dumps([plain(number) for number in orders])

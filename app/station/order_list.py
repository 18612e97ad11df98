"""The work orders and products as a page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.orders import WorkOrder
from app.core.products import Product
from app.ports.journal_reads import OrdersReader


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A work order, what it is of, and how far it is."""

    order: WorkOrder
    product: str
    """Its product's name; empty where it has none."""
    bound: int


@dataclass(frozen=True, slots=True)
class OrderBook:
    """Open orders first; of both kinds the newest first."""

    orders: tuple[OrderLine, ...] = ()
    products: tuple[Product, ...] = ()


def read_orders(journal: OrdersReader) -> OrderBook:
    """Raises `Faulted` where the journal cannot be read."""
    products = tuple(journal.products())
    names = {one.pk: one.name for one in products}
    orders, bound = journal.orders(), journal.bound_by_order()
    lines = [OrderLine(order, names.get(order.pk, ""), bound[order.number]) for order in orders]
    newest_first = sorted(lines, key=lambda line: (not line.order.is_open, -line.order.opened_seq))
    return OrderBook(tuple(newest_first), products)

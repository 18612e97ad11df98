"""Products and work orders as a supervisor sets them, and the rules that follow for the station."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace

from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.orders import WorkOrder, checked_number, checked_quantity
from app.core.people import Act, Person
from app.core.products import Product
from app.core.record import Committed, Entry, EventKind, Stamp
from app.core.unit import Rules
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader, OrdersReader
from app.station.sign_in import require


@dataclass(frozen=True, slots=True)
class OrderProgress:
    """An order, and how far it is."""

    number: str
    pk: str
    product: str
    """Its product's name; empty where it has none."""
    quantity: int | None
    """How many are asked for; where nobody said, how many labels were issued."""
    bound: int
    target: int = 0
    """Units per hour; 0 is none."""


class Orders:
    """Each change is an event of its own. Refusal of every method: NOT_ALLOWED."""

    def __init__(self, journal: Journal, stamp: Stamp, person: Person | None) -> None:
        """`person` is None only in a workshop without sign-in."""
        self._journal, self._stamp, self._person = journal, stamp, person

    def set_product(self, product: Product) -> Committed:
        require(self._person, Act.MANAGE)
        before = known_product(self._journal, product.pk)
        entry = Entry(
            EventKind.PRODUCT_SET,
            pk=product.pk,
            before=_told(before) if before else None,
            detail=_told(product),
        )
        return self._journal.record(self._stamp, entry)

    def add(
        self,
        number: str,
        pk: ProductKey,
        quantity: int | None = None,
        issued: Collection[SerialNumber] | None = None,
    ) -> Committed:
        """`issued` holds each SN once.

        Refusals: ORDER_NUMBER, ORDER_QUANTITY, ORDER_EXISTS, ISSUED_EMPTY, and ISSUED_TWICE where another
        open order has one of the SNs on its list.
        """
        require(self._person, Act.MANAGE)
        stamp = replace(self._stamp, work_order=checked_number(number))
        if issued is not None and not issued:
            raise Refused(because(Why.ISSUED_EMPTY))
        return self._journal.add_order(stamp, pk, checked_quantity(quantity), issued)

    def close(self, number: str) -> Committed:
        """Refusal: ORDER_NOT_OPEN."""
        require(self._person, Act.MANAGE)
        order = open_order(self._journal, number)
        return self._journal.record(
            replace(self._stamp, work_order=order.number), Entry(EventKind.ORDER_CLOSED, pk=order.pk)
        )


def known_product(journal: OrdersReader, pk: str) -> Product | None:
    return next((one for one in journal.products() if one.pk == pk), None)


def open_order(journal: OrdersReader, number: str) -> WorkOrder:
    """Raises `Refused` (ORDER_NOT_OPEN)."""
    number = checked_number(number)
    found = next((one for one in journal.orders() if one.number == number and one.is_open), None)
    if found is None:
        raise Refused(because(Why.ORDER_NOT_OPEN, order=number))
    return found


def progress(journal: OrdersReader) -> dict[str, OrderProgress]:
    """Of every open order, as they were opened."""
    products = {one.pk: one for one in journal.products()}
    orders, bound = journal.orders(), journal.bound_by_order()
    found = {}
    for order in orders:
        if order.is_open:
            product = products.get(order.pk)
            found[order.number] = OrderProgress(
                number=order.number,
                pk=order.pk,
                product=product.name if product else "",
                quantity=order.quantity or order.issued,
                bound=bound[order.number],
                target=product.target if product else 0,
            )
    return found


def informed(rules: Rules, journal: JournalReader, sign_in: bool = True) -> Rules:
    """The rules of the settings with all that stands in the journal: people, products, open orders."""
    return replace(
        rules,
        people=tuple(journal.people()) if sign_in else rules.people,
        products=tuple(journal.products()),
        orders=tuple(order for order in journal.orders() if order.is_open),
    )


def _told(product: Product) -> str:
    return json.dumps(product.facts(), sort_keys=True)

"""The page of work orders and products in the states that people meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Why, because
from app.core.importing import Finding
from app.core.issued import IssuedSn, IssuedSns
from app.core.orders import WorkOrder
from app.core.products import ImeiSource, Product
from app.core.state import State
from app.core.template import parse_template
from app.core.unit import Mode
from app.core.verdicts import Verdict
from app.station.order_list import OrderBook, OrderLine
from app.station.orders import OrderProgress
from app.station.view import StationView
from app.ui.main_window import MainWindow
from app.ui.order_form import IssuedList
from app.ui.orders_page import OrdersPage
from app.ui.pages import PageName
from app.ui.theme import Palette
from app.wording.reasons import sentence
from tests.ui import scenes
from tests.ui.journal_scenes import QA, SUPERVISOR
from tests.ui.scenes import NOW, at

T1, T2 = ProductKey("p11sf2"), ProductKey("p08kx1")
PRODUCTS = (
    Product(T2, "Meter M2", ImeiSource.BOTH, ("86395006",)),
    Product(
        T1,
        "Tracker T1",
        ImeiSource.EITHER,
        ("86395006", "86948706"),
        parse_template("{pk}/{sn}"),
        device_name="T1-{sn}",
        target=62,
    ),
    Product(ProductKey("p99zz9")),
)
BOOK = OrderBook(
    (
        OrderLine(WorkOrder("24-1112", T2, 2000, None, 10391, at(60)), "Meter M2", 12),
        OrderLine(WorkOrder("24-1107", T1, 500, 500, 10012, at(1560)), "Tracker T1", 138),
        OrderLine(WorkOrder("24-1093", T1, None, None, 8021, at(30_000), 9020), "Tracker T1", 1_204),
    ),
    PRODUCTS,
)
ORDER = OrderProgress("24-1107", "p11sf2", "Tracker T1", 500, 138, 62)


def ordered(view: StationView, order: OrderProgress = ORDER) -> StationView:
    """The product is known, as where an order is."""
    rules = replace(view.state.rules, products=PRODUCTS)
    return replace(view, order=order, state=replace(view.state, rules=rules))


def order_scenes() -> dict[str, StationView]:
    """The binding page with an order in its header."""
    long = replace(ORDER, number="SO-2026-000117-A", product="Tracker T1 Pro, outdoor", quantity=1_250_000)
    crossed = scenes.verified(Verdict.DIFFERS)
    answer = crossed.state.shown
    assert answer is not None
    both = replace(answer, earlier_imei=scenes.record(scenes.IMEI, "123456789123450042", 9874))
    waiting = scenes.view(State(rules=scenes.RULES, mode=Mode.VERIFY))
    return {
        "order-waiting": ordered(scenes.view(), replace(ORDER, bound=137)),
        "order-pass": ordered(scenes.passed()),
        "order-fault": ordered(scenes.sn_taken()),
        "order-long": ordered(scenes.passed(), replace(long, bound=1_249_999)),
        "order-open-end": ordered(scenes.view(), replace(ORDER, quantity=None, target=0, product="")),
        "verify-waiting": ordered(waiting),
        "verify-differs-both": replace(crossed, state=replace(crossed.state, shown=both)),
        "verify-fault": replace(scenes.mismatch(), state=replace(scenes.mismatch().state, mode=Mode.VERIFY)),
    }


def add_orders_page(window: MainWindow) -> OrdersPage:
    def make(palette: Palette, parent: QWidget) -> OrdersPage:
        return OrdersPage(palette, lambda: NOW, parent)

    return window.add_page(PageName.ORDERS, make)


def order_stages(window: MainWindow, page: OrdersPage) -> Iterator[str]:
    """Brings the page from one state to the next and gives the name of each."""
    window.show_view(QA)
    window.show_page(PageName.ORDERS)
    page.show_book(OrderBook())
    yield "orders-none"
    page.show_book(BOOK)
    yield "orders-qa"
    window.show_view(SUPERVISOR)
    yield "orders"
    page.order_card.close_order.click()
    yield "orders-close"
    page.order_card.show_refusal("There is no open work order 24-1112; nothing was changed.")
    yield "orders-close-refused"
    page.add.click()
    yield "orders-add"
    form = page.order_form
    for field, text in ((form.number, "24-1113"), (form.quantity, "500"), (form.pk, "p11sf2")):
        field.put(text)
    sns = tuple(SerialNumber(f"12345678912345{number}") for number in range(6000, 6500))
    twice = tuple(
        Finding(2, "SN", value, because(Why.SN_LISTED_TWICE, sn=value, line=2))
        for value in ("123456789123456001", "123456789123456002")
    )
    issued = IssuedSns(tuple(IssuedSn(sn, None) for sn in sns), twice)
    form.show_list(IssuedList("labels-24-1113.csv", issued))
    yield "orders-list"
    form.refuse_list(sentence(because(Why.ISSUED_EMPTY)))
    yield "orders-list-refused"
    form.show_list(IssuedList("labels-24-1113.csv", issued))
    form.quantity.put("0")
    form.retranslate()
    yield "orders-add-refused"
    page.choice.segments[1].click()
    yield "products"
    page.products.setCurrentIndex(page.products.model().index(1, 0))
    yield "products-set"
    page.product_form.template.put("{pk}-{sn}-{sn}")
    page.product_form.retranslate()
    yield "products-refused"
    page.product_form.template.put("A{pk}A{sn}A")
    page.product_form.retranslate()
    yield "products-ambiguous"
    page.choice.segments[0].click()

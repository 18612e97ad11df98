"""Work orders and products from the page: by supervisors alone, on the station's thread, counting at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.adapters.sqlite_journal import create_journal
from app.core.people import Person
from app.core.record import EventKind
from app.core.unit import Mode
from app.core.verdicts import Verdict
from app.ui.line_field import LineField
from app.ui.orders_page import OrdersPage
from app.ui.pages import PageName
from tests.adapters.journals import STAMP, pair
from tests.main.choosing import choose_file
from tests.main.conftest import OPERATOR, PEOPLE, QA, SUPERVISOR, Desk
from tests.ui.written import words

Open = Callable[..., Desk]
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
UNIT = pair(900)
PK = str(UNIT.device.pk)
EMPTY_LIST = "The file is empty"
QR = f"pk={PK}&sn={UNIT.device.sn}&v=1"


def new_journal(path: Path) -> None:
    create_journal(path, STAMP)


def page_of(desk: Desk) -> OrdersPage:
    return desk.shown.orders_desk.page


def opened(open_desk: Open, person: Person) -> Desk:
    made = open_desk(new_journal, people=PEOPLE)
    made.sign_in(person)
    made.shown.window.show_page(PageName.ORDERS)
    assert made.shown.window.page is PageName.ORDERS
    made.until(lambda: page_of(made)._ground.message)
    return made


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """A supervisor looks at a station without orders."""
    return opened(open_desk, SUPERVISOR)


def write(field: LineField, text: str) -> None:
    field.edit.setFocus()
    QTest.keyClicks(field.edit, text)


def begin_order(desk: Desk, number: str, pk: str = PK, quantity: str = "") -> None:
    QTest.mouseClick(page_of(desk).add, LEFT)
    form = page_of(desk).order_form
    write(form.number, number)
    write(form.pk, pk)
    write(form.quantity, quantity)


def add_order(desk: Desk, number: str, quantity: str = "") -> None:
    begin_order(desk, number, quantity=quantity)
    QTest.mouseClick(page_of(desk).order_form.confirm, LEFT)
    desk.until(lambda: number in [line.order.number for line in page_of(desk).book.orders])


def kinds(desk: Desk) -> list[EventKind]:
    return [event.entry.kind for event in desk.events()]


def test_an_order_is_added_stands_in_the_header_and_counts_at_once(desk: Desk) -> None:
    add_order(desk, "24-1107", "500")
    event = desk.events()[-1]
    assert (event.entry.kind, event.stamp.work_order) == (EventKind.ORDER_ADDED, "24-1107")
    assert (event.stamp.operator, event.stamp.approver) == (SUPERVISOR.name, SUPERVISOR.name)
    assert "Open from now on, record #" in words(page_of(desk).order_card)
    desk.shown.window.show_binding()
    desk.until(lambda: "Order 24-1107" in words(desk.shown.window.header))
    assert "0 / 500" in words(desk.shown.window.header)
    desk.scan(f"pk=other1&sn={UNIT.device.sn}&v=1")
    desk.until(lambda: desk.shown.window.view.state.latch is not None)
    latch = desk.shown.window.view.state.latch
    assert latch is not None
    assert latch.answer.verdict is Verdict.WRONG_PRODUCT


def test_an_empty_station_says_so(desk: Desk) -> None:
    page = page_of(desk)
    assert "There is no work order; every product is accepted." in words(page)
    assert page.orders.isHidden()
    add_order(desk, "24-1107")
    assert page.orders.isVisible()
    assert "There is no work order" not in words(page)


def test_an_order_is_closed_only_after_it_was_asked_in_place(desk: Desk) -> None:
    add_order(desk, "24-1107")
    card = page_of(desk).order_card
    QTest.mouseClick(card.close_order, LEFT)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(card.confirm, key)
    desk.qtbot.wait(100)
    assert EventKind.ORDER_CLOSED not in kinds(desk)
    QTest.mouseClick(card.cancel, LEFT)
    assert card.confirm.isHidden()
    QTest.mouseClick(card.close_order, LEFT)
    QTest.keyClick(card.confirm, Qt.Key.Key_Return, CONTROL)
    desk.until(lambda: not page_of(desk).book.orders[0].order.is_open)
    assert kinds(desk).count(EventKind.ORDER_CLOSED) == 1
    assert "Closed, record #" in words(card)
    assert card.close_order.isHidden()


def test_a_refused_order_is_said_in_place_and_stays_to_be_put_right(desk: Desk) -> None:
    add_order(desk, "24-1107")
    begin_order(desk, "24-1107")
    form = page_of(desk).order_form
    QTest.mouseClick(form.confirm, LEFT)
    desk.until(lambda: "There is a work order 24-1107 already" in words(form))
    assert form.isVisible()
    assert form.number.text == "24-1107"
    write(form.number, "-B")
    QTest.mouseClick(form.confirm, LEFT)
    desk.until(lambda: len(page_of(desk).book.orders) == 2)


@pytest.mark.parametrize("quantity", ["0", "many", "999999999999999"])
def test_a_quantity_that_cannot_be_is_refused_while_it_is_typed(desk: Desk, quantity: str) -> None:
    begin_order(desk, "24-1107", quantity=quantity)
    form = page_of(desk).order_form
    assert "asks for 1 to" in words(form)
    assert not form.confirm.isEnabled()


def test_a_list_of_issued_sns_is_chosen_and_what_stands_twice_is_told(desk: Desk, tmp_path: Path) -> None:
    listed = tmp_path / "labels.csv"
    listed.write_text(f"SN\n{UNIT.device.sn}\n{pair(901).device.sn}\n{UNIT.device.sn}\n", "utf-8")
    begin_order(desk, "24-1107")
    QTest.mouseClick(page_of(desk).order_form.choose, LEFT)
    choose_file(desk, listed)
    form = page_of(desk).order_form
    desk.until(lambda: "2 SNs in labels.csv" in words(form))
    assert f"1 SN stands in the list more than once; it counts once: {UNIT.device.sn}" in words(form)
    QTest.mouseClick(form.confirm, LEFT)
    desk.until(lambda: [line.order.issued for line in page_of(desk).book.orders] == [2])
    assert "2 SNs issued" in words(page_of(desk).order_card)


def test_of_a_list_of_several_products_only_its_own_are_taken(desk: Desk, tmp_path: Path) -> None:
    own, other = UNIT.device, pair(901).device
    listed = tmp_path / "labels.csv"
    listed.write_text(f"ProductKey,SN\n{own.pk},{own.sn}\np99zz9,{other.sn}\n", "utf-8")
    begin_order(desk, "24-1107")
    form = page_of(desk).order_form
    desk.shown.orders_desk.read_list(listed)
    desk.until(lambda: "1 SN in labels.csv" in words(form))
    form.pk.put("p88xx8")
    form.retranslate()
    assert "p88xx8" in words(form)
    assert not form.confirm.isEnabled()
    form.pk.put(own.pk)
    form.retranslate()
    QTest.mouseClick(form.confirm, LEFT)
    desk.until(lambda: [line.order.issued for line in page_of(desk).book.orders] == [1])


def test_no_order_is_opened_while_its_list_is_still_read(desk: Desk, tmp_path: Path) -> None:
    listed = tmp_path / "labels.txt"
    listed.write_text("\n".join(str(100_000 + number) for number in range(5000)), "utf-8")
    begin_order(desk, "24-1107")
    form = page_of(desk).order_form
    desk.shown.orders_desk.read_list(listed)
    assert not form.confirm.isEnabled()
    assert "The list is being read." in words(form)
    desk.until(form.confirm.isEnabled)
    assert form.list is not None
    assert len(form.list.found.sns) == 5000


def test_a_list_that_was_chosen_for_another_form_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    listed = tmp_path / "labels.txt"
    listed.write_text(str(UNIT.device.sn), "utf-8")
    begin_order(desk, "24-1107")
    desk.shown.orders_desk.read_list(listed)
    QTest.mouseClick(page_of(desk).order_form.cancel, LEFT)
    begin_order(desk, "24-1108")
    desk.until(lambda: not desk.shown.orders_desk._works)
    form = page_of(desk).order_form
    assert form.list is None
    assert form.confirm.isEnabled()


def test_a_list_that_cannot_be_read_is_said_and_none_is_taken(desk: Desk, tmp_path: Path) -> None:
    begin_order(desk, "24-1107")
    desk.shown.orders_desk.read_list(tmp_path / "missing.csv")
    form = page_of(desk).order_form
    desk.until(lambda: "missing.csv" in words(form))
    assert form.list is None


def test_after_a_refused_list_no_order_is_opened_without_one_by_oversight(desk: Desk, tmp_path: Path) -> None:
    empty, listed = tmp_path / "empty.csv", tmp_path / "labels.txt"
    empty.write_text("", "utf-8")
    listed.write_text(str(UNIT.device.sn), "utf-8")
    begin_order(desk, "24-1107")
    form, read_list = page_of(desk).order_form, desk.shown.orders_desk.read_list
    read_list(empty)
    desk.until(lambda: "press No list" in words(form))
    write(form.quantity, "5")
    for shown in (EMPTY_LIST, "press No list", "every SN of the product is accepted"):
        assert shown in words(form)
    assert not form.confirm.isEnabled()
    QTest.keyClick(form.quantity.edit, Qt.Key.Key_Return, CONTROL)
    desk.qtbot.wait(100)
    assert EventKind.ORDER_ADDED not in kinds(desk)
    read_list(listed)
    desk.until(form.confirm.isEnabled)
    read_list(empty)
    desk.until(lambda: "press No list" in words(form))
    form.show_refusal("something else")
    assert not form.confirm.isEnabled()
    QTest.mouseClick(form.without, LEFT)
    assert form.confirm.isEnabled()
    assert EMPTY_LIST not in words(form)
    QTest.mouseClick(form.confirm, LEFT)
    desk.until(lambda: [line.order.issued for line in page_of(desk).book.orders] == [None])


def test_where_a_button_with_the_focus_goes_space_presses_nothing(desk: Desk) -> None:
    window, page = desk.shown.window, page_of(desk)
    begin_order(desk, "24-1107")
    page.order_form.confirm.setFocus()
    QTest.keyClick(page.order_form.confirm, Qt.Key.Key_Return, CONTROL)
    desk.until(lambda: page.book.orders)
    press_space(desk)
    QTest.mouseClick(page.order_card.close_order, LEFT)
    assert window.focusWidget() is page.order_card.confirm
    QTest.keyClick(page.order_card.confirm, Qt.Key.Key_Return, CONTROL)
    desk.until(lambda: not page.book.orders[0].order.is_open)
    press_space(desk)
    assert window.page is PageName.ORDERS


def press_space(desk: Desk) -> None:
    """Whatever has the focus."""
    window = desk.shown.window
    focused = window.focusWidget()
    assert not isinstance(focused, QAbstractButton), focused
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    desk.qtbot.wait(100)
    assert window.page is PageName.ORDERS


def test_a_refused_order_leaves_the_focus_in_its_form(desk: Desk) -> None:
    add_order(desk, "24-1107")
    begin_order(desk, "24-1107")
    form = page_of(desk).order_form
    form.confirm.setFocus()
    QTest.mouseClick(form.confirm, LEFT)
    desk.until(lambda: "There is a work order 24-1107 already" in words(form))
    assert desk.shown.window.focusWidget() is form.number.edit


def test_a_product_is_set_and_its_format_reads_codes_at_once(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.choice.segments[1], LEFT)
    QTest.mouseClick(page.add, LEFT)
    form = page.product_form
    for field, text in (
        (form.pk, PK),
        (form.product_name, "Tracker T1"),
        (form.target, "62"),
        (form.tacs, f"{UNIT.imei.tac}, 86948706"),
        (form.template, "{pk}/{sn}"),
        (form.device_name, "T1-{sn}"),
    ):
        write(field, text)
    assert "T1-123456789123456789" in words(form)
    assert f"A QR code reads like {PK}/123456789123456789" in words(form)
    QTest.mouseClick(form.typed.segments[1], LEFT)
    QTest.mouseClick(form.confirm, LEFT)
    desk.until(lambda: [one.pk for one in page.book.products] == [PK])
    product = page.book.products[0]
    assert (product.name, product.target, product.typed) == ("Tracker T1", 62, True)
    assert product.tacs == (UNIT.imei.tac, "86948706")
    assert "Counts from now on, record #" in words(form)
    desk.shown.window.show_binding()
    desk.scan(f"{PK}/{UNIT.device.sn}")
    desk.until(lambda: desk.shown.window.view.state.unit.device == UNIT.device)


def test_an_ambiguous_template_is_refused_while_it_is_typed(desk: Desk) -> None:
    page = page_of(desk)
    QTest.mouseClick(page.choice.segments[1], LEFT)
    QTest.mouseClick(page.add, LEFT)
    write(page.product_form.pk, PK)
    write(page.product_form.template, "A{pk}A{sn}A")
    assert "could be read in two ways" in words(page.product_form)
    assert not page.product_form.confirm.isEnabled()
    before = len(desk.events())
    QTest.keyClick(page.product_form.template.edit, Qt.Key.Key_Return, CONTROL)
    desk.qtbot.wait(100)
    assert len(desk.events()) == before


def test_a_scan_fills_the_product_of_an_empty_form_and_never_a_half_typed_one(desk: Desk) -> None:
    page, before = page_of(desk), len(desk.events())
    desk.scan(QR)
    assert desk.shown.window.page is PageName.ORDERS
    QTest.mouseClick(page.add, LEFT)
    desk.scan(QR)
    desk.until(lambda: page.order_form.pk.text == PK)
    assert page.order_form.number.text == ""
    QTest.mouseClick(page.order_form.cancel, LEFT)
    begin_order(desk, "24-1107", pk="p1")
    desk.scan(QR)
    desk.qtbot.wait(100)
    assert page.order_form.pk.text == "p1"
    assert page.order_form.number.text == "24-1107"
    assert len(desk.events()) == before


def test_qa_sees_the_orders_and_nothing_that_changes_them(open_desk: Open) -> None:
    desk = opened(open_desk, QA)
    page = page_of(desk)
    assert page.add.isHidden()
    QTest.mouseClick(page.choice.segments[1], LEFT)
    assert page.product_form.confirm.isHidden() or page.product_form.isHidden()
    assert page.order_card.close_order.isHidden()


def test_an_operator_never_sees_the_page(open_desk: Open) -> None:
    desk = open_desk(new_journal, people=PEOPLE)
    desk.sign_in(OPERATOR)
    desk.shown.window.show_page(PageName.ORDERS)
    assert desk.shown.window.page is PageName.BINDING


def test_the_station_refuses_who_took_the_supervisor_s_place(desk: Desk) -> None:
    begin_order(desk, "24-1107")
    desk.shown.station.signed_in(OPERATOR)
    QTest.mouseClick(page_of(desk).order_form.confirm, LEFT)
    desk.until(lambda: desk.shown.window.view.operator == OPERATOR.name)
    desk.qtbot.wait(100)
    assert EventKind.ORDER_ADDED not in kinds(desk)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person.role))
def test_f4_begins_to_verify_and_a_click_ends_it_for_everybody(open_desk: Open, person: Person) -> None:
    desk = open_desk(new_journal, people=PEOPLE)
    desk.sign_in(person)
    window = desk.shown.window
    QTest.keyClick(window, Qt.Key.Key_F4)
    desk.until(lambda: window.view.state.mode is Mode.VERIFY)
    assert "VERIFY" in words(window.bind_page.band)
    desk.scan(QR)
    desk.until(lambda: window.view.state.shown is not None)
    assert "NOT BOUND" in words(window.bind_page.panel)
    QTest.mouseClick(window.bind_page.band, LEFT)
    desk.until(lambda: window.view.state.mode is Mode.BIND)
    assert window.bind_page.band.isHidden()
    assert EventKind.BOUND not in kinds(desk)[-3:]

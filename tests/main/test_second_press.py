"""A double click presses what was there at its first press, and nothing that came in its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.core.record import EventKind
from app.ui.pages import PageName
from app.ui.second_press import PAUSE_MS
from tests.main.conftest import PEOPLE, SUPERVISOR, Desk
from tests.main.shifts import AtShift, make_shift, make_unlisted
from tests.ui.clicks import click_at, double_click_at, middle_of

Open = Callable[..., Desk]


@pytest.fixture
def at(open_desk: Open) -> AtShift:
    desk = open_desk(make_unlisted, people=PEOPLE)
    desk.sign_in(SUPERVISOR)
    made = AtShift(desk)
    made.open()
    return made


def test_a_double_click_on_close_shift_opens_no_other_shift(at: AtShift) -> None:
    window, title = at.desk.shown.window, at.page.title
    place = middle_of(title.close_shift)
    click_at(window, place)
    at.desk.until(lambda: title.open_shift.isVisible())
    assert title.open_shift.geometry().contains(title.mapFrom(window, place))
    for _ in range(3):
        double_click_at(window, place)
        at.desk.qtbot.wait(100)
    at.desk.until(lambda: "is saved as" in at.page.notice.text)
    assert at.kinds.count(EventKind.SHIFT_OPENED) == 1
    assert "Relationship file" in at.page.notice.text
    at.desk.qtbot.wait(PAUSE_MS + 50)
    click_at(window, place)
    at.desk.until(lambda: at.kinds.count(EventKind.SHIFT_OPENED) == 2)


def test_a_double_click_on_close_order_closes_nothing(open_desk: Open) -> None:
    desk = open_desk(make_shift)
    window, page = desk.shown.window, desk.shown.orders_desk.page
    window.show_page(PageName.ORDERS)
    desk.until(lambda: page.order_card.close_order.isVisible())
    card, place = page.order_card, middle_of(page.order_card.close_order)
    click_at(window, place)
    assert card.childAt(card.mapFrom(window, place)) is card.confirm
    double_click_at(window, place)
    desk.qtbot.wait(100)
    assert EventKind.ORDER_CLOSED not in [event.entry.kind for event in desk.events()]
    assert card.confirm.isVisible()
    desk.qtbot.wait(PAUSE_MS + 50)
    click_at(window, place)
    desk.until(lambda: not page.book.orders[0].order.is_open)

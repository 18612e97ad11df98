"""Handing over a shift: the one who has it and the one who takes it, each with their own proof."""

from __future__ import annotations

import sqlite3

import pytest

from app.main.hand_over_desk import HandOverDesk
from app.ui.pages import PageName
from tests.e2e.units import qr
from tests.main.shop import Open, Shop


@pytest.fixture
def it(shop: Open) -> Shop:
    """A shift that Zhao Min opened, with its page in front."""
    made: Shop = shop(people=True)
    made.sign_in("Zhao Min")
    made.until(lambda: made.window.view.operator == "Zhao Min")
    made.window.show_page(PageName.SHIFT)
    made.shown.shift_desk.page.title.open_shift.click()
    made.until(lambda: made.shown.shift_desk.page.picture.is_open)
    return made


def desk(it: Shop) -> HandOverDesk:
    return it.shown.shift_desk.hand_over


def begin(it: Shop) -> None:
    it.shown.shift_desk.page.title.hand_over.click()
    it.page(PageName.HAND_OVER)
    it.until(lambda: desk(it).page.members.buttons)


def take_over(it: Shop, name: str, pin: str) -> None:
    page = desk(it).page
    next(row for row in page.members.buttons if row.key == name).click()
    page.card.pin.setText(pin)
    page.card.enter.click()


def handed_over(it: Shop) -> list[tuple[str, ...]]:
    rows = "SELECT operator, before, after FROM event WHERE kind = 'shift-handed-over'"
    with sqlite3.connect(f"file:{it.folder / 'journal.db'}?mode=ro", uri=True) as journal:
        return journal.execute(rows).fetchall()


def test_whoever_gives_their_pin_has_the_shift_and_is_signed_in(it: Shop) -> None:
    begin(it)
    take_over(it, "Li Wei", "1357")
    it.until(lambda: it.window.view.operator == "Li Wei")
    assert handed_over(it) == [("Zhao Min", "Zhao Min", "Li Wei")]
    assert it.window.view.shift is not None
    assert it.window.view.shift.operator == "Li Wei"
    assert it.window.page is PageName.BINDING
    assert it.window.header.face is not None
    assert it.window.header.face.in_charge == ""


def test_who_has_the_shift_is_told_while_somebody_else_is_at_the_station(it: Shop) -> None:
    it.window.show_binding()
    it.scanner.scan("BADGE-CHEN")
    it.until(lambda: it.window.view.operator == "Chen Jing")
    assert it.window.header.face is not None
    assert it.window.header.face.shift_caption == "Shift 1 · Zhao Min"


def test_a_badge_takes_the_shift_over_and_signs_nobody_in_besides(it: Shop) -> None:
    begin(it)
    it.scanner.scan("BADGE-CHEN")
    it.until(lambda: it.window.view.operator == "Chen Jing")
    assert handed_over(it) == [("Zhao Min", "Zhao Min", "Chen Jing")]


def test_a_wrong_pin_hands_nothing_over_and_is_on_record(it: Shop) -> None:
    begin(it)
    take_over(it, "Li Wei", "9999")
    it.until(lambda: "pin-refused" in it.kinds())
    it.until(lambda: desk(it).page.card.notice.text)
    assert handed_over(it) == []
    assert it.window.view.operator == "Zhao Min"


def test_whoever_has_the_shift_is_not_listed_and_their_badge_is_refused(it: Shop) -> None:
    begin(it)
    assert [row.key for row in desk(it).page.members.buttons] == ["Li Wei"]
    it.scanner.scan("BADGE-ZHAO")
    it.until(lambda: "has this shift already" in desk(it).page.card.notice.text)
    assert handed_over(it) == []


def test_a_unit_that_is_scanned_meanwhile_goes_to_the_station(it: Shop) -> None:
    begin(it)
    it.scanner.scan(qr(1))
    it.page(PageName.BINDING)
    it.until(lambda: it.window.view.state.unit.device)
    assert handed_over(it) == []


def test_a_badge_that_could_not_be_rebuilt_is_said_on_the_page(it: Shop) -> None:
    begin(it)
    it.shown.wedge.not_rebuilt.emit("")
    it.until(lambda: "keyboard layout" in desk(it).page.card.notice.text)
    assert it.window.page is PageName.HAND_OVER
    assert "unknown-code" not in it.kinds()


def test_an_operator_hands_nothing_over(it: Shop) -> None:
    begin(it)
    it.shown.station.sign_out_pressed()
    it.page(PageName.BINDING)
    it.scanner.scan("BADGE-CHEN")
    it.until(lambda: it.window.view.operator == "Chen Jing")
    desk(it).ask()
    assert it.window.page is PageName.BINDING
    desk(it)._by_pin("Li Wei", "1357")
    it.until(lambda: "may not" in desk(it).page.card.notice.text)
    assert handed_over(it) == []

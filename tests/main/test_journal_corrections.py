"""Corrections from the page: by supervisors alone, with a reason, and never by a scan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.record import EventKind
from app.ui.controls import OutlineButton
from tests.adapters.journals import pair
from tests.main.conftest import OPERATOR, PEOPLE, QA, SUPERVISOR, Desk
from tests.ui.written import words

Open = Callable[..., Desk]
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
UNIT = pair(5)


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """A supervisor looks at a unit that is bound."""
    made = open_desk(people=PEOPLE)
    made.sign_in(SUPERVISOR)
    made.open_page()
    look_at(made, UNIT.device.sn)
    return made


def look_at(desk: Desk, text: str) -> None:
    desk.scan(text)
    desk.until(lambda: desk.page.unit.shown and text in (desk.page.unit.shown.sn, desk.page.unit.shown.imei))


def buttons(desk: Desk) -> dict[str, OutlineButton]:
    return {one.text(): one for one in desk.page.unit.bar.buttons if not desk.page.unit.bar.isHidden()}


def begin(desk: Desk, verb: str, reason: str) -> None:
    QTest.mouseClick(buttons(desk)[verb], LEFT)
    QTest.keyClicks(desk.page.unit.form.reason.edit, reason)


def confirm(desk: Desk) -> None:
    QTest.mouseClick(desk.page.unit.form.confirm, LEFT)


def newest(desk: Desk) -> EventKind:
    return desk.events()[-1].entry.kind


def test_a_unit_is_unbound_with_its_reason_and_the_page_follows(desk: Desk) -> None:
    begin(desk, "Unbind", "wrong housing")
    confirm(desk)
    desk.until(lambda: "On record as #" in words(desk.page.unit.bar))
    event = desk.events()[-1]
    assert (event.entry.kind, event.entry.reason) == (EventKind.UNBOUND, "wrong housing")
    assert (event.stamp.operator, event.stamp.approver) == (SUPERVISOR.name, SUPERVISOR.name)
    desk.until(lambda: [row.face.title for row in desk.page.unit.story.rows] == ["Bound", "Unbound"])
    desk.until(lambda: desk.rows == [(UNIT.device.sn, UNIT.imei, "unbound")])
    assert set(buttons(desk)) == {"Scrap", "Spoil label"}
    assert f"On record as #{event.seq}." in words(desk.page.unit.bar)


def test_a_scan_confirms_nothing_and_drops_what_was_begun(desk: Desk) -> None:
    begin(desk, "Unbind", "wrong hou")
    before = len(desk.events())
    look_at(desk, pair(6).imei)
    assert desk.page.unit.form.isHidden()
    assert len(desk.events()) == before


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_no_key_that_a_scanner_types_confirms(desk: Desk, key: Qt.Key) -> None:
    begin(desk, "Unbind", "wrong housing")
    before = len(desk.events())
    form = desk.page.unit.form
    for part in (form.reason.edit, form.confirm):
        part.setFocus()
        QTest.keyClick(part, key)
    desk.qtbot.wait(100)
    assert form.isVisible()
    assert len(desk.events()) == before


def test_control_and_enter_confirm_once(desk: Desk) -> None:
    begin(desk, "Unbind", "wrong housing")
    for _ in range(2):
        QTest.keyClick(desk.page.unit.form.reason.edit, Qt.Key.Key_Return, CONTROL)
    desk.until(lambda: "On record as #" in words(desk.page.unit.bar))
    assert [event.entry.kind for event in desk.events()].count(EventKind.UNBOUND) == 2  # one of them is older


def test_without_a_reason_nothing_can_be_confirmed(desk: Desk) -> None:
    begin(desk, "Scrap", "  ")
    before = len(desk.events())
    confirm(desk)
    QTest.keyClick(desk.page.unit.form.reason.edit, Qt.Key.Key_Return, CONTROL)
    desk.qtbot.wait(100)
    assert len(desk.events()) == before


def test_the_module_alone_is_scrapped_and_reinstated_as_it_was_named(desk: Desk) -> None:
    QTest.mouseClick(buttons(desk)["Scrap"], LEFT)
    QTest.mouseClick(desk.page.unit.form.choice.segments[1], LEFT)
    QTest.keyClicks(desk.page.unit.form.reason.edit, "burnt")
    confirm(desk)
    desk.until(lambda: set(buttons(desk)) == {"Reinstate"})
    entry = desk.events()[-1].entry
    assert (entry.kind, entry.sn, entry.label_imei) == (EventKind.SCRAPPED, None, UNIT.imei)
    begin(desk, "Reinstate", "it was another one")
    confirm(desk)
    desk.until(lambda: newest(desk) is EventKind.REINSTATED)
    entry = desk.events()[-1].entry
    assert (entry.sn, entry.label_imei) == (None, UNIT.imei)


def test_a_label_that_the_journal_does_not_know_is_spoiled_where_it_was_scanned(desk: Desk) -> None:
    unit = pair(900)
    desk.scan(f"pk={unit.device.pk}&sn={unit.device.sn}&v=1")
    desk.until(lambda: "Spoil label" in buttons(desk))
    begin(desk, "Spoil label", "torn")
    confirm(desk)
    desk.until(lambda: newest(desk) is EventKind.SPOILED)
    desk.until(lambda: desk.rows == [(unit.device.sn, None, "spoiled")])


def test_a_check_digit_is_released_for_the_imei_that_was_typed(desk: Desk) -> None:
    imei = UNIT.imei[:-1] + str((int(UNIT.imei[-1]) + 1) % 10)
    desk.page.filters.look_for(imei)
    desk.until(lambda: "Release" in buttons(desk))
    begin(desk, "Release", "the maker confirmed it")
    confirm(desk)
    desk.until(lambda: newest(desk) is EventKind.RELEASED)
    desk.until(lambda: desk.rows == [(None, imei, "released")])


def test_a_refusal_is_said_in_place_and_the_reason_stays(desk: Desk) -> None:
    begin(desk, "Unbind", "x" * 501)
    before = len(desk.events())
    confirm(desk)
    desk.until(lambda: "needs a reason of 1 to 500" in words(desk.page.unit.form))
    assert desk.page.unit.form.reason.text == "x" * 501
    assert len(desk.events()) == before


def test_who_may_not_correct_sees_no_buttons(open_desk: Open) -> None:
    desk = open_desk(people=PEOPLE)
    desk.sign_in(QA)
    desk.open_page()
    look_at(desk, UNIT.device.sn)
    desk.until(lambda: desk.page.unit.story.rows)
    assert buttons(desk) == {}


def test_the_station_refuses_who_took_the_supervisor_s_place(desk: Desk) -> None:
    begin(desk, "Unbind", "wrong housing")
    before = len(desk.events())
    desk.shown.station.signed_in(OPERATOR)
    confirm(desk)
    desk.until(lambda: desk.shown.window.view.operator == OPERATOR.name)
    desk.qtbot.wait(100)
    assert [event.entry.kind for event in desk.events()[before:]] == [EventKind.SIGNED_IN]

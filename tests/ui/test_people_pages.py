"""First start, sign-in and people by mouse and keyboard, without a station."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Why, because
from app.core.people import Person, Role
from app.core.state import State
from app.ui.fields import PinField, TextField
from app.ui.idle_watch import IdleWatch
from app.ui.input_method import PROSE
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.people_page import PeoplePage
from app.ui.sign_in_page import SignInPage
from tests.ui import scenes
from tests.ui.gallery import MEMBERS, people_stages
from tests.ui.written import words

ZHAO = Person("Zhao Min", Role.SUPERVISOR)
GUARDED = replace(scenes.RULES, people=(ZHAO,))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def sign_in(window: MainWindow) -> SignInPage:
    page = window.add_page(PageName.SIGN_IN, SignInPage)
    window.show_view(replace(scenes.view(State(rules=GUARDED)), operator=None))
    window.show_sign_in()
    page.begin()
    page.show_members(MEMBERS)
    QApplication.sendPostedEvents()
    return page


@pytest.fixture
def people(window: MainWindow) -> PeoplePage:
    page = window.add_page(PageName.PEOPLE, PeoplePage)
    window.show_view(scenes.view(State(rules=GUARDED, operator=ZHAO)))
    window.show_page(PageName.PEOPLE)
    page.begin()
    page.show_members(MEMBERS)
    page.show_choices(sign_in=True, idle_minutes=14)
    QApplication.sendPostedEvents()
    return page


def tabbed(window: MainWindow, presses: int) -> list[str]:
    """What the Tab key leads to, one after the other."""
    seen = []
    for _ in range(presses):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused.text() if isinstance(focused, QAbstractButton) else focused.accessibleName())
    return seen


def test_the_pin_is_entered_with_the_pad_and_only_once(sign_in: SignInPage) -> None:
    heard: list[tuple[str, str]] = []
    sign_in.pin_entered.connect(lambda name, pin: heard.append((name, pin)))
    card = sign_in.card
    sign_in.members.buttons[0].click()
    for digit in "135":
        QTest.mouseClick(card.pad.digits[digit], LEFT)
    QTest.mouseClick(card.enter, LEFT)
    assert heard == []
    QTest.mouseClick(card.pad.back_key, LEFT)
    for digit in "57":
        QTest.mouseClick(card.pad.digits[digit], LEFT)
    QTest.mouseClick(card.enter, LEFT)
    QTest.mouseClick(card.enter, LEFT)
    assert heard == [("Li Wei", "1357")]
    assert "1357" not in words(sign_in)


def test_another_name_needs_another_pin(sign_in: SignInPage) -> None:
    sign_in.members.buttons[0].click()
    sign_in.card.pin.setText("1357")
    sign_in.show_refusal(because(Why.PIN_WRONG, name="Li Wei"))
    sign_in.members.buttons[1].click()
    assert sign_in.card.pin.text() == ""
    assert sign_in.card.notice.isHidden()
    assert "PIN of Wang Fang" in words(sign_in)


def test_sign_in_goes_by_keyboard_in_reading_order(sign_in: SignInPage, window: MainWindow) -> None:
    window.show_view(scenes.view(State(rules=GUARDED, operator=ZHAO)))
    sign_in.members.buttons[0].click()
    sign_in.card.pin.setText("1357")
    sign_in.members.buttons[0].setFocus()
    assert tabbed(window, 5) == [
        "Sign out Chen Jing",
        "PIN of Li Wei",
        "Sign in",
        "Cancel",
        "Li Wei, Operator",
    ]


def test_sign_in_is_there_only_where_people_sign_in(window: MainWindow) -> None:
    page = window.add_page(PageName.SIGN_IN, SignInPage)
    window.show_view(scenes.view())
    QTest.mouseClick(window.header.person, LEFT)
    assert window.bind_page.isVisible()
    window.show_view(replace(scenes.view(State(rules=GUARDED)), operator=None))
    assert "Nobody signed in Sign in: F2" in words(window.header)
    QTest.mouseClick(window.header.person, LEFT)
    assert page.isVisible()
    window.show_view(scenes.view())
    assert window.bind_page.isVisible()


def test_a_pin_field_drops_what_is_no_pin(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    field = PinField(parent)
    QTest.keyClicks(field, "pk=p11sf2&sn=123456789&v=1")
    assert field.text() == "1"
    field.clear()
    QTest.keyClicks(field, "863950069494278")
    assert not field.is_complete
    field.clear()
    QTest.keyClicks(field, "1234")
    assert field.is_complete
    assert field.displayText() != "1234"
    field.setText("12ab")
    assert field.property(PROSE) is False
    assert TextField(8, True, parent).property(PROSE) is True


def test_people_are_shown_with_what_they_sign_in_by(people: PeoplePage) -> None:
    said = [row.text() for row in people.card.members.buttons]
    assert said == [
        "Chen Jing, Operator, Badge",
        "Li Wei, Operator, Badge, PIN",
        "Wang Fang, QA, PIN",
        "Zhao Min, Supervisor, Badge, PIN",
    ]
    assert people.card.idle.segments[2].isChecked()


def test_the_choices_about_sign_in_come_out_as_plain_values(people: PeoplePage) -> None:
    heard: list[Any] = []
    people.sign_in_chosen.connect(heard.append)
    people.idle_chosen.connect(heard.append)
    people.show_choices(sign_in=False, idle_minutes=0)
    people.card.sign_in.segments[0].click()
    people.card.sign_in.segments[1].click()
    people.card.idle.segments[4].click()
    assert heard == [True, False, 60]


def test_a_draft_tells_what_shall_change(people: PeoplePage) -> None:
    form = people.editor.form
    people.card.members.buttons[3].click()
    assert form.draft.role is Role.SUPERVISOR
    assert (form.draft.badge, form.draft.without_badge, form.draft.pin) == (None, False, "")
    form.take_away.click()
    assert form.draft.without_badge
    assert "No badge" in words(form)
    form.take_scan("BADGE-9")
    assert (form.draft.badge, form.draft.without_badge) == ("BADGE-9", False)
    form.take_away.click()
    assert form.draft.badge is None
    assert not form.draft.without_badge
    people.card.members.buttons[0].click()
    assert (form.draft.name, form.draft.role, form.draft.without_badge) == ("Chen Jing", Role.OPERATOR, False)


def test_people_are_worked_by_keyboard(people: PeoplePage, window: MainWindow) -> None:
    people.card.add.setFocus()
    assert tabbed(window, 3) == ["Chen Jing, Operator, Badge", "Yes", "15"]
    people.card.add.click()
    assert window.focusWidget() is people.editor.form.name
    assert tabbed(window, 5) == ["Operator", "PIN, 4 to 12 digits", "The same again", "Add", "Cancel"]


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768)])
def test_every_button_and_field_is_large_enough_to_be_hit(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    for _name in people_stages(window):
        QApplication.sendPostedEvents()
        targets = [*window.findChildren(QAbstractButton), *window.findChildren(TextField)]
        assert min(min(one.height(), one.width()) for one in targets if one.isVisible()) >= 36


def test_whoever_is_there_is_told_and_whoever_is_not_too(qtbot: QtBot, window: MainWindow) -> None:
    watch = IdleWatch(0.2)
    watch.watch(window.windowHandle())
    with qtbot.waitSignal(watch.idle):
        pass
    with qtbot.waitSignals([watch.touched, watch.idle], order="strict"):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    watch.set_seconds(0)
    with qtbot.assertNotEmitted(watch.idle, wait=300):
        QTest.mouseClick(window.bind_page, LEFT)


def test_a_refused_setting_is_told_above_the_cards(window: MainWindow) -> None:
    page = window.settings_page
    window.show_page(PageName.SETTINGS)
    top = page.module_card.y()
    page.show_refusal(because(Why.SIGN_IN_FIRST))
    assert page.notice.geometry().bottom() < page.module_card.y()
    assert "Sign in first" in words(page.notice)
    page.show_refusal(None)
    assert (page.module_card.y(), page.notice.isHidden()) == (top, True)

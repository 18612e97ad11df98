"""What a hand types on pages with text fields, and what a scan must not do there."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.ui.input_method import PROSE
from tests.ui.wedge.keyboard import (
    CONTROL,
    DEVICE,
    ENTER,
    LABEL,
    LEFT,
    LEFT_SHIFT,
    NO_MODIFIER,
    PLACES,
    PRINTABLE,
    SHIFT,
    SPACE,
    TAB,
    Keyboard,
    in_both_modes,
    native,
    silence,
)
from tests.ui.wedge.page import Page, Witness, facts, handle


def test_typing_at_a_hands_pace_arrives_unchanged_and_once(page: Page, qtbot: QtBot) -> None:
    for character in PRINTABLE:
        page.keyboard.type(character, gap=81)
    qtbot.waitUntil(lambda: page.field.text() == PRINTABLE)
    silence(qtbot)
    assert page.field.text() == PRINTABLE
    assert not page.reader.heard_anything


def test_every_event_of_a_hand_is_replayed_in_order(page: Page, qtbot: QtBot) -> None:
    witness = Witness(page.field)
    keyboard = page.keyboard
    for character in "Max ÄÖ":
        keyboard.now += 90
        place, modifiers = PLACES.get(character, (86, NO_MODIFIER))
        keyboard.press(LEFT_SHIFT)
        keyboard.now += 5
        keyboard.press(place, modifiers, character)
        keyboard.now += 40
        keyboard.release(LEFT_SHIFT, SHIFT)
        keyboard.release(place, modifiers, character)
        keyboard.now += 10
        keyboard.key(LEFT)
    silence(qtbot)
    sent = [event for event in keyboard.sent if event.type() != QEvent.Type.ShortcutOverride]
    assert witness.seen == [facts(event) for event in sent]


def test_rolling_fingers_arrive_in_order(page: Page, qtbot: QtBot) -> None:
    """A quick hand presses the next key before it lets go of the last."""
    witness = Witness(page.field)
    places = [PLACES[character][0] for character in "wedge"]
    page.keyboard.press(places[0])
    for one, other in pairwise(places):
        page.keyboard.now += 45
        page.keyboard.press(other)
        page.keyboard.now += 20
        page.keyboard.release(one)
    page.keyboard.release(places[-1])
    silence(qtbot)
    assert page.field.text() == "wedge"
    assert len(witness.seen) == 10


def test_a_held_key_repeats_into_its_field(page: Page, qtbot: QtBot) -> None:
    place = PLACES["x"][0]
    page.keyboard.press(place)
    page.keyboard.now += 500
    for _ in range(8):
        page.keyboard.now += 30
        page.keyboard.release(place, again=True)
        page.keyboard.press(place, again=True)
    page.keyboard.release(place)
    silence(qtbot)
    assert page.field.text() == "x" * 9
    assert not page.reader.heard_anything


def test_a_hands_enter_presses_a_default_button_once(page: Page, qtbot: QtBot) -> None:
    box = QMessageBox(QMessageBox.Icon.Question, "", "Close the shift?", parent=page.widget)
    box.addButton(QMessageBox.StandardButton.Yes)
    qtbot.addWidget(box)
    answers: list[int] = []
    box.finished.connect(answers.append)
    box.open()
    Keyboard(handle(box)).key(ENTER)
    qtbot.waitUntil(lambda: bool(answers))
    silence(qtbot)
    assert answers == [QMessageBox.StandardButton.Yes]


def test_a_key_held_for_a_window_that_is_gone_is_forgotten(page: Page, qtbot: QtBot) -> None:
    window = QWindow()
    window.create()
    page.wedge.watch(window)
    Keyboard(window).press(ENTER)
    window.deleteLater()
    silence(qtbot)
    page.keyboard.type(LABEL + "\r")
    assert page.reader.frames == [LABEL]


def test_a_window_watched_twice_is_heard_once(page: Page) -> None:
    page.wedge.watch(page.keyboard.window)
    page.keyboard.type(LABEL + "\r")
    assert page.reader.frames == [LABEL]


def test_a_scan_answers_no_message_box(page: Page, qtbot: QtBot) -> None:
    box = QMessageBox(QMessageBox.Icon.Question, "", "Overwrite?", parent=page.widget)
    for button in (QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No):
        box.addButton(button)
    qtbot.addWidget(box)
    answers: list[int] = []
    box.finished.connect(answers.append)
    box.open()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is handle(box))
    Keyboard(handle(box)).type(DEVICE + "\r\n")
    silence(qtbot)
    assert page.reader.frames == [DEVICE]
    assert answers == []
    box.reject()


@pytest.mark.parametrize("payload", [DEVICE, "      ", "no way\t"])
def test_a_scan_presses_no_button(page: Page, qtbot: QtBot, payload: str) -> None:
    page.button.setDefault(True)
    page.button.setFocus()
    page.keyboard.type(payload + "\r")
    silence(qtbot)
    assert page.reader.frames == [payload.strip("\t")]
    assert page.pressed == []
    assert page.button.hasFocus()


def test_a_scan_into_a_half_typed_field_leaves_it_as_it_was(page: Page, qtbot: QtBot) -> None:
    page.keyboard.type("half", gap=120)
    page.keyboard.now += 500
    silence(qtbot)
    page.keyboard.type(DEVICE + "\r")
    page.keyboard.now += 500
    page.keyboard.type(" typed", gap=120)
    qtbot.waitUntil(lambda: page.field.text() == "half typed")
    assert page.reader.frames == [DEVICE]


def test_a_key_that_a_hand_holds_through_a_scan_is_released_again(page: Page, qtbot: QtBot) -> None:
    """Space presses a button when it is released; a release that is lost leaves the button down for ever."""
    page.button.setFocus()
    page.keyboard.press(SPACE)
    silence(qtbot)
    assert page.button.isDown()
    page.keyboard.now += 1000
    page.keyboard.type(DEVICE)
    page.keyboard.release(SPACE)
    page.keyboard.type("\r")
    assert page.reader.frames == [DEVICE]
    assert not page.button.isDown()


@in_both_modes
def test_a_scan_triggers_no_shortcut(page: Page, qtbot: QtBot, swallow_all: bool) -> None:
    """Qt asks the window first whether it wants a key as such; a shortcut of that key then stays still."""
    page.wedge.swallow_all = swallow_all
    wanted: list[bool] = []
    for character in DEVICE + "\r":
        place, modifiers = PLACES[character]
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, ord(character.upper()), modifiers, native(place), 0, 0, character
        )
        event.setTimestamp(page.keyboard.now)
        event.ignore()
        QCoreApplication.sendEvent(page.keyboard.window, event)
        wanted.append(event.isAccepted())
    assert all(wanted)


@pytest.mark.parametrize("place", [ENTER, TAB, SPACE, PLACES["b"][0], LEFT])
def test_on_the_binding_page_no_bare_key_does_anything(page: Page, qtbot: QtBot, place: int) -> None:
    page.wedge.swallow_all = True
    page.button.setDefault(True)
    page.button.setFocus()
    witness = Witness(page.button)
    page.keyboard.key(place)
    silence(qtbot)
    assert witness.seen == []
    assert page.pressed == []
    assert not page.reader.heard_anything


def test_a_key_that_is_released_under_another_name_is_the_same_key(page: Page, qtbot: QtBot) -> None:
    """Shift is let go first: what went down as `+` comes up as `=`."""
    page.wedge.swallow_all = True
    witness = Witness(page.field)
    place, _ = PLACES["="]
    page.keyboard.press(LEFT_SHIFT)
    page.keyboard.press(place, SHIFT)
    page.keyboard.release(LEFT_SHIFT, SHIFT)
    page.keyboard.release(place)
    silence(qtbot)
    assert witness.seen == []


def test_on_the_binding_page_a_hands_word_is_dropped(page: Page, qtbot: QtBot) -> None:
    page.wedge.swallow_all = True
    page.keyboard.type("abcde\r", gap=8)
    page.keyboard.now += 500
    page.keyboard.type("typed by a hand\r", gap=90)
    silence(qtbot)
    assert not page.reader.heard_anything
    assert page.field.text() == ""


@in_both_modes
@pytest.mark.parametrize(
    ("key", "modifiers", "place"),
    [
        (Qt.Key.Key_F9, NO_MODIFIER, 67),
        (Qt.Key.Key_2, CONTROL, 3),
        (Qt.Key.Key_T, CONTROL, 20),
        (Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier, 37),
    ],
)
def test_function_keys_and_combinations_pass_at_once(
    page: Page, swallow_all: bool, key: Qt.Key, modifiers: Qt.KeyboardModifier, place: int
) -> None:
    page.wedge.swallow_all = swallow_all
    witness = Witness(page.field)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, native(place), 0, 0, "")
    override.ignore()
    QCoreApplication.sendEvent(page.keyboard.window, override)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(
            page.keyboard.window, QKeyEvent(kind, key, modifiers, native(place), 0, 0, "")
        )
    assert not override.isAccepted()
    assert [facts[1] for facts in witness.seen] == [key, key]


def test_input_methods_are_refused_except_in_prose(page: Page) -> None:
    def takes_input_method() -> bool:
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
        QCoreApplication.sendEvent(page.field, query)
        return bool(query.value(Qt.InputMethodQuery.ImEnabled))

    assert not takes_input_method()
    page.field.setProperty(PROSE, True)
    assert takes_input_method()
    page.wedge.swallow_all = True
    assert not takes_input_method()

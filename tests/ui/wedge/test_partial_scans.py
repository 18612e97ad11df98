"""A scan that is not whole must not become a code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.wedge.keyboard import (
    DEVICE,
    LABEL,
    NO_MODIFIER,
    PLACES,
    Keyboard,
    in_both_modes,
    native,
    silence,
)
from tests.ui.wedge.page import Page, handle


def focus_goes_to(window: QWindow | None) -> None:
    """Qt's offscreen platform never gives the focus away; this is what the others say when they do."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.focusWindowChanged.emit(window)


@in_both_modes
def test_characters_without_keys_are_told_but_never_scanned(
    page: Page, qtbot: QtBot, swallow_all: bool
) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.packet(DEVICE + "\r")
    assert page.reader.not_rebuilt == [DEVICE]
    silence(qtbot)
    assert page.reader.frames == []
    assert page.field.text() == ""


@in_both_modes
def test_one_key_without_a_place_spoils_the_scan(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type("SN=1234")
    page.keyboard.packet("5")
    page.keyboard.type("67\r")
    assert page.reader.not_rebuilt == ["SN=1234567"]
    assert page.reader.frames == []


@in_both_modes
@pytest.mark.parametrize("lost_at", [0, 2, 9])
def test_a_press_that_an_input_method_ate_spoils_the_scan(
    page: Page, swallow_all: bool, lost_at: int
) -> None:
    page.wedge.swallow_all = swallow_all
    for step, character in enumerate("pk=1&sn=123\r"):
        page.keyboard.now += 8
        place, modifiers = PLACES[character]
        if step != lost_at:
            page.keyboard.press(place, modifiers)
        page.keyboard.release(place, modifiers)
    assert page.reader.frames == []
    assert len(page.reader.not_rebuilt) == 1


@in_both_modes
@pytest.mark.parametrize("pause", [60, 100, 450])
@pytest.mark.parametrize("cut", [3, 8, 14])
def test_a_scanners_hiccup_never_makes_a_shorter_code(
    page: Page, qtbot: QtBot, swallow_all: bool, pause: int, cut: int
) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(LABEL[:cut])
    page.keyboard.now += pause - 8
    page.keyboard.type(LABEL[cut:] + "\r")
    assert page.reader.frames == []
    assert len(page.reader.not_rebuilt) == 1


def test_a_code_whose_beginning_went_on_to_a_field_is_no_code(page: Page, qtbot: QtBot) -> None:
    """The host delivered the rest so late that its beginning could not be held any longer."""
    page.keyboard.type(LABEL[:4])
    qtbot.wait(300)
    page.keyboard.type(LABEL[4:] + "\r")
    assert page.reader.frames == []
    assert len(page.reader.not_rebuilt) == 1


@in_both_modes
def test_what_comes_after_the_silence_that_ended_a_code_is_no_code(
    page: Page, qtbot: QtBot, swallow_all: bool
) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(LABEL[:15])
    qtbot.waitUntil(lambda: bool(page.reader.arrivals))
    page.keyboard.type(LABEL[15:] + "\r")
    assert page.reader.frames == [LABEL[:15]]
    assert page.reader.not_rebuilt == [LABEL[15:]]


@in_both_modes
def test_an_end_that_comes_late_still_ends_the_scan(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(LABEL)
    page.keyboard.now += 60
    page.keyboard.type("\r")
    assert page.reader.frames == [LABEL]


@in_both_modes
def test_a_function_key_within_a_scan_spoils_it(page: Page, swallow_all: bool) -> None:
    """Some scanners send a control character as a function key; what it stood for is not known."""
    page.wedge.swallow_all = swallow_all
    page.keyboard.type("SN=1234")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F8, NO_MODIFIER, native(66), 0, 0, "")
    event.setTimestamp(page.keyboard.now)
    QCoreApplication.sendEvent(page.keyboard.window, event)
    page.keyboard.type("5678\r")
    assert page.reader.frames == []
    assert page.reader.not_rebuilt == ["SN=12345678"]


@in_both_modes
def test_a_scan_that_goes_on_in_another_program_is_not_whole(
    page: Page, qtbot: QtBot, swallow_all: bool
) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type("SN=12345678")
    focus_goes_to(None)
    qtbot.waitUntil(lambda: bool(page.reader.arrivals))
    assert page.reader.frames == []
    assert page.reader.not_rebuilt == ["SN=12345678"]


@in_both_modes
def test_a_scan_that_began_in_another_program_is_not_whole(
    page: Page, qtbot: QtBot, swallow_all: bool
) -> None:
    page.wedge.swallow_all = swallow_all
    focus_goes_to(None)
    focus_goes_to(page.keyboard.window)
    page.keyboard.type("12345678\r")
    silence(qtbot)
    page.keyboard.now += 1000
    page.keyboard.type(LABEL + "\r")
    assert page.reader.not_rebuilt == ["12345678"]
    assert page.reader.frames == [LABEL]


def test_a_scan_goes_on_from_one_window_to_the_next(page: Page, qtbot: QtBot) -> None:
    """A dialog of our own that opens in the middle takes the focus, and the rest of the keys."""
    dialog = QMessageBox(page.widget)
    qtbot.addWidget(dialog)
    page.keyboard.type(LABEL[:9])
    dialog.open()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is handle(dialog))
    Keyboard(handle(dialog), page.keyboard.now).type(LABEL[9:] + "\r")
    assert page.reader.frames == [LABEL]
    dialog.reject()

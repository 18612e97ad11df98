"""Scans that arrive, from real key events at a real window. Times are the events' own."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from pytestqt.qtbot import QtBot

from app.ui.bursts import Arrival
from app.ui.wedge import Wedge
from tests.ui.wedge.keyboard import (
    CAPS_LOCK,
    CONTROL,
    DEVICE,
    ENTER,
    KEYPAD,
    KEYPAD_ENTER,
    LABEL,
    LEFT_SHIFT,
    LINE_FEED,
    NO_MODIFIER,
    PLACES,
    PRINTABLE,
    SHIFT,
    TAB,
    Reader,
    in_both_modes,
    silence,
)
from tests.ui.wedge.page import Page, Witness


@in_both_modes
@pytest.mark.parametrize("payload", [DEVICE, LABEL, PRINTABLE])
@pytest.mark.parametrize("gap", [1, 8, 50])
def test_a_scan_arrives_byte_for_byte(page: Page, swallow_all: bool, payload: str, gap: int) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(payload + "\r", gap)
    assert page.reader.frames == [payload]
    assert page.field.text() == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(PRINTABLE, min_size=6, max_size=200), st.integers(0, 50), st.booleans())
def test_any_printable_text_arrives_byte_for_byte(page: Page, text: str, gap: int, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.reader.frames.clear()
    page.keyboard.now += 1000
    page.keyboard.type(text + "\r", gap)
    assert page.reader.frames == [text]
    assert page.field.text() == ""


@in_both_modes
@pytest.mark.parametrize("end", [ENTER, KEYPAD_ENTER, TAB, LINE_FEED])
def test_every_end_ends_a_scan(page: Page, swallow_all: bool, end: int) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(LABEL)
    page.keyboard.key(end)
    assert page.reader.frames == [LABEL]


@in_both_modes
def test_a_line_feed_sent_as_a_control_key_ends_a_scan(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(LABEL)
    page.keyboard.key(PLACES["j"][0], CONTROL, "\n")
    assert page.reader.frames == [LABEL]


@in_both_modes
def test_a_group_separator_sent_as_a_control_key_stays_in_its_place(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type("]d28002863950069494278")
    page.keyboard.key(PLACES["]"][0], CONTROL, "\x1d")
    page.keyboard.type("10A\r")
    assert page.reader.frames == ["]d28002863950069494278\x1d10A"]


@in_both_modes
def test_silence_ends_a_scan(page: Page, qtbot: QtBot, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(LABEL)
    qtbot.waitUntil(lambda: page.reader.frames == [LABEL])
    page.keyboard.now += 600
    page.keyboard.type(DEVICE)
    qtbot.waitUntil(lambda: page.reader.frames == [LABEL, DEVICE])
    assert page.field.text() == ""


@in_both_modes
@pytest.mark.parametrize("tail", ["\r", "\n", "\r\r", "\t"])
def test_a_second_end_is_swallowed_and_the_next_scan_arrives(
    page: Page, qtbot: QtBot, swallow_all: bool, tail: str
) -> None:
    page.wedge.swallow_all = swallow_all
    page.button.setDefault(True)
    witness = Witness(page.field)
    page.keyboard.type(f"{DEVICE}\r{tail}{LABEL}\r")
    silence(qtbot)
    assert page.reader.frames == [DEVICE, LABEL]
    assert witness.seen == []


@in_both_modes
@pytest.mark.parametrize("pause", [0, 45, 70, 3000])
def test_scans_follow_each_other_at_any_pace(page: Page, swallow_all: bool, pause: int) -> None:
    page.wedge.swallow_all = swallow_all
    for _ in range(5):
        page.keyboard.type(LABEL + "\r")
        page.keyboard.now += pause
    assert page.reader.frames == [LABEL] * 5


@in_both_modes
def test_digits_of_the_keypad_arrive(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    for digit in "863950069494278":
        page.keyboard.now += 8
        page.keyboard.key(KEYPAD[digit], Qt.KeyboardModifier.KeypadModifier)
    page.keyboard.key(KEYPAD_ENTER, Qt.KeyboardModifier.KeypadModifier)
    assert page.reader.frames == ["863950069494278"]


@in_both_modes
def test_the_hosts_layout_dead_keys_and_caps_lock_do_not_matter(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    german = str.maketrans({"=": "", "&": "/", "z": "Y", "y": "Z", "Z": "y", "Y": "z", "p": "P"})
    for character in DEVICE:
        page.keyboard.now += 8
        page.keyboard.key(*PLACES[character], character.translate(german))
    page.keyboard.key(ENTER)
    assert page.reader.frames == [DEVICE]
    assert page.reader.arrivals == [Arrival(DEVICE, DEVICE.translate(german), 8.0)]


@in_both_modes
def test_shift_and_caps_lock_keys_within_a_scan_do_not_break_it(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.key(CAPS_LOCK)
    for character in DEVICE + "\r":
        place, modifiers = PLACES[character]
        page.keyboard.now += 4
        if modifiers:
            page.keyboard.press(LEFT_SHIFT)
        page.keyboard.now += 4
        page.keyboard.key(place, modifiers)
        if modifiers:
            page.keyboard.release(LEFT_SHIFT, SHIFT)
    assert page.reader.frames == [DEVICE]


@in_both_modes
def test_repeats_of_a_stuck_key_are_ignored(page: Page, qtbot: QtBot, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(LABEL[:-1])
    place, modifiers = PLACES[LABEL[-1]]
    page.keyboard.press(place, modifiers)
    page.keyboard.now += 400
    for _ in range(9):
        page.keyboard.now += 30
        page.keyboard.release(place, modifiers, again=True)
        page.keyboard.press(place, modifiers, again=True)
    page.keyboard.release(place, modifiers)
    qtbot.waitUntil(lambda: page.reader.frames == [LABEL])
    assert page.field.text() == ""


@in_both_modes
def test_a_key_pressed_twice_within_a_millisecond_arrives_twice(page: Page, swallow_all: bool) -> None:
    """Qt for X11 calls the second press a repeat, for it has the time of the release before it."""
    page.wedge.swallow_all = swallow_all
    place = PLACES["1"][0]
    page.keyboard.type("pk=p")
    page.keyboard.press(place)
    page.keyboard.release(place, again=True)
    page.keyboard.press(place, again=True)
    page.keyboard.release(place)
    page.keyboard.type("sf2\r")
    assert page.reader.frames == ["pk=p11sf2"]


@in_both_modes
def test_the_clock_of_the_events_may_wrap_in_a_scan(page: Page, swallow_all: bool) -> None:
    page.wedge.swallow_all = swallow_all
    for step, character in enumerate(LABEL + "\r"):
        page.keyboard.now = (2**32 - 50 + 8 * step) % 2**32
        page.keyboard.key(*PLACES[character])
    assert page.reader.frames == [LABEL]


def test_the_settings_for_gap_and_minimum_count(page: Page) -> None:
    patient = Reader(Wedge(gap_ms=150, minimum=3, parent=page.widget))
    patient.wedge.swallow_all = True
    patient.wedge.watch(page.keyboard.window)
    page.keyboard.type("abc\r", gap=140)
    assert patient.frames == ["abc"]


@in_both_modes
def test_a_blocked_gui_does_not_split_a_scan(page: Page, qtbot: QtBot, swallow_all: bool) -> None:
    """The second half waits while nobody looks; when it is let in, the time-out has come already."""
    page.wedge.swallow_all = swallow_all
    let_in = QTimer(page.widget, interval=0, singleShot=True)
    let_in.timeout.connect(lambda: page.keyboard.type(DEVICE[12:]))
    page.keyboard.type(DEVICE[:12])
    time.sleep(0.7)
    let_in.start()
    qtbot.waitUntil(lambda: bool(page.reader.arrivals))
    silence(qtbot)
    assert page.reader.frames == [DEVICE]
    assert page.field.text() == ""


@in_both_modes
def test_keys_that_come_late_are_judged_by_their_own_times(
    page: Page, qtbot: QtBot, swallow_all: bool
) -> None:
    page.wedge.swallow_all = swallow_all
    page.keyboard.type(DEVICE[:12])
    qtbot.wait(200)
    page.keyboard.type(DEVICE[12:] + "\r")
    assert page.reader.frames == [DEVICE]


def test_a_hand_is_told_from_a_scanner_by_the_times_of_the_keys(page: Page, qtbot: QtBot) -> None:
    """Behind a blocked GUI all keys come at once."""
    page.keyboard.type("order 4711", gap=120)
    qtbot.waitUntil(lambda: page.field.text() == "order 4711")
    assert not page.reader.heard_anything


def test_a_click_finds_what_was_typed_before_it(page: Page, qtbot: QtBot) -> None:
    found: list[str] = []
    page.button.clicked.connect(lambda: found.append(page.field.text()))
    page.keyboard.type("500", gap=120)
    centre = QPointF(page.button.geometry().center())
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        buttons = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, centre, page.button.mapToGlobal(centre), buttons, buttons, NO_MODIFIER)
        event.setTimestamp(page.keyboard.now + 120)
        QCoreApplication.sendEvent(page.keyboard.window, event)
    qtbot.waitUntil(lambda: found == ["500"])

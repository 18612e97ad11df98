"""Windows' messages and the events that Qt makes of them, in the order that its Windows plugin gives them."""

from __future__ import annotations

from ctypes import addressof
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from pytestqt.qtbot import QtBot

from app.ui.host_keys import HostKeys, Message, WindowsKeys, host_keys
from app.ui.scan_codes import US
from app.ui.wedge import Wedge
from tests.ui.wedge.keyboard import NO_MODIFIER, PLACES, SHIFT, Reader, native, silence

KEY_DOWN, KEY_UP, DEAD_CHARACTER = 0x0100, 0x0101, 0x0103
VK_SHIFT = 0x10
EIGHT, LETTER_X = PLACES["8"][0], PLACES["x"][0]
LOWER_LABEL = "863950069494278;mpy25e61d000625"
GERMAN_DEAD = {13: "´", 41: "^"}


@dataclass
class GermanWindows:
    """A host with German layout. Messages are noted at once; Qt's events come when the GUI has time."""

    window: QWindow
    keys: WindowsKeys = field(default_factory=WindowsKeys)
    now: int = 5_000_000
    dead: str = ""
    events: list[QKeyEvent] = field(default_factory=list)

    def type(self, text: str, gap: int = 8) -> None:
        for character in text:
            self.now += gap
            self.key(PLACES[character][0])

    def key(self, place: int, shift: bool = False) -> None:
        if shift:
            self.message(KEY_DOWN, 42, VK_SHIFT)
        self.message(KEY_DOWN, place)
        if place in GERMAN_DEAD and not self.dead:
            self.message(DEAD_CHARACTER, place)
            self.dead = GERMAN_DEAD[place]
        else:
            characters = self.dead + (US.plain[place] if place not in GERMAN_DEAD else GERMAN_DEAD[place])
            self.dead = ""
            self.events_of_a_press(place, characters, SHIFT if shift else NO_MODIFIER)
        self.message(KEY_UP, place)
        if shift:
            self.message(KEY_UP, 42, VK_SHIFT)

    def message(self, kind: int, place: int, virtual_key: int = 0x41, was_down: bool = False) -> None:
        long = native(place) << 16 | (1 << 30 if was_down or kind == KEY_UP else 0)
        message = Message(None, kind, virtual_key, long, self.now)
        assert self.keys.nativeEventFilter(b"windows_dispatcher_MSG", addressof(message)) == (False, 0)

    def events_of_a_press(self, place: int, characters: str, modifiers: Qt.KeyboardModifier) -> None:
        """The first character comes with the key, another one in an echo that has none."""
        key = ord(US.plain[place].upper())
        for number, text in zip([key, 0], characters, strict=False):
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                self.events.append(QKeyEvent(kind, number, modifiers, native(place), 0, 0, text))
            if not number:
                self.events.append(QKeyEvent(QEvent.Type.KeyRelease, 0, modifiers, native(place), 0, 0, text))
        self.events.append(QKeyEvent(QEvent.Type.KeyRelease, key, modifiers, native(place), 0, 0, ""))

    def deliver(self) -> None:
        for event in self.events:
            QCoreApplication.sendEvent(self.window, event)
        self.events.clear()


@dataclass
class Station:
    host: GermanWindows
    reader: Reader


@pytest.fixture(params=[True, False], ids=["swallow-all", "replay"])
def station(request: pytest.FixtureRequest, qtbot: QtBot) -> Station:
    window = QWindow()
    window.create()
    host = GermanWindows(window)
    wedge = Wedge(host=host.keys, parent=window)
    wedge.watch(window)
    wedge.swallow_all = request.param
    return Station(host, Reader(wedge))


@pytest.mark.parametrize("payload", [LOWER_LABEL, "pk=p11sf2;sn=1", "a==b`=c=11==="])
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_dead_keys_that_qt_keeps_to_itself_arrive(station: Station, payload: str, busy: bool) -> None:
    for character in payload + "\r":
        station.host.type(character)
        if not busy:
            station.host.deliver()
    station.host.deliver()
    assert station.reader.frames == [payload]


def test_a_dead_key_with_shift_arrives_as_such(station: Station) -> None:
    station.host.type("sn12345")
    station.host.key(PLACES["="][0], shift=True)
    station.host.type("6\r")
    station.host.deliver()
    assert station.reader.frames == ["sn12345+6"]


def test_a_dead_key_pressed_long_ago_does_not_lend_its_time_to_the_next(station: Station) -> None:
    station.host.type("=")
    station.host.now += 5000
    station.host.type("=12345\r")
    station.host.deliver()
    assert station.reader.frames == ["=12345"]


def test_true_times_tell_a_hand_from_a_scanner_behind_a_busy_gui(station: Station, qtbot: QtBot) -> None:
    station.host.type("863950069494278\r", gap=120)
    station.host.deliver()
    silence(qtbot)
    assert station.reader.arrivals == []


def test_a_busy_gui_does_not_split_a_scan(station: Station, qtbot: QtBot) -> None:
    """The plugin's own stamps would show a pause of 300 ms."""
    station.host.type(LOWER_LABEL[:9])
    station.host.deliver()
    qtbot.wait(20)
    station.host.type(LOWER_LABEL[9:] + "\r")
    station.host.deliver()
    assert station.reader.frames == [LOWER_LABEL]


def test_a_key_that_a_shortcut_took_does_not_lend_its_time_to_the_next(station: Station) -> None:
    station.host.message(KEY_DOWN, EIGHT)
    control = Qt.KeyboardModifier.ControlModifier
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_8, control, native(EIGHT), 0, 0, "")
    QCoreApplication.sendEvent(station.host.window, asked)
    station.host.now += 5000
    station.host.type(LOWER_LABEL + "\r")
    station.host.deliver()
    assert station.reader.frames == [LOWER_LABEL]


def test_repeats_of_a_held_key_are_no_scan(station: Station, qtbot: QtBot) -> None:
    station.host.type("x")
    station.host.deliver()
    for _ in range(20):
        station.host.now += 30
        station.host.message(KEY_DOWN, LETTER_X, was_down=True)
        for kind in (QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event = QKeyEvent(kind, Qt.Key.Key_X, NO_MODIFIER, native(LETTER_X), 0, 0, "x", True)
            QCoreApplication.sendEvent(station.host.window, event)
    silence(qtbot)
    assert station.reader.arrivals == []


def test_a_click_within_a_scan_does_not_split_it(station: Station) -> None:
    station.host.type(LOWER_LABEL[:9])
    station.host.deliver()
    station.host.now += 400
    station.host.message(0x0201, 0)
    nowhere = QPointF()
    left = Qt.MouseButton.LeftButton
    click = QMouseEvent(QEvent.Type.MouseButtonPress, nowhere, nowhere, left, left, NO_MODIFIER)
    QCoreApplication.sendEvent(station.host.window, click)
    station.host.now -= 400
    station.host.type(LOWER_LABEL[9:] + "\r")
    station.host.deliver()
    assert station.reader.frames == [LOWER_LABEL]


def test_messages_of_other_systems_are_left_alone(qtbot: QtBot) -> None:
    assert WindowsKeys().nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)


def test_only_qts_windows_plugin_needs_correcting(qtbot: QtBot) -> None:
    assert type(host_keys()) is HostKeys

"""Key events as Qt makes them for a scanner or a hand, and what a wedge tells of them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from pytestqt.qtbot import QtBot

from app.ui.bursts import Arrival
from app.ui.scan_codes import US
from app.ui.wedge import Wedge

DEVICE = "pk=p11sf2&sn=zyZY0123456789&v=1"
LABEL = "863950069494278;MPY25E61D000625"
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))

in_both_modes = pytest.mark.parametrize("swallow_all", [True, False], ids=["swallow-all", "replay"])

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, KEYPAD_ENTER, TAB, LINE_FEED, SPACE, LEFT_SHIFT, CAPS_LOCK, LEFT = 28, 96, 15, 101, 57, 42, 58, 105
KEYPAD = {"7": 71, "8": 72, "9": 73, "4": 75, "5": 76, "6": 77, "1": 79, "2": 80, "3": 81, "0": 82}

PLACES = {character: (place, SHIFT) for place, character in US.shifted.items()}
PLACES |= {character: (place, NO_MODIFIER) for place, character in US.plain.items() if place < 71}
KEYS = {
    ENTER: Qt.Key.Key_Return,
    KEYPAD_ENTER: Qt.Key.Key_Enter,
    TAB: Qt.Key.Key_Tab,
    LEFT_SHIFT: Qt.Key.Key_Shift,
    CAPS_LOCK: Qt.Key.Key_CapsLock,
    LEFT: Qt.Key.Key_Left,
}


def native(place: int) -> int:
    if sys.platform == "win32":
        return {96: 0x11C, 98: 0x135}.get(place, place)
    return place + 8


@dataclass
class Keyboard:
    """Sends a window the events that Qt sends for a key, each press asked as a shortcut first."""

    window: QWindow
    now: int = 10_000
    sent: list[QKeyEvent] = field(default_factory=list)

    def key(self, place: int, modifiers: Qt.KeyboardModifier = NO_MODIFIER, text: str | None = None) -> None:
        self.press(place, modifiers, text)
        self.release(place, modifiers, text)

    def press(
        self,
        place: int,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
        text: str | None = None,
        again: bool = False,
    ) -> None:
        self._send(QEvent.Type.ShortcutOverride, place, modifiers, text, again)
        self._send(QEvent.Type.KeyPress, place, modifiers, text, again)

    def release(
        self,
        place: int,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
        text: str | None = None,
        again: bool = False,
    ) -> None:
        self._send(QEvent.Type.KeyRelease, place, modifiers, text, again)

    def type(self, text: str, gap: int = 8) -> None:
        for character in text:
            self.now += gap
            self.key(*PLACES[character])

    def packet(self, text: str, gap: int = 8) -> None:
        """As remote desktops and on-screen keyboards type: characters without keys."""
        for character in text:
            self.now += gap
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, ord(character.upper()), NO_MODIFIER, 0, 0xE7, 0, character)
                event.setTimestamp(self.now)
                QCoreApplication.sendEvent(self.window, event)

    def _send(
        self, kind: QEvent.Type, place: int, modifiers: Qt.KeyboardModifier, text: str | None, again: bool
    ) -> None:
        if text is None:
            text = US.character(place, shift=bool(modifiers & SHIFT)) or ""
        key = KEYS.get(place) or (ord(text.upper()) if text else Qt.Key.Key_unknown)
        event = QKeyEvent(kind, key, modifiers, native(place), 0, 0, text, again, 1)
        event.setTimestamp(self.now)
        self.sent.append(event)
        QCoreApplication.sendEvent(self.window, event)


@dataclass
class Reader:
    """What the wedge told."""

    wedge: Wedge
    frames: list[str] = field(default_factory=list)
    not_rebuilt: list[str] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wedge.scanned.connect(self.frames.append)
        self.wedge.not_rebuilt.connect(self.not_rebuilt.append)
        self.wedge.arrived.connect(self.arrivals.append)

    @property
    def heard_anything(self) -> bool:
        return bool(self.frames or self.not_rebuilt or self.arrivals)


def silence(qtbot: QtBot) -> None:
    """Longer than any pause that the wedge waits for."""
    qtbot.wait(200)

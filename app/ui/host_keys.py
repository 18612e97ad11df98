"""What the host's window system tells of keys beyond Qt's key events."""

from __future__ import annotations

from collections import deque
from ctypes import Structure, c_size_t, c_ssize_t, c_uint32, c_void_p
from dataclasses import dataclass
from typing import ClassVar, cast

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication, QInputEvent, QKeyEvent

_KEY_DOWN = frozenset({0x0100, 0x0104})
_KEY_UP = frozenset({0x0101, 0x0105})
_DEAD_CHARACTER = 0x0103
_SHIFT = 0x10
_WAS_DOWN = 1 << 30
"""Windows' messages, its virtual key and the flag of a repeat (`winuser.h`)."""
_REPEAT_MS = 100
"""No host repeats a key sooner."""


@dataclass(frozen=True, slots=True)
class Press:
    """A key going down as the window system saw it."""

    scan_code: int
    at: int
    shift: bool
    dead: bool = False


class HostKeys:
    """X11 and Wayland: each event bears its own time, and only input methods keep keys from us."""

    def correct(self, event: QKeyEvent) -> list[Press]:
        """Gives the event its true time; returns the presses before it that Qt kept to itself."""
        return []

    def time_of(self, event: QInputEvent) -> int:
        """For an event that is no key's."""
        return event.timestamp()

    def is_repeat(self, event: QKeyEvent, since_press: int | None) -> bool:
        """Qt for X11 also calls a key repeated that a quick scanner pressed twice within a millisecond."""
        return event.isAutoRepeat() and (since_press is None or since_press > _REPEAT_MS)

    def is_echo(self, event: QKeyEvent) -> bool:
        """A character that a key brought beside its own."""
        return False


class Message(Structure):
    """The head of Windows' MSG."""

    _fields_: ClassVar = [
        ("window", c_void_p),
        ("message", c_uint32),
        ("wparam", c_size_t),
        ("lparam", c_ssize_t),
        ("time", c_uint32),
    ]


class WindowsKeys(HostKeys, QAbstractNativeEventFilter):
    """Qt's Windows plugin stamps keys when it gets round to them, and passes on no press of a dead key.

    The key after a dead one brings the dead one's character, and its own in an event without a key.
    """

    def __init__(self) -> None:
        super().__init__()
        self._presses: deque[Press] = deque(maxlen=256)
        self._shift = False
        self._newest = 0
        self._corrected = 0
        self._asked = False

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if event_type == b"windows_dispatcher_MSG":
            self._note(Message.from_address(int(message)))
        return False, 0

    def correct(self, event: QKeyEvent) -> list[Press]:
        dead: list[Press] = []
        if event.type() != QEvent.Type.KeyRelease and not event.isAutoRepeat() and not self.is_echo(event):
            if event.type() == QEvent.Type.ShortcutOverride or not self._asked:
                dead = self._catch_up(event.nativeScanCode())
            self._asked = event.type() == QEvent.Type.ShortcutOverride
        event.setTimestamp(self._corrected)
        return dead

    def time_of(self, event: QInputEvent) -> int:
        return self._newest

    def is_repeat(self, event: QKeyEvent, since_press: int | None) -> bool:
        return event.isAutoRepeat()

    def is_echo(self, event: QKeyEvent) -> bool:
        return event.key() == 0

    def _note(self, message: Message) -> None:
        self._newest = message.time
        if message.wparam == _SHIFT and message.message in _KEY_DOWN | _KEY_UP:
            self._shift = message.message in _KEY_DOWN
        if message.lparam & _WAS_DOWN or message.message not in {*_KEY_DOWN, _DEAD_CHARACTER}:
            return
        dead = message.message == _DEAD_CHARACTER
        if dead and self._presses:
            self._presses.pop()  # the same press, of which it was not known yet
        self._presses.append(Press(message.lparam >> 16 & 0x1FF, message.time, self._shift, dead))

    def _catch_up(self, scan_code: int) -> list[Press]:
        """The dead keys before the next press of this key."""
        if not any(press.scan_code == scan_code and not press.dead for press in self._presses):
            return []
        dead: list[Press] = []
        while (press := self._presses.popleft()).scan_code != scan_code or press.dead:
            dead += [press] if press.dead else []
        self._corrected = press.at
        return dead


def host_keys() -> HostKeys:
    if QGuiApplication.platformName() != "windows":
        return HostKeys()
    keys = WindowsKeys()
    cast("QCoreApplication", QCoreApplication.instance()).installNativeEventFilter(keys)
    return keys

"""Types as a keyboard scanner does: key after key, by their places. For the demonstration."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow

from app.ui.scan_codes import US, native_of

_KEY_MS = 8
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier
_PLACES = {
    character: (place, modifiers)
    for modifiers, keys in ((_SHIFT, US.shifted), (_NONE, US.plain))
    for place, character in keys.items()
}


class SimulatedScanner(QObject):
    """Sends real key events to a window, at the pace of a scanner."""

    def __init__(self, window: QWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._keys: deque[str] = deque()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self, interval=_KEY_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._type_next)

    def scan(self, text: str) -> None:
        """Printable ASCII; Enter follows."""
        self._keys.extend(text + "\r")
        self._timer.start()

    def _type_next(self) -> None:
        if not self._keys:
            self._timer.stop()
            return
        character = self._keys.popleft()
        place, modifiers = _PLACES[character]
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
        self._send(key, native_of(place), modifiers, character)

    def _send(self, key: Qt.Key, scan_code: int, modifiers: Qt.KeyboardModifier, text: str) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, scan_code, 0, 0, text)
            event.setTimestamp(self._clock.elapsed())
            QCoreApplication.sendEvent(self._window, event)

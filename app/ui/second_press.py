"""Keeps the second press of a double click from a button that was not there at the first one."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget

from app.ui.painted import PaintedButton

PAUSE_MS = 600
"""More than any system gives the two presses of a double click."""
_NEAR = 24
"""Pixels between two presses that are meant for one place."""
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class SecondPress(QObject):
    """A button that came, or got another meaning, where somebody has just pressed takes no press there until
    it has stood for `PAUSE_MS`, and nobody has pressed for as long."""

    def __init__(self, body: QWidget) -> None:
        """`body` fills the window."""
        super().__init__(body)
        self._body = body
        self._last: QPoint | None = None
        self._refused = QElapsedTimer()

    def watch(self, window: QWindow) -> None:
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return event.type() in _PRESSES and isinstance(event, QMouseEvent) and self._is_refused(event)

    def _is_refused(self, event: QMouseEvent) -> bool:
        place = self._body.mapFromGlobal(event.globalPosition().toPoint())
        last, self._last = self._last, place
        button = self._body.childAt(place)
        if last is None or (place - last).manhattanLength() > _NEAR or not isinstance(button, PaintedButton):
            return False
        goes_on = self._refused.isValid() and not self._refused.hasExpired(PAUSE_MS)
        is_refused = button.is_newer_than(PAUSE_MS) or (goes_on and button is self._button)
        if is_refused:
            self._button = button
            self._refused.start()
        return is_refused

    _button: PaintedButton | None = None
    """The one that was refused to last."""

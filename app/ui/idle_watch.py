"""Whether somebody is at the window: every key, click and touch counts, whatever becomes of it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_ACTS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel}
)
_TOLD_EVERY_MS = 5000


class IdleWatch(QObject):
    """Tells of activity now and then, and when there was none for so many seconds (0 is never)."""

    touched = Signal()
    """Somebody is there; at most every five seconds."""
    idle = Signal()

    def __init__(self, seconds: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        self.set_seconds(seconds)

    def set_seconds(self, seconds: float) -> None:
        self._timer.setInterval(round(seconds * 1000))
        self.restart()

    def restart(self) -> None:
        """From now on."""
        self._timer.stop()
        if self._timer.interval() > 0:
            self._timer.start()

    def watch(self, window: QWindow) -> None:
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS:
            self.restart()
            if not self._told.isValid() or self._told.hasExpired(_TOLD_EVERY_MS):
                self._told.start()
                self.touched.emit()
        return False

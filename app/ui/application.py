"""The program as Qt runs it."""

from __future__ import annotations

import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.ui.garbage import GarbageCollector

_WAKE_MS = 500
_TURN = 0.0005
"""Seconds that work on another thread keeps the window waiting. A page paints with hundreds of calls, and
waits at each of them: with Python's own 5 ms that is seconds while labels are made."""


class Application:
    """Made once, before any window."""

    def __init__(self) -> None:
        sys.setswitchinterval(_TURN)
        self._application = QApplication([])
        self._application.setApplicationName("Binding Station")
        self._garbage = GarbageCollector(self._application)
        self._told_to_end = False
        # Python sees a signal when it next runs
        self._waking = QTimer(self._application, interval=_WAKE_MS)
        self._waking.timeout.connect(lambda: None)
        self._waking.start()
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: self._end())

    def run(self) -> int:
        """Until the last window is closed or somebody tells the program to end; the exit code."""
        return 0 if self._told_to_end else self._application.exec()

    def _end(self) -> None:
        self._told_to_end = True
        self._application.quit()

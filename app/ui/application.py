"""The program as Qt runs it."""

from __future__ import annotations

import signal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.ui.garbage import GarbageCollector

_WAKE_MS = 500


class Application:
    """Made once, before any window."""

    def __init__(self) -> None:
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

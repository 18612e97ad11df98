"""The program as Qt runs it."""

from __future__ import annotations

import signal

from PySide6.QtWidgets import QApplication


class Application:
    """Made once, before any window."""

    def __init__(self) -> None:
        self._application = QApplication([])
        self._application.setApplicationName("Binding Station")
        # Python sees a signal when it next runs; the window's clock wakes it every second
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda *_: self._application.quit())

    def run(self) -> int:
        """Until the last window is closed or somebody tells the program to end; the exit code."""
        return self._application.exec()

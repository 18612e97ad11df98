"""While something else is done on the station's thread nobody takes an old answer for the next unit's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from app.station.view import StationView

_SOON_MS = 100
"""What is over sooner is not told: nobody could read it."""


class DeskWatch(QObject):
    """Between the station's pictures and the window. Lives in the window's thread."""

    def __init__(self, show: Callable[[StationView], None], waiting: Callable[[], int]) -> None:
        """`waiting` counts the scans that wait at this moment."""
        super().__init__()
        self._show, self._waiting = show, waiting
        self._at_desk: StationView | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.tell)

    def show_view(self, view: StationView) -> None:
        self._at_desk = view if view.at_desk else None
        if self._at_desk is None:
            self._soon.stop()
            self._show(view)
        elif self.waiting:
            self.tell()
        else:
            self._soon.start()

    @property
    def waiting(self) -> int:
        return self._waiting()

    def tell(self) -> None:
        """At once: somebody has scanned."""
        if self._at_desk is not None:
            self._soon.stop()
            self._show(replace(self._at_desk, waiting=self.waiting))

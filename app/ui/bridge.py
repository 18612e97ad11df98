"""From the station's thread to the window's: one object."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.station.view import StationView


class Bridge(QObject):
    """Lives in the window's thread; `publish` may be called from any thread."""

    published = Signal(object)
    """A `StationView`, in the order of publishing."""

    _finished = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._finished.connect(self._hand_over)

    def when_done(self, future: Future[Any], then: Callable[[Future[Any]], None]) -> None:
        """Calls `then` in the window's thread, once the future has its result."""
        future.add_done_callback(lambda done: self._finished.emit(done, then))

    @Slot(object, object)
    def _hand_over(self, done: Future[Any], then: Callable[[Future[Any]], None]) -> None:
        if not done.cancelled():
            then(done)

    def publish(self, view: StationView) -> None:
        self.published.emit(view)

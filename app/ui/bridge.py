"""From the station's thread to the window's: one object, one signal."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.station.view import StationView


class Bridge(QObject):
    """Lives in the window's thread; `publish` may be called from any thread."""

    published = Signal(object)
    """A `StationView`, in the order of publishing."""

    def publish(self, view: StationView) -> None:
        self.published.emit(view)

"""From any thread to the window's: whatever is sent arrives there, in the order of sending."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Relay(QObject):
    """Lives in the window's thread."""

    arrived = Signal(object)

    def send(self, what: object) -> None:
        """May be called from any thread."""
        self.arrived.emit(what)

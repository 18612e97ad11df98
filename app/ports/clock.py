"""The clocks of the PC."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    """The PC's clocks."""

    def utc(self) -> str:
        """Now, UTC, ISO 8601 with milliseconds and `Z`."""
        ...

    def zone_minutes(self) -> int:
        """Offset of the PC's zone from UTC, in minutes east."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards while the PC is up."""
        ...

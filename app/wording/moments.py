"""Times for people."""

from __future__ import annotations

from datetime import datetime


def moment(utc: str) -> str:
    """Date and time on this PC's clock, to the minute, of a time as in `Stamp.at`."""
    return f"{datetime.fromisoformat(utc).astimezone():%Y-%m-%d %H:%M}"

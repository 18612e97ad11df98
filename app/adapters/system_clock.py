"""The PC's clocks."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """Implements `Clock`."""

    def utc(self) -> str:
        return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def zone_minutes(self) -> int:
        offset = datetime.now().astimezone().utcoffset()
        return int(offset.total_seconds() // 60) if offset is not None else 0

    def monotonic(self) -> float:
        return time.monotonic()

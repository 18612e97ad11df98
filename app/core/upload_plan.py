"""When the station uploads by itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from app.core.pauses import Pauses

_AFTER_FAILURES = Pauses(first=60.0, longest=1800.0)


@dataclass(frozen=True, slots=True)
class UploadPlan:
    """What the settings say."""

    platform: str = ""
    """`china`, `europe`, or a host; empty where nothing is uploaded."""
    at_shift_close: bool = False
    every: float = 0.0
    """Seconds between two uploads; 0 for none."""

    @property
    def is_automatic(self) -> bool:
        return self.at_shift_close or self.every > 0


@dataclass(slots=True)
class Timing:
    """When the next upload is due. Times are the monotonic clock in seconds."""

    plan: UploadPlan
    is_owed: bool = False
    """Something is to be uploaded as soon as that is possible: a shift was closed, or a run was cut short."""
    _failures: int = 0
    _last: float = -inf
    _pause: float = 0.0

    def due(self) -> float:
        """When to begin; `inf` where nothing is to be done by itself."""
        if not self.plan.platform:
            return inf
        if self._failures:
            wanted = self.is_owed or self.plan.every
            return self._last + self._pause if wanted else inf
        if self.is_owed:
            return -inf
        return self._last + self.plan.every if self.plan.every else inf

    def ended(self, now: float, failed: bool, chance: float) -> None:
        """A run is over. `failed`: nobody answered, so that it is worth another try. `chance`: 0 to 1."""
        self._last = now
        self._failures = self._failures + 1 if failed else 0
        self._pause = _AFTER_FAILURES.before(max(1, self._failures), chance)
        self.is_owed = failed and self.plan.is_automatic

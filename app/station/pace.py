"""How quickly units are bound: over the last hour, and as a curve over the last two."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

_STEP = timedelta(minutes=10)
_STEPS = 12
_HOUR = timedelta(hours=1)
_NO_TIME = timedelta(0)
REACH = _STEP * _STEPS
"""For how long a unit counts."""


class Pace:
    """Times are UTC, ISO 8601. All windows end at the moment that is asked about."""

    def __init__(self, times: Iterable[str] = ()) -> None:
        """The times at which units were bound, oldest first."""
        self._times = deque(map(datetime.fromisoformat, times))
        self._first = self._times[0] if self._times else None

    def note(self, when: str) -> None:
        """One more unit was bound."""
        bound = datetime.fromisoformat(when)
        self._first = self._first or bound
        self._times.append(bound)
        while self._times and bound - self._times[0] > REACH:
            self._times.popleft()

    def per_hour(self, now: str) -> int:
        """Units in the last hour; in the first hour as many as the time since the first unit makes in one."""
        moment = datetime.fromisoformat(now)
        if self._first is None:
            return 0
        passed = min(_HOUR, max(_STEP, moment - self._first))
        return round(sum(moment - bound <= passed for bound in self._times) * (_HOUR / passed))

    def curve(self, now: str) -> tuple[int, ...]:
        """Units per hour in each of the last ten-minute steps since the first unit, oldest first."""
        moment = datetime.fromisoformat(now)
        if self._first is None:
            return ()
        steps = min(_STEPS, max(0, (moment - self._first) // _STEP) + 1)
        rates = (self._within(moment, _STEP * step, _STEP * (step + 1)) * 6 for step in range(steps))
        return tuple(rates)[::-1]

    def _within(self, moment: datetime, youngest: timedelta, oldest: timedelta) -> int:
        """A clock that was set back makes units of the future: they count as bound now."""
        return sum(youngest <= max(_NO_TIME, moment - bound) < oldest for bound in self._times)

"""Which stretches of the journal lie between two times."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from app.core.selection import Range

_JUMPS = """
SELECT seq FROM event INDEXED BY event_clock
WHERE kind = 'clock-jumped' AND seq > ? AND seq <= ? ORDER BY seq"""
_EARLIEST, _LATEST = "", "~"


def ranges_between(
    connection: sqlite3.Connection, first: int, last: int, since: str | None, until: str | None
) -> Iterator[Range]:
    """Those of the events `first` to `last` that happened at `since` or later and before `until`.

    Nothing is indexed by time. Times only grow from event to event, but where the PC's clock was set back;
    there stands an event that says so. A clock that is corrected by less than a second leaves none: the
    limits are as exact as that.
    """
    times = _Times(connection)
    jumps = [seq for (seq,) in connection.execute(_JUMPS, (first, last))]
    for begin, end in pairwise([first, *jumps, last + 1]):
        low = bisect_left(times, since or _EARLIEST, begin, end)
        high = bisect_left(times, until or _LATEST, low, end)
        if low < high:
            yield low, high - 1


class _Times:
    """When each event happened, by its number: as a list that is never loaded."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __len__(self) -> int:
        return 0  # the limits are always given

    def __getitem__(self, seq: int) -> str:
        row = self._connection.execute("SELECT at FROM event WHERE seq = ?", (seq,)).fetchone()
        return str(row[0]) if row else _EARLIEST

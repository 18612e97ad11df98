"""What a search has found so far: counted stretch by stretch, so that no list of all of it is ever made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from app.core.unit_list import UnitLine, UnitQuery, UnitSpan
from app.ports.journal_reads import UnitReader

_NEARLY_ALL = 0.99


class FoundUnits:
    """Units whose whole number is the wanted one come first, then the newest. For the reader's thread."""

    def __init__(self, reader: UnitReader, query: UnitQuery) -> None:
        """Raises `Faulted`, as every method, where the journal cannot be read."""
        self._reader = reader
        self._query = query
        self._exact = list(reader.exactly(query)) if query.part else []
        self._spans: list[UnitSpan] = []
        self._ends: list[int] = []
        self._counting: Iterator[UnitSpan] | None = reader.spans(query)
        self._newest: int | None = None
        self._oldest = 0

    @property
    def total(self) -> int:
        """Found so far."""
        return self._ends[-1] if self._ends else len(self._exact)

    @property
    def is_whole(self) -> bool:
        """Every event was looked at."""
        return self._counting is None

    @property
    def share(self) -> float:
        """How much of the journal was looked at, 0 to 1; 1 only where all of it was."""
        if self.is_whole or not self._newest:
            return 1.0 if self.is_whole else 0.0
        return min(_NEARLY_ALL, (self._newest - self._oldest + 1) / self._newest)

    def count_on(self) -> None:
        """Looks through one more stretch."""
        if self._counting is None:
            return
        span = next(self._counting, None)
        if span is None:
            self._counting = None
            return
        self._newest, self._oldest = self._newest or span.newest, span.oldest
        known = sum(span.oldest <= one.seq <= span.newest for one in self._exact)
        if span.count > known:
            self._ends.append(self.total + span.count - known)
            self._spans.append(span)

    def lines(self, first: int, limit: int) -> list[UnitLine]:
        """Those at the places `first` and after, of what is found so far."""
        lines = self._exact[first : first + limit]
        first, number = max(first, len(self._exact)), bisect_right(self._ends, max(first, len(self._exact)))
        while len(lines) < limit and number < len(self._spans):
            begin = self._ends[number - 1] if number else len(self._exact)
            lines += self._of(self._spans[number], first - begin, limit - len(lines))
            first, number = self._ends[number], number + 1
        return lines

    def _of(self, span: UnitSpan, skip: int, limit: int) -> list[UnitLine]:
        """Without what stands at the top already."""
        if not self._exact:
            return list(self._reader.lines(self._query, span, skip, limit))
        known = {one.seq for one in self._exact}
        lines = self._reader.lines(self._query, span, 0, skip + limit + len(known))
        return [one for one in lines if one.seq not in known][skip : skip + limit]

"""Shifts: which there were, what was counted in each, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from app.adapters.event_row import word
from app.adapters.journal_rows import JournalRows
from app.adapters.unit_sql import ON_HOLD
from app.core.record import OpenShift, ShiftSummary, Tally, UnitRow
from app.core.unit_list import each_once
from app.core.verdicts import Verdict

NEWEST = 2**63 - 1

_SHIFTS = """
SELECT s.id, s.opened_seq, e.at, s.closed_seq, s.work_order, s.operator
FROM shift AS s JOIN event AS e ON e.seq = s.opened_seq """

# the range keeps a shift's question off the rest of the table: nothing is indexed by shift
OF_SHIFT = "seq BETWEEN :first AND :last AND (:shift IS NULL OR shift = :shift)"
_TALLY = "SELECT bound, rescanned, faulted FROM shift WHERE id = ?"
_TIMES = f"SELECT at FROM event WHERE kind = 'bound' AND {OF_SHIFT} ORDER BY seq DESC"  # noqa: S608 our own words
_FAULTS = f"""
SELECT verdict, count(*) FROM event NOT INDEXED
WHERE kind = 'scan-faulted' AND {OF_SHIFT} GROUP BY verdict ORDER BY verdict"""  # noqa: S608 our own words
_HOURS = f"""
SELECT strftime('%Y-%m-%dT%H:00', at, zone_minutes || ' minutes') AS hour, count(*)
FROM event NOT INDEXED WHERE kind = 'bound' AND {OF_SHIFT} GROUP BY hour ORDER BY hour"""  # noqa: S608 our own words

_SUMMARY = """
SELECT e.at, e.operator,
    (SELECT count(*) FROM binding WHERE seq BETWEEN :first AND :last AND shift = :shift AND ended_seq IS NULL)
FROM (SELECT :last AS last) LEFT JOIN event AS e ON e.seq = last"""


class ShiftReads(JournalRows):
    """Fills `ports.ShiftsReader`."""

    def current_shift(self) -> OpenShift | None:
        return self._shift("WHERE s.closed_seq IS NULL")

    def shift(self, id: int | None = None) -> OpenShift | None:
        if id is not None:
            return self._shift("WHERE s.id = ?", id)
        return self.current_shift() or self._shift("ORDER BY s.id DESC LIMIT 1")

    def shifts(self, limit: int) -> Sequence[ShiftSummary]:
        return [
            self._summary(OpenShift(*row))
            for row in self._rows(f"{_SHIFTS} ORDER BY s.id DESC LIMIT ?", (limit,))
        ]

    def tally(self, shift: OpenShift) -> Tally:
        return next((Tally(*row) for row in self._rows(_TALLY, (shift.id,))), Tally())

    def bound_times(self, shift: OpenShift, since: str = "") -> Sequence[str]:
        with self._file.use() as connection:
            newest_first = (at for (at,) in connection.execute(_TIMES, range_of(shift)))
            return list(takewhile(lambda at: at >= since, newest_first))[::-1]

    def faults_by_kind(self, shift: OpenShift) -> dict[Verdict, int]:
        return {word(Verdict, verdict): count for verdict, count in self._rows(_FAULTS, range_of(shift))}

    def bound_by_hour(self, shift: OpenShift) -> dict[str, int]:
        return dict(self._rows(_HOURS, range_of(shift)))

    def on_hold(self, limit: int) -> Sequence[UnitRow]:
        rows = self._rows(ON_HOLD, {"limit": limit})
        return each_once(
            [UnitRow(seq, at, word(Verdict, verdict), *unit) for seq, at, verdict, *unit in rows]
        )

    def _summary(self, shift: OpenShift) -> ShiftSummary:
        ((closed_at, closed_by, bound),) = self._rows(_SUMMARY, range_of(shift))
        return ShiftSummary(shift, closed_at, closed_by, bound)

    def _shift(self, which: str, *values: int) -> OpenShift | None:
        rows: list[Any] = self._rows(_SHIFTS + which, values)
        return OpenShift(*rows[0]) if rows else None


def range_of(shift: OpenShift | None) -> dict[str, int | None]:
    if shift is None:
        return {"first": 1, "last": NEWEST, "shift": None}
    return {"first": shift.opened_seq, "last": shift.closed_seq or NEWEST, "shift": shift.id}

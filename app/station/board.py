"""The shift's figures as the window shows them, kept up to date answer by answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.core.record import OpenShift, Tally, UnitRow
from app.core.unit import Answer
from app.core.verdicts import Kind, Verdict
from app.ports import JournalReader

RECENT_UNITS = 8
_STEP_SECONDS = 600
_STEPS = 12


@dataclass
class Board:
    """Counts, recent units and pace of the open shift."""

    shift: OpenShift | None = None
    tally: Tally = field(default_factory=Tally)
    recent: tuple[UnitRow, ...] = ()
    _per_step: dict[int, int] = field(default_factory=dict)

    def load(self, journal: JournalReader, now: str) -> None:
        """Takes the figures of the shift that was left open; the list of recent units is the station's.

        `now` is UTC, ISO 8601.
        """
        self.recent = tuple(journal.recent_units(RECENT_UNITS))
        self.shift = journal.current_shift()
        if self.shift is not None:
            self.tally = journal.tally(self.shift)
            self._per_step = _counts(journal.bound_times(self.shift, _first_shown(now)))

    def open(self, shift: OpenShift) -> None:
        self.shift, self.tally, self._per_step = shift, Tally(), {}

    def note(self, answer: Answer, when: str) -> None:
        """An answer about a unit was committed at this time (UTC, ISO 8601)."""
        if answer.seq is None:
            return
        kind = answer.verdict.kind
        if kind is Kind.PASS:
            self.tally = replace(self.tally, bound=self.tally.bound + 1)
            step = _step(when)
            self._per_step[step] = self._per_step.get(step, 0) + 1
        elif answer.verdict is Verdict.ALREADY_BOUND:
            self.tally = replace(self.tally, rescanned=self.tally.rescanned + 1)
        elif answer.verdict.latches:
            self.tally = replace(self.tally, faults=self.tally.faults + 1)
        else:
            return
        self.recent = (_row(answer, answer.seq, when), *self.recent[: RECENT_UNITS - 1])

    def pace(self, now: str) -> tuple[int, ...]:
        """Units per hour in each of the last ten-minute steps since the first unit, oldest first."""
        if not self._per_step:
            return ()
        last = _step(now)
        first = max(min(self._per_step), last - _STEPS + 1)
        return tuple(self._per_step.get(step, 0) * 6 for step in range(first, last + 1))


def _row(answer: Answer, seq: int, when: str) -> UnitRow:
    device = answer.unit.device
    return UnitRow(
        seq=seq,
        when=when,
        verdict=answer.verdict,
        pk=device.pk if device else None,
        sn=device.sn if device else None,
        imei=answer.imei_text or answer.unit.imei,
    )


def _first_shown(now: str) -> str:
    """From when on times count for the pace, in the form of the journal's times."""
    first = datetime.fromisoformat(now) - timedelta(seconds=_STEP_SECONDS * _STEPS)
    return f"{first:%Y-%m-%dT%H:%M:%S}"


def _counts(times: Sequence[str]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for step in _steps(times):
        counts[step] = counts.get(step, 0) + 1
    return counts


def _steps(times: Iterable[str]) -> Iterable[int]:
    return map(_step, times)


def _step(when: str) -> int:
    return int(datetime.fromisoformat(when).timestamp()) // _STEP_SECONDS

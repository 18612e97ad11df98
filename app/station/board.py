"""The shift's figures as the window shows them, kept up to date answer by answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from app.core.record import OpenShift, Tally, UnitRow
from app.core.unit import Answer, Unit
from app.core.verdicts import Kind, Verdict
from app.ports.journal_reads import JournalReader
from app.station.orders import OrderProgress, progress
from app.station.pace import REACH, Pace

RECENT_UNITS = 8
_IN_ORDER = {Verdict.BOUND: 1, Verdict.UNDONE: -1}


@dataclass
class Board:
    """Counts, recent units and pace of the open shift."""

    shift: OpenShift | None = None
    tally: Tally = field(default_factory=Tally)
    recent: tuple[UnitRow, ...] = ()
    pace: Pace = field(default_factory=Pace)
    orders: dict[str, OrderProgress] = field(default_factory=dict)
    """The open ones by their number, as they were opened."""
    _last_order: str | None = None

    def load(self, journal: JournalReader, now: str) -> None:
        """Takes the figures of the shift that was left open; the list of recent units is the station's.

        `now` is UTC, ISO 8601.
        """
        self.recent = tuple(journal.recent_units(RECENT_UNITS))
        self.orders = progress(journal)
        self.shift = journal.current_shift()
        self.tally, self.pace = Tally(), Pace()
        if self.shift is not None:
            self.tally = journal.tally(self.shift)
            self.pace = Pace(journal.bound_times(self.shift, _first_that_counts(now)))

    def open(self, shift: OpenShift) -> None:
        self.shift, self.tally, self.pace = shift, Tally(), Pace()

    def note(self, answer: Answer, when: str) -> None:
        """An answer about a unit was committed at this time (UTC, ISO 8601)."""
        if answer.seq is None:
            return
        kind = answer.verdict.kind
        self._count_in_order(answer)
        if answer.verdict is Verdict.UNDONE and answer.earlier is not None:
            self.recent = _taken_back(self.recent, answer.earlier.seq)
            return
        if kind is Kind.PASS:
            self.recent = _without_undone(self.recent, answer)
            self.tally = replace(self.tally, bound=self.tally.bound + 1)
            self.pace.note(when)
        elif answer.verdict is Verdict.ALREADY_BOUND:
            self.tally = replace(self.tally, rescanned=self.tally.rescanned + 1)
        elif answer.verdict.latches:
            self.tally = replace(self.tally, faults=self.tally.faults + 1)
        else:
            return
        self.recent = (_row(answer, answer.seq, when), *self.recent[: RECENT_UNITS - 1])

    def order(self, unit: Unit) -> OrderProgress | None:
        """What the header shows: the order of this unit, else the shift's, the last unit's, the oldest."""
        chosen = self.shift.work_order if self.shift else None
        for number in (unit.work_order, chosen, self._last_order):
            if number in self.orders:
                return self.orders[number]
        return next(iter(self.orders.values()), None)

    def _count_in_order(self, answer: Answer) -> None:
        order = self.orders.get(answer.unit.work_order or "")
        more = _IN_ORDER.get(answer.verdict)
        if order is not None and more is not None:
            self.orders[order.number] = replace(order, bound=order.bound + more)
            self._last_order = order.number


def _taken_back(recent: tuple[UnitRow, ...], seq: int) -> tuple[UnitRow, ...]:
    """A pass that was undone is none any more."""
    return tuple(replace(row, verdict=Verdict.UNDONE) if row.seq == seq else row for row in recent)


def _without_undone(recent: tuple[UnitRow, ...], answer: Answer) -> tuple[UnitRow, ...]:
    """A unit that is bound anew stands there once."""
    device = answer.unit.device
    return tuple(
        row
        for row in recent
        if row.verdict is not Verdict.UNDONE or device is None or (row.pk, row.sn) != (device.pk, device.sn)
    )


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


def _first_that_counts(now: str) -> str:
    """In the form of the journal's times."""
    return f"{datetime.fromisoformat(now) - REACH:%Y-%m-%dT%H:%M:%S}"

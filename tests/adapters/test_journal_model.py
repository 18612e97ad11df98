"""Whatever happens to it, the journal says what a list in memory would say."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import DeviceCode, Pair, ProductKey
from app.core.record import BoundRecord, Committed, Entry, EventKind, Stamp, Standing, Taken, Tally
from tests.adapters.journals import STAMP, bound, live_rows, pair, rescanned


@dataclass
class Model:
    """The events as a plain list: event number n stands at place n - 1."""

    events: list[tuple[Stamp, Entry]] = field(default_factory=list)
    shift: int | None = None
    shifts: int = 0

    def live(self) -> list[BoundRecord]:
        return [
            record_of(seq, stamp, unit)
            for seq, (stamp, entry) in enumerate(self.events, 1)
            for unit in UNITS
            if entry == bound(unit)
        ]

    def standing(self, unit: Pair) -> Standing:
        of_device = [it for it in self.live() if DeviceCode(it.pk, it.sn) == unit.device]
        of_imei = [it for it in self.live() if it.imei == unit.imei]
        return Standing(next(iter(of_device), None), next(iter(of_imei), None))

    def of_shift(self, kind: EventKind) -> list[Stamp]:
        return [stamp for stamp, entry in self.events if entry.kind is kind and stamp.shift == self.shift]


def record_of(seq: int, stamp: Stamp, unit: Pair) -> BoundRecord:
    return BoundRecord(
        seq, unit.imei, unit.device.pk, unit.device.sn, stamp.at, stamp.station, stamp.operator
    )


UNITS = [
    Pair(DeviceCode(pk, pair(sn).device.sn), pair(imei).imei)
    for pk in (ProductKey("p11sf2"), ProductKey("p08kx1"))
    for sn in range(3)
    for imei in range(3)
]
units = st.sampled_from(UNITS)


class JournalMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.path = Path(self.folder) / "journal.db"
        self.model = Model([(STAMP, Entry(EventKind.JOURNAL_MADE))])
        create_journal(self.path, STAMP)
        self.journal = SqliteJournal(self.path)

    def teardown(self) -> None:
        assert self.journal.verify().finding is None
        self.journal.close()
        shutil.rmtree(self.folder)

    def stamp(self) -> Stamp:
        at = f"2026-01-01T09:00:00.{len(self.model.events):03d}Z"
        return replace(STAMP, at=at, shift=self.model.shift)

    def note(self, seq: int, stamp: Stamp, entry: Entry) -> None:
        self.model.events.append((stamp, entry))
        assert seq == len(self.model.events)

    @rule(unit=units)
    def bind(self, unit: Pair) -> None:
        stamp, standing = self.stamp(), self.model.standing(unit)
        answer = self.journal.bind(stamp, bound(unit), unit)
        if standing != Standing():
            assert answer == Taken(standing)
        else:
            assert isinstance(answer, Committed)
            self.note(answer.seq, stamp, bound(unit))

    @rule(unit=units, kind=st.sampled_from([EventKind.RESCANNED, EventKind.FAULTED]))
    def record(self, unit: Pair, kind: EventKind) -> None:
        stamp, entry = self.stamp(), replace(rescanned(unit), kind=kind)
        self.note(self.journal.record(stamp, entry).seq, stamp, entry)

    @rule()
    def record_what_is_no_unit(self) -> None:
        stamp, entry = self.stamp(), Entry(EventKind.CONTINUED)
        self.note(self.journal.record(stamp, entry).seq, stamp, entry)

    @precondition(lambda self: self.model.shift is None)
    @rule()
    def open_shift(self) -> None:
        stamp, self.model.shifts = self.stamp(), self.model.shifts + 1
        opened = self.journal.open_shift(stamp)
        assert opened.id == self.model.shifts
        self.model.shift = opened.id
        self.note(opened.opened_seq, replace(stamp, shift=opened.id), Entry(EventKind.SHIFT_OPENED))

    @precondition(lambda self: self.model.shift is not None)
    @rule()
    def close_shift(self) -> None:
        stamp, entry = self.stamp(), Entry(EventKind.SHIFT_CLOSED)
        self.note(self.journal.close_shift(stamp, entry).seq, stamp, entry)
        self.model.shift = None

    @rule()
    def restart(self) -> None:
        self.journal.close()
        self.journal = SqliteJournal(self.path)

    @rule(unit=units)
    def ask_about(self, unit: Pair) -> None:
        assert self.journal.standing(unit.device, unit.imei) == self.model.standing(unit)
        for text in (unit.device.sn, unit.imei):
            assert [event.seq for event in self.journal.events_of(text)] == [
                seq
                for seq, (_, entry) in enumerate(self.model.events, 1)
                if text in (entry.sn, entry.label_imei, entry.chip_imei)
            ]

    @invariant()
    def the_newest_event_is_the_last_one(self) -> None:
        seq, hash = self.journal.head()
        event = self.journal.event(seq)
        assert event is not None
        assert (seq, event.hash) == (len(self.model.events), hash)
        assert (event.stamp, event.entry) == self.model.events[-1]

    @invariant()
    def every_list_is_the_same(self) -> None:
        live = self.model.live()
        assert [row[0] for row in live_rows(self.journal)] == [record.seq for record in live]
        assert self.journal.relationship_count(None) == len(live)
        about_units = [
            (seq, entry.verdict)
            for seq, (_, entry) in enumerate(self.model.events, 1)
            if entry.verdict is not None
        ]
        recent = [(unit.seq, unit.verdict) for unit in self.journal.recent_units(5)]
        assert recent == about_units[::-1][:5]

    @invariant()
    def the_shift_is_the_same(self) -> None:
        shift = self.journal.current_shift()
        assert (shift and shift.id) == self.model.shift
        if shift is not None:
            bound_at = [stamp.at for stamp in self.model.of_shift(EventKind.BOUND)]
            assert self.journal.bound_times(shift) == bound_at
            assert self.journal.relationship_count(shift) == len(bound_at)
            assert self.journal.tally(shift) == Tally(
                bound=len(bound_at),
                rescanned=len(self.model.of_shift(EventKind.RESCANNED)),
                faults=len(self.model.of_shift(EventKind.FAULTED)),
            )


TestJournal = JournalMachine.TestCase
TestJournal.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)

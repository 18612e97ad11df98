"""Corrections against a real journal: what each does, who may do it, and what the journal makes of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from stdnum import luhn

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import DeviceCode, Imei, Pair
from app.core.errors import Refused, Why
from app.core.people import Person, Role
from app.core.record import Committed, Entry, EventKind, Standing, Taken
from app.ports.journal import RebuildResult
from app.station.corrections import FREE, REASON_MAX, Corrections, unbinding
from tests.adapters.corrected import rows_of
from tests.adapters.journals import STAMP, bound, pair

SUPERVISOR = Person("Sue", Role.SUPERVISOR)
UNIT, OTHER = pair(1), pair(2)
OPERATOR_STAMP = replace(STAMP, operator="Bo")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    """2 is UNIT, bound."""
    create_journal(tmp_path / "journal.db", STAMP)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        bind(journal, UNIT)
        yield journal
        assert journal.verify().finding is None


@pytest.fixture
def corrections(journal: SqliteJournal) -> Corrections:
    return Corrections(journal, OPERATOR_STAMP, SUPERVISOR)


def bind(journal: SqliteJournal, unit: Pair) -> Committed | Taken:
    return journal.bind(STAMP, bound(unit), unit)


def entry_of(journal: SqliteJournal, seq: int) -> Entry:
    event = journal.event(seq)
    assert event is not None
    assert (event.stamp.operator, event.stamp.approver) == ("Bo", "Sue")
    return event.entry


def wrong_digit(number: int) -> str:
    """An IMEI whose check digit is one too high."""
    body = pair(number).imei[:-1]
    return body + str((int(luhn.calc_check_digit(body)) + 1) % 10)


def test_unbinding_frees_both_and_is_on_record(journal: SqliteJournal, corrections: Corrections) -> None:
    seq = corrections.unbind(UNIT.device, "  wrong housing ").seq
    device, imei = UNIT.device, UNIT.imei
    assert entry_of(journal, seq) == Entry(
        EventKind.UNBOUND,
        pk=device.pk,
        sn=device.sn,
        label_imei=imei,
        before=f"bound #2 {device.pk} {device.sn} {imei}",
        after=FREE,
        reason="wrong housing",
    )
    assert journal.standing(device, imei) == Standing()
    assert isinstance(bind(journal, UNIT), Committed)


def test_scrapping_what_is_bound_ends_the_binding(journal: SqliteJournal, corrections: Corrections) -> None:
    seq = corrections.scrap(None, UNIT.imei, "burnt").seq
    entry = entry_of(journal, seq)
    assert (entry.kind, entry.sn, entry.label_imei, entry.reason) == ("scrapped", None, UNIT.imei, "burnt")
    assert entry.before == f"bound #2 {UNIT.device.pk} {UNIT.device.sn} {UNIT.imei}"
    assert entry.after == EventKind.SCRAPPED
    assert bind(journal, UNIT) == Taken(Standing(imei_scrapped=seq))
    assert isinstance(bind(journal, pair(1, imei_of=3)), Committed)


def test_what_belongs_to_two_units_is_not_scrapped_as_one(
    journal: SqliteJournal, corrections: Corrections
) -> None:
    other = pair(2)
    bind(journal, other)
    before = journal.head()
    assert refusal_of(lambda: corrections.scrap(UNIT.device, other.imei, "burnt")) is Why.NOT_ONE_UNIT
    assert refusal_of(lambda: corrections.scrap(UNIT.device, pair(9).imei, "burnt")) is Why.NOT_ONE_UNIT
    assert journal.head() == before


def test_a_scrap_is_taken_back_as_it_was_named(journal: SqliteJournal, corrections: Corrections) -> None:
    seq = corrections.scrap(UNIT.device, UNIT.imei, "burnt").seq
    assert refusal_of(lambda: corrections.reinstate(UNIT.device, None, "not burnt")) is Why.NOT_SCRAPPED
    entry = entry_of(journal, corrections.reinstate(UNIT.device, UNIT.imei, "not burnt").seq)
    assert (entry.kind, entry.before, entry.after) == (EventKind.REINSTATED, f"scrapped #{seq}", FREE)
    assert isinstance(bind(journal, UNIT), Committed)


def test_a_spoiled_label_is_refused_until_it_is_taken_back(
    journal: SqliteJournal, corrections: Corrections
) -> None:
    seq = corrections.spoil(OTHER.device, "torn").seq
    entry = entry_of(journal, seq)
    assert (entry.kind, entry.before, entry.after) == (EventKind.SPOILED, FREE, EventKind.SPOILED)
    assert bind(journal, OTHER) == Taken(Standing(spoiled=seq))
    entry = entry_of(journal, corrections.reinstate(OTHER.device, None, "it was another one").seq)
    assert (entry.before, entry.after) == (f"spoiled #{seq}", FREE)
    assert isinstance(bind(journal, OTHER), Committed)


def test_a_release_lets_one_imei_pass_once(journal: SqliteJournal, corrections: Corrections) -> None:
    imei = Imei.released(wrong_digit(3))
    entry = entry_of(journal, corrections.release(wrong_digit(3), "the maker confirmed it").seq)
    assert (entry.kind, entry.label_imei, entry.after) == ("released", imei, EventKind.RELEASED)
    assert journal.standing(None, imei).released
    assert isinstance(bind(journal, Pair(OTHER.device, imei)), Committed)
    assert not journal.standing(None, imei).released
    seq = corrections.unbind(OTHER.device, "and back").seq
    assert entry_of(journal, seq).label_imei == imei


Act = Callable[[Corrections, str], Committed]

ACTS: list[Act] = [
    lambda it, reason: it.unbind(UNIT.device, reason),
    lambda it, reason: it.scrap(UNIT.device, UNIT.imei, reason),
    lambda it, reason: it.reinstate(UNIT.device, UNIT.imei, reason),
    lambda it, reason: it.spoil(OTHER.device, reason),
    lambda it, reason: it.release(wrong_digit(3), reason),
]


def refusal_of(work: Callable[[], object]) -> Why:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.reason.why


@pytest.mark.parametrize("act", ACTS, ids=["unbind", "scrap", "reinstate", "spoil", "release"])
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.QA])
def test_only_a_supervisor_corrects(journal: SqliteJournal, act: Act, role: Role) -> None:
    corrections = Corrections(journal, OPERATOR_STAMP, Person("Bo", role))
    assert refusal_of(lambda: act(corrections, "because")) is Why.NOT_ALLOWED
    assert journal.head()[0] == 2


@pytest.mark.parametrize("act", ACTS, ids=["unbind", "scrap", "reinstate", "spoil", "release"])
@pytest.mark.parametrize("reason", ["", "  \t", "x" * (REASON_MAX + 1)])
def test_every_correction_needs_a_reason(
    journal: SqliteJournal, corrections: Corrections, act: Act, reason: str
) -> None:
    assert refusal_of(lambda: act(corrections, reason)) is Why.REASON_NEEDED
    assert journal.head()[0] == 2


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda it: it.unbind(OTHER.device, "x"), Why.NOT_BOUND),
        (lambda it: it.scrap(None, None, "x"), Why.NOTHING_NAMED),
        (lambda it: it.reinstate(None, None, "x"), Why.NOTHING_NAMED),
        (lambda it: it.reinstate(OTHER.device, None, "x"), Why.NOT_SCRAPPED),
        (lambda it: it.spoil(UNIT.device, "x"), Why.SPOILED_WHILE_BOUND),
        (lambda it: it.release(OTHER.imei, "x"), Why.RELEASE_NOT_NEEDED),
        (lambda it: it.release("123", "x"), Why.IMEI_LENGTH),
        (lambda it: it.release("0" * 15, "x"), Why.IMEI_PLACEHOLDER),
    ],
)
def test_what_makes_no_sense_is_refused(
    journal: SqliteJournal, corrections: Corrections, act: Callable[[Corrections], object], why: Why
) -> None:
    assert refusal_of(lambda: act(corrections)) is why
    assert journal.head()[0] == 2


def test_a_workshop_without_sign_in_has_no_approver(journal: SqliteJournal) -> None:
    seq = Corrections(journal, STAMP, None).unbind(UNIT.device, "wrong housing").seq
    event = journal.event(seq)
    assert event is not None
    assert (event.stamp, event.entry.kind) == (STAMP, EventKind.UNBOUND)


def test_the_counter_entry_of_a_record_ends_that_record_alone(journal: SqliteJournal) -> None:
    record = journal.last_bound(STAMP.station, STAMP.operator)
    assert record is not None
    journal.record(STAMP, unbinding(record, "undone"))
    bind(journal, pair(1, imei_of=3))
    assert refusal_of(lambda: journal.record(STAMP, unbinding(record, "undone"))) is Why.NOT_BOUND


@dataclass
class Model:
    """What stands, as plain sets."""

    live: set[Pair] = field(default_factory=set)
    scrapped: set[tuple[DeviceCode | None, Imei | None]] = field(default_factory=set)
    spoiled: set[DeviceCode] = field(default_factory=set)
    released: set[Imei] = field(default_factory=set)

    def is_retired(self, device: DeviceCode | None, imei: Imei | None) -> bool:
        return any(
            (device is not None and one == device) or (imei is not None and other == imei)
            for one, other in self.scrapped
        )

    def is_free(self, unit: Pair) -> bool:
        in_the_way = any(one.device == unit.device or one.imei == unit.imei for one in self.live)
        return not (in_the_way or self.is_retired(unit.device, unit.imei) or unit.device in self.spoiled)

    def is_one_unit(self, device: DeviceCode | None, imei: Imei | None) -> bool:
        of_device = {one for one in self.live if one.device == device}
        of_imei = {one for one in self.live if one.imei == imei}
        return None in (device, imei) or of_device == of_imei

    def end(self, device: DeviceCode | None, imei: Imei | None) -> None:
        self.live = {one for one in self.live if one.device != device and one.imei != imei}


IMEIS = [pair(1).imei, pair(2).imei, Imei.released(wrong_digit(3)), Imei.released(wrong_digit(4))]
DEVICES = [pair(number).device for number in range(3)]
devices, imeis = st.sampled_from(DEVICES), st.sampled_from(IMEIS)
named = st.tuples(devices | st.none(), imeis | st.none())


class CorrectedJournal(RuleBasedStateMachine):
    """Any sequence of binding and correcting."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.path = Path(self.folder) / "journal.db"
        create_journal(self.path, STAMP)
        self.journal = SqliteJournal(self.path)
        self.corrections = Corrections(self.journal, STAMP, SUPERVISOR)
        self.model = Model()

    def teardown(self) -> None:
        before = rows_of(self.path)
        assert self.journal.verify().finding is None
        events = self.journal.head()[0]
        assert self.journal.rebuild(STAMP) == RebuildResult(events, 0)
        assert rows_of(self.path) == before
        assert self.journal.verify().finding is None
        self.journal.close()
        shutil.rmtree(self.folder)

    def done(self, work: Callable[[], object]) -> bool:
        """Whether it was done; what is refused writes nothing."""
        before = self.journal.head()
        try:
            work()
        except Refused:
            assert self.journal.head() == before
            return False
        assert self.journal.head()[0] == before[0] + 1
        return True

    @rule(device=devices, imei=imeis)
    def bind(self, device: DeviceCode, imei: Imei) -> None:
        unit = Pair(device, imei)
        assert isinstance(bind(self.journal, unit), Committed) is self.model.is_free(unit)
        if self.model.is_free(unit):
            self.model.live.add(unit)
            self.model.released.discard(imei)

    @rule(device=devices)
    def unbind(self, device: DeviceCode) -> None:
        is_bound = any(one.device == device for one in self.model.live)
        assert self.done(lambda: self.corrections.unbind(device, "x")) is is_bound
        self.model.end(device, None)

    @rule(named=named)
    def scrap(self, named: tuple[DeviceCode | None, Imei | None]) -> None:
        makes_sense = any(named) and self.model.is_one_unit(*named) and not self.model.is_retired(*named)
        assert self.done(lambda: self.corrections.scrap(*named, "x")) is makes_sense
        if makes_sense:
            self.model.scrapped.add(named)
            self.model.end(*named)

    @rule(named=named)
    def reinstate(self, named: tuple[DeviceCode | None, Imei | None]) -> None:
        device, imei = named
        is_spoiled = imei is None and device in self.model.spoiled
        makes_sense = named in self.model.scrapped or is_spoiled
        assert self.done(lambda: self.corrections.reinstate(*named, "x")) is makes_sense
        self.model.scrapped.discard(named)
        if is_spoiled and device is not None:
            self.model.spoiled.discard(device)

    @rule(device=devices)
    def spoil(self, device: DeviceCode) -> None:
        is_bound = any(one.device == device for one in self.model.live)
        makes_sense = not is_bound and device not in self.model.spoiled
        assert self.done(lambda: self.corrections.spoil(device, "x")) is makes_sense
        if makes_sense:
            self.model.spoiled.add(device)

    @rule(imei=imeis)
    def release(self, imei: Imei) -> None:
        is_wrong = imei in IMEIS[2:]
        assert self.done(lambda: self.corrections.release(imei, "x")) is is_wrong
        if is_wrong:
            self.model.released.add(imei)

    @rule(device=devices, imei=imeis)
    def ask(self, device: DeviceCode, imei: Imei) -> None:
        standing, model = self.journal.standing(device, imei), self.model
        assert {one.imei for one in [standing.of_device] if one} == {
            one.imei for one in model.live if one.device == device
        }
        assert {one.sn for one in [standing.of_imei] if one} == {
            one.device.sn for one in model.live if one.imei == imei
        }
        assert (standing.device_scrapped is not None) is model.is_retired(device, None)
        assert (standing.imei_scrapped is not None) is model.is_retired(None, imei)
        assert (standing.spoiled is not None) is (device in model.spoiled)
        assert standing.released is (imei in model.released)


TestCorrectedJournal = CorrectedJournal.TestCase
TestCorrectedJournal.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)

"""Binding one unit after the other: `advance(state, event)` decides all that happens. Start reading here.

    scan, module, time -> event -> advance -> state, actions -> (the station carries them out) -> event -> ...

The table of transitions stands at the end of this file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from app.core import entries
from app.core.cards import Card
from app.core.codes import DeviceCode, Imei, Pair
from app.core.errors import Reason, Refused, Why, because
from app.core.events import (
    Action,
    AskModule,
    CancelPressed,
    ContinuePressed,
    Event,
    FixtureEmpty,
    Found,
    JournalFailed,
    LookUp,
    ModuleAnswered,
    ModuleFailed,
    ModuleGone,
    Note,
    PairTaken,
    Record,
    Recorded,
    RulesChanged,
    Save,
    Saved,
    Say,
    Scanned,
    ScanRefused,
    TimePassed,
)
from app.core.record import Capture, EventKind
from app.core.scan import (
    ScannedCard,
    ScannedDevice,
    ScannedLabel,
    Unknown,
    is_empty,
    printable,
    recognise,
)
from app.core.unit import (
    EMPTY_UNIT,
    Answer,
    Dropped,
    Fixture,
    ImeiSource,
    Presence,
    Rules,
    Unit,
    judge_taken,
)
from app.core.verdicts import Kind, Verdict


@dataclass(frozen=True, slots=True)
class Latch:
    """A fault that stays until CONTINUE."""

    answer: Answer
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """All that the station knows between two events; what the page shows."""

    rules: Rules = field(default_factory=Rules)
    unit: Unit = EMPTY_UNIT
    fixture: Fixture = field(default_factory=Fixture)
    asking: int | None = None
    """The number of the question that is under way."""
    asked_at: float = 0.0
    lifting: bool = False
    """The last unit still lies on the fixture, and another device code is in hand."""
    deadline: float | None = None
    """When the half in hand is dropped, or answered finally (monotonic seconds)."""
    pending: Answer | None = None
    """What will be said once the journal has answered."""
    shown: Answer | None = None
    """The last answer: stays until the next scan or the next unit on the fixture."""
    latch: Latch | None = None
    dropped: Dropped | None = None
    """What the next answer carries."""
    questions: int = 0
    last_text: str = ""
    last_at: float = 0.0


Step = tuple[State, tuple[Action, ...]]


def advance(state: State, event: Event) -> Step:
    """What comes next. An event that has no meaning in this state changes nothing."""
    return _TRANSITIONS[type(event)](state, event)


# --- scans ------------------------------------------------------------------------------------------------


def _scanned(state: State, event: Scanned) -> Step:
    if is_empty(event.text):
        return state, ()
    scan = recognise(event.text, state.rules.formats)
    if state.latch is not None:
        if isinstance(scan, ScannedCard) and scan.card is Card.CONTINUE:
            return _continue(replace(state, last_text=event.text, last_at=event.at))
        return _ignored(state, event.text)
    if _is_repeated(state, event.text, event.at):
        return _tell(replace(state, last_at=event.at), Answer(Verdict.REPEATED))
    state = replace(state, last_text=event.text, last_at=event.at, shown=None)
    match scan:
        case ScannedDevice(device=device):
            return _device(state, device, event.at)
        case ScannedLabel(imei=imei):
            return _label(state, imei, event.at)
        case ScannedCard(card=Card.CANCEL):
            return _cancel(state)
        case ScannedCard():
            return _tell(state, Answer(Verdict.CONTINUED))
        case Unknown():
            return _unknown(state, scan, event.text)


def _is_repeated(state: State, text: str, at: float) -> bool:
    """A scanner's double trigger."""
    return text == state.last_text and at - state.last_at <= state.rules.repeat_seconds


def _tell(state: State, answer: Answer) -> Step:
    """An answer that changes nothing on the screen; it carries what was dropped before, as any."""
    return replace(state, dropped=None), (Say(replace(answer, dropped=state.dropped)),)


def _scan_refused(state: State, event: ScanRefused) -> Step:
    if state.latch is not None:
        return _ignored(state, event.raw)
    if _is_repeated(state, event.raw, event.at):
        return _tell(replace(state, last_at=event.at), Answer(Verdict.REPEATED))
    state = replace(state, last_text=event.raw, last_at=event.at)
    return _unknown(replace(state, shown=None), Unknown(event.reason), event.raw)


def _unknown(state: State, scan: Unknown, text: str) -> Step:
    raw = printable(text)
    if scan.imei_text is not None:
        return _conclude(
            state,
            Answer(
                Verdict.IMEI_INVALID,
                state.unit,
                scan.reason,
                imei_text=scan.imei_text,
                imei_text_from=Capture.LABEL,
                raw=raw,
            ),
        )
    state, actions = _drop(state, because(Why.DROPPED_FAULT))
    state, more = _conclude(state, Answer(Verdict.UNKNOWN_CODE, reason=scan.reason, raw=raw))
    return state, actions + more


def _device(state: State, device: DeviceCode, at: float) -> Step:
    actions: tuple[Action, ...] = ()
    if state.unit.device not in (None, device):
        state, actions = _drop(state, because(Why.DROPPED_REPLACED))
    state = replace(state, unit=replace(state.unit, device=device), lifting=False)
    state, more = _ask_or_next(state, at)
    return state, actions + more


def _label(state: State, imei: Imei, at: float) -> Step:
    actions: tuple[Action, ...] = ()
    if state.unit.label not in (None, imei):
        state, actions = _drop(state, because(Why.DROPPED_REPLACED))
    state = replace(state, unit=replace(state.unit, label=imei))
    if _waits_for_module(state):
        return replace(state, deadline=at + state.rules.half_seconds), actions
    state, more = _next(state, at)
    return state, actions + more


def _waits_for_module(state: State) -> bool:
    """A question is under way, and its answer is worth waiting for although the label is there."""
    if state.asking is None or state.unit.device is None:
        return False
    return state.rules.imei_from is not ImeiSource.EITHER or state.fixture.presence is Presence.MODULE


def _ignored(state: State, text: str) -> Step:
    if state.latch is None:
        return state, ()
    latch = replace(state.latch, ignored=state.latch.ignored + 1)
    entry = entries.of_scan(EventKind.IGNORED, printable(text))
    return replace(state, latch=latch), (Note(entry), Say(Answer(Verdict.IGNORED)))


# --- the module -------------------------------------------------------------------------------------------


def _ask_or_next(state: State, at: float) -> Step:
    """A device code is in hand: the module is always read afresh, however lately it was seen."""
    rules, unit = state.rules, state.unit
    label_will_do = rules.imei_from is ImeiSource.EITHER and unit.label is not None
    if not rules.may_ask or (label_will_do and state.fixture.presence is Presence.NOBODY):
        return _next(state, at)
    return _ask(replace(state, unit=replace(unit, chip=None)), at)


def _ask(state: State, at: float) -> Step:
    ask = state.questions + 1
    within = state.rules.read_seconds
    wait = max(within, 0.0 if state.rules.final_answers else state.rules.half_seconds)
    state = replace(state, asking=ask, questions=ask, asked_at=at, lifting=False, deadline=at + wait)
    return state, (AskModule(ask, within),)


def _module_answered(state: State, event: ModuleAnswered) -> Step:
    state = replace(state, fixture=_seen(state.fixture, event.imei_text))
    if state.latch is not None:
        return state, (Note(entries.of_fixture(event.imei_text)),)
    if event.ask is None:
        return _module_arrived(state, event.at)
    if event.ask != state.asking:
        return state, ()
    state = replace(state, asking=None)
    if state.fixture.holds_last_unit(event.imei_text, state.unit.device):
        return replace(state, lifting=True), ()
    return _module_read(state, event.imei_text, event.at)


def _seen(fixture: Fixture, imei_text: str) -> Fixture:
    if imei_text == fixture.judged:
        return replace(fixture, presence=Presence.MODULE, imei_text=imei_text)
    return Fixture(Presence.MODULE, imei_text)


def _module_arrived(state: State, at: float) -> Step:
    """A module came onto the fixture by itself, or CONTINUE let the station look again."""
    imei_text = state.fixture.imei_text
    if state.asking is not None or imei_text is None:
        return state, ()
    if state.unit.device is not None:
        return _ask_or_next(state, at) if state.unit.chip is None else (state, ())
    if state.rules.final_answers or not state.rules.may_ask or imei_text == state.fixture.judged:
        return state, ()
    return _module_read(replace(state, shown=None), imei_text, at)


def _module_read(state: State, imei_text: str, at: float) -> Step:
    try:
        imei = Imei(imei_text)
    except Refused as refusal:
        judged = replace(state.fixture, judged=imei_text, judged_with=state.unit.device)
        answer = Answer(
            Verdict.IMEI_INVALID,
            state.unit,
            refusal.reason,
            imei_text=imei_text,
            imei_text_from=Capture.SERIAL,
        )
        return _conclude(replace(state, fixture=judged), answer)
    return _next(replace(state, unit=replace(state.unit, chip=imei)), at)


def _module_failed(state: State, event: ModuleFailed) -> Step:
    if event.ask != state.asking:
        return state, ()
    state = replace(state, asking=None)
    if state.rules.imei_from is not ImeiSource.EITHER:
        return _conclude(state, Answer(Verdict.MODULE_FAULT, state.unit, event.reason))
    if state.rules.final_answers and state.unit.label is None:
        return _conclude(state, Answer(Verdict.MODULE_FAULT, state.unit, event.reason))
    return _next(state, event.at)


def _module_gone(state: State, _event: ModuleGone) -> Step:
    imei_text = state.fixture.imei_text
    state = replace(state, fixture=Fixture(Presence.NOBODY), lifting=False)
    if state.latch is not None:
        return state, (Note(entries.of_fixture(None, lifted=imei_text)),)
    if state.unit.chip is not None:
        return _drop(state, because(Why.DROPPED_MODULE_GONE))
    return state, ()


def _fixture_empty(state: State, _event: FixtureEmpty) -> Step:
    if state.fixture.presence is not Presence.UNKNOWN:
        return state, ()
    return replace(state, fixture=Fixture(Presence.NOBODY)), ()


# --- what is decided --------------------------------------------------------------------------------------


def _next(state: State, at: float) -> Step:
    unit = state.unit
    if unit.device is not None and unit.label and unit.chip and unit.label != unit.chip:
        reason = because(Why.LABEL_AND_CHIP_DIFFER, label=unit.label, chip=unit.chip)
        return _conclude(state, Answer(Verdict.IMEI_MISMATCH, unit, reason))
    if unit.device is not None and unit.imei is not None and _enough(unit, state.rules):
        pending = Answer(Verdict.BOUND, unit)
        save = Save(entries.of_answer(EventKind.BOUND, pending), Pair(unit.device, unit.imei))
        return replace(state, pending=pending), (save,)
    state = replace(state, pending=Answer(Verdict.HALF, unit), deadline=at + state.rules.half_seconds)
    return state, (LookUp(unit.device, unit.imei),)


def _enough(unit: Unit, rules: Rules) -> bool:
    return {
        ImeiSource.SERIAL: unit.chip is not None,
        ImeiSource.LABEL: unit.label is not None,
        ImeiSource.EITHER: unit.imei is not None,
        ImeiSource.BOTH: unit.chip is not None and unit.label is not None,
    }[rules.imei_from]


def _found(state: State, event: Found) -> Step:
    if state.pending is None:
        return state, ()
    earlier = event.standing.of_device or event.standing.of_imei
    return _say(state, replace(state.pending, earlier=earlier))


def _saved(state: State, event: Saved) -> Step:
    if state.pending is None:
        return state, ()
    return _end_unit(state, replace(state.pending, seq=event.seq))


_TAKEN_WHY = {
    Verdict.ALREADY_BOUND: Why.SAME_PAIR,
    Verdict.CROSSED: Why.BOTH_BOUND_ELSEWHERE,
    Verdict.SN_TAKEN: Why.SN_BOUND_ELSEWHERE,
    Verdict.IMEI_TAKEN: Why.IMEI_BOUND_ELSEWHERE,
}


def _pair_taken(state: State, event: PairTaken) -> Step:
    if state.pending is None:
        return state, ()
    verdict = judge_taken(event.standing)
    answer = Answer(
        verdict,
        state.pending.unit,
        because(_TAKEN_WHY[verdict]),
        earlier=event.standing.of_device or event.standing.of_imei,
        earlier_imei=event.standing.of_imei if verdict is Verdict.CROSSED else None,
    )
    return _conclude(state, answer)


def _conclude(state: State, answer: Answer) -> Step:
    """The unit in hand is answered; the answer is said once it is on record."""
    kind = EventKind.RESCANNED if answer.verdict.kind is Kind.NEUTRAL else EventKind.FAULTED
    return replace(state, pending=answer), (Record(entries.of_answer(kind, answer)),)


def _recorded(state: State, event: Recorded) -> Step:
    if state.pending is None:
        return state, ()
    answer = replace(state.pending, seq=event.seq)
    if answer.verdict is Verdict.CONTINUED:
        return _continued(state, answer, event.at)
    return _end_unit(state, answer)


def _end_unit(state: State, answer: Answer) -> Step:
    state = replace(state, unit=EMPTY_UNIT, asking=None, lifting=False, deadline=None)
    if answer.unit.chip and answer.verdict.kind in (Kind.PASS, Kind.NEUTRAL, Kind.UNIT_FAULT):
        judged = replace(state.fixture, judged=str(answer.unit.chip), judged_with=answer.unit.device)
        state = replace(state, fixture=judged)
    return _say(state, answer)


def _say(state: State, answer: Answer) -> Step:
    answer = replace(answer, dropped=state.dropped)
    latch = Latch(answer) if answer.verdict.latches and state.rules.latching else None
    return replace(state, pending=None, dropped=None, shown=answer, latch=latch), (Say(answer),)


# --- endings ----------------------------------------------------------------------------------------------


def _cancel(state: State) -> Step:
    state, actions = _drop(state, because(Why.DROPPED_CANCELLED))
    state, more = _say(state, Answer(Verdict.CANCELLED))
    return state, actions + more


def _cancel_pressed(state: State, _event: CancelPressed) -> Step:
    return (state, ()) if state.latch is not None else _cancel(replace(state, shown=None))


def _drop(state: State, reason: Reason) -> Step:
    unit = state.unit
    state = replace(state, unit=EMPTY_UNIT, asking=None, lifting=False, deadline=None)
    if unit == EMPTY_UNIT:
        return state, ()
    return replace(state, dropped=Dropped(unit, reason)), (Note(entries.of_dropped(unit, reason)),)


def _time_passed(state: State, event: TimePassed) -> Step:
    if state.deadline is None or event.at < state.deadline or state.asking is not None:
        return state, ()
    if state.rules.final_answers and state.rules.may_ask and state.unit.chip is None and state.unit.device:
        why = Why.MODULE_NOT_LIFTED if state.lifting else Why.MODULE_NOT_PUT_ON
        reason = because(why, seconds=int(state.rules.read_seconds))
        return _conclude(state, Answer(Verdict.MODULE_FAULT, state.unit, reason))
    return _drop(state, because(Why.DROPPED_TIME_OUT, seconds=int(state.rules.half_seconds)))


# --- faults and their end ---------------------------------------------------------------------------------


def _journal_failed(state: State, event: JournalFailed) -> Step:
    """Nothing was written. A fault that is latched already stays; a CONTINUE that failed is answered."""
    if state.latch is not None:
        said = (Say(Answer(Verdict.JOURNAL_FAULT, reason=event.reason)),) if state.pending else ()
        return replace(state, pending=None), said
    unit = state.pending.unit if state.pending else state.unit
    return _end_unit(state, Answer(Verdict.JOURNAL_FAULT, unit, event.reason))


def _continue(state: State) -> Step:
    """That the record of it can be written is the proof that the journal works again."""
    if state.latch is None:
        return state, ()
    record = Record(entries.of_continued(state.latch.answer, state.latch.ignored))
    return replace(state, pending=Answer(Verdict.CONTINUED)), (record,)


def _continue_pressed(state: State, _event: ContinuePressed) -> Step:
    return _continue(state)


def _continued(state: State, answer: Answer, at: float) -> Step:
    """Both slots are empty, and the fixture is looked at afresh."""
    state, said = _say(state, answer)
    state, looked = _module_arrived(replace(state, shown=None), at)
    return state, said + looked


def _rules_changed(state: State, event: RulesChanged) -> Step:
    """The fixture's thread may have reported a module before its port was known to be one."""
    had_port = state.rules.has_port
    state = replace(state, rules=event.rules)
    if not event.rules.has_port:
        return replace(state, fixture=Fixture()), ()
    return (state, ()) if had_port or state.latch is not None else _module_arrived(state, event.at)


_TRANSITIONS: dict[type[Event], Callable[[State, Any], Step]] = {
    Scanned: _scanned,
    ScanRefused: _scan_refused,
    ContinuePressed: _continue_pressed,
    CancelPressed: _cancel_pressed,
    ModuleAnswered: _module_answered,
    ModuleFailed: _module_failed,
    ModuleGone: _module_gone,
    FixtureEmpty: _fixture_empty,
    TimePassed: _time_passed,
    RulesChanged: _rules_changed,
    Found: _found,
    Saved: _saved,
    PairTaken: _pair_taken,
    Recorded: _recorded,
    JournalFailed: _journal_failed,
}

"""How a unit is decided: what is missing, what the journal says, what is answered, how it ends."""

from __future__ import annotations

from dataclasses import replace

from app.core import entries
from app.core.codes import Imei, Pair
from app.core.errors import Reason, Why, because
from app.core.events import AskModule, Found, JournalFailed, LookUp, Note, PairTaken, Record, Save, Saved, Say
from app.core.record import Capture, EventKind, Standing
from app.core.state import Latch, State, Step
from app.core.unit import EMPTY_UNIT, Answer, Dropped, ImeiSource, Presence, Rules, Unit, judge_taken
from app.core.verdicts import Kind, Verdict


def look_up(state: State) -> Step:
    """A half is new in hand: the journal is asked before anything else is done with it."""
    unit = state.unit
    pending = Answer(Verdict.HALF, unit)
    return replace(state, pending=pending), (LookUp(unit.device, unit.imei),)


def look_up_release(state: State, refusal: Reason, imei_text: str, capture: Capture, raw: str | None) -> Step:
    """An IMEI is invalid, unless a supervisor let exactly this one pass."""
    pending = Answer(
        Verdict.IMEI_INVALID,
        state.unit,
        refusal,
        imei_text=imei_text,
        imei_text_from=capture,
        raw=raw,
    )
    state = replace(state, pending=pending)
    if refusal.why is not Why.IMEI_CHECK_DIGIT:
        return conclude(state, pending)
    return state, (LookUp(state.unit.device, Imei.released(imei_text)),)


def found(state: State, event: Found) -> Step:
    pending = state.pending
    if pending is None:
        return state, ()
    if pending.verdict is Verdict.IMEI_INVALID:
        return _released_or_not(state, pending, event)
    refusal = _forbidden(pending.unit, event.standing)
    if refusal is not None:
        return conclude(state, refusal)
    return go_on(replace(state, pending=None), event.at, event.standing)


def _released_or_not(state: State, pending: Answer, event: Found) -> Step:
    known = event.standing.released or event.standing.of_imei is not None
    if not known or pending.imei_text is None:
        return conclude(state, pending)
    imei = Imei.released(pending.imei_text)
    from_label = pending.imei_text_from is Capture.LABEL
    unit = replace(state.unit, label=imei) if from_label else replace(state.unit, chip=imei)
    return look_up(replace(state, unit=unit))


def _forbidden(unit: Unit, standing: Standing) -> Answer | None:
    """What one half shows by itself is answered at once."""
    if standing.spoiled is not None:
        return Answer(Verdict.SN_NOT_ISSUED, unit, because(Why.SN_SPOILED, seq=standing.spoiled))
    if standing.device_scrapped is not None:
        return Answer(Verdict.RETIRED, unit, because(Why.SN_RETIRED, seq=standing.device_scrapped))
    if standing.imei_scrapped is not None:
        return Answer(Verdict.RETIRED, unit, because(Why.IMEI_RETIRED, seq=standing.imei_scrapped))
    return None


def go_on(state: State, at: float, standing: Standing, may_ask: bool = True) -> Step:
    """Asks the module, saves the pair, or says what is still missing."""
    unit = state.unit
    if may_ask and _wants_module(state):
        return _ask(state, at)
    if state.asking is not None and _worth_waiting(state):
        return state, ()
    if unit.device is not None and unit.label and unit.chip and unit.label != unit.chip:
        reason = because(Why.LABEL_AND_CHIP_DIFFER, label=unit.label, chip=unit.chip)
        return conclude(state, Answer(Verdict.IMEI_MISMATCH, unit, reason))
    if unit.device is not None and unit.imei is not None and enough(unit, state.rules):
        pending = Answer(Verdict.BOUND, unit)
        save = Save(entries.of_answer(EventKind.BOUND, pending), Pair(unit.device, unit.imei))
        return replace(state, pending=pending), (save,)
    deadline = state.deadline if not may_ask and state.deadline else at + state.rules.half_seconds
    state = replace(state, deadline=deadline)
    return say(state, Answer(Verdict.HALF, unit, earlier=standing.of_device or standing.of_imei))


def _wants_module(state: State) -> bool:
    """With a device code in hand the module is read afresh, however lately it was seen."""
    rules, unit = state.rules, state.unit
    if not rules.may_ask or unit.device is None or unit.chip is not None or state.asking is not None:
        return False
    label_will_do = rules.imei_from is ImeiSource.EITHER and unit.label is not None
    return not (label_will_do and state.fixture.presence is Presence.NOBODY)


def _worth_waiting(state: State) -> bool:
    """A question is under way; a label that would do does not wait for an empty fixture."""
    label_will_do = state.rules.imei_from is ImeiSource.EITHER and state.unit.label is not None
    return not label_will_do or state.fixture.presence is Presence.MODULE


def enough(unit: Unit, rules: Rules) -> bool:
    """Whether the unit has an IMEI from every source that its product asks for."""
    return {
        ImeiSource.SERIAL: unit.chip is not None,
        ImeiSource.LABEL: unit.label is not None,
        ImeiSource.EITHER: unit.imei is not None,
        ImeiSource.BOTH: unit.chip is not None and unit.label is not None,
    }[rules.imei_from]


def _ask(state: State, at: float) -> Step:
    ask = state.questions + 1
    within = state.rules.read_seconds
    wait = max(within, 0.0 if state.rules.final_answers else state.rules.half_seconds)
    state = replace(state, asking=ask, questions=ask, asked_at=at, lifting=False, deadline=at + wait)
    return state, (AskModule(ask, within),)


def saved(state: State, event: Saved) -> Step:
    if state.pending is None:
        return state, ()
    return end_unit(state, replace(state.pending, seq=event.seq))


_TAKEN_WHY = {
    Verdict.ALREADY_BOUND: Why.SAME_PAIR,
    Verdict.CROSSED: Why.BOTH_BOUND_ELSEWHERE,
    Verdict.SN_TAKEN: Why.SN_BOUND_ELSEWHERE,
    Verdict.IMEI_TAKEN: Why.IMEI_BOUND_ELSEWHERE,
}


def pair_taken(state: State, event: PairTaken) -> Step:
    if state.pending is None:
        return state, ()
    unit, standing = state.pending.unit, event.standing
    forbidden = _forbidden(unit, standing)
    if forbidden is not None:
        return conclude(state, forbidden)
    verdict = judge_taken(standing)
    answer = Answer(
        verdict,
        unit,
        because(_TAKEN_WHY[verdict]),
        earlier=standing.of_device or standing.of_imei,
        earlier_imei=standing.of_imei if verdict is Verdict.CROSSED else None,
    )
    return conclude(state, answer)


def conclude(state: State, answer: Answer) -> Step:
    """The unit in hand is answered; the answer is said once it is on record."""
    kind = EventKind.RESCANNED if answer.verdict.kind is Kind.NEUTRAL else EventKind.FAULTED
    return replace(state, pending=answer), (Record(entries.of_answer(kind, answer)),)


def end_unit(state: State, answer: Answer) -> Step:
    was_asking = state.asking is not None
    faulted_ask = state.asking if answer.verdict.kind is Kind.UNIT_FAULT else None
    state = replace(
        state, unit=EMPTY_UNIT, asking=None, faulted_ask=faulted_ask, lifting=False, deadline=None
    )
    chip = answer.imei_text if answer.imei_text_from is Capture.SERIAL else answer.unit.chip
    if faulted_ask is not None:  # what lies there belongs to the unit that was refused
        chip = chip or state.fixture.imei_text
    elif was_asking:  # the label did; the late answer is about the unit that is finished
        chip = chip or answer.unit.label
    if chip and answer.verdict.kind in (Kind.PASS, Kind.NEUTRAL, Kind.UNIT_FAULT):
        judged = replace(state.fixture, judged=str(chip), judged_with=answer.unit.device)
        state = replace(state, fixture=judged)
    return say(state, answer)


def say(state: State, answer: Answer) -> Step:
    answer = replace(answer, dropped=state.dropped)
    latch = Latch(answer) if answer.verdict.latches and state.rules.latching else state.latch
    return replace(state, pending=None, dropped=None, shown=answer, latch=latch), (Say(answer),)


def drop(state: State, reason: Reason) -> Step:
    unit = state.unit
    state = replace(state, unit=EMPTY_UNIT, asking=None, lifting=False, deadline=None)
    if unit == EMPTY_UNIT:
        return state, ()
    return replace(state, dropped=Dropped(unit, reason)), (Note(entries.of_dropped(unit, reason)),)


def journal_failed(state: State, event: JournalFailed) -> Step:
    """Nothing was written. A fault that is latched already stays; a CONTINUE that failed is answered."""
    if state.latch is not None:
        said = (Say(Answer(Verdict.JOURNAL_FAULT, reason=event.reason)),) if state.pending else ()
        return replace(state, pending=None), said
    unit = state.pending.unit if state.pending else state.unit
    return end_unit(state, Answer(Verdict.JOURNAL_FAULT, unit, event.reason))

"""How a unit is decided: what is missing, what the journal says, what is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core import entries
from app.core.codes import DeviceCode, Imei, Pair
from app.core.endings import conclude, drop, end_unit, say
from app.core.errors import Reason, Why, because
from app.core.events import AskModule, Found, LookUp, PairTaken, Save, Saved
from app.core.judging import judge, label_and_chip_differ, order_of, retired
from app.core.record import Capture, EventKind, Standing
from app.core.state import State, Step
from app.core.unit import Answer, Half, ImeiSource, Mode, Presence, Rules, Unit, judge_taken
from app.core.verdicts import Verdict


def take_device(state: State, device: DeviceCode, typed: frozenset[Half] = frozenset()) -> Step:
    """The module is read afresh for each device code, so what is known of it is forgotten."""
    actions: tuple[Any, ...] = ()
    if state.unit.device not in (None, device):
        state, actions = drop(state, because(Why.DROPPED_REPLACED))
    unit = Unit(device, label=state.unit.label, typed=state.unit.typed | typed)
    state, more = look_up(replace(state, unit=unit, asking=None, lifting=False))
    return state, actions + more


def take_label(state: State, imei: Imei, typed: frozenset[Half] = frozenset()) -> Step:
    actions: tuple[Any, ...] = ()
    if state.unit.label not in (None, imei):
        state, actions = drop(state, because(Why.DROPPED_REPLACED))
    unit = replace(state.unit, label=imei, typed=state.unit.typed | typed)
    state, more = look_up(replace(state, unit=unit))
    return state, actions + more


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
    if state.mode is Mode.VERIFY:
        return _compare(replace(state, pending=None), event.at, event.standing)
    unit = _with_its_order(pending.unit, state.rules, event.standing)
    refusal = judge(unit, state.rules, event.standing)
    if refusal is not None:
        return conclude(state, refusal)
    return go_on(replace(state, pending=None, unit=unit), event.at, event.standing)


def _with_its_order(unit: Unit, rules: Rules, standing: Standing) -> Unit:
    order = order_of(unit.device, rules, standing) if unit.device else None
    return replace(unit, work_order=order.number if order else None)


def _compare(state: State, at: float, standing: Standing) -> Step:
    """Verify mode: an unbound half is told at once, a bound one waits for the other to be compared with."""
    unit, records = state.unit, (standing.of_device, standing.of_imei)
    is_whole = unit.device is not None and unit.imei is not None
    if _wants_module(state) or _waits_for_module(state) if is_whole else any(records):
        return go_on(state, at, standing)
    if is_whole and (differing := label_and_chip_differ(unit)) is not None:
        return conclude(state, Answer(Verdict.IMEI_MISMATCH, unit, differing))
    verdict = Verdict.NOT_BOUND if not any(records) else Verdict.DIFFERS
    if any(records) and standing.of_device == standing.of_imei:
        verdict = Verdict.MATCHES
    of_module = standing.of_imei if verdict is Verdict.DIFFERS and standing.of_device else None
    earlier = standing.of_device or standing.of_imei
    reason = retired(standing) if verdict is Verdict.NOT_BOUND else None
    return conclude(state, Answer(verdict, unit, reason, earlier=earlier, earlier_imei=of_module))


def _released_or_not(state: State, pending: Answer, event: Found) -> Step:
    known = event.standing.released or event.standing.of_imei is not None
    if not known or pending.imei_text is None:
        return conclude(state, pending)
    imei = Imei.released(pending.imei_text)
    from_label = pending.imei_text_from is not Capture.SERIAL
    unit = replace(state.unit, label=imei) if from_label else replace(state.unit, chip=imei)
    return look_up(replace(state, unit=unit))


def go_on(state: State, at: float, standing: Standing, may_ask: bool = True) -> Step:
    """Asks the module, saves the pair, or says what is still missing."""
    unit = state.unit
    if may_ask and _wants_module(state):
        return _ask(state, at)
    if _waits_for_module(state):
        return state, ()
    if unit.device is not None and unit.imei is not None and enough(unit, state.at_hand):
        return _save(state, Pair(unit.device, unit.imei))
    deadline = state.deadline if not may_ask and state.deadline else at + state.rules.half_seconds
    state = replace(state, deadline=deadline)
    reason = _no_port(state)
    return say(state, Answer(Verdict.HALF, unit, reason, earlier=standing.of_device or standing.of_imei))


def _no_port(state: State) -> Reason | None:
    """Why the unit will never be whole."""
    device = state.unit.device
    if device is None or state.mode is Mode.VERIFY or not state.at_hand.lacks_port:
        return None
    return because(Why.NO_PORT_GIVEN, pk=device.pk)


def _save(state: State, pair: Pair) -> Step:
    if state.mode is Mode.VERIFY:  # only reached where the module did not answer and its label must do
        return look_up(state)
    pending = Answer(Verdict.BOUND, state.unit)
    entry = entries.of_answer(EventKind.BOUND, pending)
    return replace(state, pending=pending), (Save(entry, pair, state.unit.work_order),)


def _wants_module(state: State) -> bool:
    """With a device code in hand the module is read afresh, however lately it was seen."""
    rules, unit = state.at_hand, state.unit
    if not rules.may_ask or unit.device is None or unit.chip is not None or state.asking is not None:
        return False
    label_will_do = rules.imei_from is ImeiSource.EITHER and unit.label is not None
    return not (label_will_do and state.fixture.presence is Presence.NOBODY)


def _waits_for_module(state: State) -> bool:
    """A question is under way; a label that would do does not wait for an empty fixture."""
    if state.asking is None:
        return False
    label_will_do = state.at_hand.imei_from is ImeiSource.EITHER and state.unit.label is not None
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
    forbidden = judge(unit, state.rules, standing)
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

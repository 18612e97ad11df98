"""Binding one unit after the other: `advance(state, event)` decides all that happens. Start reading here.

    scan, module, time -> event -> advance -> state, actions -> (the station carries them out) -> event -> ...

The table of transitions stands at the end of this file. `scan_steps.py` has what a scan leads to,
`key_steps.py` what keys and their cards do, `deciding.py` what a unit goes through, `fixture_steps.py` the
module on the fixture, `people_steps.py` who is at the station, `typed_entry.py` what is typed in by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.core import deciding, endings, fixture_steps, key_steps, people_steps, scan_steps, typed_entry
from app.core.deciding import look_up
from app.core.endings import conclude, drop, end_unit, say
from app.core.errors import Why, because
from app.core.events import (
    CancelPressed,
    ContinuePressed,
    Event,
    FixtureEmpty,
    Found,
    ImeiTyped,
    JournalFailed,
    ModeChosen,
    ModuleAnswered,
    ModuleFailed,
    ModuleGone,
    NotUndone,
    PairTaken,
    Recorded,
    RulesChanged,
    Saved,
    Scanned,
    ScanRefused,
    SignedIn,
    SignOutPressed,
    SnTyped,
    TimePassed,
    Touched,
    Undone,
)
from app.core.state import State, Step
from app.core.unit import EMPTY_UNIT, Answer, Fixture, Mode
from app.core.verdicts import Verdict

__all__ = ["State", "Step", "advance"]


def advance(state: State, event: Event) -> Step:
    """What comes next. An event that has no meaning in this state changes nothing."""
    return _TRANSITIONS[type(event)](state, event)


def _recorded(state: State, event: Recorded) -> Step:
    if state.pending is None:
        return state, ()
    answer = replace(state.pending, seq=event.seq)
    match answer.verdict:
        case Verdict.CONTINUED:
            return _look_afresh(replace(state, latch=None), answer, event.at)
        case Verdict.SIGNED_IN:
            return _look_afresh(replace(state, last_act=event.at, mode=Mode.BIND), answer, event.at)
        case Verdict.SIGNED_OUT:
            return say(replace(state, operator=None, mode=Mode.BIND), answer)
        case Verdict.MODE:
            return _look_afresh(replace(state, mode=answer.mode or Mode.BIND), answer, event.at)
        case _:
            return end_unit(state, answer)


def _look_afresh(state: State, answer: Answer, at: float) -> Step:
    """Both slots are empty, and the fixture is looked at afresh."""
    state, said = say(state, answer)
    if state.latch is not None:
        return state, said
    state, looked = fixture_steps.module_arrived(replace(state, shown=None), at)
    return state, said + looked


def _time_passed(state: State, event: TimePassed) -> Step:
    if state.idle_at is not None and event.at >= state.idle_at:
        return people_steps.sign_out(state, because(Why.IDLE, seconds=int(state.rules.idle_seconds)))
    if state.asking is not None:
        return _answer_overdue(state, event.at, state.asking)
    if state.deadline is None or event.at < state.deadline:
        return state, ()
    rules, unit = state.at_hand, state.unit
    if rules.final_answers and rules.may_ask and unit.chip is None and unit.device:
        why = Why.MODULE_NOT_LIFTED if state.lifting else Why.MODULE_NOT_PUT_ON
        reason = because(why, seconds=int(rules.read_seconds))
        return conclude(state, Answer(Verdict.MODULE_FAULT, unit, reason))
    return drop(state, because(Why.DROPPED_TIME_OUT, seconds=int(rules.half_seconds)))


def _answer_overdue(state: State, at: float, asking: int) -> Step:
    if at < state.answer_overdue_at:
        return state, ()
    reason = because(Why.MODULE_SILENT, seconds=int(state.rules.read_seconds))
    return fixture_steps.module_failed(state, ModuleFailed(at=at, ask=asking, reason=reason))


def _rules_changed(state: State, event: RulesChanged) -> Step:
    """The fixture's thread may have reported a module before its port was known to be one."""
    before, had_port = state.rules, state.rules.has_port
    state = replace(state, rules=event.rules)
    if not event.rules.has_port:
        state = replace(state, fixture=Fixture())
    if (before.products, before.orders) != (event.rules.products, event.rules.orders) and _may_judge(state):
        return look_up(state) if typed_entry.is_allowed(state) else typed_entry.forbid(state)
    if had_port or not event.rules.has_port or state.latch is not None:
        return state, ()
    return fixture_steps.module_arrived(state, event.at)


def _may_judge(state: State) -> bool:
    """A half is in hand, and nothing else is being said of it."""
    return state.unit != EMPTY_UNIT and state.pending is None and state.latch is None


_TRANSITIONS: dict[type[Event], Callable[[State, Any], Step]] = {
    Scanned: scan_steps.scanned,
    ScanRefused: scan_steps.scan_refused,
    SnTyped: typed_entry.sn_typed,
    ImeiTyped: typed_entry.imei_typed,
    ContinuePressed: key_steps.continue_pressed,
    CancelPressed: key_steps.cancel_pressed,
    SignedIn: people_steps.signed_in,
    SignOutPressed: people_steps.sign_out_pressed,
    Touched: people_steps.touched,
    ModeChosen: key_steps.mode_chosen,
    ModuleAnswered: fixture_steps.module_answered,
    ModuleFailed: fixture_steps.module_failed,
    ModuleGone: fixture_steps.module_gone,
    FixtureEmpty: fixture_steps.fixture_empty,
    TimePassed: _time_passed,
    RulesChanged: _rules_changed,
    Found: deciding.found,
    Saved: deciding.saved,
    PairTaken: deciding.pair_taken,
    Recorded: _recorded,
    Undone: people_steps.undone,
    NotUndone: people_steps.not_undone,
    JournalFailed: endings.journal_failed,
}

"""Binding one unit after the other: `advance(state, event)` decides all that happens. Start reading here.

    scan, module, time -> event -> advance -> state, actions -> (the station carries them out) -> event -> ...

The table of transitions stands at the end of this file. `deciding.py` has what a unit goes through,
`fixture_steps.py` the module on the fixture, `people_steps.py` who is at the station.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.core import deciding, endings, entries, fixture_steps, people_steps
from app.core.cards import Card
from app.core.codes import DeviceCode, Imei
from app.core.deciding import look_up, look_up_release
from app.core.endings import conclude, drop, end_unit, say
from app.core.errors import Why, because
from app.core.events import (
    CancelPressed,
    ContinuePressed,
    Event,
    FixtureEmpty,
    Found,
    JournalFailed,
    ModeChosen,
    ModuleAnswered,
    ModuleFailed,
    ModuleGone,
    Note,
    NotUndone,
    PairTaken,
    Record,
    Recorded,
    RulesChanged,
    Saved,
    Say,
    Scanned,
    ScanRefused,
    SignedIn,
    SignOutPressed,
    TimePassed,
    Touched,
    Undone,
)
from app.core.record import Capture, EventKind
from app.core.scan import (
    Scan,
    ScannedCard,
    ScannedDevice,
    ScannedLabel,
    Unknown,
    clean_text,
    is_empty,
    printable,
    recognise,
)
from app.core.state import State, Step
from app.core.unit import EMPTY_UNIT, Answer, Fixture, Mode, Unit
from app.core.verdicts import Verdict

__all__ = ["State", "Step", "advance"]


def advance(state: State, event: Event) -> Step:
    """What comes next. An event that has no meaning in this state changes nothing."""
    return _TRANSITIONS[type(event)](state, event)


# --- scans --------------------------------------------------------------------------------------------------


def _scanned(state: State, event: Scanned) -> Step:
    if is_empty(event.text):
        return state, ()
    scan = recognise(event.text, state.rules.every_format)
    state = replace(state, last_act=event.at)
    if state.latch is not None:
        if isinstance(scan, ScannedCard) and scan.card is Card.CONTINUE:
            return _continue(replace(state, last_text=event.text, last_at=event.at))
        return _ignored(state, event.text)
    if _is_repeated(state, event.text, event.at):
        return _tell(replace(state, last_at=event.at), Answer(Verdict.REPEATED))
    state = replace(state, last_text=event.text, last_at=event.at, shown=None)
    person = state.rules.owner_of_badge(clean_text(event.text)) if isinstance(scan, Unknown) else None
    if person is not None:
        return people_steps.badge(state, person)
    return _act_on(state, scan, event)


def _act_on(state: State, scan: Scan, event: Scanned) -> Step:
    match scan:
        case ScannedCard(card=card):
            return _card(state, card)
        case _ if not state.may_work:
            return people_steps.no_operator(state)
        case ScannedDevice(device=device):
            return _device(state, device)
        case ScannedLabel(imei=imei):
            return _label(state, imei)
        case Unknown():
            return _unknown(state, scan, event.text)


def _card(state: State, card: Card) -> Step:
    match card:
        case Card.CONTINUE:
            return _tell(state, Answer(Verdict.CONTINUED))
        case Card.CANCEL:
            return _cancel(state)
        case Card.SIGN_OUT:
            return people_steps.sign_out(state)
        case Card.UNDO:
            return people_steps.undo(state)
        case Card.VERIFY_MODE:
            return people_steps.change_mode(state, Mode.VERIFY)
        case Card.BIND_MODE:
            return people_steps.change_mode(state, Mode.BIND)
        case Card.SHIFT_END:
            return people_steps.end_shift(state)


def _is_repeated(state: State, text: str, at: float) -> bool:
    """A scanner's double trigger."""
    return text == state.last_text and at - state.last_at <= state.rules.repeat_seconds


def _tell(state: State, answer: Answer) -> Step:
    """An answer that changes nothing on the screen; it carries what was dropped before, as any."""
    return replace(state, dropped=None), (Say(replace(answer, dropped=state.dropped)),)


def _scan_refused(state: State, event: ScanRefused) -> Step:
    if state.latch is not None:
        return _ignored(state, event.raw)
    state = replace(state, last_act=event.at)
    if _is_repeated(state, event.raw, event.at):
        return _tell(replace(state, last_at=event.at), Answer(Verdict.REPEATED))
    state = replace(state, last_text=event.raw, last_at=event.at)
    if not state.may_work:
        return people_steps.no_operator(state)
    return _unknown(replace(state, shown=None), Unknown(event.reason), event.raw)


def _unknown(state: State, scan: Unknown, text: str) -> Step:
    raw = printable(text)
    if scan.imei_text is not None:
        return look_up_release(state, scan.reason, scan.imei_text, Capture.LABEL, raw)
    state, actions = drop(state, because(Why.DROPPED_FAULT))
    state, more = conclude(state, Answer(Verdict.UNKNOWN_CODE, reason=scan.reason, raw=raw))
    return state, actions + more


def _device(state: State, device: DeviceCode) -> Step:
    """The module is read afresh for each device code, so what is known of it is forgotten."""
    actions: tuple[Any, ...] = ()
    if state.unit.device not in (None, device):
        state, actions = drop(state, because(Why.DROPPED_REPLACED))
    unit = Unit(device, label=state.unit.label)
    state, more = look_up(replace(state, unit=unit, asking=None, lifting=False))
    return state, actions + more


def _label(state: State, imei: Imei) -> Step:
    actions: tuple[Any, ...] = ()
    if state.unit.label not in (None, imei):
        state, actions = drop(state, because(Why.DROPPED_REPLACED))
    state, more = look_up(replace(state, unit=replace(state.unit, label=imei)))
    return state, actions + more


def _ignored(state: State, text: str) -> Step:
    if state.latch is None:
        return state, ()
    latch = replace(state.latch, ignored=state.latch.ignored + 1)
    entry = entries.of_scan(EventKind.IGNORED, printable(text))
    return replace(state, latch=latch), (Note(entry), Say(Answer(Verdict.IGNORED)))


# --- endings ------------------------------------------------------------------------------------------------


def _cancel(state: State) -> Step:
    state, actions = drop(state, because(Why.DROPPED_CANCELLED))
    state, more = say(state, Answer(Verdict.CANCELLED))
    return state, actions + more


def _cancel_pressed(state: State, event: CancelPressed) -> Step:
    if state.latch is not None:
        return state, ()
    return _cancel(replace(state, shown=None, last_act=event.at, last_text=""))


def _mode_chosen(state: State, event: ModeChosen) -> Step:
    if state.latch is not None or event.mode is state.mode:
        return state, ()
    state = replace(state, shown=None, last_act=event.at, last_text="")
    return people_steps.change_mode(state, event.mode)


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


def _continue(state: State) -> Step:
    """That the record of it can be written is the proof that the journal works again."""
    if state.latch is None:
        return state, ()
    record = Record(entries.of_continued(state.latch.answer, state.latch.ignored))
    return replace(state, pending=Answer(Verdict.CONTINUED)), (record,)


def _continue_pressed(state: State, event: ContinuePressed) -> Step:
    return _continue(replace(state, last_act=event.at, last_text=""))


def _look_afresh(state: State, answer: Answer, at: float) -> Step:
    """Both slots are empty, and the fixture is looked at afresh."""
    state, said = say(state, answer)
    if state.latch is not None:
        return state, said
    state, looked = fixture_steps.module_arrived(replace(state, shown=None), at)
    return state, said + looked


def _rules_changed(state: State, event: RulesChanged) -> Step:
    """The fixture's thread may have reported a module before its port was known to be one."""
    before, had_port = state.rules, state.rules.has_port
    state = replace(state, rules=event.rules)
    if not event.rules.has_port:
        state = replace(state, fixture=Fixture())
    if (before.products, before.orders) != (event.rules.products, event.rules.orders) and _may_judge(state):
        return look_up(state)
    if had_port or not event.rules.has_port or state.latch is not None:
        return state, ()
    return fixture_steps.module_arrived(state, event.at)


def _may_judge(state: State) -> bool:
    """A half is in hand, and nothing else is being said of it."""
    return state.unit != EMPTY_UNIT and state.pending is None and state.latch is None


_TRANSITIONS: dict[type[Event], Callable[[State, Any], Step]] = {
    Scanned: _scanned,
    ScanRefused: _scan_refused,
    ContinuePressed: _continue_pressed,
    CancelPressed: _cancel_pressed,
    SignedIn: people_steps.signed_in,
    SignOutPressed: people_steps.sign_out_pressed,
    Touched: people_steps.touched,
    ModeChosen: _mode_chosen,
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

"""What a key and its card do alike: CONTINUE, CANCEL, and the choice of a mode."""

from __future__ import annotations

from dataclasses import replace

from app.core import entries, people_steps
from app.core.endings import drop, say
from app.core.errors import Why, because
from app.core.events import CancelPressed, ContinuePressed, ModeChosen, Record
from app.core.state import State, Step
from app.core.unit import Answer
from app.core.verdicts import Verdict


def cancel(state: State) -> Step:
    state, actions = drop(state, because(Why.DROPPED_CANCELLED))
    state, more = say(state, Answer(Verdict.CANCELLED))
    return state, actions + more


def cancel_pressed(state: State, event: CancelPressed) -> Step:
    if state.latch is not None:
        return state, ()
    return cancel(replace(state, shown=None, last_act=event.at, last_text=""))


def mode_chosen(state: State, event: ModeChosen) -> Step:
    if state.latch is not None or event.mode is state.mode:
        return state, ()
    state = replace(state, shown=None, last_act=event.at, last_text="")
    return people_steps.change_mode(state, event.mode)


def go_on_after_fault(state: State) -> Step:
    """That the record of it can be written is the proof that the journal works again."""
    if state.latch is None:
        return state, ()
    record = Record(entries.of_continued(state.latch.answer, state.latch.ignored))
    return replace(state, pending=Answer(Verdict.CONTINUED)), (record,)


def continue_pressed(state: State, event: ContinuePressed) -> Step:
    return go_on_after_fault(replace(state, last_act=event.at, last_text=""))

"""Who is at the station: badges, signing out, and undoing one's own last unit."""

from __future__ import annotations

from dataclasses import replace

from app.core import entries
from app.core.endings import drop, say
from app.core.errors import Reason, Why, because
from app.core.events import (
    Action,
    NotUndone,
    Record,
    Say,
    SignedIn,
    SignOutPressed,
    Touched,
    Undo,
    Undone,
)
from app.core.people import Act, Person
from app.core.record import EventKind
from app.core.state import State, Step
from app.core.unit import Answer, Mode
from app.core.verdicts import Verdict


def signed_in(state: State, event: SignedIn) -> Step:
    """Somebody gave the right PIN. A red screen stays red, whoever looks at it."""
    return badge(state, event.person)


def badge(state: State, person: Person) -> Step:
    state, actions = drop(state, because(Why.DROPPED_BADGE))
    state = replace(state, operator=person)
    return _recorded(state, actions, EventKind.SIGNED_IN, Answer(Verdict.SIGNED_IN, person=person))


def sign_out(state: State, reason: Reason | None = None) -> Step:
    if state.operator is None:
        return say(state, Answer(Verdict.SIGNED_OUT))
    person = state.operator
    state, actions = drop(state, because(Why.DROPPED_SIGNED_OUT))
    answer = Answer(Verdict.SIGNED_OUT, reason=reason, person=person)
    return _recorded(state, actions, EventKind.SIGNED_OUT, answer)


def sign_out_pressed(state: State, _event: SignOutPressed) -> Step:
    return sign_out(state)


def touched(state: State, event: Touched) -> Step:
    """Whoever works on another page is not idle."""
    return replace(state, last_act=event.at), ()


def _recorded(state: State, actions: tuple[Action, ...], kind: EventKind, answer: Answer) -> Step:
    record = Record(entries.of_person(kind, answer.person))
    return replace(state, pending=answer), (*actions, record)


def no_operator(state: State, act: Act | None = None) -> Step:
    """A scan while nobody is signed in, or while somebody is who may not do this, or what the mode is for."""
    reason = _who_may_not(state, act or state.work)
    return state, (Say(Answer(Verdict.NO_OPERATOR, reason=reason)),)


def _who_may_not(state: State, act: Act) -> Reason:
    person = state.operator
    if person is None:
        return because(Why.NOT_SIGNED_IN)
    return because(Why.NOT_ALLOWED, name=person.name, role=person.role, act=act)


def change_mode(state: State, mode: Mode) -> Step:
    """Everybody who is signed in may verify; who may not bind is told so by the next scan."""
    if not state.may(Act.VERIFY):
        return no_operator(state, Act.VERIFY)
    state, actions = drop(state, because(Why.DROPPED_MODE))
    record = Record(entries.of_mode(state.mode, mode))
    return replace(state, pending=Answer(Verdict.MODE, mode=mode)), (*actions, record)


def end_shift(state: State) -> Step:
    """Asks for the page on which a shift is closed; nothing else happens, and a half stays in hand."""
    if state.may(Act.MANAGE):
        return say(state, Answer(Verdict.SHIFT_END))
    return say(state, Answer(Verdict.NO_OPERATOR, reason=_who_may_not(state, Act.MANAGE)))


def undo(state: State) -> Step:
    if not state.may(Act.BIND):
        return no_operator(state, Act.BIND)
    if state.mode is Mode.VERIFY:
        return say(state, Answer(Verdict.NOTHING_TO_UNDO, reason=because(Why.UNDO_WHILE_VERIFYING)))
    state, actions = drop(state, because(Why.DROPPED_CANCELLED))
    return replace(state, pending=Answer(Verdict.UNDONE)), (*actions, Undo(state.rules.undo_seconds))


def undone(state: State, event: Undone) -> Step:
    return say(state, Answer(Verdict.UNDONE, event.unit, seq=event.seq, earlier=event.record))


def not_undone(state: State, event: NotUndone) -> Step:
    return say(state, Answer(Verdict.NOTHING_TO_UNDO, reason=event.reason))

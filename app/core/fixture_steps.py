"""What the module on the fixture leads to."""

from __future__ import annotations

from dataclasses import replace

from app.core import entries
from app.core.codes import Imei
from app.core.deciding import go_on, look_up, look_up_release
from app.core.endings import conclude, drop
from app.core.errors import Refused, Why, because
from app.core.events import FixtureEmpty, ModuleAnswered, ModuleFailed, ModuleGone, Note
from app.core.record import Capture, Standing
from app.core.state import State, Step
from app.core.unit import Answer, Fixture, ImeiSource, Presence
from app.core.verdicts import Verdict


def module_answered(state: State, event: ModuleAnswered) -> Step:
    state = replace(state, fixture=_seen(state.fixture, event.imei_text))
    if event.ask is not None and event.ask == state.faulted_ask:
        judged = replace(state.fixture, judged=event.imei_text, judged_with=None)
        return replace(state, fixture=judged, faulted_ask=None), ()
    if state.latch is not None:
        return state, (Note(entries.of_fixture(event.imei_text)),)
    if event.ask is None or state.asking is None:
        return module_arrived(state, event.at)
    if event.ask != state.asking:
        return state, ()
    state = replace(state, asking=None)
    if state.fixture.holds_last_unit(event.imei_text, state.unit.device):
        return replace(state, lifting=True), ()
    return _module_read(state, event.imei_text)


def _seen(fixture: Fixture, imei_text: str) -> Fixture:
    if imei_text == fixture.judged:
        return replace(fixture, presence=Presence.MODULE, imei_text=imei_text)
    return Fixture(Presence.MODULE, imei_text)


def module_arrived(state: State, at: float) -> Step:
    """A module came onto the fixture by itself, or CONTINUE let the station look again."""
    imei_text = state.fixture.imei_text
    if state.asking is not None or imei_text is None or not state.may_work:
        return state, ()
    if not state.at_hand.may_ask:
        return state, ()
    if state.unit.device is not None:
        return go_on(state, at, Standing()) if state.unit.chip is None else (state, ())
    if state.rules.final_answers or imei_text == state.fixture.judged:
        return state, ()
    return _module_read(replace(state, shown=None), imei_text)


def _module_read(state: State, imei_text: str) -> Step:
    try:
        imei = Imei(imei_text)
    except Refused as refusal:
        return look_up_release(state, refusal.reason, imei_text, Capture.SERIAL, None)
    return look_up(replace(state, unit=replace(state.unit, chip=imei)))


def module_failed(state: State, event: ModuleFailed) -> Step:
    if event.ask != state.asking:
        return state, ()
    state = replace(state, asking=None, fixture=Fixture(Presence.NOBODY))
    label_may_do = state.at_hand.imei_from is ImeiSource.EITHER
    if not label_may_do or (state.rules.final_answers and state.unit.label is None):
        return conclude(state, Answer(Verdict.MODULE_FAULT, state.unit, event.reason))
    return go_on(state, event.at, Standing(), may_ask=False)


def module_gone(state: State, _event: ModuleGone) -> Step:
    imei_text = state.fixture.imei_text
    state = replace(state, fixture=Fixture(Presence.NOBODY), lifting=False)
    if state.latch is not None:
        return state, (Note(entries.of_fixture(None, lifted=imei_text)),)
    if state.unit.chip is not None:
        return drop(state, because(Why.DROPPED_MODULE_GONE))
    return state, ()


def fixture_empty(state: State, _event: FixtureEmpty) -> Step:
    if state.fixture.presence is not Presence.UNKNOWN:
        return state, ()
    return replace(state, fixture=Fixture(Presence.NOBODY)), ()

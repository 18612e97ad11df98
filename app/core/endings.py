"""How a unit ends: answered and on record, dropped, or with a journal that failed."""

from __future__ import annotations

from dataclasses import replace

from app.core import entries
from app.core.errors import Reason
from app.core.events import JournalFailed, Note, Record, Say
from app.core.record import Capture, EventKind
from app.core.state import Latch, State, Step
from app.core.unit import EMPTY_UNIT, Answer, Dropped
from app.core.verdicts import VERIFYING, Kind, Verdict


def conclude(state: State, answer: Answer) -> Step:
    """The unit in hand is answered; the answer is said once it is on record."""
    kind = EventKind.RESCANNED if answer.verdict.kind is Kind.NEUTRAL else EventKind.FAULTED
    if answer.verdict in VERIFYING:
        kind = EventKind.VERIFIED
    record = Record(entries.of_answer(kind, answer), answer.unit.work_order)
    return replace(state, pending=answer), (record,)


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
    return replace(state, dropped=Dropped(unit, reason)), (
        Note(entries.of_dropped(unit, reason), unit.work_order),
    )


def journal_failed(state: State, event: JournalFailed) -> Step:
    """Nothing was written. A fault that is latched already stays; a CONTINUE that failed is answered."""
    if state.latch is not None:
        said = (Say(Answer(Verdict.JOURNAL_FAULT, reason=event.reason)),) if state.pending else ()
        return replace(state, pending=None), said
    unit = state.pending.unit if state.pending else state.unit
    return end_unit(state, Answer(Verdict.JOURNAL_FAULT, unit, event.reason))

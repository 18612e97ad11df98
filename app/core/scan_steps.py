"""What a scan leads to: a card, a badge, a half of a unit, or a fault."""

from __future__ import annotations

from dataclasses import replace

from app.core import entries, key_steps, people_steps
from app.core.cards import Card
from app.core.deciding import look_up_release, take_device, take_label
from app.core.endings import conclude, drop
from app.core.errors import Why, because
from app.core.events import Note, Say, Scanned, ScanRefused
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
from app.core.unit import Answer, Mode
from app.core.verdicts import Verdict


def scanned(state: State, event: Scanned) -> Step:
    if is_empty(event.text):
        return state, ()
    scan = recognise(event.text, state.rules.every_format)
    state = replace(state, last_act=event.at)
    if state.latch is not None:
        if isinstance(scan, ScannedCard) and scan.card is Card.CONTINUE:
            return key_steps.go_on_after_fault(replace(state, last_text=event.text, last_at=event.at))
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
            return take_device(state, device)
        case ScannedLabel(imei=imei):
            return take_label(state, imei)
        case Unknown():
            return _unknown(state, scan, event.text)


def _card(state: State, card: Card) -> Step:
    match card:
        case Card.CONTINUE:
            return _tell(state, Answer(Verdict.CONTINUED))
        case Card.CANCEL:
            return key_steps.cancel(state)
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


def scan_refused(state: State, event: ScanRefused) -> Step:
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


def _ignored(state: State, text: str) -> Step:
    if state.latch is None:
        return state, ()
    latch = replace(state.latch, ignored=state.latch.ignored + 1)
    entry = entries.of_scan(EventKind.IGNORED, printable(text))
    return replace(state, latch=latch), (Note(entry), Say(Answer(Verdict.IGNORED)))


def _is_repeated(state: State, text: str, at: float) -> bool:
    """A scanner's double trigger."""
    return text == state.last_text and at - state.last_at <= state.rules.repeat_seconds


def _tell(state: State, answer: Answer) -> Step:
    """An answer that changes nothing on the screen; it carries what was dropped before, as any."""
    return replace(state, dropped=None), (Say(replace(answer, dropped=state.dropped)),)

"""What the panel says of a unit that was answered: pass, same pair, fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.errors import Reason, Why
from app.core.record import BoundRecord
from app.core.unit import Answer
from app.core.verdicts import Kind, Verdict
from app.station.view import StationView
from app.ui.digits import differing
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.numbers import count, time_of_day
from app.ui.scene import Scene
from app.ui.slot_faces import TYPE_DIGITS, wrong_digits
from app.wording.language import ntr, tr
from app.wording.people import person
from app.wording.reasons import sentence
from app.wording.verdicts import headline, say, steps, word

Facts = tuple[tuple[Icon, str], ...]
"""Small facts in a row, each with its icon."""


@dataclass(frozen=True, slots=True)
class PassFace:
    """The pair is in the journal."""

    word: str
    before_number: str
    number: str
    after_number: str
    next_action: str
    saved: str
    spoken: str
    of: str = ""
    """Of how many; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value that speaks against the unit; `marked` are the places that differ."""

    caption: str
    value: str
    marked: frozenset[int] = frozenset()
    record: str = ""
    note: str = ""
    facts: Facts = ()


@dataclass(frozen=True, slots=True)
class SameFace:
    """The pair was in the journal already."""

    word: str
    sentence: str
    facts: Facts
    spoken: str
    mark: Mark = Mark.SAME
    evidence: tuple[Evidence, ...] = ()
    """What the journal has instead, where a unit differs from it: one or two records."""


@dataclass(frozen=True, slots=True)
class FaultFace:
    """A fault is latched."""

    word: str
    headline: str
    second_line: str
    evidence: tuple[Evidence, ...]
    """One or two values, or nothing: then `explanation` or `scanned` stands there."""
    explanation: str
    scanned: str
    steps: tuple[str, ...]
    proceed: str
    proceed_key: str
    ignored: str
    spoken: str


def pass_face(view: StationView, scene: Scene) -> PassFace:
    answer = _answer(scene)
    order = view.order
    before, _, after = tr("Unit {number}").partition("{number}")
    quantity = order.quantity if order else None
    on_fixture = tr("Take the unit off. Put on the next one.")
    return PassFace(
        word=word(answer.verdict),
        before_number=before.strip(),
        number=count(order.bound if order else view.tally.bound),
        after_number=after.strip(),
        next_action=on_fixture if view.state.at_hand.may_ask else tr("Scan the next unit."),
        saved=headline(answer)[0],
        spoken=say(answer),
        of=tr("of {count}").format(count=count(quantity)) if quantity else "",
    )


def same_face(scene: Scene, now: datetime) -> SameFace:
    answer = _answer(scene)
    first, second = headline(answer)
    told = tr("{first} {second}").format(first=first, second=second) if second else first
    if answer.verdict is Verdict.DIFFERS:
        return SameFace(
            word(answer.verdict), told, (), say(answer), Mark.DIFFERS, _differing_records(answer, now)
        )
    if answer.verdict is Verdict.NOT_BOUND:
        return SameFace(word(answer.verdict), told, (), say(answer), Mark.ABSENT)
    facts = _facts(answer.earlier, now) if answer.earlier else ()
    if answer.earlier is not None:
        facts = (*facts, (Icon.JOURNAL, f"#{count(answer.earlier.seq)}"))
    return SameFace(word(answer.verdict, answer.reason), told, facts, say(answer))


def fault_face(view: StationView, scene: Scene, now: datetime) -> FaultFace:
    answer = _answer(scene)
    first, second = headline(answer)
    told = sentence(answer.reason) if answer.reason else ""
    return FaultFace(
        word=word(answer.verdict),
        headline=first,
        second_line=second,
        evidence=_evidence(answer, now),
        explanation=told if answer.verdict.kind is Kind.STATION_FAULT else "",
        scanned=answer.raw or "" if answer.verdict is Verdict.UNKNOWN_CODE else "",
        steps=steps(answer),
        proceed=tr("Scan CONTINUE"),
        proceed_key=tr("or press F9"),
        ignored=_ignored(view.state.latch.ignored if view.state.latch else 0),
        spoken=say(answer),
    )


def _ignored(number: int) -> str:
    text = ntr("{number} scan ignored", "{number} scans ignored", number)
    return text.format(number=count(number)) if number else ""


def _answer(scene: Scene) -> Answer:
    if scene.answer is None:
        raise ValueError(f"nothing was answered in the stage {scene.stage}")
    return scene.answer


# --- what speaks against a unit ---------------------------------------------------------------------------


def _evidence(answer: Answer, now: datetime) -> tuple[Evidence, ...]:
    match answer.verdict:
        case Verdict.SN_TAKEN if answer.earlier:
            return (_of_sn(answer, answer.earlier, now),)
        case Verdict.IMEI_TAKEN if answer.earlier:
            return (_of_module(answer, answer.earlier, now),)
        case Verdict.CROSSED if answer.earlier and answer.earlier_imei:
            return (_of_sn(answer, answer.earlier, now), _of_module(answer, answer.earlier_imei, now))
        case Verdict.IMEI_MISMATCH:
            label, chip = str(answer.unit.label), str(answer.unit.chip)
            return (
                Evidence(tr("The label says"), label, differing(label, chip)),
                Evidence(tr("The module says"), chip, differing(chip, label)),
            )
        case Verdict.IMEI_INVALID if answer.imei_text:
            text = sentence(answer.reason) if answer.reason else ""
            return (Evidence(tr("This is no valid IMEI"), answer.imei_text, wrong_digits(answer), note=text),)
        case Verdict.RETIRED | Verdict.SN_NOT_ISSUED | Verdict.WRONG_PRODUCT if answer.reason:
            return (_of_refused_code(answer, answer.reason),)
        case Verdict.TAC_NOT_ALLOWED if answer.reason:
            note = sentence(answer.reason)
            return (Evidence(tr("This module"), str(answer.unit.imei), TYPE_DIGITS, note=note),)
        case _:
            return ()


def _differing_records(answer: Answer, now: datetime) -> tuple[Evidence, ...]:
    """The record of the scanned SN, and that of the module."""
    device, first, second = answer.unit.device, answer.earlier, answer.earlier_imei
    if first is None:
        return ()
    if device is None or (first.pk, first.sn) != (device.pk, device.sn):
        return (_of_module(answer, first, now),)
    return (_of_sn(answer, first, now), *([_of_module(answer, second, now)] if second else []))


def _of_refused_code(answer: Answer, reason: Reason) -> Evidence:
    device = answer.unit.device
    value = str(device.sn) if device else ""
    if reason.why is Why.IMEI_RETIRED:
        value = answer.unit.imei or ""
    caption = {
        Why.IMEI_RETIRED: tr("This module was scrapped"),
        Why.SN_RETIRED: tr("This SN was scrapped"),
        Why.PRODUCT_NOT_ORDERED: tr("This SN is of product {pk}").format(pk=device.pk if device else ""),
        Why.SN_NOT_ON_LIST: tr("This SN was not issued"),
    }.get(reason.why, tr("This label was destroyed"))
    seq = reason.facts.get("seq")
    record = tr("record #{number}").format(number=count(seq)) if isinstance(seq, int) else ""
    return Evidence(caption, value, record=record, note=sentence(reason))


def _of_sn(answer: Answer, record: BoundRecord, now: datetime) -> Evidence:
    return Evidence(
        tr("This SN belongs to IMEI"),
        record.imei,
        differing(record.imei, answer.unit.imei or ""),
        _record_number(record),
        tr("Marked digits differ from the module here."),
        _facts(record, now),
    )


def _of_module(answer: Answer, record: BoundRecord, now: datetime) -> Evidence:
    device = answer.unit.device
    note = tr("Marked characters differ from the QR code here.")
    if device is not None and device.pk != record.pk:
        note = tr("Its product key is {pk}.").format(pk=record.pk)
    return Evidence(
        tr("This module belongs to SN"),
        record.sn,
        differing(record.sn, device.sn if device else ""),
        _record_number(record),
        note,
        _facts(record, now),
    )


def _record_number(record: BoundRecord) -> str:
    return tr("record #{number}").format(number=count(record.seq))


def _facts(record: BoundRecord, now: datetime) -> Facts:
    facts = [
        (Icon.CLOCK, tr("Bound {when}").format(when=time_of_day(record.when, now))),
        (Icon.SCAN, tr("Station {name}").format(name=record.station)),
    ]
    if record.operator:
        facts.append((Icon.PERSON, person(record.operator)))
    return tuple(facts)

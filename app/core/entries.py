"""What goes on record about an answer: one function for each kind of event."""

from __future__ import annotations

import json
from dataclasses import replace

from app.core.errors import Fact, Reason
from app.core.people import Person
from app.core.record import Capture, Entry, EventKind
from app.core.unit import Answer, Half, Unit


def of_answer(kind: EventKind, answer: Answer) -> Entry:
    entry = replace(
        _of_unit(kind, answer.unit), verdict=answer.verdict, raw=answer.raw, detail=_detail(answer)
    )
    if answer.imei_text_from in (Capture.LABEL, Capture.TYPED):
        return replace(entry, label_imei=answer.imei_text, capture=_captured(answer))
    if answer.imei_text_from is Capture.SERIAL:
        return replace(entry, chip_imei=answer.imei_text, capture=_captured(answer))
    return entry


def _captured(answer: Answer) -> Capture | None:
    """A unit of which anything was typed is a typed one."""
    return Capture.TYPED if answer.unit.typed else answer.imei_text_from


def of_dropped(unit: Unit, reason: Reason) -> Entry:
    detail = _json({"why": reason.why, **reason.facts, **_typed(unit)})
    return replace(_of_unit(EventKind.DROPPED, unit), detail=detail)


def _typed(unit: Unit) -> dict[str, Fact]:
    """What was typed by hand: `sn`, `imei`, or both with a blank between."""
    return {"typed": " ".join(half for half in Half if half in unit.typed)} if unit.typed else {}


def _of_unit(kind: EventKind, unit: Unit) -> Entry:
    return Entry(
        kind=kind,
        pk=unit.device.pk if unit.device else None,
        sn=unit.device.sn if unit.device else None,
        label_imei=unit.label,
        chip_imei=unit.chip,
        capture=unit.capture,
    )


def of_person(kind: EventKind, person: Person | None) -> Entry:
    return Entry(kind, detail=_json({"name": person.name, "role": person.role}) if person else None)


def of_scan(kind: EventKind, raw: str) -> Entry:
    return Entry(kind, raw=raw)


def of_fixture(imei_text: str | None, lifted: str | None = None) -> Entry:
    return Entry(EventKind.FIXTURE_CHANGED, before=lifted, after=imei_text)


def of_mode(before: str, after: str) -> Entry:
    return Entry(EventKind.MODE_CHANGED, before=before, after=after)


def of_continued(fault: Answer, ignored: int) -> Entry:
    return Entry(EventKind.CONTINUED, detail=_json({"fault": fault.verdict, "ignored": ignored}))


def _detail(answer: Answer) -> str | None:
    facts: dict[str, Fact] = {}
    if answer.reason is not None:
        facts = {"why": answer.reason.why, **answer.reason.facts}
    if answer.earlier is not None:
        facts["earlier"] = answer.earlier.seq
    if answer.earlier_imei is not None:
        facts["earlier_imei"] = answer.earlier_imei.seq
    facts |= _typed(answer.unit)
    return _json(facts) if facts else None


def _json(facts: dict[str, Fact]) -> str:
    return json.dumps(facts, ensure_ascii=True, sort_keys=True)

"""Answers and records as JSON."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from app.core.record import BoundRecord, StoredEvent
from app.core.unit import Answer, Dropped
from app.core.verdicts import Verdict
from app.ports.fixture import Exchange
from app.wording.reasons import sentence
from app.wording.verdicts import say


def of_answer(answer: Answer) -> dict[str, Any]:
    device = answer.unit.device
    facts: dict[str, Any] = {
        "seq": answer.seq,
        "verdict": str(answer.verdict),
        "pk": device.pk if device else None,
        "sn": device.sn if device else None,
        "imei": answer.imei_text or answer.unit.imei,
        "earlier": of_bound(answer.earlier),
        "say": say(answer),
    }
    if answer.earlier_imei is not None:
        facts["earlier_imei"] = of_bound(answer.earlier_imei)
    if answer.unit.label and answer.unit.chip:
        facts["imei_on_label"] = answer.unit.label
    if answer.unit.work_order is not None:
        facts["order"] = answer.unit.work_order
    if answer.verdict is Verdict.NOT_BOUND and answer.reason is not None:
        facts["retired"] = {"why": str(answer.reason.why), **answer.reason.facts}
    if answer.mode is not None:
        facts["mode"] = str(answer.mode)
    if answer.dropped is not None:
        facts["dropped"] = of_dropped(answer.dropped)
    return facts


def of_bound(record: BoundRecord | None) -> dict[str, Any] | None:
    """Not `asdict`: its copies would be parsed again, and a released IMEI is no valid one."""
    if record is None:
        return None
    return {one.name: getattr(record, one.name) for one in fields(record) if one.name != "work_order"}


def of_dropped(dropped: Dropped) -> dict[str, Any]:
    device = dropped.unit.device
    return {
        "pk": device.pk if device else None,
        "sn": device.sn if device else None,
        "imei": dropped.unit.imei,
        "why": sentence(dropped.reason),
    }


def of_event(event: StoredEvent) -> dict[str, Any]:
    return {
        "seq": event.seq,
        **asdict(event.stamp),
        **asdict(event.entry),
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def of_exchanges(exchanges: tuple[Exchange, ...]) -> list[dict[str, str]]:
    return [{"command": one.command, "reply": one.reply} for one in exchanges]

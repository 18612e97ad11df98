"""The columns of an event, by the names that people read."""

from __future__ import annotations

from app.core.record import StoredEvent
from app.wording.happenings import event_title
from app.wording.language import mark, tr
from app.wording.moments import moment
from app.wording.people import person

_NAMES = {
    "seq": mark("Record"),
    "kind": mark("What happened"),
    "at": mark("Time (UTC)"),
    "here": mark("Time here"),
    "zone_minutes": mark("Zone, minutes"),
    "monotonic_ms": mark("Running clock, ms"),
    "station": mark("Station"),
    "operator": mark("Operator"),
    "approver": mark("Approver"),
    "verdict": mark("Verdict"),
    "pk": mark("PK"),
    "sn": mark("SN"),
    "label_imei": mark("IMEI on the label"),
    "chip_imei": mark("IMEI in the module"),
    "capture": mark("Capture"),
    "raw": mark("Scanned text"),
    "before": mark("Before"),
    "after": mark("After"),
    "reason": mark("Reason"),
    "detail": mark("Detail"),
    "software": mark("Software"),
    "work_order": mark("Work order"),
    "shift": mark("Shift"),
    "previous_hash": mark("Previous hash"),
    "hash": mark("Hash"),
}

CODES = frozenset({"pk", "sn", "label_imei", "chip_imei", "raw", "previous_hash", "hash"})
"""Columns whose letters must each be told from the others."""


def columns_of(event: StoredEvent) -> list[tuple[str, str, str]]:
    """Key, name and value of every column, in the order of `event`; the time on this PC's clock besides."""
    stamp, entry = event.stamp, event.entry
    own = {
        "seq": f"#{event.seq:,}",
        "kind": f"{event_title(entry.kind)} ({entry.kind})",
        "here": moment(stamp.at),
        "operator": person(stamp.operator),
    }
    return [(key, tr(name), own.get(key) or _value(event, key)) for key, name in _NAMES.items()]


def _value(event: StoredEvent, key: str) -> str:
    """Empty where the column holds nothing."""
    holders = (event, event.stamp, event.entry)
    value = next(getattr(one, key) for one in holders if hasattr(one, key))
    return "" if value is None else str(value)

"""What happened, in a title and a line: for the story of a unit and for records that are looked up."""

from __future__ import annotations

import json
from typing import Any

from app.core.record import Entry, EventKind, StoredEvent
from app.core.unit_list import Happening
from app.wording.language import mark, tr
from app.wording.people import person
from app.wording.verdicts import short

_TITLES: dict[str, str] = {
    EventKind.JOURNAL_MADE: mark("Journal made"),
    EventKind.SHIFT_OPENED: mark("Shift opened"),
    EventKind.SHIFT_CLOSED: mark("Shift closed"),
    EventKind.BOUND: mark("Bound"),
    EventKind.IMPORTED: mark("Imported"),
    EventKind.FILE_IMPORTED: mark("File imported"),
    EventKind.VERIFIED: mark("Verified"),
    EventKind.MODE_CHANGED: mark("Mode changed"),
    EventKind.SHIFT_HANDED_OVER: mark("Shift handed over"),
    EventKind.PRODUCT_SET: mark("Product set"),
    EventKind.ORDER_ADDED: mark("Work order opened"),
    EventKind.ORDER_CLOSED: mark("Work order closed"),
    EventKind.RESCANNED: mark("Scanned again"),
    EventKind.FAULTED: mark("Stopped"),
    EventKind.IGNORED: mark("Scan ignored"),
    EventKind.CONTINUED: mark("Continued"),
    EventKind.DROPPED: mark("Half dropped"),
    EventKind.FIXTURE_CHANGED: mark("Fixture changed"),
    EventKind.UNBOUND: mark("Unbound"),
    EventKind.SCRAPPED: mark("Scrapped"),
    EventKind.REINSTATED: mark("Reinstated"),
    EventKind.SPOILED: mark("Label spoiled"),
    EventKind.RELEASED: mark("Check digit released"),
    EventKind.SIGNED_IN: mark("Signed in"),
    EventKind.SIGNED_OUT: mark("Signed out"),
    EventKind.PIN_REFUSED: mark("PIN refused"),
    EventKind.PERSON_ADDED: mark("Person added"),
    EventKind.PERSON_CHANGED: mark("Person changed"),
    EventKind.PERSON_RETIRED: mark("Person retired"),
    EventKind.BACKED_UP: mark("Backed up"),
    EventKind.RESTORED: mark("Backup restored"),
    EventKind.REBUILT: mark("Live tables rebuilt"),
    EventKind.CLOCK_JUMPED: mark("Clock went back"),
    EventKind.EXPORTED: mark("Exported"),
    EventKind.UPLOAD_SENT: mark("Sent to the platform"),
    EventKind.UPLOAD_UNCLEAR: mark("Upload not clear"),
    EventKind.UPLOAD_RETURNED: mark("Waits for the upload again"),
    EventKind.UPLOADED: mark("On the platform"),
    EventKind.UPLOAD_CONFLICT: mark("Upload conflict"),
    EventKind.UPLOAD_BLOCKED: mark("Upload refused"),
    EventKind.UPLOAD_AGAIN: mark("Upload tried again"),
    EventKind.UPLOAD_REPLACING: mark("To be replaced on the platform"),
    EventKind.UPLOAD_WITHDRAWING: mark("To be taken off the platform"),
    EventKind.UPLOAD_WITHDRAWN: mark("Not on the platform"),
    EventKind.UPLOAD_HANDLED: mark("Upload handled"),
    EventKind.LABEL_MADE: mark("Label made"),
    EventKind.LABEL_REPRINTED: mark("Label printed again"),
    EventKind.LABELS_MADE: mark("Labels made"),
    EventKind.LABEL_FAILED: mark("Label not printed"),
    EventKind.SETTING_CHANGED: mark("Setting changed"),
}
"""Every kind of event has its words; a test sees to it."""

_REBOUND = mark("Rebound")
_ROW = mark("{file}, row {row}")


def event_title(kind: EventKind, is_again: bool = False) -> str:
    """`is_again`: the SN was bound before."""
    return tr(_REBOUND) if is_again and kind is EventKind.BOUND else tr(_TITLES[kind])


def who(event: StoredEvent) -> str:
    """Who answers for it: whoever allowed it, else who did it."""
    return person(event.stamp.approver or event.stamp.operator)


_TYPED = {
    "sn": mark("SN typed in"),
    "imei": mark("IMEI typed in"),
    "sn imei": mark("SN and IMEI typed in"),
}


def told(happening: Happening) -> str:
    """The second line: the file, the reason, or what was wrong, and what was typed by hand. Empty where the
    numbers alone say it."""
    entry = happening.event.entry
    facts = facts_of(entry)
    typed = _TYPED.get(str(facts.get("typed")))
    return ", ".join(part for part in (_told(happening, entry, facts), tr(typed) if typed else "") if part)


def _told(happening: Happening, entry: Entry, facts: dict[str, Any]) -> str:
    if entry.kind is EventKind.EXPORTED:
        file = str(facts.get("file", ""))
        return tr(_ROW).format(file=file, row=happening.row) if happening.row else file
    if entry.reason:
        return entry.reason
    if entry.kind is EventKind.FAULTED and entry.verdict is not None:
        return short(entry.verdict)
    if entry.kind in (EventKind.SETTING_CHANGED, EventKind.CLOCK_JUMPED, EventKind.FIXTURE_CHANGED):
        return f"{facts.get('setting', '')} {entry.before or ''} → {entry.after or ''}".strip()
    return str(facts.get("name") or facts.get("layout") or "")


def facts_of(entry: Entry) -> dict[str, Any]:
    """What `detail` says; nothing where it is no JSON object."""
    try:
        facts = json.loads(entry.detail or "{}")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}

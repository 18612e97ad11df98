"""UNDO: the last unit of the same operator, within a few minutes, as a counter-entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.core.codes import DeviceCode
from app.core.errors import Reason, Why, because
from app.core.events import NotUndone, Undone
from app.core.record import BoundRecord, Stamp
from app.core.unit import Unit
from app.core.verdicts import Verdict
from app.ports.journal import Journal
from app.station.corrections import counted_in, unbinding

_REASON = "UNDO"


def undo(journal: Journal, stamp: Stamp, within: float, at: float) -> Undone | NotUndone:
    """Unbinds what this operator bound last at this station, unless it is too old or has gone out.

    Raises:
        Faulted: the journal cannot be written; nothing was undone.
    """
    record = journal.last_bound(stamp.station, stamp.operator)
    if record is None:
        return NotUndone(at=at, reason=because(Why.NOTHING_TO_UNDO))
    refusal = _refusal(journal, record, stamp, within)
    if refusal is not None:
        return NotUndone(at=at, reason=refusal)
    entry = unbinding(record, _REASON, Verdict.UNDONE)
    order = counted_in(journal, record)
    seq = journal.record(replace(stamp, work_order=order), entry).seq
    unit = Unit(DeviceCode(record.pk, record.sn), label=record.imei, work_order=order)
    return Undone(at=at, seq=seq, unit=unit, record=record)


def _refusal(journal: Journal, record: BoundRecord, stamp: Stamp, within: float) -> Reason | None:
    age = datetime.fromisoformat(stamp.at) - datetime.fromisoformat(record.when)
    if age.total_seconds() > within:
        return because(Why.UNDO_TOO_LATE, seq=record.seq, minutes=int(within // 60))
    if journal.exported_since(record):
        return because(Why.UNDO_EXPORTED, seq=record.seq)
    if journal.has_left(record.seq):
        return because(Why.UNDO_UPLOADED, seq=record.seq)
    return None

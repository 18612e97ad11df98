"""An event as the row of the table `event`, and back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from app.core.record import Capture, Entry, EventKind, Stamp, StoredEvent
from app.core.verdicts import Verdict

Value = str | int | None


class EventRow(NamedTuple):
    """A row of the table, its columns in their order, which is the order of the canonical form."""

    seq: int
    at: str
    zone_minutes: int
    monotonic_ms: int
    station: str
    operator: str | None
    approver: str | None
    kind: str
    verdict: str | None
    pk: str | None
    sn: str | None
    label_imei: str | None
    chip_imei: str | None
    capture: str | None
    raw: str | None
    before: str | None
    after: str | None
    reason: str | None
    detail: str | None
    software: str
    work_order: str | None
    shift: int | None
    previous_hash: str
    hash: str

    @property
    def imei(self) -> str | None:
        return self.chip_imei or self.label_imei


COLUMNS = EventRow._fields

_NOT_PLAIN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")

_Word = TypeVar("_Word", bound=StrEnum)


def values_of(seq: int, stamp: Stamp, entry: Entry, previous_hash: str) -> list[Value]:
    """Every column but the hash."""
    row = (
        seq,
        stamp.at,
        stamp.zone_minutes,
        stamp.monotonic_ms,
        stamp.station,
        stamp.operator,
        stamp.approver,
        entry.kind,
        entry.verdict,
        entry.pk,
        entry.sn,
        entry.label_imei,
        entry.chip_imei,
        entry.capture,
        entry.raw,
        entry.before,
        entry.after,
        entry.reason,
        entry.detail,
        stamp.software,
        stamp.work_order,
        stamp.shift,
        previous_hash,
    )
    return [plain(value) if isinstance(value, str) else value for value in row]


def event_of(row: Sequence[Any]) -> StoredEvent:
    """The event in a row of all `COLUMNS`.

    Raises:
        sqlite3.DatabaseError: a word in it is none of ours.
    """
    (seq, at, zone_minutes, monotonic_ms, station, operator, approver, *said) = row
    (kind, verdict, pk, sn, label_imei, chip_imei, capture, raw, before, after, reason, detail, *rest) = said
    (software, work_order, shift, previous_hash, hash) = rest
    stamp = Stamp(at, zone_minutes, monotonic_ms, station, software, operator, approver, work_order, shift)
    entry = Entry(
        word(EventKind, kind),
        verdict and word(Verdict, verdict),
        pk,
        sn,
        label_imei,
        chip_imei,
        capture and word(Capture, capture),
        raw,
        before,
        after,
        reason,
        detail,
    )
    return StoredEvent(seq, stamp, entry, previous_hash, hash)


def word(kind: type[_Word], text: str) -> _Word:
    """Raises sqlite3.DatabaseError, as SQLite does for what it cannot read."""
    try:
        return kind(text)
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from error


def plain(text: str) -> str:
    """As texts stand in the journal: control characters and lone surrogates as backslash escapes. They would
    end a quoted text early, break an auditor's line, or not be UTF-8."""
    if _NOT_PLAIN.search(text):
        return _NOT_PLAIN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
    return str(text)

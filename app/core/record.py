"""What the journal keeps: entries as the station hands them over, records as the journal gives them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.codes import Imei, ProductKey, SerialNumber
from app.core.verdicts import Verdict


class EventKind(StrEnum):
    """What happened. The words stand in the journal for ever: add, never rename."""

    JOURNAL_MADE = "journal-made"
    SHIFT_OPENED = "shift-opened"
    SHIFT_CLOSED = "shift-closed"
    SHIFT_HANDED_OVER = "shift-handed-over"
    PRODUCT_SET = "product-set"
    ORDER_ADDED = "order-added"
    ORDER_CLOSED = "order-closed"
    VERIFIED = "verified"
    MODE_CHANGED = "mode-changed"
    BOUND = "bound"
    IMPORTED = "imported"
    """A pair that came in a file; its origin stands in `detail`."""
    FILE_IMPORTED = "file-imported"
    RESCANNED = "re-scanned"
    FAULTED = "scan-faulted"
    IGNORED = "scan-ignored"
    CONTINUED = "continued"
    DROPPED = "half-dropped"
    FIXTURE_CHANGED = "fixture-changed"
    UNBOUND = "unbound"
    SCRAPPED = "scrapped"
    REINSTATED = "reinstated"
    SPOILED = "spoiled"
    RELEASED = "released"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    PIN_REFUSED = "pin-refused"
    PERSON_ADDED = "person-added"
    PERSON_CHANGED = "person-changed"
    PERSON_RETIRED = "person-retired"
    BACKED_UP = "backed-up"
    RESTORED = "restored"
    REBUILT = "rebuilt"
    CLOCK_JUMPED = "clock-jumped"
    LABEL_MADE = "label-made"
    """Its SN was issued, or a bound unit got a label more."""
    LABEL_REPRINTED = "label-reprinted"
    LABELS_MADE = "labels-made"
    LABEL_FAILED = "label-failed"
    """The label of a unit that passed was not printed, or may not have been."""
    """A batch of them, behind its labels."""
    EXPORTED = "exported"
    UPLOAD_SENT = "upload-sent"
    UPLOAD_UNCLEAR = "upload-unclear"
    UPLOAD_RETURNED = "upload-returned"
    UPLOADED = "uploaded"
    UPLOAD_CONFLICT = "upload-conflict"
    UPLOAD_BLOCKED = "upload-blocked"
    UPLOAD_AGAIN = "upload-again"
    UPLOAD_REPLACING = "upload-replacing"
    UPLOAD_WITHDRAWING = "upload-withdrawing"
    UPLOAD_WITHDRAWN = "upload-withdrawn"
    UPLOAD_HANDLED = "upload-handled"
    SETTING_CHANGED = "setting-changed"


class Capture(StrEnum):
    """How the IMEI came in."""

    SERIAL = "serial"
    LABEL = "label"
    BOTH = "both"
    IMPORTED = "imported"
    """It stood in a file."""
    TYPED = "typed"
    """The SN, the IMEI or both were typed in by hand; `detail` says which."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, where and by whom: the part of an event that the station knows without looking at the unit."""

    at: str
    """UTC, ISO 8601 with milliseconds and `Z`."""
    zone_minutes: int
    """The PC's offset from UTC at that moment, in minutes east."""
    monotonic_ms: int
    """The PC's monotonic clock: later events of the same run never have a smaller one."""
    station: str
    software: str
    operator: str | None = None
    approver: str | None = None
    work_order: str | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class ClockSetBack:
    """The PC's clock told an earlier time than the event before."""

    before: str
    """What the event before says (UTC as in `Stamp.at`)."""
    after: str
    seconds: float
    """By how much, at least."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the station wants to have on record about one event."""

    kind: EventKind
    verdict: Verdict | None = None
    pk: str | None = None
    sn: str | None = None
    label_imei: str | None = None
    chip_imei: str | None = None
    capture: Capture | None = None
    raw: str | None = None
    """The scanned text, control characters written as backslash escapes."""
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    detail: str | None = None
    """A JSON object for what no column holds."""


@dataclass(frozen=True, slots=True)
class BoundRecord:
    """A live binding: the record that stands in the way of another one."""

    seq: int
    imei: Imei
    pk: ProductKey
    sn: SerialNumber
    when: str
    """UTC as in `Stamp.at`."""
    station: str
    operator: str | None
    work_order: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The live bindings of a device code and of an IMEI; both may be the same one."""

    of_device: BoundRecord | None = None
    of_imei: BoundRecord | None = None
    device_scrapped: int | None = None
    """The event that scrapped this PK and SN, where no later one took it back."""
    imei_scrapped: int | None = None
    spoiled: int | None = None
    """The event that spoiled the label of this PK and SN."""
    released: bool = False
    """A supervisor let this IMEI pass once although its check digit is wrong, and it has not been used."""
    issued: str | None = None
    """The open work order whose list holds this PK and SN; of several the one that was opened first."""

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in the way of binding these two."""
        stands = (self.of_device, self.of_imei, self.device_scrapped, self.imei_scrapped, self.spoiled)
        return all(one is None for one in stands)


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What the journal holds of some rows of a file, by their lines."""

    same: frozenset[int]
    """Exactly this pair is bound."""
    standings: Mapping[int, Standing]
    """Something else is bound, or retired."""


@dataclass(frozen=True, slots=True)
class Committed:
    """The event is on the disk under this sequence number."""

    seq: int


@dataclass(frozen=True, slots=True)
class Taken:
    """The database refused the pair, because these live bindings stand in the way; nothing was written."""

    standing: Standing


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event as the journal holds it."""

    seq: int
    stamp: Stamp
    entry: Entry
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the list of recent units."""

    seq: int
    when: str
    """UTC as in `Stamp.at`."""
    verdict: Verdict
    pk: str | None
    sn: str | None
    imei: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one shift."""

    bound: int = 0
    rescanned: int = 0
    faults: int = 0


@dataclass(frozen=True, slots=True)
class OpenShift:
    """A shift of this station."""

    id: int
    opened_seq: int
    opened_at: str
    """UTC as in `Stamp.at`."""
    closed_seq: int | None = None
    work_order: str | None = None
    """The order that a supervisor chose for it."""
    operator: str | None = None
    """Who is in charge: who opened it, or to whom it was handed over."""


@dataclass(frozen=True, slots=True)
class ShiftSummary:
    """A shift in the list of all shifts."""

    shift: OpenShift
    closed_at: str | None
    closed_by: str | None
    bound: int
    """Its live bindings."""


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What `journal verify` found."""

    events: int
    """How many events were read and held."""
    first_bad: int | None
    """The first sequence number that does not hold, or None."""
    finding: str | None
    """One of `changed`, `missing`, `inserted`, `unreadable`, `head`, `bindings`, `issued`; None where all
    holds."""
    head_hash: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification found, and when."""

    check: ChainCheck
    at: str
    """UTC as in `Stamp.at`."""


@dataclass(frozen=True, slots=True)
class JournalStats:
    """What a journal holds, in figures."""

    events: int
    live_bindings: int
    by_kind: dict[str, int]
    first: str | None
    """When the first event happened: UTC as in `Stamp.at`."""
    last: str | None
    size: int
    """Bytes of the file, without its log."""


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A binding that a search found, live or ended."""

    seq: int
    pk: str
    sn: str
    imei: str
    live: bool

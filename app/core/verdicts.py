"""What the station answers, as `scan` and the journal spell it, and whose fault it is."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Whose matter a verdict is. Faults latch; nothing else does."""

    PASS = "pass"
    NEUTRAL = "neutral"
    UNIT_FAULT = "unit-fault"
    SCAN_FAULT = "scan-fault"
    STATION_FAULT = "station-fault"
    PROGRESS = "progress"


class Verdict(StrEnum):
    """The words of the contract in `docs/formats.md`; their order is the order of precedence of faults."""

    WRONG_PRODUCT = "wrong-product"
    SN_NOT_ISSUED = "sn-not-issued"
    RETIRED = "retired"
    IMEI_INVALID = "imei-invalid"
    IMEI_MISMATCH = "imei-mismatch"
    TAC_NOT_ALLOWED = "tac-not-allowed"
    CROSSED = "crossed"
    SN_TAKEN = "sn-taken"
    IMEI_TAKEN = "imei-taken"
    ALREADY_BOUND = "already-bound"
    BOUND = "bound"
    HALF = "half"
    UNKNOWN_CODE = "unknown-code"
    MODULE_FAULT = "module-fault"
    JOURNAL_FAULT = "journal-fault"
    CANCELLED = "cancelled"
    REPEATED = "repeated"
    IGNORED = "ignored"
    CONTINUED = "continued"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    NO_OPERATOR = "no-operator"
    UNDONE = "undone"
    NOTHING_TO_UNDO = "nothing-to-undo"
    SHIFT_END = "shift-end"
    MODE = "mode"
    MATCHES = "matches"
    NOT_BOUND = "not-bound"
    DIFFERS = "differs"

    @property
    def kind(self) -> Kind:
        return _KINDS.get(self, Kind.PROGRESS)

    @property
    def latches(self) -> bool:
        return self.kind in (Kind.UNIT_FAULT, Kind.SCAN_FAULT, Kind.STATION_FAULT)


_KINDS = {
    Verdict.BOUND: Kind.PASS,
    Verdict.ALREADY_BOUND: Kind.NEUTRAL,
    Verdict.UNDONE: Kind.NEUTRAL,
    Verdict.MATCHES: Kind.NEUTRAL,
    Verdict.NOT_BOUND: Kind.NEUTRAL,
    Verdict.DIFFERS: Kind.NEUTRAL,
    Verdict.WRONG_PRODUCT: Kind.UNIT_FAULT,
    Verdict.TAC_NOT_ALLOWED: Kind.UNIT_FAULT,
    Verdict.SN_TAKEN: Kind.UNIT_FAULT,
    Verdict.IMEI_TAKEN: Kind.UNIT_FAULT,
    Verdict.CROSSED: Kind.UNIT_FAULT,
    Verdict.IMEI_MISMATCH: Kind.UNIT_FAULT,
    Verdict.IMEI_INVALID: Kind.UNIT_FAULT,
    Verdict.SN_NOT_ISSUED: Kind.UNIT_FAULT,
    Verdict.RETIRED: Kind.UNIT_FAULT,
    Verdict.UNKNOWN_CODE: Kind.SCAN_FAULT,
    Verdict.MODULE_FAULT: Kind.STATION_FAULT,
    Verdict.JOURNAL_FAULT: Kind.STATION_FAULT,
}

VERIFYING = (Verdict.MATCHES, Verdict.NOT_BOUND, Verdict.DIFFERS)
"""What verify mode says of a unit."""

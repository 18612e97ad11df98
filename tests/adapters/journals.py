"""Units for the journal's tests and benchmarks: scattered over the indexes, as a worst case."""

from __future__ import annotations

from stdnum import luhn

from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.record import Capture, Entry, EventKind, OpenShift, Stamp
from app.core.relationship import FileRow
from app.core.selection import Selection
from app.core.verdicts import Verdict
from app.ports.journal_reads import JournalReader

STAMP = Stamp(
    at="2026-01-01T08:15:30.250Z",
    zone_minutes=120,
    monotonic_ms=86_400_000,
    station="Line 1",
    software="1.0.0",
    operator="Anna O'Neill",
    shift=1,
)

PK = ProductKey("p11sf2")

_SCATTER = 982_451_653
"""Has no factor in common with a power of ten, so no two numbers below 10**12 meet."""


def pair(number: int, imei_of: int | None = None) -> Pair:
    body = f"86{(number if imei_of is None else imei_of) * _SCATTER % 10**12:012d}"
    sn = SerialNumber(f"{number * _SCATTER % 10**18:018d}")
    return Pair(DeviceCode(PK, sn), Imei(body + luhn.calc_check_digit(body)))


def bound(pair: Pair) -> Entry:
    """What a serial reading and a QR in the platform's format leave on record."""
    pk, sn = pair.device.pk, pair.device.sn
    return Entry(
        EventKind.BOUND,
        Verdict.BOUND,
        pk=pk,
        sn=sn,
        chip_imei=pair.imei,
        capture=Capture.SERIAL,
        raw=f"pk={pk}&sn={sn}&v=1",
    )


def rescanned(pair: Pair) -> Entry:
    return Entry(
        EventKind.RESCANNED,
        Verdict.ALREADY_BOUND,
        pk=pair.device.pk,
        sn=pair.device.sn,
        label_imei=pair.imei,
        capture=Capture.LABEL,
    )


def live_rows(journal: JournalReader, shift: OpenShift | None = None) -> list[FileRow]:
    """The rows of a relationship file that would be made now."""
    selection, end = Selection(shift=shift.id if shift else None), journal.head()[0]
    return [
        row
        for within in journal.row_ranges(selection, end)
        for row in journal.live_rows(selection, within, end)
    ]

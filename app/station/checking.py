"""Verify mode for a single text: a device QR's, an SN or an IMEI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from app.core import entries
from app.core.codes import DeviceCode, Imei, SerialNumber, few
from app.core.errors import Refused, Why, because
from app.core.judging import retired
from app.core.payload import PayloadFormat
from app.core.record import BoundRecord, EventKind, Stamp
from app.core.scan import Scan, ScannedDevice, ScannedLabel, Unknown, clean_text, printable, recognise
from app.core.unit import EMPTY_UNIT, Answer, Unit
from app.core.verdicts import Verdict
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader

Named = TypeVar("Named", BoundRecord, DeviceCode)


def check(journal: Journal, stamp: Stamp, text: str, formats: Sequence[PayloadFormat]) -> Answer:
    """Whether this is bound, as `matches` or `not-bound`, and on record as `verified`. What was scrapped,
    or its label spoiled, has that as the reason.

    Raises:
        Refused: it is none of these; SN_OF_SEVERAL where units of several products have this SN.
        Faulted: it could not be put on record.
    """
    unit, record = _found(journal, recognise(text, formats), clean_text(text))
    verdict = Verdict.MATCHES if record else Verdict.NOT_BOUND
    reason = None if record else retired(journal.standing(unit.device, unit.imei))
    answer = Answer(verdict, unit, reason, earlier=record, raw=printable(text))
    entry = entries.of_answer(EventKind.VERIFIED, answer)
    stamp = replace(stamp, work_order=record.work_order if record else None)
    return replace(answer, seq=journal.record(stamp, entry).seq)


def _found(journal: JournalReader, scan: Scan, text: str) -> tuple[Unit, BoundRecord | None]:
    if isinstance(scan, ScannedDevice):
        return Unit(scan.device), journal.standing(scan.device, None).of_device
    imei = _imei(scan)
    of_imei = journal.standing(None, imei).of_imei if imei else None
    if imei and of_imei:
        return Unit(label=imei), of_imei
    of_sn = _only_one(journal.live_of_sn(text), text)
    if of_sn:
        return Unit(DeviceCode(of_sn[0].pk, of_sn[0].sn)), of_sn[0]
    codes = _only_one(journal.retired_codes(text), text)
    if codes:
        return Unit(codes[0]), None
    if isinstance(scan, Unknown) and not _could_be_sn(text):
        raise Refused(scan.reason)
    return Unit(label=imei) if imei else EMPTY_UNIT, None


def _imei(scan: Scan) -> Imei | None:
    """Also one that a supervisor let pass although its check digit is wrong."""
    if isinstance(scan, ScannedLabel):
        return scan.imei
    try:
        return Imei.released(scan.imei_text) if isinstance(scan, Unknown) and scan.imei_text else None
    except Refused:
        return None


def _could_be_sn(text: str) -> bool:
    try:
        SerialNumber(text)
    except Refused:
        return False
    return True


def _only_one(found: Sequence[Named], sn: str) -> Sequence[Named]:
    if len(found) > 1:
        raise Refused(because(Why.SN_OF_SEVERAL, sn=sn, products=few({one.pk for one in found})))
    return found

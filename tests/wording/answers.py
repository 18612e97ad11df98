"""Answers of every kind, as the core gives them."""

from __future__ import annotations

from dataclasses import replace

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.errors import Why, because
from app.core.looks import LooksLike
from app.core.record import BoundRecord, Capture
from app.core.unit import Answer, Dropped, Mode, Unit
from app.core.verdicts import Verdict
from tests.wording.facts import reason

IMEI = Imei("863950069494278")
OTHER_IMEI = Imei("869487066634998")
DEVICE = DeviceCode(ProductKey("p11sf2"), SerialNumber("123456789123456798"))
OTHER_DEVICE = DeviceCode(ProductKey("p08kx1"), SerialNumber("999999999999999741"))

FULL = Unit(DEVICE, chip=IMEI)
DEVICE_HALF = Unit(DEVICE)
LABEL_HALF = Unit(label=IMEI)

OF_DEVICE = BoundRecord(
    10288, OTHER_IMEI, DEVICE.pk, DEVICE.sn, "2025-11-22T00:17:00.000Z", "LINE-3", operator="Li Wei"
)
OF_MODULE = BoundRecord(
    10391, IMEI, OTHER_DEVICE.pk, OTHER_DEVICE.sn, "2025-11-22T00:18:00.000Z", "LINE-4", operator=None
)
TIMED_OUT = Dropped(DEVICE_HALF, because(Why.DROPPED_TIME_OUT, seconds=60))

BOUND = Answer(Verdict.BOUND, FULL, seq=10412)
SAME_PAIR = Answer(
    Verdict.ALREADY_BOUND, FULL, reason(Why.SAME_PAIR), 10413, earlier=replace(OF_DEVICE, imei=IMEI)
)
SN_TAKEN = Answer(Verdict.SN_TAKEN, FULL, reason(Why.SN_BOUND_ELSEWHERE), 10414, earlier=OF_DEVICE)
IMEI_TAKEN = Answer(Verdict.IMEI_TAKEN, FULL, reason(Why.IMEI_BOUND_ELSEWHERE), 10415, earlier=OF_MODULE)
CROSSED = Answer(
    Verdict.CROSSED,
    FULL,
    reason(Why.BOTH_BOUND_ELSEWHERE),
    10416,
    earlier=OF_DEVICE,
    earlier_imei=OF_MODULE,
)
MISMATCH = Answer(
    Verdict.IMEI_MISMATCH,
    Unit(DEVICE, label=IMEI, chip=OTHER_IMEI),
    because(Why.LABEL_AND_CHIP_DIFFER, label=IMEI, chip=OTHER_IMEI),
    10417,
)
WEB_ADDRESS = Answer(
    Verdict.UNKNOWN_CODE,
    reason=because(Why.LOOKS_LIKE, looks_like=LooksLike.WEB_ADDRESS),
    seq=10419,
    raw="https://example.com/p",
)


def imei_invalid(why: Why) -> Answer:
    text = str(reason(why).facts["imei"])
    return Answer(
        Verdict.IMEI_INVALID, reason=reason(why), seq=10418, imei_text=text, imei_text_from=Capture.LABEL
    )


def unknown_code(why: Why) -> Answer:
    return Answer(Verdict.UNKNOWN_CODE, reason=reason(why), seq=10419, raw="?")


def module_fault(why: Why) -> Answer:
    return Answer(Verdict.MODULE_FAULT, DEVICE_HALF, reason(why), 10420)


def journal_fault(why: Why) -> Answer:
    return Answer(Verdict.JOURNAL_FAULT, FULL, reason(why))


def _named(*beginnings: str) -> list[Why]:
    return [why for why in Why if why.name.startswith(beginnings)]


ANSWERS = [
    BOUND,
    SAME_PAIR,
    SN_TAKEN,
    IMEI_TAKEN,
    CROSSED,
    MISMATCH,
    WEB_ADDRESS,
    *map(imei_invalid, _named("IMEI_CH", "IMEI_L", "IMEI_P")),
    *map(unknown_code, list(Why)[: list(Why).index(Why.TEMPLATE_FIELD_MISSING)]),
    *map(module_fault, [*_named("MODULE_", "PORT_"), Why.UNEXPECTED]),
    *map(journal_fault, [*_named("JOURNAL_"), Why.DISK_FULL, Why.UNEXPECTED]),
    Answer(Verdict.WRONG_PRODUCT, DEVICE_HALF, reason(Why.PRODUCT_NOT_ORDERED), 10422),
    Answer(Verdict.SN_NOT_ISSUED, DEVICE_HALF, reason(Why.SN_NOT_ON_LIST), 10422),
    Answer(Verdict.SN_NOT_ISSUED, DEVICE_HALF, reason(Why.SN_SPOILED), 10422),
    Answer(Verdict.TAC_NOT_ALLOWED, LABEL_HALF, reason(Why.TAC_NOT_ALLOWED), 10422),
    Answer(Verdict.MATCHES, FULL, seq=10423, earlier=replace(OF_DEVICE, imei=IMEI)),
    Answer(Verdict.NOT_BOUND, DEVICE_HALF, seq=10423),
    Answer(Verdict.DIFFERS, FULL, seq=10423, earlier=OF_DEVICE),
    Answer(Verdict.DIFFERS, FULL, seq=10423, earlier=OF_MODULE),
    Answer(Verdict.DIFFERS, FULL, seq=10423, earlier=OF_DEVICE, earlier_imei=OF_MODULE),
    Answer(Verdict.MODE, seq=10423, mode=Mode.VERIFY),
    Answer(Verdict.MODE, seq=10423, mode=Mode.BIND),
    Answer(Verdict.SHIFT_END),
    Answer(Verdict.HALF, DEVICE_HALF),
    Answer(Verdict.HALF, DEVICE_HALF, earlier=OF_DEVICE),
    Answer(Verdict.HALF, LABEL_HALF, dropped=TIMED_OUT),
    Answer(Verdict.HALF, LABEL_HALF, earlier=OF_MODULE),
    Answer(Verdict.HALF, Unit(chip=IMEI)),
    Answer(Verdict.HALF, Unit(DEVICE, chip=IMEI)),
    Answer(Verdict.HALF, Unit(DEVICE, label=IMEI)),
    Answer(Verdict.CANCELLED),
    Answer(Verdict.REPEATED),
    Answer(Verdict.IGNORED),
    Answer(Verdict.CONTINUED, seq=10421),
]


def values_of(answer: Answer) -> list[object]:
    """What an answer may show in any language."""
    records = [record for record in (answer.earlier, answer.earlier_imei) if record]
    shown: list[object] = [*(answer.reason.facts.values() if answer.reason else ())]
    for record in records:
        shown += [record.imei, record.pk, record.sn, record.station, record.operator]
    return [value for value in shown if value is not None]

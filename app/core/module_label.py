"""What a module's label says: a bare IMEI, or an IMEI among other fields."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.codes import Imei, is_imei
from app.core.errors import Reason, Refused, Why, because
from app.core.payload import ends_in_imei

_SEPARATORS = re.compile(r"[;, ]+")
_MARK = re.compile(r"IMEI[:=]? *(?=[0-9])")
_NUMBER = re.compile(r"[0-9]{14,16}")
_GS = "\x1d"
_GS1_IMEI = "8002"
_GS1_FIXED_LENGTHS = {
    "00": 18,
    "01": 14,
    "02": 14,
    "11": 6,
    "12": 6,
    "13": 6,
    "15": 6,
    "16": 6,
    "17": 6,
    "20": 2,
}
"""Application identifiers whose value has a fixed length, so that another may follow without a separator."""


@dataclass(frozen=True, slots=True)
class ModuleLabel:
    """The one IMEI on a label, and all fields as they stand there."""

    imei: Imei
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelRefusal:
    """Why a text that means to be a module label is none.

    `imei_text` is set where the text is a bare or marked number of 14 to 16 digits: an invalid IMEI.
    """

    reason: Reason
    imei_text: str | None = None


def read_module_label(text: str, is_gs1: bool = False) -> ModuleLabel | LabelRefusal | None:
    """The label; or why it is refused; or None where it is no module label at all."""
    if is_gs1:
        return _read_gs1(text)
    marked = _MARK.search(text) is not None
    fields = tuple(_SEPARATORS.split(_MARK.sub("", text)))
    if any(ends_in_imei(one) for one in fields):
        return LabelRefusal(because(Why.TWO_SCANS, v=text))
    imeis = {one for one in fields if is_imei(one)}
    if len(imeis) > 1:
        return LabelRefusal(because(Why.TWO_IMEIS, imei=min(imeis), other=max(imeis)))
    if imeis:
        return ModuleLabel(Imei(imeis.pop()), fields)
    return _why_no_imei(fields, marked)


def _why_no_imei(fields: tuple[str, ...], marked: bool) -> LabelRefusal | None:
    number = next((one for one in fields if _NUMBER.fullmatch(one)), None)
    if number is None:
        return None
    is_the_imei = marked or len(fields) == 1
    return LabelRefusal(_refusal(number), number if is_the_imei else None)


def _refusal(number: str) -> Reason:
    try:
        Imei(number)
    except Refused as refusal:
        return refusal.reason
    raise ValueError(number)


def _read_gs1(text: str) -> ModuleLabel | LabelRefusal | None:
    elements = tuple(text.split(_GS))
    numbers = {number for one in elements if (number := _gs1_imei(one)) is not None}
    if len(numbers) > 1:
        return LabelRefusal(because(Why.TWO_IMEIS, imei=min(numbers), other=max(numbers)))
    for number in numbers:
        if is_imei(number):
            return ModuleLabel(Imei(number), elements)
        return LabelRefusal(_refusal(number), number if _NUMBER.fullmatch(number) else None)
    return None


def _gs1_imei(element: str) -> str | None:
    """What stands under the application identifier of an IMEI, behind those of fixed length."""
    while element[:2] in _GS1_FIXED_LENGTHS:
        element = element[2 + _GS1_FIXED_LENGTHS[element[:2]] :]
    return element.removeprefix(_GS1_IMEI) if element.startswith(_GS1_IMEI) else None

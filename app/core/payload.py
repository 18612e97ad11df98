"""What a device's QR code carries, and the platform's own format; `template.py` has the manufacturers'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from app.core.codes import (
    IMEI_LENGTH,
    IMEI_PREFIXES_IN_USE,
    DeviceCode,
    ProductKey,
    SerialNumber,
    is_imei,
)
from app.core.errors import Refused, Why, because

PLATFORM_TEMPLATE = "pk={pk}&sn={sn}&v={v}"
RESERVED_PREFIX = "BSCARD-"
"""Starts every card and badge that this program prints, so no product's code may."""


@dataclass(frozen=True, slots=True)
class Payload:
    """The values that a device's QR code carries."""

    device: DeviceCode
    v: str | None = None


class PayloadFormat(Protocol):
    """Reads and writes one kind of payload."""

    @property
    def template(self) -> str: ...

    def read(self, text: str) -> Payload | None:
        """The values, or None where the text is not of this format at all.

        Raises:
            Refused: the text means to be of this format and is wrong; the reason says where.
        """
        ...

    def write(self, device: DeviceCode, v: str = "1") -> str: ...


class PlatformFormat:
    """`pk=p11sf2&sn=123456789123456789&v=1`: keys in any order, others ignored, all three required."""

    template = PLATFORM_TEMPLATE

    def read(self, text: str) -> Payload | None:
        pieces = text.split("&")
        keys = {piece.partition("=")[0] for piece in pieces}
        if not {"pk", "sn"} & {key.lower() for key in keys}:
            return None
        values = _values(pieces)
        _require_platform_shape(text, values)
        return Payload(DeviceCode(ProductKey(values["pk"]), SerialNumber(values["sn"])), values["v"])

    def write(self, device: DeviceCode, v: str = "1") -> str:
        return f"pk={device.pk}&sn={device.sn}&v={v}"


PLATFORM_FORMAT = PlatformFormat()


def _values(pieces: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for piece in pieces:
        key, equals, value = piece.partition("=")
        if not equals or not key:
            raise Refused(because(Why.KEY_NOT_VALUE, piece=piece))
        if key.lower() in ("pk", "sn", "v") and key not in ("pk", "sn", "v"):
            raise Refused(because(Why.KEY_CASE, key=key))
        if values.setdefault(key, value) != value:
            raise Refused(because(Why.KEY_TWICE, key=key))
    return values


def _require_platform_shape(text: str, values: dict[str, str]) -> None:
    for key in ("pk", "sn", "v"):
        if key not in values:
            raise Refused(because(Why.KEY_MISSING, key=key))
    pk, sn, v = values["pk"], values["sn"], values["v"]
    if len(pk) != 6:
        raise Refused(because(Why.PK_LENGTH, pk=pk, length=len(pk), wanted="6"))
    if not re.fullmatch("[0-9]{1,3}", v):
        raise Refused(because(Why.TWO_SCANS if len(v) > 3 else Why.V_DIGITS, v=v))
    refuse_another_scan_at_the_end(text, values["pk"], sn)


def refuse_another_scan_at_the_end(text: str, pk: str, sn: str) -> None:
    """Generated SNs have 15 to 18 digits, so 30 digits that end like an IMEI are a second scan run on; and no
    PK ends like one.

    Raises:
        Refused: another scan ran on.
    """
    sn_ran_on = text.endswith(sn) and len(sn) >= 30 and sn.isdigit() and ends_in_imei(sn)
    if sn_ran_on or (text.endswith(pk) and ends_in_imei(pk)):
        raise Refused(because(Why.TWO_SCANS, v=text))


def ends_in_imei(text: str) -> bool:
    """Whether a longer text ends in a real IMEI (check digit, reporting body): two scans run together."""
    tail = text[-IMEI_LENGTH:]
    return len(text) > IMEI_LENGTH and tail.startswith(IMEI_PREFIXES_IN_USE) and is_imei(tail)

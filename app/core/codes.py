"""The field's own names as types: text becomes one of these once, at the edge, and is trusted then."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from stdnum import luhn

from app.core.errors import Refused, Why, because

IMEI_LENGTH = 15
PRODUCT_KEY_MAX = 32
SERIAL_NUMBER_MAX = 64

_READ = 3

_ASCII_DIGITS = re.compile(r"[0-9]+\Z")
_ALPHANUMERIC = re.compile(r"[0-9A-Za-z]+\Z")

PLACEHOLDER_IMEIS = frozenset(
    {
        "004999010640000",
        "358688000000158",
        "012345678901237",
        *(digit * IMEI_LENGTH for digit in "0123456789"),
    }
)
"""Pass the check digit and stand in unprogrammed modules all over the world (facts gathered from drivers)."""

IMEI_PREFIXES_IN_USE = ("01", "35", "86", "99")
"""Reporting body identifiers that allocate TACs today; 00 and 02 to 09 are test numbers (3GPP TS 23.003)."""


class Imei(str):
    """A module's DeviceKey: 8 digits TAC, 6 serial, 1 check digit. Leading zeros are real.

    Raises:
        Refused: not 15 ASCII digits, wrong check digit, or a placeholder.
    """

    __slots__ = ()

    def __new__(cls, text: str, placeholders: frozenset[str] = PLACEHOLDER_IMEIS) -> Self:
        if not _ASCII_DIGITS.match(text):
            raise Refused(because(Why.IMEI_CHARACTERS, imei=text))
        if len(text) != IMEI_LENGTH:
            raise Refused(because(Why.IMEI_LENGTH, imei=text, length=len(text)))
        if text in placeholders:
            raise Refused(because(Why.IMEI_PLACEHOLDER, imei=text))
        expected = luhn.calc_check_digit(text[:-1])
        if text[-1] != expected:
            raise Refused(because(Why.IMEI_CHECK_DIGIT, imei=text, found=text[-1], expected=expected))
        return super().__new__(cls, text)

    @classmethod
    def released(cls, text: str) -> Self:
        """A number that a supervisor lets pass although its check digit is wrong.

        Raises:
            Refused: it is wrong in another way as well.
        """
        try:
            return cls(text)
        except Refused as refusal:
            if refusal.reason.why is not Why.IMEI_CHECK_DIGIT:
                raise
            return super().__new__(cls, text)

    @property
    def tac(self) -> str:
        return self[:8]


def is_imei(text: str) -> bool:
    try:
        Imei(text)
    except Refused:
        return False
    return True


class ProductKey(str):
    """The product's key on the platform: 1 to 32 of `[0-9A-Za-z]`; the platform's own format demands 6."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not 1 <= len(text) <= PRODUCT_KEY_MAX:
            raise Refused(because(Why.PK_LENGTH, pk=text, length=len(text), wanted=f"1-{PRODUCT_KEY_MAX}"))
        if not _ALPHANUMERIC.match(text):
            raise Refused(because(Why.PK_CHARACTERS, pk=text))
        return super().__new__(cls, text)


class SerialNumber(str):
    """The SN in a device's QR code: 1 to 64 of `[0-9A-Za-z]`; generated ones have 15 to 18 digits."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not 1 <= len(text) <= SERIAL_NUMBER_MAX:
            raise Refused(because(Why.SN_LENGTH, sn=text, length=len(text), wanted=f"1-{SERIAL_NUMBER_MAX}"))
        if not _ALPHANUMERIC.match(text):
            raise Refused(because(Why.SN_CHARACTERS, sn=text))
        return super().__new__(cls, text)


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What the QR on the housing says. The same PK and SN are the same unit, whatever `v` is."""

    pk: ProductKey
    sn: SerialNumber

    def __str__(self) -> str:
        return f"{self.pk} {self.sn}"


@dataclass(frozen=True, slots=True)
class Pair:
    """A device code and the module in that device."""

    device: DeviceCode
    imei: Imei


def few(names: Iterable[str]) -> str:
    """The first of these codes, as many as a person reads."""
    first = sorted(map(str, names))
    return ", ".join(first[:_READ] + ["…"] * (len(first) > _READ))

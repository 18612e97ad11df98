"""The units of a demonstration: most are good, some are what goes wrong on a real line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.payload import PLATFORM_FORMAT
from app.core.verdicts import Verdict

_PRODUCT = ProductKey("p11sf2")
_FIRST_SN = 123456789123456000
_FIRST_IMEI = 86395006940000


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """One turn at the station: a module is put on the fixture, then these codes are scanned."""

    module: str
    """The IMEI that the simulated module gives."""
    scans: tuple[str, ...]
    expected: Verdict
    """The answer to the last scan."""


def demo_units(good: int) -> Iterator[DemoUnit]:
    """As many good units, and after the first, fifth, tenth … one that is not."""
    troubles = [_same_again, _module_used_before, _sn_used_before, _label_differs, _bad_imei, _wrong_code]
    for number in range(good):
        yield _good(number)
        if number and (number == 1 or number % 5 == 0):
            yield troubles[(number // 5) % len(troubles)](number)


def _good(number: int) -> DemoUnit:
    return DemoUnit(_imei(number), (_qr(number),), Verdict.BOUND)


def _same_again(number: int) -> DemoUnit:
    return DemoUnit(_imei(number - 1), (_qr(number - 1),), Verdict.ALREADY_BOUND)


def _module_used_before(number: int) -> DemoUnit:
    return DemoUnit(_imei(number - 1), (_qr(9000 + number),), Verdict.IMEI_TAKEN)


def _sn_used_before(number: int) -> DemoUnit:
    return DemoUnit(_imei(9000 + number), (_qr(number - 1),), Verdict.SN_TAKEN)


def _label_differs(number: int) -> DemoUnit:
    scans = (_imei(9001 + number), _qr(9000 + number))
    return DemoUnit(_imei(9000 + number), scans, Verdict.IMEI_MISMATCH)


def _bad_imei(number: int) -> DemoUnit:
    right = _imei(9000 + number)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    return DemoUnit(wrong, (_qr(9000 + number),), Verdict.IMEI_INVALID)


def _wrong_code(number: int) -> DemoUnit:
    return DemoUnit(_imei(9000 + number), ("6901234567892",), Verdict.UNKNOWN_CODE)


def _imei(number: int) -> str:
    body = str(_FIRST_IMEI + number)
    return Imei(body + luhn.calc_check_digit(body))


def _qr(number: int) -> str:
    return PLATFORM_FORMAT.write(DeviceCode(_PRODUCT, SerialNumber(str(_FIRST_SN + number))))

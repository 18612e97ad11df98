"""Units of a line: as many valid IMEIs and QR texts as a test wants."""

from __future__ import annotations

from stdnum import luhn


def imei(number: int) -> str:
    body = str(86395006900000 + number)
    return body + luhn.calc_check_digit(body)


def sn(number: int) -> str:
    return str(123456789123000000 + number)


def qr(number: int, pk: str = "p11sf2") -> str:
    return f"pk={pk}&sn={sn(number)}&v=1"

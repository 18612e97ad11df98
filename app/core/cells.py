"""One cell of a table as it arrives from a file, and what a spreadsheet did to it."""

from __future__ import annotations

import re

from app.core.errors import Reason, Why, because
from app.core.relationship import fused

Cell = str | float | bool
"""A text, or what a spreadsheet keeps as a number (its 15 digits of it) or as true and false."""

SPREADSHEET_DIGITS = 15
"""A spreadsheet keeps so many digits of a number and makes the others 0."""

_NOT_IN_A_CODE = " \t\r\n\v\f\x1a\u00a0\u200b\u200c\u200d\u2060\u3000\ufeff"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_AS_TEXT = re.compile(r"""="([^"]*)"|'(.*)""", re.DOTALL)
"""How people make a spreadsheet leave a number alone."""

_RECKONED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]*(?:[eE][+-]?[0-9]+)?|[eE][+-][0-9]+)")
"""8.6395E+14 and 863950069494278.0: a number, and no row of digits any more."""
_MAYBE_RECKONED = re.compile(r"[0-9][eE][0-9]{2}")
"""1E17 may be an SN."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
NAME_MAX = 256
_FINGERPRINT = re.compile(r"[0-9A-Fa-f]{40}")
_SEPARATED = re.compile(r"[0-9A-Fa-f]{2}(?:[: ][0-9A-Fa-f]{2}){19}")


def text_of(cell: Cell) -> str:
    """The cell as people see it in the file."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e21:
        return str(int(cell))
    return str(cell)


def code_of(cell: Cell) -> str:
    """A cell that holds a code: without blanks, full width, and what protects it from spreadsheets."""
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():
        return cell
    text = text_of(cell).strip(_NOT_IN_A_CODE).translate(_FULL_WIDTH)
    protected = _AS_TEXT.fullmatch(text)
    return (protected[1] or protected[2] or "").strip(_NOT_IN_A_CODE) if protected else text


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip(_NOT_IN_A_CODE)


def damage_of_number(cell: Cell, code: str) -> Reason | None:
    """Digits were lost for good: nobody can tell which number stood here."""
    kept_whole = isinstance(cell, str) or (code.isdigit() and len(code) <= SPREADSHEET_DIGITS)
    if not kept_whole or _RECKONED.fullmatch(code):
        return because(Why.NUMBER_DAMAGED, text=text_of(cell))
    return None


def may_be_reckoned(code: str) -> bool:
    return _MAYBE_RECKONED.fullmatch(code) is not None


def is_damaged_text(text: str) -> bool:
    """Bytes that are no characters in the file's encoding, or were none before it was written."""
    return not text.isascii() and any("\udc80" <= one <= "\udcff" or one == "\ufffd" for one in text)


def name_of(cell: Cell) -> str:
    """A device's name as it was before a file defused it: a spreadsheet would reckon what begins with `=`."""
    return fused(text_of(cell))


def trouble_of_name(name: str) -> Reason | None:
    if len(name) > NAME_MAX or _UNPRINTABLE.search(name):
        return because(Why.DEVICE_NAME_UNUSABLE, name=name, most=NAME_MAX)
    return None


def fingerprint_of(cell: Cell) -> str:
    """Without the colons that some programs put in."""
    code = code_of(cell)
    return code.replace(":", "").replace(" ", "") if _SEPARATED.fullmatch(code) else code


def trouble_of_fingerprint(text: str) -> Reason | None:
    if text and not _FINGERPRINT.fullmatch(text):
        return because(Why.FINGERPRINT_UNUSABLE, text=text)
    return None

"""The relationship file: the platform's columns, and one row for each live pair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from operator import itemgetter

from app.core.errors import Reason, Why, because
from app.core.layout import Column, Layout


class Template(StrEnum):
    """The platform's own editions of its device import template."""

    EN = "en"
    ZH = "zh"


class FileKind(StrEnum):
    """What kind of file the rows are written to."""

    CSV = "csv"
    XLSX = "xlsx"


_IN_ORDER = (Column.DEVICE_KEY, Column.PRODUCT_KEY, Column.SN, Column.NAME, Column.FINGERPRINT)
REQUIRED = _IN_ORDER[:3]

LAYOUTS = {
    Template.EN: Layout(
        ("*DeviceKey", "*ProductKey", "Device SN", "Device Name", "Certificate Fingerprint"), _IN_ORDER
    ),
    Template.ZH: Layout(("*设备DeviceKey", "*产品ProductKey", "设备SN", "设备名称", "证书指纹"), _IN_ORDER),
}
"""Columns in the platform's order; `*` marks a required one."""

FileRow = tuple[int, str, str, str, str, str]
"""A live pair for a file: the record's number, IMEI, PK, SN, name, fingerprint. A bare tuple: files have
millions."""

Block = Sequence[FileRow]
"""A stretch of rows, in the order of binding."""

Blocks = Callable[[], Iterator[Block]]
"""All rows, as often as they are asked for, and the same each time."""

_PLACE = {column: place for place, column in enumerate(_IN_ORDER, start=1)}
_NAME, _FINGERPRINT = itemgetter(_PLACE[Column.NAME]), itemgetter(_PLACE[Column.FINGERPRINT])


def row_picker(columns: Sequence[Column | None]) -> Callable[[FileRow], tuple[str, ...]]:
    """Puts the fields of a row under these columns, of which there are two or more."""
    places = [0 if column is None else _PLACE[column] for column in columns]
    if all(places):
        return itemgetter(*places)
    return lambda row: tuple(str(row[place]) if place else "" for place in places)


def has_free_text(block: Block) -> bool:
    """Whether any row has a name or a fingerprint; IMEI, PK and SN are letters and digits."""
    return any(map(_NAME, block)) or any(map(_FINGERPRINT, block))


_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_APOSTROPHES_BEFORE_FORMULA = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


def defused(text: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe before it, and so does such a text that
    begins with apostrophes already: `defused` never makes the same of two texts."""
    return f"'{text}" if _FORMULA.match(text) else text


def fused(text: str) -> str:
    """What `defused` was given. Other texts stay as they are."""
    return text[1:] if _APOSTROPHES_BEFORE_FORMULA.match(text) else text


def without_formulas(block: Block) -> Block:
    """The rows with every free text defused."""
    if not has_free_text(block):
        return block
    return [(*row[:4], defused(row[4]), defused(row[5])) for row in block]


def missing_columns(columns: Sequence[Column | None]) -> list[Column]:
    """What every relationship file needs and this one has not exactly once."""
    return [column for column in REQUIRED if columns.count(column) != 1]


def unwritable(character: str, line: int, encoding: str) -> Reason:
    """A file of this encoding, or kind, has no room for the character in its line; the header is line 1."""
    code = f"U+{ord(character):04X}"
    return because(Why.CHARACTER_UNWRITABLE, character=character, code=code, line=line, encoding=encoding)

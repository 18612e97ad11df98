"""Keeps cells that lie far apart away from python-calamine, which would need memory for all between them."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.errors import Refused, Why, because

WIDEST = 26
"""Columns A to Z."""
FARTHEST = 200_000
"""Rows from the first of a piece to the last."""

_PLAIN_CELL = b'<c r="'
_PLAIN_PLACE = re.compile(rb'<c r="[A-Za-z](\d+)"')

_END_OF_ROW = re.compile(rb"</(?:\w+:)?row>")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
_FILLED_FAR_RIGHT = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["'][A-Za-z]{2}[^>]*[^>/]>""")
_NUMBER = re.compile(rb"""<(?:\w+:)?(?:row|c)\b[^>]*?\sr\s*=\s*["'][A-Za-z]*(\d+)""")


def require_close_together(rows: bytes) -> None:
    """
    Raises:
        Refused: FILE_TOO_WIDE, a row has cells beyond column Z; ROWS_FAR_APART, fact: `line` of the farthest.
    """
    if not _is_plain(rows):
        _require_narrow(rows)
        _require_near(rows)


def _is_plain(rows: bytes) -> bool:
    """As spreadsheets write them: each cell says first where it lies, none in column AA or beyond, none in a
    row whose number is longer than the last one's. Looking at every cell takes longer than reading it."""
    if rows.count(b"<c") != rows.count(_PLAIN_CELL):
        return False
    first = _PLAIN_PLACE.search(rows)
    last = _PLAIN_PLACE.match(rows, max(0, rows.rfind(_PLAIN_CELL)))
    if first is None or last is None or int(last[1]) - int(first[1]) > FARTHEST:
        return False
    return _beyond(len(last[1])).search(rows) is None


@lru_cache(maxsize=8)
def _beyond(digits: int) -> re.Pattern[bytes]:
    return re.compile(rb'<c r="[A-Za-z](?:[A-Za-z]|\d{%d})' % (digits + 1))


def _require_narrow(rows: bytes) -> None:
    """A cell without a value may lie anywhere: it is only painted."""
    most = max(len(_CELL.findall(row)) for row in _END_OF_ROW.split(rows))
    if most > WIDEST or _FILLED_FAR_RIGHT.search(rows):
        raise Refused(because(Why.FILE_TOO_WIDE, most=WIDEST))


def _require_near(rows: bytes) -> None:
    numbers = list(map(int, _NUMBER.findall(rows)))
    if numbers and max(numbers) - min(numbers) > FARTHEST:
        raise Refused(because(Why.ROWS_FAR_APART, line=max(numbers)))

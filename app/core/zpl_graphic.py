"""Pictures in ZPL II, the language of label printers: `^GFA` fields in its own compressed hexadecimal.

A line of dots is hexadecimal digits, 1 is dark. A letter before a digit says how often it comes: `G` to `Y` 1
to 19, `g` to `z` 20 to 400 in twenties, added up. `,` fills the line with zeros, `!` with ones, `:` repeats
the line above.
(ZPL II Programming Guide, "Alternative Data Compression Scheme".)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

_ONES = "GHIJKLMNOPQRSTUVWXY"
_TWENTIES = "ghijklmnopqrstuvwxyz"
_MOST = 400 + 19
_PIECE = re.compile(r"([G-Yg-z]*)([0-9A-F])|([,!:])")


def graphic_field(rows: Sequence[str]) -> str:
    """The field's data for rows of hexadecimal digits, all of one even length."""
    across = len(rows[0]) // 2
    size = across * len(rows)
    return f"^GFA,{size},{size},{across},{''.join(_packed(rows))}"


def _packed(rows: Sequence[str]) -> Iterator[str]:
    before = None
    for row in rows:
        yield ":" if row == before else _packed_row(row)
        before = row


def _packed_row(row: str) -> str:
    bare = row.rstrip("0")
    if len(row) - len(bare) > 1:
        return _counted_row(bare) + ","
    return _counted_row(row)


def _counted_row(row: str) -> str:
    return "".join(_counted(digit, len(list(run))) for digit, run in groupby(row))


def _counted(digit: str, count: int) -> str:
    text = ""
    while count > _MOST:
        text, count = text + "zY" + digit, count - _MOST
    if count < 3:
        return text + digit * count
    twenties, ones = divmod(count, 20)
    return text + _TWENTIES[twenties - 1 : twenties] + (_ONES[ones - 1] if ones else "") + digit


def unpacked(data: str, across: int) -> list[str]:
    """The rows of hexadecimal digits again, as a printer reads them; `across` is bytes a row."""
    rows: list[str] = []
    row, width = "", 2 * across
    for count, digit, special in _PIECE.findall(data):
        if special == ":":
            rows.append(rows[-1])
            continue
        row += digit * _sum(count) if digit else _rest(special, width - len(row))
        while len(row) >= width:
            rows.append(row[:width])
            row = row[width:]
    return rows


def _rest(special: str, count: int) -> str:
    return ("0" if special == "," else "F") * count


def _sum(letters: str) -> int:
    total = sum(_ONES.index(one) + 1 if one in _ONES else 20 * (_TWENTIES.index(one) + 1) for one in letters)
    return total or 1

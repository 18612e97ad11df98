"""The texts that a workbook keeps apart from its cells: millions of them, in little memory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from operator import rshift
from typing import IO, TypeGuard

from app.adapters.xlsx_pieces import TEXT, Piece, Row, cut, plain_parts, read_with_calamine
from app.core.cells import Cell
from app.core.errors import Refused, Why, because

_MOST_BYTES = 1 << 28
_MOST_TEXTS = 1 << 24
_UNPACKED_MOST = 1 << 22
"""Bytes of the texts that lie ready, about."""
_BLOCK = 6
"""Two to this power is how many texts are packed together. Fewer take more memory; of more, most are unpacked
in vain where a sheet names its texts in another order than they stand in."""
_BETWEEN = "\0"
"""Packed texts: the one character that XML cannot hold."""
_MARK = "\ue000"
"""Before the number of a text: a character that no text of people begins with."""
_MARK_WRITTEN = re.compile(rb"\xee\x80\x80|&#x0*e000;|&#0*57344;|_xe000_", re.IGNORECASE)

_PLAIN_ITEM = r"<{0}si><{0}t{1}</{0}t>(?:<{0}phoneticPr [^<>]*/>|)</{0}si>\s*"
_PLAIN_CELL = (b' t="s"><v>', b' t="str"><v>' + _MARK.encode())
_ANY_CELL = re.compile(rb"""\st\s*=\s*["']s["']([^>]*>\s*<(?:\w+:)?v\b[^>]*>)""")
_LEFT = (b't="s"', b"t='s'")


class SharedStrings:
    """Texts by their number. For one thread at a time."""

    def __init__(self, member: IO[bytes]) -> None:
        """
        Raises:
            Refused: FILE_DAMAGED, FILE_TOO_LARGE.
        """
        self._blocks: list[bytes] = []
        self._size = 0
        waiting: list[str] = []
        for piece in cut(member, "sst", "si"):
            texts = _plain_texts(piece)
            waiting += _texts_by_calamine(piece) if texts is None else texts
            whole = len(waiting) >> _BLOCK << _BLOCK
            self._pack(waiting[:whole])
            del waiting[:whole]
        self._count = (len(self._blocks) << _BLOCK) + len(waiting)
        self._pack(waiting)
        self._pack_all_away()

    def of(self, numbers: Sequence[str]) -> list[str]:
        """
        Raises:
            Refused: FILE_DAMAGED, there is no text of such a number.
        """
        if len(numbers) > 1 and numbers[0] == numbers[-1] and numbers.count(numbers[0]) == len(numbers):
            return self.of(numbers[:1]) * len(numbers)
        places = list(map(int, numbers))
        if self._unpacked_bytes > _UNPACKED_MOST:
            self._pack_all_away()
        try:
            for block in set(map(rshift, places, repeat(_BLOCK))) - self._unpacked:
                self._unpack(block)
            return list(map(self._texts.__getitem__, places))
        except IndexError as error:
            raise Refused(because(Why.FILE_DAMAGED, detail=f"shared string {max(places)}")) from error

    def put_in(self, rows: Sequence[Row]) -> list[Row]:
        """The rows with texts in place of their marked numbers."""
        numbers = [cell[1:] for row in rows for cell in row if _is_marked(cell)]
        if wrong := next((one for one in numbers if not (one.isdecimal() and len(one) < 10)), None):
            raise Refused(because(Why.FILE_DAMAGED, detail=f"shared string {wrong}"))
        texts = iter(self.of(numbers))
        return [[next(texts) if _is_marked(cell) else cell for cell in row] for row in rows]

    def _pack(self, texts: list[str]) -> None:
        for first in range(0, len(texts), 1 << _BLOCK):
            some = texts[first : first + (1 << _BLOCK)]
            packed = _BETWEEN.join(some)
            if packed.count(_BETWEEN) != len(some) - 1:
                raise Refused(because(Why.FILE_DAMAGED, detail="shared string with character 0"))
            self._blocks.append(packed.encode())
            self._size += len(packed)
        if self._size > _MOST_BYTES or len(self._blocks) << _BLOCK > _MOST_TEXTS:
            raise Refused(because(Why.FILE_TOO_LARGE))

    def _pack_all_away(self) -> None:
        self._texts = list[str]()  # two at once would take twice the memory
        self._texts = [""] * self._count
        self._unpacked = set[int]()
        self._unpacked_bytes = 0

    def _unpack(self, block: int) -> None:
        packed = self._blocks[block]
        first = block << _BLOCK
        self._texts[first : first + (1 << _BLOCK)] = packed.decode().split(_BETWEEN)
        self._unpacked.add(block)
        self._unpacked_bytes += len(packed)


def marked(piece: Piece) -> Piece:
    """The piece with each number of a text marked, so that calamine leaves it as it is.

    Raises:
        Refused: FILE_DAMAGED, the mark stands in it already; no alphabet has it.
    """
    if _MARK_WRITTEN.search(piece.xml):
        raise Refused(because(Why.FILE_DAMAGED, detail=f"U+{ord(_MARK):04X}"))
    xml = piece.xml.replace(*_PLAIN_CELL)
    if any(form in xml for form in _LEFT):
        xml = _ANY_CELL.sub(rb' t="str"\1' + _MARK.encode(), xml)
    return Piece(piece.prefix, xml)


def _is_marked(cell: Cell) -> TypeGuard[str]:
    return isinstance(cell, str) and cell[:1] == _MARK


def _plain_texts(piece: Piece) -> list[str] | None:
    """Nothing but single texts, as nearly all are; None where anything else stands there."""
    xml = piece.plain()
    if xml is None:
        return None
    parts = plain_parts(_plain_item(piece.prefix.decode()), xml)
    if any(map(str.strip, parts[::3])):
        return None
    kept, trimmed = parts[1::3], parts[2::3]
    return [one if other is None else other for one, other in zip(kept, trimmed, strict=True)]


@lru_cache(maxsize=8)
def _plain_item(prefix: str) -> re.Pattern[str]:
    return re.compile(_PLAIN_ITEM.format(prefix, TEXT))


def _texts_by_calamine(piece: Piece) -> list[str]:
    """Calamine reads them as if they were the rows of a sheet."""
    read = read_with_calamine(_as_rows(piece))
    after = read.height - read.before - len(read.rows)
    return [*[""] * read.before, *(str(row[0]) for row in read.rows), *[""] * after]


def _as_rows(piece: Piece) -> Piece:
    name, prefix = piece.prefix + b"si", piece.prefix
    opened, closed = b"<%b>" % name, b"</%b>" % name
    xml = re.sub(rb"<%b\s*/>" % name, opened + closed, piece.xml)
    xml = xml.replace(opened, b'<%brow><%bc t="inlineStr"><%bis>' % (prefix, prefix, prefix))
    return Piece(prefix, xml.replace(closed, b"</%bis></%bc></%brow>" % (prefix, prefix, prefix)))

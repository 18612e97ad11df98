"""Rows out of the pieces of a sheet: plain ones by one expression, all others by python-calamine.

Nearly every row of nearly every file is plain: cells in their order, each with nothing but a value. An
expression that takes such rows and nothing else is faster than the fastest reader. What it leaves over shows
that a piece holds something else; that piece is read by Calamine from its beginning.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from string import ascii_uppercase
from typing import cast

from app.adapters.shared_strings import SharedStrings, marked
from app.adapters.xlsx_pieces import TEXT, Piece, PieceRead, plain_parts, read_with_calamine
from app.core.cells import Cell
from app.core.errors import Refused, Why, because

_AT_ONCE = 2
"""Calamine lets other threads work: one piece is read while the next one is unpacked."""

_STYLE = '(?: s="[0-9]+"|)'
_CELL = (
    r'(?:<{0}c r="{1}\1"{2}(?:'
    r' t="s"{2}><{0}v>([0-9]{{1,9}})</{0}v></{0}c>'
    r'| t="inlineStr"{2}><{0}is><{0}t{3}</{0}t></{0}is></{0}c>'
    r'| t="str"{2}><{0}v>([^<]*)</{0}v></{0}c>'
    r'|(?: t="n"{2}|)><{0}v>(-?[0-9]+(?:\.[0-9]+|)(?:[Ee][-+]?[0-9]+|))</{0}v></{0}c>'
    r"| ?/>)|)"
)
"""The number of a text, three forms of a text, a number; or a cell that is only painted, or none. `(?:x|)` is
twice as fast as `(?:x)?`."""
_KINDS = 5
_ROW = r'<{0}row r="([1-9][0-9]{{0,6}})"[^<>]*>\s*{1}</{0}row>\s*'
_LETTER = re.compile(r'c r="([A-Z])[0-9]')

Meaning = Callable[[Sequence[str]], Sequence[Cell]]
Kind = Sequence[str | None]
"""What one kind of cell has in the rows of a column; at each place at most one kind has something."""


class SheetReader:
    """Reads the pieces of one sheet, in their order."""

    def __init__(self, texts: SharedStrings | None) -> None:
        self._texts = texts
        self._meanings: Sequence[Meaning] = (self._shared, list, list, list, _reckoned)
        self._width = 0
        self._strange = 0
        self._spared = 0

    def read(self, pieces: Iterable[Piece]) -> Iterator[PieceRead]:
        """
        Raises:
            Refused: as `read_with_calamine`, or FILE_DAMAGED.
        """
        with ThreadPoolExecutor(_AT_ONCE, "xlsx") as pool:
            under_way: deque[PieceRead | Future[PieceRead]] = deque()
            for piece in pieces:
                plain = self._try_plain(piece)
                under_way.append(pool.submit(self._read_any, piece) if plain is None else plain)
                while under_way and (isinstance(under_way[0], PieceRead) or len(under_way) > _AT_ONCE):
                    yield self._finished(under_way.popleft())
            while under_way:
                yield self._finished(under_way.popleft())

    def _try_plain(self, piece: Piece) -> PieceRead | None:
        """Seldomer with every piece in turn that was not plain."""
        if self._spared:
            self._spared -= 1
            return None
        plain = self._read_plain(piece)
        self._strange = self._strange + 1 if plain is None else 0
        self._spared = self._strange
        return plain

    def _read_plain(self, piece: Piece) -> PieceRead | None:
        """None where any row is not plain, or one is left out."""
        xml = piece.plain()
        if xml is None:
            return None
        self._width = self._width or _width(xml)
        parts = plain_parts(_rows_of(piece.prefix.decode(), self._width), xml)
        step = 2 + _KINDS * self._width
        lines = list(map(int, parts[1::step]))
        first = lines[0] if lines else 1
        if any(map(str.strip, parts[::step])) or lines != list(range(first, first + len(lines))):
            return None
        kinds = [parts[kind::step] for kind in range(2, step)]
        columns = [self._column(kinds[place : place + _KINDS]) for place in range(0, len(kinds), _KINDS)]
        return PieceRead(first - 1, list(zip(*columns, strict=True)), True, len(lines))

    def _column(self, kinds: Sequence[Kind]) -> Sequence[Cell]:
        for meaning, kind in zip(self._meanings, kinds, strict=True):
            if None not in kind:
                return meaning(cast(list[str], kind))
        column: list[Cell] = [""] * len(kinds[0])
        for meaning, kind in zip(self._meanings, kinds, strict=True):
            if given := [one for one in kind if one is not None]:
                cells = iter(meaning(given))
                column = [
                    before if one is None else next(cells) for before, one in zip(column, kind, strict=True)
                ]
        return column

    def _shared(self, numbers: Sequence[str]) -> Sequence[Cell]:
        if self._texts is None:
            raise Refused(because(Why.FILE_DAMAGED, detail=f"shared string {numbers[0]}"))
        return self._texts.of(numbers)

    def _read_any(self, piece: Piece) -> PieceRead:
        return read_with_calamine(piece if self._texts is None else marked(piece))

    def _finished(self, read: PieceRead | Future[PieceRead]) -> PieceRead:
        if isinstance(read, PieceRead):
            return read
        found = read.result()
        return found if self._texts is None else found._replace(rows=self._texts.put_in(found.rows))


def _reckoned(numbers: Sequence[str]) -> Sequence[Cell]:
    return list(map(float, numbers))


@lru_cache(maxsize=64)
def _rows_of(prefix: str, width: int) -> re.Pattern[str]:
    cells = "".join(_CELL.format(prefix, letter, _STYLE, TEXT) for letter in ascii_uppercase[:width])
    return re.compile(_ROW.format(prefix, cells))


def _width(xml: str) -> int:
    """Of the first row, which is the header."""
    letters = _LETTER.findall(xml, 0, max(0, xml.find("row>")))
    return max(map(ascii_uppercase.index, letters), default=-1) + 1

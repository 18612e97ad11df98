"""A long sheet cut into pieces that python-calamine reads one by one.

Calamine is the fastest reader there is, but it keeps a whole sheet in memory, and a square one: from the
first cell to the last, however few lie between: one cell in a far corner ends the process. It is given some
thousand rows at a time, as a workbook of their own, and only where `xlsx_guard` finds them together.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, NamedTuple, cast

from python_calamine import CalamineError, CalamineWorkbook

from app.adapters.xlsx_guard import require_close_together
from app.core.cells import Cell
from app.core.errors import Refused, Why, because

_PIECE = 1 << 20
"""Bytes of XML that are read at once: some five thousand rows. Larger pieces are slower."""
_LONGEST_ELEMENT = 1 << 23
_AT_ONCE = 2
"""Calamine lets other threads work: one piece is read while the next one is unpacked."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ONE = (
    '<Relationships xmlns="{0}/relationships"><Relationship Id="r1" Type="{1}" Target="{2}"/></Relationships>'
)
_AROUND = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": _ONE.format(_PACKAGE, f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
    "xl/_rels/workbook.xml.rels": _ONE.format(_PACKAGE, f"{_OFFICE}/worksheet", "sheet1.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
}
"""A workbook whose only sheet is `xl/sheet1.xml`."""

_NUMBERED = re.compile(rb"<(?:\w+:)?row\b(?:[^>]*\sr\s*=|[^>]*>\s*<(?:\w+:)?c\b[^>]*\sr\s*=)")

Row = list[Cell]


class Piece(NamedTuple):
    """Whole elements of a part, one after the other."""

    prefix: bytes
    """What stands before their names, such as `x:`; mostly nothing."""
    xml: bytes

    def number_of(self, element: bytes) -> int:
        return self.xml.count(b"<%b%b" % (self.prefix, element))

    def as_sheet(self) -> bytes:
        name = self.prefix.decode().rstrip(":")
        sheet, data = self.prefix + b"worksheet", self.prefix + b"sheetData>"
        spaces = f' xmlns:{name}="{_MAIN}">' if name else f' xmlns="{_MAIN}">'
        return b"".join((b"<", sheet, spaces.encode(), b"<", data, self.xml, b"</", data, b"</", sheet, b">"))


class PieceRead(NamedTuple):
    """The rows of a piece, from the first to the last that hold anything."""

    before: int
    """How many rows stand before them: in the whole sheet where it numbers its rows, else in the piece."""
    rows: list[Row]
    numbered: bool
    height: int
    """How many rows the piece has, empty ones included."""


def cut(member: IO[bytes], outer: str, inner: str) -> Iterator[Piece]:
    """The elements `inner` within `outer`, as many at a time as fit in a piece.

    Raises:
        Refused: FILE_TOO_LARGE, one of them is longer than any can be.
    """
    opening = re.compile(rb"<((?:\w+:)?)%b(?:\s[^>]*)?>" % outer.encode())
    rest, prefix, closing = b"", None, b""
    while chunk := member.read(_PIECE):
        rest += chunk
        if prefix is None and (found := opening.search(rest)):
            prefix, rest = found[1], rest[found.end() :]
            closing = b"</%b%b>" % (prefix, inner.encode())
        end = rest.rfind(closing) + len(closing) if prefix is not None else 0
        if prefix is not None and end >= len(closing):
            yield Piece(prefix, rest[:end])
            rest = rest[end:]
        elif len(rest) > _LONGEST_ELEMENT:
            raise Refused(because(Why.FILE_TOO_LARGE))


def read_pieces(pieces: Iterable[Piece]) -> Iterator[PieceRead]:
    """Pieces of a sheet, in their order.

    Raises:
        Refused: FILE_DAMAGED, or as `require_close_together`.
    """
    with ThreadPoolExecutor(_AT_ONCE, "xlsx") as pool:
        under_way: deque[Future[PieceRead]] = deque()
        for piece in pieces:
            under_way.append(pool.submit(_read, piece))
            if len(under_way) > _AT_ONCE:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _read(piece: Piece) -> PieceRead:
    require_close_together(piece.xml)
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as package:
        for name, content in _AROUND.items():
            package.writestr(name, content)
        package.writestr("xl/sheet1.xml", piece.as_sheet())
    book.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0)
        rows = cast(list[Row], sheet.to_python(skip_empty_area=True))  # without styles it knows no dates
    except CalamineError as error:
        raise Refused(because(Why.FILE_DAMAGED, detail=str(error))) from error
    above, left = sheet.start or (0, 0)
    if left:
        rows = [[*[""] * left, *row] for row in rows]
    return PieceRead(above, rows, _NUMBERED.match(piece.xml.lstrip()) is not None, piece.number_of(b"row"))

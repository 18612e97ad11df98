"""The XML of a sheet cut into pieces, each read as plain text or by python-calamine.

Calamine keeps a whole sheet in memory, and a square one: from the first cell to the last, however few lie
between: one cell in a far corner ends the process. It is given some thousand rows at a time, as a workbook of
their own, and only where `xlsx_guard` finds them together.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple, cast
from xml.sax.saxutils import unescape

from python_calamine import CalamineError, CalamineWorkbook

from app.adapters.xlsx_guard import require_close_together
from app.core.cells import Cell
from app.core.errors import Refused, Why, because

_PIECE = 1 << 18
"""Bytes of XML that are read at once: some twelve hundred rows. Larger pieces are slower."""
_LONGEST_ELEMENT = 1 << 23

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

TEXT = r'(?: xml:space="preserve">([^<]*)|>(?!\s)([^<]*)(?<!\s))'
"""What follows `<t` and is read without a doubt, as an expression: blanks around a text stay only where it
says so. `(?:x|)` takes half the time of `(?:x)?`."""
_ENTITIES = (b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;")
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
"""Spreadsheets read it as one character."""

Row = Sequence[Cell]


class Piece(NamedTuple):
    """Whole elements of a part, one after the other."""

    prefix: bytes
    """What stands before their names, such as `x:`; mostly nothing."""
    xml: bytes

    def number_of(self, element: bytes) -> int:
        return self.xml.count(b"<%b%b" % (self.prefix, element))

    def plain(self) -> str | None:
        """Its XML, where `plain_parts` can read its texts; else None."""
        xml = self.xml
        known = b"&" not in xml or sum(map(xml.count, _ENTITIES)) == xml.count(b"&")
        strange = not known or b"\r" in xml or (b"_" in xml and _ESCAPED.search(xml))
        try:
            return None if strange else xml.decode()
        except UnicodeDecodeError:
            return None

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


def plain_parts(element: re.Pattern[str], xml: str) -> list[str]:
    """What stands before the first element, then its groups, then what stands before the next one, and on.
    Groups that took no part are None."""
    parts = element.split(xml)
    if "&" not in xml:
        return parts
    return [unescape(part, _QUOTES) if part and "&" in part else part for part in parts]


def read_with_calamine(piece: Piece) -> PieceRead:
    """Whatever a spreadsheet may write.

    Raises:
        Refused: FILE_DAMAGED, or as `require_close_together`.
    """
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

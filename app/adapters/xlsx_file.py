"""Relationship files as XLSX: one sheet, every cell text, written as a stream.

Inline strings, number format `@`, a place for every row and cell (ECMA-376, part 1, 18). Nothing in it
depends on the time, so the same rows make the same bytes.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import IO, BinaryIO
from xml.sax.saxutils import escape

from app.adapters.xlsx_package import SHEET, SHEET_HEAD, SMALL_PARTS, XML
from app.core.errors import Refused, Why, because
from app.core.layout import Layout
from app.core.relationship import REQUIRED, Block, has_free_text, row_picker, unwritable

ROWS_MAX = 1_048_575
"""Of a sheet, besides its header."""
CELL_MAX = 32_767
"""Characters of a cell."""
_SIZE_MAX = (1 << 31) - (1 << 20)
"""Bytes of a sheet: a part of 2 GB is what every program reads."""

_LEVEL = 2
"""Of deflate: as fast as 1 here, and smaller."""

_TEXT = '" s="1" t="inlineStr"><is><t>'
_KEPT = '" s="1" t="inlineStr"><is><t xml:space="preserve">'
_END = "</t></is></c>"

_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, RuntimeError, ValueError)
"""What zipfile raises for a package that is none any more."""

_ENTITIES = {"\r": "&#13;"}

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_READ_AS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Spreadsheets read `_x0041_` as the character with that number, and `_x005F_` as an underscore."""


class XlsxForm:
    """Writes rows as a workbook, and compares a workbook with them."""

    def __init__(self, layout: Layout) -> None:
        self._header = layout.header
        self._pick = row_picker(layout.columns)
        self._letters = [_letters(place) for place in range(len(layout.columns))]
        always = [place for place, column in enumerate(layout.columns) if column in REQUIRED]
        self._pick_always = row_picker([layout.columns[place] for place in always])
        self._letters_always = [self._letters[place] for place in always]

    def write(self, file: BinaryIO, blocks: Iterable[Block]) -> None:
        """
        Raises:
            Refused: TOO_LONG_FOR_XLSX, CELL_TOO_LONG, or CHARACTER_UNWRITABLE.
        """
        # parts that are opened by name carry the time of no clock
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
            for name, pieces in self._parts(blocks):
                with package.open(name, "w") as part:
                    for piece in pieces:
                        part.write(piece)

    def first_difference(self, beside: Path, blocks: Iterable[Block]) -> int | None:
        """The line where the workbook is not what these rows are; None where all is the same."""
        try:
            with zipfile.ZipFile(beside) as package:
                for name, pieces in self._parts(blocks):
                    with package.open(name) as part:
                        line = _first_difference(part, pieces)
                    if line is not None:
                        return line
        except _DAMAGED:
            return 1
        return None

    def _parts(self, blocks: Iterable[Block]) -> Iterator[tuple[str, Iterable[bytes]]]:
        for name, content in SMALL_PARTS.items():
            yield name, [f"{XML}{content}".encode()]
        yield SHEET, self._sheet(blocks)

    def _sheet(self, blocks: Iterable[Block]) -> Iterator[bytes]:
        last = self._letters[-1]
        columns = (
            f'<cols><col min="1" max="{len(self._letters)}" width="24" style="1" customWidth="1"/></cols>'
        )
        yield f"{XML}{SHEET_HEAD}{columns}<sheetData>{self._row(1, self._header)}".encode()
        line, size = 2, 0
        for block in blocks:
            rows = self._rows(block, line) if has_free_text(block) else self._short_rows(block, line)
            piece = rows.encode()
            line, size = line + len(block), size + len(piece)
            if line > ROWS_MAX + 2 or size > _SIZE_MAX:
                raise Refused(because(Why.TOO_LONG_FOR_XLSX, most=ROWS_MAX))
            yield piece
        whole = f'<ignoredErrors><ignoredError sqref="A1:{last}{max(line - 1, 1)}" numberStoredAsText="1"/>'
        yield f"</sheetData>{whole}</ignoredErrors></worksheet>".encode()

    def _short_rows(self, block: Block, first_line: int) -> str:
        """The same as `_rows` where nothing but IMEI, PK and SN is there: ten times as fast."""
        a, b, c = (f'<c r="{letters}' for letters in self._letters_always)
        text, end = _TEXT, _END
        return "".join(
            [
                f'<row r="{line}">{a}{line}{text}{one}{end}{b}{line}{text}{two}{end}'
                f"{c}{line}{text}{three}{end}</row>"
                for line, (one, two, three) in enumerate(map(self._pick_always, block), first_line)
            ]
        )

    def _rows(self, block: Block, first_line: int) -> str:
        return "".join([self._row(line, self._pick(row)) for line, row in enumerate(block, first_line)])

    def _row(self, line: int, cells: Sequence[str]) -> str:
        written = [
            f'<c r="{letters}{line}{_content(text, line)}'
            for letters, text in zip(self._letters, cells, strict=True)
            if text
        ]
        return f'<row r="{line}">{"".join(written)}</row>'


def _content(text: str, line: int) -> str:
    if text.isalnum() and text.isascii() and len(text) <= CELL_MAX:
        return f"{_TEXT}{text}{_END}"
    if len(text) > CELL_MAX:
        raise Refused(because(Why.CELL_TOO_LONG, line=line, length=len(text), most=CELL_MAX))
    if stranger := _NOT_XML.search(text):
        raise Refused(unwritable(stranger[0], line, "XLSX"))
    begin = _TEXT if text == text.strip() else _KEPT
    return f"{begin}{escape(_READ_AS_ESCAPE.sub('_x005F_', text), _ENTITIES)}{_END}"


def _first_difference(part: IO[bytes], pieces: Iterable[bytes]) -> int | None:
    line = 1
    for piece in pieces:
        found = part.read(len(piece))
        if found != piece:
            return line + _common(found, piece).count(b"</row>")
        line += piece.count(b"</row>")
    return line if part.read(1) else None


def _common(one: bytes, other: bytes) -> bytes:
    pairs = enumerate(zip(one, other, strict=False))
    return one[: next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))]


def _letters(place: int) -> str:
    """The name of a column, from 0: A to Z, AA and on."""
    before, last = divmod(place, len(ascii_uppercase))
    return (_letters(before - 1) if before else "") + ascii_uppercase[last]

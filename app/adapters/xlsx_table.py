"""The first sheet of a workbook, row by row."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers import expat

from app.adapters.file_digest import digest_of
from app.adapters.shared_strings import SharedStrings, marked
from app.adapters.xlsx_parts import find_parts
from app.adapters.xlsx_pieces import Row, cut, read_pieces
from app.adapters.xlsx_whole import fits_at_once, read_at_once
from app.core.cells import is_blank, text_of
from app.core.errors import Refused, Why, because
from app.core.importing import FileRow
from app.core.remarks import About, Remark, remark

_ENCRYPTED = 0x1
_LARGEST_SHEET = 1 << 32
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
)
"""What zipfile, zlib and expat raise for bytes that are not what they should be."""


class XlsxTable:
    """Implements `ports.Table` for an open file, which stays open.

    Raises:
        Refused: FILE_OF_NO_KIND, it is a package of something else; FILE_IN_OLD_FORM, it has a password;
            FILE_DAMAGED, FILE_TOO_LARGE, also while its rows are read.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.sha256 = digest_of(file)
        self._file = file
        with damage_told():
            self._package = zipfile.ZipFile(file)
            if any(member.flag_bits & _ENCRYPTED for member in self._package.infolist()):
                raise Refused(because(Why.FILE_IN_OLD_FORM))
            self._parts = find_parts(self._package)
            self._size = self._package.getinfo(self._parts.sheet).file_size
        if self._size > _LARGEST_SHEET:
            raise Refused(because(Why.FILE_TOO_LARGE))
        self._unpacked = 0
        self._rows = self._all_rows()
        self.header_row = next(self._rows, FileRow(1, ()))

    def close(self) -> None:
        self._rows.close()
        self._package.close()

    @property
    def header(self) -> Sequence[str]:
        return list(map(text_of, self.header_row.cells))

    @property
    def remarks(self) -> Sequence[Remark]:
        others = self._parts.other_sheets
        return [remark(About.OTHER_SHEETS, count=others)] if others else []

    def rows(self) -> Iterator[FileRow]:
        return self._rows

    def done(self) -> float:
        return self._unpacked / self._size if self._size else 1.0

    def _all_rows(self) -> Generator[FileRow, None, None]:
        with damage_told():
            if self._parts.shared_strings is not None and fits_at_once(self._package, self._parts):
                yield from _filled(1, read_at_once(self._file, self._package, self._parts))
                self._unpacked = self._size
            else:
                yield from self._rows_of_pieces()

    def _rows_of_pieces(self) -> Iterator[FileRow]:
        texts = self._read_texts()
        with self._package.open(self._parts.sheet) as member:
            pieces, before = cut(member, "sheetData", "row"), 0
            for read in read_pieces(pieces if texts is None else map(marked, pieces)):
                first = read.before + (0 if read.numbered else before) + 1
                rows = read.rows if texts is None else map(texts.put_in, read.rows)
                self._unpacked = member.tell()
                yield from _filled(first, rows)
                before += read.height

    def _read_texts(self) -> SharedStrings | None:
        if self._parts.shared_strings is None:
            return None
        with self._package.open(self._parts.shared_strings) as member:
            return SharedStrings(member)


def _filled(first: int, rows: Iterable[Row]) -> Iterator[FileRow]:
    """Numbered, without empty rows. Mostly the first cell shows at once that a row is none."""
    for line, row in enumerate(rows, start=first):
        cell = row[0] if row else ""
        if (isinstance(cell, str) and cell.isalnum()) or not all(map(is_blank, row)):
            yield FileRow(line, row)


@contextmanager
def damage_told() -> Iterator[None]:
    """Raises `Refused` (FILE_DAMAGED) for what the libraries say of a damaged package."""
    try:
        yield
    except _DAMAGE as error:
        raise Refused(because(Why.FILE_DAMAGED, detail=str(error))) from error

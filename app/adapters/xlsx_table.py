"""The first sheet of a workbook, row by row."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count
from operator import itemgetter
from typing import BinaryIO
from xml.parsers import expat

from app.adapters.file_digest import digest_of
from app.adapters.shared_strings import SharedStrings
from app.adapters.xlsx_parts import find_parts
from app.adapters.xlsx_pieces import Row, cut
from app.adapters.xlsx_rows import SheetReader
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
        with damage_told():
            self._package = zipfile.ZipFile(file)
            if any(member.flag_bits & _ENCRYPTED for member in self._package.infolist()):
                raise Refused(because(Why.FILE_IN_OLD_FORM))
            self._parts = find_parts(self._package)
            self._size = self._package.getinfo(self._parts.sheet).file_size
        if self._size > _LARGEST_SHEET:
            raise Refused(because(Why.FILE_TOO_LARGE))
        self._unpacked = 0
        self._filled = self._filled_rows()
        self._rows = chain.from_iterable(self._filled)
        self.header_row = next(self._rows, FileRow(1, ()))

    def close(self) -> None:
        self._filled.close()
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

    def _filled_rows(self) -> Generator[Iterator[FileRow], None, None]:
        before = 0
        with damage_told():
            reader = SheetReader(self._read_texts())
            with self._package.open(self._parts.sheet) as member:
                for read in reader.read(cut(member, "sheetData", "row")):
                    self._unpacked = member.tell()
                    yield _filled(read.before + (0 if read.numbered else before) + 1, read.rows)
                    before += read.height

    def _read_texts(self) -> SharedStrings | None:
        if self._parts.shared_strings is None:
            return None
        with self._package.open(self._parts.shared_strings) as member:
            return SharedStrings(member)


def _filled(first: int, rows: Sequence[Row]) -> Iterator[FileRow]:
    """Numbered, without empty rows. Mostly the first cells show at once that there are none."""
    numbered = map(FileRow, count(first), rows)
    if _all_have_codes(rows):
        return numbered
    return (row for row in numbered if not all(map(is_blank, row.cells)))


def _all_have_codes(rows: Sequence[Row]) -> bool:
    try:
        return all(map(str.isalnum, map(itemgetter(0), rows)))
    except (IndexError, TypeError):
        return False  # an empty row, or a number


@contextmanager
def damage_told() -> Iterator[None]:
    """Raises `Refused` (FILE_DAMAGED) for what the libraries say of a damaged package."""
    try:
        yield
    except _DAMAGE as error:
        raise Refused(because(Why.FILE_DAMAGED, detail=str(error))) from error

"""A sheet of moderate size, read at once: quickest where its texts stand apart from its cells."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from python_calamine import CalamineError, CalamineWorkbook

from app.adapters.xlsx_guard import require_close_together
from app.adapters.xlsx_parts import Parts
from app.adapters.xlsx_pieces import Row, cut
from app.core.errors import Refused, Why, because

_LARGEST = 110 << 20
"""Bytes of XML: some 370,000 rows of five texts, with which the process needs 240 MB."""
_CHUNK = 1 << 20


def fits_at_once(package: zipfile.ZipFile, parts: Parts) -> bool:
    return sum(package.getinfo(name).file_size for name in _members(package, parts)) <= _LARGEST


def read_at_once(file: BinaryIO, package: zipfile.ZipFile, parts: Parts) -> Iterator[Row]:
    """Every row from the first on.

    Raises:
        Refused: FILE_DAMAGED, or as `require_close_together`.
        zipfile.BadZipFile: a part is not what the package says of it.
    """
    with package.open(parts.sheet) as member:
        for piece in cut(member, "sheetData", "row"):
            require_close_together(piece.xml)
    for name in _members(package, parts):
        if name != parts.sheet:
            _unpack(package, name)
    file.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_name(parts.name)
    except CalamineError as error:
        raise Refused(because(Why.FILE_DAMAGED, detail=str(error))) from error
    yield from cast(Iterator[Row], sheet.iter_rows())


def _members(package: zipfile.ZipFile, parts: Parts) -> list[str]:
    """All that Calamine unpacks without looking at its size."""
    known = package.namelist()
    wanted = (parts.sheet, parts.shared_strings, "xl/styles.xml", "[Content_Types].xml", "xl/metadata.xml")
    return [name for name in wanted if name in known]


def _unpack(package: zipfile.ZipFile, name: str) -> None:
    """Proves that no more comes out of it than the package says."""
    with package.open(name) as member:
        while member.read(_CHUNK):
            pass

"""A table in a file, row by row, whatever program wrote it: known by its first bytes, not by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from app.core.errors import Refused, Why, because
from app.ports.tables import Table

_SQLITE = b"SQLite format 3\0"
_PACKAGE = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHERS = (b"\x1f\x8b", b"%PDF", b"\x89PNG", b"Rar!", b"7z\xbc\xaf", b"\xff\xd8\xff")
"""Compressed files, PDFs and pictures."""


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """A CSV, an XLSX workbook or the incumbent tool's database.

    Raises:
        Refused: FILE_UNREADABLE; FILE_OF_NO_KIND; FILE_IN_OLD_FORM; and as its reader, also while it is read.
    """
    with opened(path) as file, closing(_table(file, path)) as table:
        yield table


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Raises `Refused` (FILE_UNREADABLE) where the system does not let it be read, now or later."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise Refused(
            because(Why.FILE_UNREADABLE, path=str(path), detail=error.strerror or str(error))
        ) from error


def table_of(file: BinaryIO) -> closing[Table]:
    """As `open_table`, of a file that is open: no database."""
    return closing(_table(file, None))


def _table(file: BinaryIO, path: Path | None) -> Table:
    start = file.read(len(_SQLITE))
    file.seek(0)
    if start == _SQLITE and path is not None:
        from app.adapters.incumbent_database import IncumbentTable

        return IncumbentTable(path)
    if start.startswith(_PACKAGE):
        from app.adapters.xlsx_table import XlsxTable

        return XlsxTable(file)
    if start.startswith(_OLD_OFFICE):
        raise Refused(because(Why.FILE_IN_OLD_FORM))
    if start.startswith((_SQLITE, *_OTHERS)):
        raise Refused(because(Why.FILE_OF_NO_KIND))
    from app.adapters.csv_table import CsvTable

    return CsvTable(file)

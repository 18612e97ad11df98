"""Relationship files as the platform takes them: CSV, in whatever layout and encoding."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from app.core.errors import Refused
from app.core.layout import Layout
from app.core.relationship import Block, row_picker, unwritable, without_formulas

Cells = tuple[str, ...]


class CsvForm:
    """Writes rows in one layout, and compares a file with them field by field."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._pick = row_picker(layout.columns)

    def write(self, file: BinaryIO, blocks: Iterable[Block]) -> None:
        """Raises `Refused` (CHARACTER_UNWRITABLE) where the encoding has no room for a character."""
        encoder = codecs.getincrementalencoder(self._layout.encoding)()
        file.write(encoder.encode(self._header()))
        line = 2
        for rows in self._rows(blocks):
            try:
                file.write(encoder.encode(self._text(rows)))
            except UnicodeEncodeError:
                self._refuse(rows, line)
                raise
            line += len(rows)

    def first_difference(self, beside: Path, blocks: Iterable[Block]) -> int | None:
        """The line where the file is not what these rows are; None where all is the same."""
        line = 2
        with beside.open(encoding=self._layout.encoding, newline="") as file:
            if not self._begins_with_header(file):
                return 1
            reader = csv.reader(file, delimiter=self._layout.delimiter, strict=True)
            for rows in self._rows(blocks):
                found = _next_rows(reader, len(rows))
                if found != rows:
                    return line + _first_that_differs(found, rows)
                line += len(rows)
            return line if _next_rows(reader, 1) else None

    def _begins_with_header(self, file: io.TextIOWrapper) -> bool:
        header = self._header()
        try:
            return file.read(len(header)) == header
        except UnicodeError:
            return False

    def _header(self) -> str:
        if self._layout.header_line:
            return self._layout.header_line + self._layout.line_end
        return self._text([self._layout.header])

    def _rows(self, blocks: Iterable[Block]) -> Iterator[list[Cells]]:
        for block in blocks:
            yield list(map(self._pick, without_formulas(block)))

    def _text(self, rows: Sequence[Cells]) -> str:
        buffer = io.StringIO(newline="")
        layout = self._layout
        csv.writer(buffer, delimiter=layout.delimiter, lineterminator=layout.line_end).writerows(rows)
        return buffer.getvalue()

    def _refuse(self, rows: Sequence[Cells], first_line: int) -> None:
        """Names the row and the character that stand in the way."""
        for line, row in enumerate(rows, start=first_line):
            try:
                "".join(row).encode(self._layout.encoding)
            except UnicodeEncodeError as error:
                encoding = self._layout.encoding.upper()
                raise Refused(unwritable(error.object[error.start], line, encoding)) from error


def _next_rows(reader: Iterator[list[str]], count: int) -> list[Cells]:
    """Where they cannot be read at all they are not what was written."""
    try:
        return list(map(tuple, islice(reader, count)))
    except (UnicodeError, csv.Error):
        return [()]


def _first_that_differs(found: Sequence[Cells], wanted: Sequence[Cells]) -> int:
    pairs = zip(found, wanted, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other), min(len(found), len(wanted))
    )

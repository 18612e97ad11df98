"""Tables as text: any separator, any encoding that factories use."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from app.adapters.text_encoding import survey
from app.core import columns
from app.core.errors import Refused, Why, because
from app.core.importing import FileRow
from app.core.remarks import About, Remark, remark

SEPARATORS = ",;\t|"
_HINT = "sep="
"""A first line of some spreadsheets: `sep=;`."""
_USUAL_ENCODINGS = ("utf-8", "utf-8-sig")


class CsvTable:
    """Implements `ports.Table` for an open file, which stays open.

    Raises:
        Refused: as `text_encoding.survey`; QUOTE_NEVER_CLOSED, also while its rows are read.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._survey = survey(file)
        self._text = io.TextIOWrapper(file, self.encoding, errors=self._survey.errors, newline="")
        self.line_end, self.separator, self._skipped = self._look_at_first_lines()
        self._rows = self._all_rows()
        self.header_row = next(self._rows, FileRow(1, ()))

    def close(self) -> None:
        self._text.detach()

    @property
    def encoding(self) -> str:
        return self._survey.encoding

    @property
    def sha256(self) -> str:
        return self._survey.sha256

    @property
    def header(self) -> Sequence[str]:
        return [str(cell) for cell in self.header_row.cells]

    @property
    def remarks(self) -> Sequence[Remark]:
        said = []
        if self.encoding not in _USUAL_ENCODINGS:
            said.append(remark(About.ENCODING, encoding=self.encoding.upper()))
        if self.separator != ",":
            said.append(remark(About.SEPARATOR, separator=_NAMED.get(self.separator, self.separator)))
        return said

    def rows(self) -> Iterator[FileRow]:
        return self._rows

    def done(self) -> float:
        return self._file.tell() / self._survey.size

    def _look_at_first_lines(self) -> tuple[str, str, int]:
        """How a line ends, what separates its cells, and how many lines stand before the table."""
        line = next((line for line in self._text if line.strip()), "")
        text = line.rstrip("\r\n")
        line_end = line[len(text) :] or "\r\n"
        self._text.seek(0)
        hint = text[len(_HINT) :] if text.lower().startswith(_HINT) else ""
        if len(hint) == 1:
            self._text.readline()
            return line_end, hint, 1
        return line_end, max(SEPARATORS, key=lambda one: _cells_known(text, one)), 0

    def _all_rows(self) -> Iterator[FileRow]:
        reader = csv.reader(self._text, delimiter=self.separator)
        first = self._skipped + 1
        try:
            for cells in reader:
                if "".join(cells).strip(" \t\x1a"):
                    yield FileRow(first, cells)
                first = self._skipped + reader.line_num + 1
        except csv.Error as error:
            raise Refused(because(Why.QUOTE_NEVER_CLOSED, line=first)) from error


_NAMED = {"\t": "tab"}


def _cells_known(line: str, separator: str) -> tuple[int, int]:
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return 0, 0
    return columns.known(cells), len(cells)

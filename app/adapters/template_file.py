"""The layout of a template file that a factory downloaded: header, order, encoding, as they stand in it."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from pathlib import Path

from app.core.columns import known, recognise
from app.core.errors import Refused, Why, because
from app.core.layout import Layout
from app.core.relationship import missing_columns

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_MARK = "\ufeff"
"""Stays in the header line where no codec of Python's writes it by itself."""

_WITHOUT_MARK = ("utf-8", "gbk", "gb18030")
_DELIMITERS = ",;\t|"
_LARGEST = 1 << 20
"""Bytes of a template that are looked at."""


def read_layout(path: Path) -> Layout:
    """
    Raises:
        Refused: TEMPLATE_FILE_UNREADABLE, TEMPLATE_FILE_COLUMNS, COLUMN_TWICE.
    """
    try:
        layout = _of_workbook(path) if zipfile.is_zipfile(path) else _of_text(path)
    except (OSError, ValueError, KeyError, csv.Error, zipfile.BadZipFile) as error:
        reason = because(Why.TEMPLATE_FILE_UNREADABLE, path=str(path), detail=str(error))
        raise Refused(reason) from error
    missing = missing_columns(layout.columns)
    if missing:
        raise Refused(because(Why.TEMPLATE_FILE_COLUMNS, path=str(path), columns=", ".join(missing)))
    return layout


def _of_text(path: Path) -> Layout:
    with path.open("rb") as file:
        content = file.read(_LARGEST)
    encoding = _encoding(content)
    text = codecs.getincrementaldecoder(encoding)().decode(content)
    line, line_end = re.match("([^\r\n]*)(\r\n|\r|\n|)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    named = line.removeprefix(_MARK)
    best = max((_cells(named, delimiter) for delimiter in _DELIMITERS), key=known)
    delimiter = next(one for one in _DELIMITERS if _cells(named, one) == best)
    return Layout(best, recognise(best), encoding, delimiter, line_end or "\r\n", line)


def _encoding(content: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    for encoding in _WITHOUT_MARK:
        try:
            codecs.getincrementaldecoder(encoding)().decode(content)
        except UnicodeDecodeError:
            continue
        return encoding
    raise ValueError("encoding")


def _of_workbook(path: Path) -> Layout:
    import openpyxl  # 0.3 s: only where a workbook is read

    with path.open("rb") as file:  # whatever its name ends with
        workbook = openpyxl.load_workbook(file, read_only=True)
        rows = workbook.worksheets[0].iter_rows(max_row=1, values_only=True)
        header = tuple("" if cell is None else str(cell) for cell in next(rows, ()))
        workbook.close()
    return Layout(header, recognise(header))


def _cells(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(next(csv.reader([line], delimiter=delimiter), ()))

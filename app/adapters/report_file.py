"""Reports for spreadsheets: CSV, UTF-8 with BOM, CRLF.

A spreadsheet makes a rounded number of an IMEI, and runs what begins like a formula. A tab in front of such a
field keeps it text; nobody sees it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from app.adapters.durable_file import write_durably

_TAKEN_FOR_SOMETHING = re.compile(r"[=+\-@\t\r]|[0-9][0-9 ]*\Z|[0-9]+[eE][0-9]+\Z")
"""The beginning of a formula; a number, and what looks like one in powers of ten."""


def write_report(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """
    Raises:
        Refused: FILE_EXISTS.
        Faulted: it could not be written; nothing is there.
    """

    def write(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(map(protected, row))
        text.detach()  # flushes, and leaves the file to whoever opened it

    write_durably(path, write, replace=False)


def protected(field: str) -> str:
    """As a spreadsheet leaves it alone."""
    return f"\t{field}" if _TAKEN_FOR_SOMETHING.match(field) else field

"""The rows of a file that an import refused, with the reasons, to be put right and imported again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from app.adapters.durable_file import write_durably
from app.core.errors import Refused, Why, because
from app.core.relationship import defused

ADDED = ("Line", "Why")
"""Columns behind those of the file; nobody imports them."""
_MARK = "\ufeff"
"""Without it spreadsheets do not take a CSV for UTF-8."""


def refused_path(path: Path) -> Path:
    """`FILE.refused.csv`, beside `FILE`."""
    return path.with_name(f"{path.name}.refused.csv")


def write_refused(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes it whole or not at all, over an earlier one of the same kind.

    Each row ends with its line and the reason.

    Raises:
        Refused: FILE_EXISTS, there is a file of another kind.
        Faulted: it could not be written.
    """
    if path.exists() and not _is_ours(path):
        raise Refused(because(Why.FILE_EXISTS, path=str(path)))

    def write(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        text.write(_MARK)
        writer = csv.writer(text)
        writer.writerow((*header, *ADDED))
        writer.writerows(map(defused, row) for row in rows)
        text.detach()

    write_durably(path, write)


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.readline().rstrip().endswith(",".join(ADDED).encode())
    except OSError:
        return False

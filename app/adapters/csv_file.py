"""Relationship files as the platform takes them: CSV, UTF-8 without BOM, CRLF."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from app.adapters.durable_file import write_durably
from app.core.errors import Faulted, Why, because


class CsvRelationshipWriter:
    """Implements `RelationshipWriter`."""

    def write(
        self,
        path: Path,
        header: Sequence[str],
        rows: Callable[[], Iterator[Sequence[str]]],
        replace: bool,
    ) -> str:
        """See `RelationshipWriter`."""
        digest = hashlib.sha256()

        def write_rows(file: BinaryIO) -> None:
            for line in _lines(header, rows()):
                digest.update(line)
                file.write(line)

        def compare(beside: Path) -> None:
            _compare(beside, header, rows(), path)

        write_durably(path, write_rows, compare, replace)
        return digest.hexdigest()


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow(row)
        if number % 1000 == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8")


def _compare(beside: Path, header: Sequence[str], rows: Iterable[Sequence[str]], path: Path) -> None:
    """Field by field with the source, not with what was meant to be written."""
    with beside.open(encoding="utf-8", newline="") as file:
        read = csv.reader(file)
        if next(read, None) != list(header):
            raise Faulted(because(Why.FILE_NOT_AS_WRITTEN, path=str(path), line=1))
        for line, (found, wanted) in enumerate(zip_longest(read, rows), start=2):
            if found is None or wanted is None or found != list(wanted):
                raise Faulted(because(Why.FILE_NOT_AS_WRITTEN, path=str(path), line=line))

"""Relationship files and what stands beside them: written, synced, read back, and put in place together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.adapters.csv_file import CsvForm
from app.adapters.file_set import FileSet, together
from app.adapters.xlsx_file import XlsxForm
from app.core.errors import Faulted, Why, because
from app.core.layout import Layout
from app.core.relationship import Blocks, FileKind

_FORMS: dict[FileKind, type[CsvForm] | type[XlsxForm]] = {FileKind.CSV: CsvForm, FileKind.XLSX: XlsxForm}


@dataclass(frozen=True, slots=True)
class RelationshipFileSet:
    """Implements `ports.RelationshipFileSet`."""

    _files: FileSet

    def write(self, path: Path, kind: FileKind, layout: Layout, blocks: Blocks) -> str:
        """See `ports.RelationshipFileSet`."""
        form = _FORMS[kind](layout)

        def write(file: BinaryIO) -> None:
            form.write(file, blocks())

        def check(beside: Path) -> None:
            line = form.first_difference(beside, blocks())
            if line is not None:
                raise Faulted(because(Why.FILE_NOT_AS_WRITTEN, path=str(path), line=line))

        return self._files.write(path, write, check)

    def write_text(self, path: Path, text: str) -> None:
        self._files.write_text(path, text)

    def remove(self, path: Path) -> None:
        self._files.remove(path)

    def place(self) -> None:
        self._files.place()


class RelationshipFiles:
    """Implements `ports.RelationshipWriter`."""

    @contextmanager
    def together(self, replace: bool) -> Iterator[RelationshipFileSet]:
        """See `ports.RelationshipWriter`."""
        with together(replace) as files:
            yield RelationshipFileSet(files)

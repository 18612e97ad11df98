"""How relationship files are written, and what says that a person gave up."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from app.core.layout import Layout
from app.core.relationship import Blocks, FileKind


class RelationshipFileSet(Protocol):
    """Files that come into place together. Every method raises `Faulted` where it cannot be done."""

    def write(self, path: Path, kind: FileKind, layout: Layout, blocks: Blocks) -> str:
        """Beside its place. `blocks` is asked twice: to write, and to compare with what the disk gives back.

        Returns the file's SHA-256, lower-case hex.

        Raises:
            Refused: the file exists and may not be replaced; CHARACTER_UNWRITABLE, TOO_LONG_FOR_XLSX,
                CELL_TOO_LONG.
        """
        ...

    def write_text(self, path: Path, text: str) -> None:
        """UTF-8. Raises `Refused` where the file exists and may not be replaced."""
        ...

    def remove(self, path: Path) -> None:
        """Nothing is to stand there. Raises `Refused` where something does and may not be replaced."""
        ...

    def place(self) -> None:
        """All files get their names, the first one that was written as the last."""
        ...


class RelationshipWriter(Protocol):
    """Writes relationship files and what stands beside them."""

    def together(self, replace: bool) -> AbstractContextManager[RelationshipFileSet]:
        """Where the block raises, even after the files were placed, every place is as it was before."""
        ...


class Cancelled(Exception):
    """`progress` said so, and nothing was changed."""

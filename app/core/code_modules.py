"""The dark and light modules of a code, before they become dots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_DARK_RUN = re.compile(b"\x01+")


class ErrorLevel(StrEnum):
    """How much of a QR code may be damaged: about 7, 15, 25 or 30 percent."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


@dataclass(frozen=True, slots=True)
class Modules:
    """Rows of one byte a module, 1 is dark, without quiet zone. A linear code has one row."""

    rows: tuple[bytes, ...]

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Dark modules side by side: column, row, how many."""
        for y, row in enumerate(self.rows):
            for run in _DARK_RUN.finditer(row):
                yield run.start(), y, run.end() - run.start()


@dataclass(frozen=True, slots=True)
class PictureSize:
    """How a code that stands alone becomes dots."""

    dots: int
    """Dots along a module."""
    quiet: int = 4
    """Light modules on every side."""
    dpi: int = 300

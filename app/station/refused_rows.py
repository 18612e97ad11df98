"""The rows that an import leaves out, put into a file of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import Reason
from app.ports.tables import Stage
from app.station.importing import Examined

Write = Callable[[Path, Sequence[str], Iterable[Sequence[str]]], Path]
"""Writes header and rows beside the file of this path, and returns where."""


@contextmanager
def refused_beside(
    write: Write, sentence: Callable[[Reason], str], path: Path, stage: Stage, examined: Examined
) -> Iterator[Path | None]:
    """The file of the refused rows lies there before the others come in; it goes again where they do not."""
    if not examined.refused:
        yield None
        return
    rows = (
        (*_filled(row.cells, examined), str(row.line), " ".join(map(sentence, row.reasons)))
        for row in stage.refused()
    )
    beside = write(path, examined.header, rows)
    try:
        yield beside
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _filled(cells: Iterable[str], examined: Examined) -> list[str]:
    """As many cells as the header has, or the two that follow would stand in the wrong columns."""
    width = len(examined.header)
    return [*cells, *[""] * width][:width]

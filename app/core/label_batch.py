"""A batch of labels on its way out: what is made, who makes it, where it goes. Shapes only."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from app.core.label_record import LabelRecord
from app.core.labels import Label
from app.core.serials import LabelRegister


@dataclass(frozen=True, slots=True)
class LabelFile:
    """One finished file of a batch."""

    name: str
    """Inside a folder; empty where the batch is one file."""
    content: bytes


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """Finished output that has not gone out yet."""

    files: tuple[LabelFile, ...]
    second_opinions: int
    """How many codes another implementation has made too, module for module."""
    smallest_module: float
    """Millimetres."""
    pages: int = 0


class Press(Protocol):
    """Makes one kind of output, and reads it back."""

    def make(self, labels: Collection[Label]) -> MadeBatch:
        """Raises `Refused` where a label cannot be made, `Faulted` where a second implementation differs."""
        ...

    def read_back(self, made: MadeBatch, labels: int) -> Iterator[tuple[str, ...]]:
        """What stands on each label, read from the finished output's dots as they will be printed."""
        ...


class Outlet(Protocol):
    """Where finished output goes: a file, a folder, a printer."""

    def check(self) -> None:
        """Raises `Refused` where it would go nowhere, before anything is made or put on record."""
        ...

    def put(self, made: MadeBatch) -> None:
        """Whole or, but for a printer that is cut off, not at all."""
        ...

    def close(self) -> None:
        """Lets go of what `check` has taken hold of, whether or not anything was put."""
        ...


class LabelBook(LabelRegister, Protocol):
    """The journal, as labels see it."""

    def record(self, labels: LabelRecord) -> None:
        """In one transaction, and on the disk when this returns.

        An SN that is on record never comes twice, so this is done before anything goes out.

        Raises:
            Refused: an SN was used meanwhile, or whoever is signed in may not; nothing was written.
            Faulted: nothing was written.
        """
        ...

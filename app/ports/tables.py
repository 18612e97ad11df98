"""Tables that are read, and where their rows wait until all of them are good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from app.core.importing import FileRow, Finding, PairRow, RefusedRow
from app.core.remarks import Remark


class Table(Protocol):
    """The rows of a file under one header. Reading may raise `Refused` at any row."""

    @property
    def header(self) -> Sequence[str]: ...

    @property
    def header_row(self) -> FileRow:
        """The header with its line, for a list that has none and begins with this row."""
        ...

    @property
    def sha256(self) -> str:
        """Of the whole file, lower-case hex."""
        ...

    @property
    def remarks(self) -> Sequence[Remark]: ...

    def rows(self) -> Iterator[FileRow]:
        """What stands under the header, once, without empty rows."""
        ...

    def done(self) -> float:
        """How much of the file was read: 0 to 1."""
        ...

    def close(self) -> None: ...


class Stage(Protocol):
    """Keeps the rows of a file while they are looked at. Methods raise `Faulted` where room is lacking."""

    def add(self, row: FileRow, pair: PairRow | None) -> None:
        """The next row; without a pair it was refused by itself."""
        ...

    def note(self, findings: Iterable[Finding]) -> None: ...

    def note_same(self, lines: Iterable[int]) -> None:
        """Exactly these pairs are bound already."""
        ...

    def repeated_imeis(self) -> Iterator[PairRow]:
        """Rows whose IMEI stands in several, by IMEI and line. Asked once every row is there."""
        ...

    def repeated_sns(self) -> Iterator[PairRow]:
        """Rows whose SN and PK stand in several, by SN, PK and line. Asked after `repeated_imeis`."""
        ...

    def left(self) -> Iterator[PairRow]:
        """Rows that can be taken, as far as is known, by line."""
        ...

    def counts(self) -> tuple[int, int, int]:
        """How many rows there are, are refused, are bound already."""
        ...

    def findings(self, refuses: bool) -> Iterator[Finding]:
        """By line: those that refuse a row, or the warnings."""
        ...

    def refused(self) -> Iterator[RefusedRow]: ...

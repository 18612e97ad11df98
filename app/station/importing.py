"""Bringing pairs into the journal that were bound elsewhere: first all is looked at, then all is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar

from app.core import columns
from app.core.cells import code_of
from app.core.columns import RELATIONSHIP, WORDS
from app.core.import_conflicts import conflicts, repeated_imeis, repeated_sns
from app.core.importing import Finding, Judge, PairRow
from app.core.layout import Column
from app.core.origin import Origin, entry_of, entry_of_file
from app.core.people import Act, Person
from app.core.record import Stamp
from app.core.remarks import About, Remark, remark
from app.core.scan import printable
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.ports.relationship import Cancelled
from app.ports.tables import Stage, Table
from app.station.sign_in import require

Progress = Callable[[int, int], bool]
"""`progress(done, total)` returns False to cancel."""

_SAMPLE = 100
"""Rows by which a mislabelled header is told."""
_BATCH = 500
_ROWS_BETWEEN_PROGRESS = 2000
_TOTAL = 1000
_READ, _LOOKED_AT = 400, 500
"""How far along a file is once it was read, and once it was compared with the journal."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file holds and what the journal says of it. Nothing was written."""

    origin: Origin
    header: tuple[str, ...]
    rows: int
    refused: int
    """Rows with at least one finding that refuses them."""
    already_there: int
    """Rows whose pair is bound already: neither a problem nor taken again."""
    remarks: tuple[Remark, ...]

    @property
    def takeable(self) -> int:
        return self.rows - self.refused - self.already_there


def examine(
    table: Table,
    file_name: str,
    stage: Stage,
    journal: JournalReader,
    progress: Progress = lambda done, total: True,
) -> Examined:
    """Reads the file and fills the stage with its rows and everything that is found.

    Raises:
        Refused: it is no relationship file, or cannot be read to its end.
        Faulted: the journal cannot be read.
        Cancelled: `progress` said so.
    """
    examination = _Examination(table, stage, journal, progress)
    examination.read()
    examination.compare()
    rows, refused, same = stage.counts()
    return Examined(
        origin=Origin(printable(file_name), table.sha256),
        header=tuple(table.header),
        rows=rows,
        refused=refused,
        already_there=same,
        remarks=(*table.remarks, *examination.remarks(), *_said_of_same(same)),
    )


def take(
    examined: Examined,
    stage: Stage,
    journal: Journal,
    stamp: Stamp,
    approver: Person | None,
    progress: Progress = lambda done, total: True,
) -> int:
    """Every row that can be taken, in the order of the file, in one transaction. Returns how many.

    Raises:
        Refused: NOT_ALLOWED; IMPORT_OVERTAKEN. Nothing came in.
        Faulted: nothing came in.
        Cancelled: nothing came in.
    """
    require(approver, Act.MANAGE)
    stamp = replace(stamp, approver=approver.name) if approver else stamp
    total = examined.takeable
    of_file = entry_of_file(examined.origin, examined.rows, total, examined.refused, examined.already_there)

    def goes_on(count: int) -> bool:
        return progress(_LOOKED_AT + (_TOTAL - _LOOKED_AT) * count // total, _TOTAL)

    entries = (entry_of(row, examined.origin) for row in stage.left())
    if journal.import_pairs(stamp, entries, of_file, goes_on) is None:
        raise Cancelled
    return total


class _Examination:
    """One file on its way into the stage."""

    def __init__(self, table: Table, stage: Stage, journal: JournalReader, progress: Progress) -> None:
        header = table.header
        named = columns.required(columns.recognise(header), RELATIONSHIP, header)
        rows = table.rows()
        sample = list(islice(rows, _SAMPLE))
        self._columns = columns.by_content(named, [list(map(code_of, row.cells)) for row in sample])
        self._mislabelled = self._columns != named
        self._table, self._stage, self._journal, self._progress = table, stage, journal, progress
        self._rows = chain(sample, rows)
        self._judge = Judge(header, self._columns, journal.released_imeis())

    def read(self) -> None:
        for number, row in enumerate(self._rows):
            if number % _ROWS_BETWEEN_PROGRESS == 0:
                self._tell(int(_READ * self._table.done()))
            judged = self._judge.take(row)
            if isinstance(judged, PairRow):
                self._stage.add(row, judged)
            else:
                self._stage.add(row, None)
                self._stage.note(judged)

    def compare(self) -> None:
        """With one another, with what the file shows as a whole, and with the journal."""
        self._compare_rows()
        rows, _, _ = self._stage.counts()
        for number, batch in enumerate(_batches(self._stage.left())):
            self._tell(_READ + (_LOOKED_AT - _READ) * min(number * _BATCH, rows) // rows)
            self._compare_with_journal(batch)

    def _compare_rows(self) -> None:
        head = self._judge.head
        for batch in _batches(repeated_imeis(self._stage.repeated_imeis(), head)):
            self._stage.note(batch)
        for batch in _batches(repeated_sns(self._stage.repeated_sns(), head)):
            self._stage.note(batch)

    def _compare_with_journal(self, batch: list[PairRow]) -> None:
        found = self._journal.in_the_way(batch)
        self._stage.note_same(found.same)
        self._stage.note(self._doubts(row for row in batch if row.line not in found.same))
        for row in batch:
            if row.line in found.standings:
                self._stage.note(conflicts(row, found.standings[row.line], self._judge.head))

    def remarks(self) -> Iterator[Remark]:
        if self._mislabelled:
            yield remark(About.HEADER_MISLABELLED)
        for cell, column in zip(self._table.header, self._columns, strict=True):
            if column is None and cell.strip():
                yield remark(About.COLUMN_UNKNOWN, column=cell)
        for column, count in self._judge.evidence.numbers.items():
            yield remark(About.NUMBER_CELLS, column=WORDS[Column(column)], count=count)

    def _doubts(self, rows: Iterable[PairRow]) -> list[Finding]:
        """A pair that is bound already is beyond doubt."""
        if not self._judge.evidence.needs_second_look:
            return []
        return [doubt for row in rows if (doubt := self._judge.second_look(row))]

    def _tell(self, done: int) -> None:
        if not self._progress(done, _TOTAL):
            raise Cancelled


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _said_of_same(count: int) -> list[Remark]:
    return [remark(About.ALREADY_THERE, count=count)] if count else []

"""Writes relationship files and, beside each, the files that say what it holds and what it takes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.errors import Refused, Why, because
from app.core.layout import Layout
from app.core.record import Committed, Entry, EventKind, Stamp
from app.core.relationship import LAYOUTS, Block, FileKind, Template
from app.core.scan import printable
from app.core.selection import BindingRow, Coverage, Export, Range, Selection
from app.core.withdrawing import withdrawn
from app.ports.journal_reads import JournalReader
from app.ports.relationship import RelationshipWriter
from app.station.side_file import SideFile, TakenBack, side_path, withdrawn_path, withdrawn_table

Progress = Callable[[int, int], bool]
"""`progress(done, total)` returns False to cancel."""

_EVERYTHING = Selection()

_AT_ONCE = 20_000
"""Records that are read at once: some 10 MB, and a few hundredths of a second between two reports."""

_PASSES = 2
"""One writes the file, one compares it."""


@dataclass(frozen=True, slots=True)
class FileWanted:
    """What is to be written, and where."""

    path: Path
    selection: Selection = _EVERYTHING
    kind: FileKind = FileKind.CSV
    layout: Layout = LAYOUTS[Template.EN]
    template: str = Template.EN
    """What the side file calls the layout: `en`, `zh`, or the name of the template file."""
    replace: bool = False
    """Whether files that are there may be replaced."""
    may_be_empty: bool = False
    """A shift that is closed has its file even without units; who asks for a file expects some."""


@dataclass(slots=True)
class Exporter:
    """Makes relationship files out of one journal. Any reader will do, beside a working station too."""

    journal: JournalReader
    record: Callable[[Entry], Committed]
    """Puts an event on record; called once for each file, when it is in its place."""
    writer: RelationshipWriter
    stamp: Stamp
    may_not_be_written: Callable[[Path], bool] = lambda path: False
    progress: Progress = lambda done, total: True

    def export(self, wanted: FileWanted) -> SideFile:
        """One file, as of the journal's newest event at this moment. The export is an event.

        Raises:
            Refused: the file or one beside it exists and may not be replaced, or is the station's own;
                NOTHING_TO_EXPORT, EXPORT_CANCELLED, EXPORT_OVERTAKEN; or as `RelationshipFileSet.write`.
                Every place is as it was.
            Faulted: a file or the event could not be written. Every place is as it was.
        """
        self._check_free(wanted)
        return _Making(self, wanted).made()

    def export_each(self, wanted: FileWanted) -> list[SideFile]:
        """A file for each product, its PK in the name; those with nothing but withdrawn units too.

        Raises:
            As `export`: the files before the one at fault are complete and on record.
        """
        products = _Making(self, wanted).products()
        files = [
            replace(wanted, path=path, selection=replace(wanted.selection, product=pk))
            for pk, path in _paths(wanted.path, products).items()
        ]
        for one in files:
            self._check_free(one)
        if not files:
            raise Refused(because(Why.NOTHING_TO_EXPORT))
        return [_Making(self, one).made() for one in files]

    def _check_free(self, wanted: FileWanted) -> None:
        for path in (wanted.path, side_path(wanted.path), withdrawn_path(wanted.path)):
            if self.may_not_be_written(path):
                raise Refused(because(Why.FILE_IS_OURS, path=str(path)))
            if path.exists() and not wanted.replace:
                raise Refused(because(Why.FILE_EXISTS, path=str(path)))


def count_rows(journal: JournalReader, selection: Selection) -> int:
    """How many units a file of these would hold now."""
    end = journal.head()[0]
    ranges = journal.row_ranges(selection, end)
    if not selection.new:
        return sum(journal.row_count(selection, one, end) for one in ranges)
    gone_out = Coverage(journal.exports())
    return sum(len(journal.live_rows(selection, one, end, gone_out)) for one in _stretches(ranges))


def _paths(path: Path, products: Sequence[str]) -> dict[str, Path]:
    """Two PKs may differ in case alone, and some disks do not tell such names apart."""
    paths: dict[str, Path] = {}
    for pk in products:
        twins = sum(other.casefold() == pk.casefold() for other in paths)
        paths[pk] = path.with_name(f"{path.stem}-{pk}{f'-{twins + 1}' if twins else ''}{path.suffix}")
    return paths


@dataclass(slots=True)
class _Making:
    """One file on its way."""

    by: Exporter
    wanted: FileWanted
    _end: tuple[int, str] = field(init=False)
    _before: Sequence[Export] = field(init=False)
    _gone_out: Coverage | None = field(init=False)
    _ranges: tuple[Range, ...] = field(init=False)
    _done: int = 0
    _count: int = 0
    _first: int | None = None
    _last: int | None = None

    def __post_init__(self) -> None:
        journal, selection = self.by.journal, self.wanted.selection
        self._end = journal.head()
        self._before = journal.exports()
        self._gone_out = Coverage(self._before) if selection.new else None
        self._ranges = journal.row_ranges(selection, self._end[0])

    def made(self) -> SideFile:
        wanted = self.wanted
        with self.by.writer.together(wanted.replace) as files:
            sha256 = files.write(wanted.path, wanted.kind, wanted.layout, self._blocks)
            side = self._side_file(sha256)
            if not (side.count or side.withdrawn or wanted.may_be_empty):
                raise Refused(because(Why.NOTHING_TO_EXPORT))
            if side.withdrawn:
                files.write_text(withdrawn_path(wanted.path), withdrawn_table(side.withdrawn))
            else:
                files.remove(withdrawn_path(wanted.path))
            files.write_text(side_path(wanted.path), side.text())
            self._check_not_overtaken()
            files.place()
            self.by.record(Entry(EventKind.EXPORTED, detail=json.dumps(side.facts(), sort_keys=True)))
        return side

    def products(self) -> list[str]:
        """Of the live pairs that are wanted, and of what is to be withdrawn."""
        live = {row[2] for block in self._blocks() for row in block}
        return sorted(live | {one.pk for one in self._withdrawn()})

    def _blocks(self) -> Iterator[Block]:
        self._count, self._first, self._last = 0, None, None
        total = _PASSES * sum(last - first + 1 for first, last in self._ranges)
        for within in _stretches(self._ranges):
            if not self.by.progress(min(self._done, total), total):
                raise Refused(because(Why.EXPORT_CANCELLED))
            block = self.by.journal.live_rows(self.wanted.selection, within, self._end[0], self._gone_out)
            self._done += within[1] - within[0] + 1
            if block:
                self._count += len(block)
                self._first, self._last = self._first or block[0][0], block[-1][0]
                yield block
        self.by.progress(min(self._done, total), total)

    def _side_file(self, sha256: str) -> SideFile:
        wanted, stamp = self.wanted, self.by.stamp
        return SideFile(
            file=printable(wanted.path.name),
            count=self._count,
            first_seq=self._first,
            last_seq=self._last,
            ranges=self._ranges if len(self._ranges) > 1 else (),
            sha256=sha256,
            end_seq=self._end[0],
            end_hash=self._end[1],
            selection=wanted.selection,
            kind=wanted.kind,
            encoding=wanted.layout.encoding if wanted.kind is FileKind.CSV else "",
            template=wanted.template,
            station=stamp.station,
            made_at=stamp.at,
            made_by=stamp.approver or stamp.operator,
            software=stamp.software,
            withdrawn=tuple(map(TakenBack.of, self._withdrawn())),
            released=tuple(map(TakenBack.of, self._released())),
        )

    def _this(self) -> Export:
        selection, name = self.wanted.selection, printable(self.wanted.path.name)
        return Export(self._end[0] + 1, self._end[0], selection, self._ranges, name)

    def _withdrawn(self) -> Iterator[BindingRow]:
        journal = self.by.journal
        replacing = self.wanted.replace and self.wanted.path.exists()
        ended = journal.ended_bindings(self._end[0])
        return withdrawn(ended, self._before, self._this(), replacing, _later(journal))

    def _released(self) -> Iterator[BindingRow]:
        this = self._this()
        for one in self.by.journal.released_bindings(self._end[0]):
            new = self._gone_out is None or not self._gone_out.covers(one.seq, one.shift, one.order, one.pk)
            if new and this.covers(one):
                yield one

    def _check_not_overtaken(self) -> None:
        """What stands under `withdrawn` follows from all files before: they are made one after the other."""
        if self.by.journal.exports(self._end[0]):
            raise Refused(because(Why.EXPORT_OVERTAKEN))


def _later(journal: JournalReader) -> Callable[[BindingRow], Iterator[BindingRow]]:
    return lambda one: (other for other in journal.bindings_of(one.imei) if other.seq > one.seq)


def _stretches(ranges: Sequence[Range]) -> Iterator[Range]:
    for first, last in ranges:
        for begin in range(first, last + 1, _AT_ONCE):
            yield begin, min(begin + _AT_ONCE - 1, last)

"""The units that were found, as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

from app.adapters.report_file import write_report
from app.adapters.station_folder import StationFolder
from app.adapters.unit_story import SqliteStoryReader
from app.core.errors import Refused, StationError, Why, because
from app.core.unit_list import UnitLine, UnitQuery
from app.main.place import Place
from app.ui.background import Background, Progress
from app.ui.journal_filters import Search
from app.ui.list_card import ListCard
from app.ui.main_window import MainWindow, this_moment
from app.ui.numbers import count
from app.ui.save_dialog import ask_where_to_save
from app.wording.language import ntr, tr
from app.wording.reasons import sentence
from app.wording.unit_states import state_name

HEADER = ("SN", "IMEI", "PK", "state", "changed", "operator", "records")


class _CalledOff(Exception):
    """Somebody does not want the file any more."""


class JournalReport:
    """Writes all that was found, however many; tells how far it is where the count stands else."""

    def __init__(self, card: ListCard, window: MainWindow, place: Place) -> None:
        self._card, self._window, self._place = card, window, place
        self._journal = StationFolder(place.folder).journal
        self._work: Background | None = None
        self._search = Search(UnitQuery())
        card.export.clicked.connect(self._ask)
        card.stop.clicked.connect(self.call_off)

    def close(self) -> None:
        self.call_off()
        if self._work is not None:
            self._work.wait()

    def call_off(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def begin(self, search: Search) -> None:
        """These are the units that are found from now on."""
        self._search = search

    def _ask(self) -> None:
        name = f"units-{this_moment():%Y-%m-%d-%H%M}.csv"
        ask_where_to_save(self._window, tr("Export result"), name, self.write)

    def write(self, path: Path) -> None:
        if self._work is not None:
            return
        search = self._search
        self._work = Background(lambda progress: self._write(path, search, progress))
        self._work.progressed.connect(self._show_progress)
        self._work.finished.connect(lambda done: self._finish(path, done))
        self._card.show_report(tr("Writing the file"), is_writing=True)
        self._work.start()

    def _write(self, path: Path, search: Search, progress: Progress) -> int:
        if self._place.owns(path):
            raise Refused(because(Why.FILE_IS_OURS, path=str(path)))
        written = 0

        def rows() -> Iterator[tuple[str, ...]]:
            nonlocal written
            for line, records in _found(self._journal, search, progress):
                written += 1
                yield _row(line, records)

        write_report(path, HEADER, rows())
        return written

    def _show_progress(self, done: int, total: int) -> None:
        if self._work is not None:
            text = tr("Writing the file, {percent} %")
            self._card.show_report(text.format(percent=int(100 * done / max(1, total))), is_writing=True)

    def _finish(self, path: Path, done: Future[int]) -> None:
        self._work = None
        error = done.exception()
        if isinstance(error, StationError):
            self._card.show_report(sentence(error.reason))
        elif isinstance(error, _CalledOff):
            self._card.show_report(tr("No file was written."))
        elif error is not None:
            raise error
        else:
            units = done.result()
            text = ntr("{count} unit written to {file}.", "{count} units written to {file}.", units)
            self._card.show_report(text.format(count=count(units), file=path.name))


def _found(journal: Path, search: Search, progress: Progress) -> Iterator[tuple[UnitLine, list[int]]]:
    """Each unit with the numbers of the records that name it."""
    with closing(SqliteStoryReader(journal)) as reader:
        if search.record is not None:
            line = reader.line_of(search.record)
            lines = iter([line] if line else [])
        else:
            lines = _all_lines(reader, search.query, progress)
        for line in lines:
            yield line, reader.records_of(line)


def _all_lines(reader: SqliteStoryReader, query: UnitQuery, progress: Progress) -> Iterator[UnitLine]:
    total = reader.head()[0]
    for span in reader.spans(query):
        for line in reader.lines(query, span, 0, span.count) if span.count else ():
            if not progress(total - line.seq, total):
                raise _CalledOff
            yield line
        if not progress(total - span.oldest, total):
            raise _CalledOff


def _row(line: UnitLine, records: list[int]) -> tuple[str, ...]:
    imei = "" if line.is_parted else line.imei or ""
    numbers = " ".join(map(str, records))
    state, who = state_name(line.state), line.operator or ""
    return (line.sn or "", imei, line.pk or "", state, line.at, who, numbers)

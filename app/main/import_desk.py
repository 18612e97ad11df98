"""Files of pairs that come in through the window: looked at beside the working station, taken at its desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.station_folder import StationFolder
from app.core.errors import StationError
from app.core.people import Act
from app.main.place import Place
from app.ports.relationship import Cancelled
from app.ports.tables import Stage
from app.station.desk import Desk
from app.station.importing import Examined, examine, take
from app.station.refused_rows import refused_beside
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.import_lines import ImportLine
from app.ui.import_page import ImportPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.save_dialog import ask_which_file
from app.wording.imports import more_than_listed, outcome
from app.wording.language import tr
from app.wording.reasons import sentence
from app.wording.remarks import remark_sentence

_LISTED = 10_000
"""So many findings are shown; the file of the refused rows holds every one."""
_SUFFIXES = ("csv", "xlsx", "db")

Work = Callable[[Progress], Any]


@dataclass(frozen=True, slots=True)
class _Look:
    """A file that was looked at, and its rows."""

    path: Path
    stage: Stage
    examined: Examined
    lines: Sequence[ImportLine]


@dataclass(frozen=True, slots=True)
class _Taken:
    count: int
    beside: Path | None
    record: int
    """The event of the file."""


class ImportDesk:
    """One file at a time, from `ask` or `look_at` until its page is left."""

    def __init__(self, window: MainWindow, station: Station, place: Place) -> None:
        self._window, self._station, self._place = window, station, place
        self.page = window.add_page(PageName.IMPORT, ImportPage)
        self._held = ExitStack()
        self._work: Background | None = None
        self._look: _Look | None = None
        self.page.confirmed.connect(self.take)
        self.page.cancelled.connect(self._leave)
        window.on_escape(PageName.IMPORT, self._leave)

    def close(self) -> None:
        """What is being taken is called off, and comes in whole or not at all."""
        self.call_off()
        if self._work is not None:
            self._work.wait()
        self._held.close()

    def call_off(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _leave(self) -> None:
        if self._work is not None:
            self.call_off()
        else:
            self._drop()
            self._window.show_page(PageName.SHIFT)

    def _drop(self) -> None:
        self._look = None
        self._held.close()

    def _begin(
        self, work: Work, show: Callable[[int, int], None], then: Callable[[Future[Any]], None]
    ) -> None:
        """`show` hears how far it is, `then` what came of it."""
        self._work = Background(work)
        self._work.progressed.connect(show)
        self._work.finished.connect(then)
        self._work.start()

    # --- looking

    def ask(self) -> None:
        """Which file; while one is being worked on, that one is shown."""
        if self._work is not None or self._look is not None:
            self._window.show_page(PageName.IMPORT)
        else:
            ask_which_file(self._window, tr("Import file"), _SUFFIXES, self.look_at)

    def look_at(self, path: Path) -> None:
        """Nothing is written, and units are bound meanwhile."""
        if self._work is not None:
            return
        self._drop()
        self.page.show_file(path.name)
        self._show_looking(0, 1)
        self._window.show_page(PageName.IMPORT)
        self._begin(partial(self._examine, path), self._show_looking, self._looked)

    def _examine(self, path: Path, progress: Progress) -> _Look:
        """On a thread of its own, with a reader of its own."""
        stage = self._held.enter_context(self._place.stage())
        journal = SqliteJournalReader(StationFolder(self._place.folder).journal)
        with closing(journal) as reader, self._place.table(path) as table:
            examined = examine(table, path.name, stage, reader, progress)
        return _Look(path, stage, examined, _lines(examined, stage))

    def _show_looking(self, done: int, total: int) -> None:
        """`total` is what the whole import is; looking at the file is the half of it."""
        text = tr("Looking at the file, {percent} %. Nothing is written, and binding goes on.")
        self.page.show_work(text.format(percent=min(100, 200 * done // max(1, total))))

    def _looked(self, done: Future[_Look]) -> None:
        self._work = None
        error = done.exception()
        if error is None:
            self._look = done.result()
            self.page.show_examined(self._look.examined, self._look.lines)
        else:
            self._failed(error)

    def _failed(self, error: BaseException) -> None:
        self._drop()
        if isinstance(error, Cancelled | CancelledError):
            self.page.show_told(lambda: tr("Called off. Nothing came in."))
        elif isinstance(error, StationError):
            self.page.show_told(partial(sentence, error.reason), is_trouble=True)
        else:
            raise error

    # --- taking

    def take(self) -> None:
        """Every row that can be taken; the others into a file beside theirs."""
        look = self._look
        if look is not None and self._work is None:
            self._show_taking(0, 1)
            self._begin(partial(self._take, look), self._show_taking, partial(self._took, look))

    def _take(self, look: _Look, progress: Progress) -> _Taken:
        """The refused rows are written on a thread of their own: binding waits for the journal alone."""
        write = self._place.write_refused
        with refused_beside(write, sentence, look.path, look.stage, look.examined) as beside:
            act = partial(_take_at_desk, look, progress)
            count, record = self._station.at_desk(act, Act.MANAGE).result()
        return _Taken(count, beside, record)

    def _show_taking(self, done: int, total: int) -> None:
        """Of the whole import taking is the second half."""
        text = tr("The rows are coming in, {percent} %. Binding waits until they are in.")
        self.page.show_work(text.format(percent=max(0, 200 * done // max(1, total) - 100)))

    def _took(self, look: _Look, done: Future[_Taken]) -> None:
        self._work = None
        error = done.exception()
        if error is not None:
            self._failed(error)
            return
        taken = done.result()
        self._drop()
        self.page.show_taken(partial(_told, look.examined, taken), taken.count)


def _told(examined: Examined, taken: _Taken) -> str:
    told = outcome(examined, dry_run=False, taken=taken.count, refused_file=taken.beside)
    return told + " " + tr("On record as #{seq}.").format(seq=taken.record)


def _take_at_desk(look: _Look, progress: Progress, desk: Desk) -> tuple[int, int]:
    """How many, and the event of the file. In one transaction, or nothing; imported pairs are of no shift."""
    stamp = replace(desk.stamp, shift=None, work_order=None)
    count = take(look.examined, look.stage, desk.journal, stamp, desk.person, progress)
    return count, desk.journal.head()[0]


def _lines(examined: Examined, stage: Stage) -> list[ImportLine]:
    """What is said of the whole file, then what refuses a row, then the warnings."""
    findings = chain(stage.findings(refuses=True), stage.findings(refuses=False))
    listed = list(islice(findings, _LISTED))
    more = [more_than_listed(_LISTED)] if next(findings, None) is not None else []
    return [*more, *map(remark_sentence, examined.remarks), *listed]

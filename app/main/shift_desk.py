"""The shift's page, wired to the station: how the shift stands, opening and closing it, files and backups."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from functools import partial

from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.station_folder import StationFolder
from app.core.errors import StationError
from app.core.people import Act
from app.core.record import OpenShift, Stamp
from app.core.selection import Selection
from app.core.unit import Answer
from app.core.verdicts import Verdict
from app.main.backup_settings import BackupSettings
from app.main.hand_over_desk import HandOverDesk
from app.main.import_desk import ImportDesk
from app.main.place import Place
from app.main.shift_backup import ShiftBackup
from app.main.shift_export import ShiftExport
from app.main.shift_report import ReportDesk
from app.station.desk import Desk
from app.station.shift_picture import ShiftPicture, picture_of
from app.station.shifts import ClosedShift, Shifts, relationship_file
from app.station.station import Station
from app.station.view import StationView
from app.ui.background import Background
from app.ui.bridge import Bridge
from app.ui.main_window import MainWindow, this_moment
from app.ui.pages import PageName
from app.ui.shift_page import ShiftPage
from app.wording.language import Words, said, tr
from app.wording.reasons import sentence


class ShiftDesk:
    """Lives as long as the window. What the page shows is read beside the station, while it is in front."""

    def __init__(
        self,
        window: MainWindow,
        station: Station,
        bridge: Bridge,
        place: Place,
        look_for: Callable[[str], None],
        was_closed: Callable[[], object],
    ) -> None:
        """`look_for` shows what the journal tells of a code; `was_closed` hears of each closed shift."""
        self._window, self._station, self._bridge, self._place = window, station, bridge, place
        self.page = window.add_page(
            PageName.SHIFT, lambda palette, parent: ShiftPage(palette, this_moment, parent)
        )
        self.export = ShiftExport(self.page.export, window, station, bridge, place, self.read)
        self.backup = ShiftBackup(self.page.files, station, bridge, place, self._tell_too)
        self.backup_settings = BackupSettings(self.page, window, station, bridge, place)
        self.report = ReportDesk(self.page, window, place)
        self.importing = ImportDesk(window, station, place)
        self.hand_over = HandOverDesk(window, station, bridge, place, self._handed_over)
        self.page.files.import_file.clicked.connect(self.importing.ask)
        self._reading: Background | None = None
        self._is_stale = self._is_over = False
        self._seen: tuple[object, ...] = ()
        self._answer: Answer | None = None
        self._told: Words = ""
        self._was_closed = was_closed
        self._wire(look_for)

    def _wire(self, look_for: Callable[[str], None]) -> None:
        page = self.page
        page.closing.connect(self._close_shift)
        page.export.choice.changed.connect(self.read)
        page.title.opened.connect(self._open_shift)
        page.title.hand_over.clicked.connect(self.hand_over.ask)
        page.problems.unit_wanted.connect(look_for)
        self._window.page_shown.connect(self._show_page)
        self._bridge.published.connect(self._show_view)

    def close(self) -> None:
        self._is_over = True
        self.export.close()
        self.backup.close()
        self.backup_settings.close()
        self.importing.close()
        if self._reading is not None:
            self._reading.wait()

    # --- reading

    def _show_page(self, name: str) -> None:
        if name == PageName.SHIFT:
            self.read()

    def _show_view(self, view: StationView) -> None:
        """The card SHIFT END brings the page to the front, for those who may see it."""
        answer, before = view.state.shown, self._answer
        self._answer = answer
        if answer is not None and answer is not before and answer.verdict is Verdict.SHIFT_END:
            self._window.show_page(PageName.SHIFT)
        seen = (view.shift, view.tally, view.state.rules.orders, view.state.rules.products)
        if seen != self._seen:
            self._seen = seen
            if self._window.page is PageName.SHIFT:
                self.read()

    def read(self) -> None:
        """Anew; where it is being read already, once more after that."""
        self._is_stale = self._reading is not None
        if self._reading is None and not self._is_over:
            choice = self.page.export.choice
            chosen = None if choice.is_of_shift else choice.selection
            self._reading = Background(lambda _progress: self._read(chosen))
            self._reading.finished.connect(self._show_read)
            self._reading.start()

    def _read(self, chosen: Selection | None) -> ShiftPicture:
        with closing(SqliteJournalReader(StationFolder(self._place.folder).journal)) as reader:
            return picture_of(reader, chosen)

    def _show_read(self, done: Future[ShiftPicture]) -> None:
        self._reading = None
        error = done.exception()
        if isinstance(error, StationError):
            self.page.show_message(partial(sentence, error.reason), is_trouble=True)
        elif error is not None:
            raise error
        else:
            self.page.show_picture(done.result())
        if self._is_stale:
            self.read()

    # --- opening and closing

    def _open_shift(self, order: str | None) -> None:
        future = self._station.at_desk(partial(_open, order), Act.MANAGE)
        self._bridge.when_done(future, self._opened)

    def _opened(self, done: Future[OpenShift]) -> None:
        error = done.exception()
        if isinstance(error, StationError):
            self.page.show_message(partial(sentence, error.reason), is_trouble=True)
        elif error is not None:
            raise error
        else:
            id_ = done.result().id
            self.page.show_message(lambda: tr("Shift {id} is open.").format(id=id_))
        self.read()

    def _handed_over(self, shift: int, name: str) -> None:
        self.page.show_message(lambda: tr("Shift {id} is handed over to {name}.").format(id=shift, name=name))
        self.read()

    def _close_shift(self, left: int | None, explanation: str) -> None:
        do = partial(_close, self._place, left, explanation)
        asked = self._station.at_desk(do, Act.MANAGE)
        self.backup.expect(asked)
        self._bridge.when_done(asked, self._closed)

    def _closed(self, done: Future[tuple[ClosedShift, Stamp]]) -> None:
        """The backup comes after it; where there is none, the shift stays closed all the same."""
        if self._is_over:
            return
        self.page.show_closing(False)
        error = done.exception()
        if isinstance(error, StationError):
            self.page.show_message(partial(sentence, error.reason), is_trouble=True)
        elif error is not None:
            raise error
        else:
            closed, stamp = done.result()
            self._told = partial(_closed_so, closed)
            self.page.show_message(self._told)
            self.backup.begin(stamp, must_be_made=True)
            self._was_closed()
        self.read()

    def _tell_too(self, text: Words, is_trouble: bool) -> None:
        """About a backup, after what was said of the shift that it belongs to."""
        told, self._told = self._told, ""
        self.page.show_message(lambda: f"{said(told)} {said(text)}".lstrip(), is_trouble)


def _closed_so(closed: ClosedShift) -> str:
    return tr("The shift is closed. Relationship file: {file}.").format(file=closed.file)


def _open(order: str | None, desk: Desk) -> OpenShift:
    """On the station's thread."""
    return Shifts(desk.journal, desk.stamp, desk.person).open(order)


def _close(place: Place, left: int | None, explanation: str, desk: Desk) -> tuple[ClosedShift, Stamp]:
    """On the station's thread."""
    write_file = relationship_file(desk.journal, place.relationship_writer(), place.owns)
    shifts = Shifts(desk.journal, desk.stamp, desk.person)
    return shifts.close(left, explanation, place.folder / "files", write_file), desk.stamp

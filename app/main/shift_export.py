"""Relationship files from the window: written beside the working station, put on record at its desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.station_folder import StationFolder
from app.core.errors import Refused, StationError, Why
from app.core.people import Act
from app.core.record import Committed, Entry, Stamp
from app.core.relationship import FileKind
from app.main.place import Place
from app.station.desk import Desk
from app.station.export import Exporter, FileWanted
from app.station.side_file import SideFile
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.bridge import Bridge
from app.ui.export_card import ExportCard
from app.ui.main_window import MainWindow, this_moment
from app.ui.save_dialog import ask_where_to_save, ask_which_file
from app.wording.exporting import FileTold, exports_made, files_complete, files_until_called_off
from app.wording.language import tr
from app.wording.reasons import sentence


def in_the_name_of(asked: Stamp, desk: Desk) -> Stamp:
    """Now, by whoever asked for it, and was allowed to, when the work began."""
    return replace(desk.stamp, operator=asked.operator, approver=asked.approver)


class ShiftExport:
    """One file at a time."""

    def __init__(
        self,
        card: ExportCard,
        window: MainWindow,
        station: Station,
        bridge: Bridge,
        place: Place,
        exported: Callable[[], object],
    ) -> None:
        """`exported` is called when a file went out."""
        self._card, self._window, self._station, self._bridge = card, window, station, bridge
        self._place, self._exported = place, exported
        self._work: Background | None = None
        self._wanted: FileWanted | None = None
        self._one_each, self._on_record = False, 0
        card.wanted.connect(self._ask)
        card.replacing.connect(self._replace)
        card.called_off.connect(self.call_off)
        card.choice.template_file_wanted.connect(self._ask_for_template)

    def close(self) -> None:
        self.call_off()
        if self._work is not None:
            self._work.wait()

    def call_off(self) -> None:
        if self._work is not None:
            self._work.cancel()

    # --- what is wanted

    def _ask(self, kind: str) -> None:
        selection = self._card.choice.selection
        what = f"shift-{selection.shift:04}" if selection.shift is not None else "units"
        name = f"{what}-{this_moment():%Y-%m-%d-%H%M}.{kind}"
        title = tr("Export CSV") if kind == FileKind.CSV else tr("Export XLSX")
        ask_where_to_save(self._window, title, name, lambda path: self.write(path, FileKind(kind)))

    def write(self, path: Path, kind: FileKind) -> None:
        choice = self._card.choice
        wanted = FileWanted(path, choice.selection, kind, choice.layout_, choice.template_name)
        self._begin(wanted, choice.one_each)

    def _replace(self) -> None:
        if self._wanted is not None:
            self._begin(replace(self._wanted, replace=True), self._one_each)

    def _ask_for_template(self) -> None:
        ask_which_file(self._window, tr("Template file"), ["csv", "xlsx"], self.use_template)

    def use_template(self, path: Path) -> None:
        """Header, order and encoding of a template that the factory downloaded."""
        try:
            self._card.choice.show_template_file(path.name, self._place.layout_of(path))
        except Refused as refusal:
            self._card.show_result(partial(sentence, refusal.reason), is_trouble=True)

    # --- the work

    def _begin(self, wanted: FileWanted, one_each: bool) -> None:
        """The station is asked whether they may."""
        if self._work is None and not self._card.is_writing:
            self._wanted, self._one_each, self._on_record = wanted, one_each, 0
            self._card.show_progress(tr("Writing the file"))
            asked = self._station.at_desk(lambda desk: desk.stamp, Act.MANAGE)
            self._bridge.when_done(asked, self._start)

    def _start(self, asked: Future[Stamp]) -> None:
        error, wanted = asked.exception(), self._wanted
        if isinstance(error, StationError):
            self._card.show_result(partial(sentence, error.reason), is_trouble=True)
        elif error is not None:
            raise error
        elif wanted is not None:
            stamp = asked.result()
            self._work = Background(lambda progress: self._write(wanted, stamp, progress))
            self._work.progressed.connect(self._show_progress)
            self._work.finished.connect(self._finish)
            self._work.start()

    def _write(self, wanted: FileWanted, stamp: Stamp, progress: Progress) -> Sequence[SideFile]:
        """On a thread of its own, with a reader of its own; the station puts the events on record."""

        def record(entry: Entry) -> Committed:
            done = self._station.at_desk(
                lambda desk: desk.journal.record(in_the_name_of(stamp, desk), entry)
            ).result()
            self._on_record += 1
            return done

        with closing(SqliteJournalReader(StationFolder(self._place.folder).journal)) as reader:
            writer = self._place.relationship_writer()
            exporter = Exporter(reader, record, writer, stamp, self._place.owns, progress)
            return exporter.export_each(wanted) if self._one_each else [exporter.export(wanted)]

    def _show_progress(self, done: int, total: int) -> None:
        if self._work is not None:
            text = tr("Writing the file, {percent} %")
            self._card.show_progress(text.format(percent=int(100 * done / max(1, total))))

    def _finish(self, done: Future[Sequence[SideFile]]) -> None:
        self._work = None
        error, wanted = done.exception(), self._wanted
        if wanted is None or _was_called_off(error):
            self._card.show_result(partial(files_until_called_off, self._on_record))
        elif isinstance(error, Refused) and error.reason.why is Why.FILE_EXISTS and not wanted.replace:
            self._card.ask_to_replace(Path(str(error.reason.facts["path"])).name)
        elif isinstance(error, StationError):
            self._card.show_result(partial(_trouble, self._on_record, error), is_trouble=True)
        elif error is not None:
            raise error
        else:
            self._card.show_result(partial(exports_made, [_told(side) for side in done.result()]))
        if self._on_record:
            self._exported()


def _trouble(on_record: int, error: StationError) -> str:
    told = [files_complete(on_record)] if on_record else []
    return " ".join([*told, sentence(error.reason)])


def _told(side: SideFile) -> FileTold:
    return FileTold(Path(side.file), side.count, len(side.withdrawn))


def _was_called_off(error: BaseException | None) -> bool:
    is_refusal = isinstance(error, Refused) and error.reason.why is Why.EXPORT_CANCELLED
    return is_refusal or isinstance(error, CancelledError)

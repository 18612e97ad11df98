"""The closing report of a shift, as it was kept: printed, or saved as PDF or text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.adapters.durable_file import write_bytes_durably
from app.core.errors import Refused, StationError, Why, because
from app.main.place import Place
from app.station.shift_picture import ShiftPicture
from app.ui.main_window import MainWindow
from app.ui.paper import pdf_of, print_at, printers
from app.ui.pick_menu import Choice, open_menu
from app.ui.save_dialog import ask_where_to_save
from app.ui.shift_page import ShiftPage
from app.wording.language import tr
from app.wording.reasons import sentence
from app.wording.shift_sheet import sheet_html
from app.wording.shifts import closing_text, closing_title


class ReportDesk:
    """What may be done with the report stands in a menu under its button."""

    def __init__(self, page: ShiftPage, window: MainWindow, place: Place) -> None:
        self._page, self._window, self._place = page, window, place
        page.title.report.clicked.connect(lambda: open_menu(page.title.report, self.choices))

    @property
    def _picture(self) -> ShiftPicture:
        return self._page.picture

    @property
    def choices(self) -> list[Choice]:
        """Every printer of this system, and the two kinds of file."""
        choices: list[Choice] = [
            (tr("Print at {printer}").format(printer=name), partial(self.print, name)) for name in printers()
        ]
        choices.append((tr("Save as PDF…"), partial(self._ask, "pdf")))
        choices.append((tr("Save as text…"), partial(self._ask, "txt")))
        return choices

    def _ask(self, suffix: str) -> None:
        report = self._picture.kept
        if report is not None:
            name = f"shift-{report.shift.id:04}-report.{suffix}"
            ask_where_to_save(self._window, tr("Save report"), name, self.save)

    def save(self, path: Path) -> None:
        """As PDF where the name ends so, else as text."""
        report = self._picture.kept
        if report is None:
            return
        is_pdf = path.suffix.lower() == ".pdf"
        content = pdf_of(self._sheet(), self._title) if is_pdf else f"{self._text()}\n".encode()
        try:
            if self._place.owns(path):
                raise Refused(because(Why.FILE_IS_OURS, path=str(path)))
            write_bytes_durably(path, content, replace=False)
        except StationError as error:
            self._page.show_message(partial(sentence, error.reason), is_trouble=True)
        else:
            self._page.show_message(lambda: tr("The report is saved as {path}.").format(path=path))

    def print(self, printer: str) -> None:
        """At the printer of this name."""
        if self._picture.kept is None:
            return
        try:
            print_at(printer, self._sheet(), self._title)
        except StationError as error:
            self._page.show_message(partial(sentence, error.reason), is_trouble=True)
        else:
            self._page.show_message(lambda: tr("The report was sent to {printer}.").format(printer=printer))

    @property
    def _title(self) -> str:
        report = self._picture.kept
        return closing_title(report) if report else ""

    def _text(self) -> str:
        report, station = self._picture.kept, self._place.settings.station
        return closing_text(report, self._picture, station) if report else ""

    def _sheet(self) -> str:
        report, station = self._picture.kept, self._place.settings.station
        return sheet_html(report, self._picture, station) if report else ""

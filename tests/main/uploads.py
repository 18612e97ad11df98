"""A station with something to upload, and the platform that it goes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.adapters.settings_file import save_settings
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.products import Product
from app.core.settings import Settings
from app.station.orders import Orders
from app.ui.pages import PageName
from app.ui.shift_problems import Problem
from app.ui.upload_card import UploadCard
from app.ui.upload_page import UploadPage
from tests.adapters.journals import PK, STAMP, bound, pair
from tests.main.conftest import Desk
from tests.platform.service import Service


def bound_units(units: int, **settings: object) -> Callable[[Path], None]:
    """Makes a journal with an open shift; `settings` are the station's."""

    def make(path: Path) -> None:
        save_settings(path.parent / "settings.json", Settings(**settings))  # type: ignore[arg-type]
        create_journal(path, STAMP)
        with closing(SqliteJournal(path)) as journal:
            Orders(journal, STAMP, None).set_product(Product(PK, "Tracker T1"))
            journal.open_shift(STAMP)
            for number in range(units):
                journal.bind(STAMP, bound(pair(number)), pair(number))

    return make


@dataclass
class AtUpload:
    """The shift's page in front, and the platform behind it."""

    desk: Desk
    service: Service

    def open(self) -> None:
        self.desk.shown.window.show_page(PageName.SHIFT)
        self.desk.until(lambda: self.desk.shown.shift_desk.page.picture.report is not None)

    @property
    def card(self) -> UploadCard:
        return self.desk.shown.shift_desk.page.upload

    @property
    def page(self) -> UploadPage:
        return self.desk.shown.upload_desk.acts.page

    @property
    def strip(self) -> str:
        face = self.desk.shown.window.status.upload.face
        return face.text if face else ""

    @property
    def pills(self) -> list[str]:
        """What stands at the right of each product, with its counts."""
        return [row.text() for row in self.card.rows]

    @property
    def problems(self) -> list[Problem]:
        return [row.problem for row in self.desk.shown.shift_desk.page.problems.rows]

    @property
    def held(self) -> dict[str, str]:
        """DeviceKey and SN of everything on the platform."""
        return {key: one["sn"] for key, one in self.service.devices.products.get(PK, {}).items()}

    def upload(self) -> None:
        """As somebody presses the button; returns when the run is over."""
        before = self.card.status.last_run
        self.card.button.click()
        self.desk.until(lambda: self.card.status.last_run != before)

    def open_problem(self, text: str) -> None:
        """A click in the list of open problems."""
        self.desk.until(lambda: any(text in one.text for one in self.problems))
        rows = self.desk.shown.shift_desk.page.problems.rows
        next(row for row in rows if text in row.problem.text).click()
        assert self.desk.shown.window.page is PageName.UPLOAD
        self.desk.until(lambda: self.page.card.trouble is not None)

    def act(self, button: str, reason: str) -> None:
        """The button of the chosen unit, the reason, and the button of the form."""
        next(one for one in self.page.card.acts.values() if one.text() == button).click()
        form = self.page.card.form
        form.reason.edit.setText(reason)
        form.reason.edit.textEdited.emit(reason)
        QApplication.processEvents()
        form.confirm.click()

    def kinds(self) -> Sequence[str]:
        return [str(event.entry.kind) for event in self.desk.events()]


def everything_bound(units: int) -> dict[str, str]:
    """DeviceKey and SN of what `bound_units` makes."""
    return {str(pair(number).imei): str(pair(number).device.sn) for number in range(units)}

"""A station in the middle of its shift, and what the tests of the shift's page share."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.products import Product
from app.core.record import Capture, Entry, EventKind
from app.core.verdicts import Verdict
from app.main.shift_desk import ShiftDesk
from app.station.orders import Orders
from app.ui.pages import PageName
from app.ui.shift_page import ShiftPage
from tests.adapters.journals import PK, STAMP, bound, pair
from tests.main.conftest import Desk

ORDER = "24-1107"
LABELS = 6


def make_shift(path: Path) -> None:
    """An order of six labels: three are bound, one unit is on hold."""
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        orders = Orders(journal, STAMP, None)
        orders.set_product(Product(PK, "Tracker T1", target=62))
        orders.add(ORDER, PK, issued=[pair(number).device.sn for number in range(LABELS)])
        journal.open_shift(replace(STAMP, shift=None, work_order=ORDER))
        stamp = replace(STAMP, work_order=ORDER)
        for number in range(3):
            journal.bind(stamp, bound(pair(number)), pair(number))
        journal.record(stamp, fault(3))


def fault(number: int) -> Entry:
    unit = pair(number)
    return Entry(
        EventKind.FAULTED,
        Verdict.IMEI_MISMATCH,
        pk=unit.device.pk,
        sn=unit.device.sn,
        label_imei=unit.imei,
        capture=Capture.LABEL,
    )


def make_unlisted(path: Path) -> None:
    """No order at all: labels are not counted."""
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        journal.open_shift(replace(STAMP, shift=None))
        journal.bind(STAMP, bound(pair(1)), pair(1))


def make_closed(path: Path) -> None:
    """A shift whose program ended between its closing and its backup."""
    make_unlisted(path)
    with closing(SqliteJournal(path)) as journal:
        journal.close_shift(STAMP, Entry(EventKind.SHIFT_CLOSED))


@dataclass
class AtShift:
    """The shift's page in front."""

    desk: Desk

    @property
    def shift(self) -> ShiftDesk:
        return self.desk.shown.shift_desk

    @property
    def page(self) -> ShiftPage:
        return self.shift.page

    def open(self) -> None:
        self.desk.shown.window.show_page(PageName.SHIFT)
        self.desk.until(lambda: self.page.picture.report is not None)

    def count(self, left: str) -> None:
        """As somebody types it."""
        self.page.sum.left.edit.setText(left)
        self.page.sum.left.edit.textEdited.emit(left)

    def explain(self, text: str) -> None:
        self.page.sum.explain.click()
        self.page.sum.reason.edit.setText(text)
        self.page.sum.reason.edit.textEdited.emit(text)

    def close(self) -> None:
        """And until the backup is there."""
        self.page.title.close_shift.click()
        self.desk.until(lambda: not self.page.picture.is_open)
        self.desk.until(lambda: EventKind.BACKED_UP in self.kinds)
        self.desk.until(lambda: "is saved as" in self.page.notice.text)

    @property
    def kinds(self) -> list[EventKind]:
        return [event.entry.kind for event in self.desk.events()]

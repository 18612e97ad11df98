"""The shift's page in the states that people meet, as the mock-up has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.errors import Why, because
from app.core.people import Person, Role
from app.core.products import Product
from app.core.reconciliation import LabelCount, Reconciliation, ShiftReport
from app.core.record import OpenShift, UnitRow
from app.core.relationship import FileKind
from app.core.selection import Selection
from app.core.verdicts import Verdict
from app.station.shift_picture import FileMade, ShiftPicture
from app.station.sign_in import Member
from app.ui.hand_over_page import HandOverPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.shift_page import ShiftPage
from app.ui.theme import Palette
from app.wording.reasons import sentence
from tests.ui.journal_scenes import QA, SUPERVISOR
from tests.ui.scenes import IMEI, LONG_SN, NOW, PK, RULES, at

SHIFT = OpenShift(12, 10100, at(480), work_order="24-1107", operator="Chen Jing")
HOURS = dict(zip(("02", "03", "04", "05", "07", "08", "09"), (48, 57, 61, 34, 55, 59, 8), strict=True))
ON_HOLD = (
    UnitRow(10411, at(7), Verdict.IMEI_MISMATCH, PK, "123456789123456702", IMEI),
    UnitRow(10380, at(40), Verdict.SN_TAKEN, PK, LONG_SN, IMEI),
    UnitRow(10377, at(44), Verdict.UNKNOWN_CODE, None, None, "863950069494278"),
)
REPORT = ShiftReport(
    SHIFT,
    ("24-1107",),
    Reconciliation(LabelCount(520, 412, 6)),
    passes=414,
    bound=412,
    rescans=9,
    faults={Verdict.IMEI_MISMATCH: 4, Verdict.SN_TAKEN: 2, Verdict.UNKNOWN_CODE: 1},
    by_hour={f"2026-03-09T{hour}:00": passes for hour, passes in HOURS.items()},
    on_hold=ON_HOLD,
    labels_not_bound=tuple(f"1234567891234{number}" for number in range(56800, 56900)),
)
OF_SHIFT = Selection(shift=12)
FILES = (
    FileMade(10415, "shift-0012-2026-03-09-1028.csv", at(4), "Zhao Min", 412, FileKind.CSV, OF_SHIFT),
    FileMade(10300, "shift-0012-2026-03-09-0958.xlsx", at(34), "Zhao Min", 371, FileKind.XLSX, OF_SHIFT),
    FileMade(
        9611,
        "units-of-a-very-long-order-name-that-somebody-gave-to-a-file-24-1093-B.csv",
        at(1500),
        "Zhao Min",
        1200,
        FileKind.CSV,
        Selection(order="24-1093"),
    ),
)
PICTURE = ShiftPicture(
    REPORT, None, 412, 62, ("24-1107", "24-1108"), (Product(PK, "Tracker T1", target=62),), FILES
)
CLOSED = replace(
    PICTURE,
    report=replace(
        REPORT, reconciliation=Reconciliation(LabelCount(520, 412, 6), 101), explanation="torn " * 60
    ),
    closed_at=at(1),
)
MANY = replace(
    REPORT,
    reconciliation=Reconciliation(LabelCount(1_250_000, 1_203_412, 12_806)),
    passes=1_203_412,
    bound=1_203_412,
    by_hour={f"2026-03-0{8 + hour // 24}T{hour % 24:02}:00": 8_595 for hour in range(10, 30)},
)


_ZHAO = Person("Zhao Min", Role.SUPERVISOR)
GUARDED = replace(
    SUPERVISOR,
    state=replace(SUPERVISOR.state, rules=replace(RULES, people=(_ZHAO,)), operator=_ZHAO),
    operator="Zhao Min",
    shift=replace(SHIFT, operator="Chen Jing"),
)


def hand_over_stages(window: MainWindow) -> Iterator[str]:
    page = window.add_page(PageName.HAND_OVER, HandOverPage)
    window.show_page(PageName.HAND_OVER)
    page.begin()
    page.show_members(
        (Member("Li Wei", Role.OPERATOR, True, True), Member("Zhao Min", Role.SUPERVISOR, True, True))
    )
    page.members.buttons[0].click()
    yield "hand-over"
    page.show_refusal(because(Why.ALREADY_IN_CHARGE, name="Chen Jing"))
    yield "hand-over-refused"
    window.show_binding()
    yield "waiting-in-charge"
    window.show_page(PageName.SHIFT)


def add_shift_page(window: MainWindow) -> ShiftPage:
    def make(palette: Palette, parent: QWidget) -> ShiftPage:
        return ShiftPage(palette, lambda: NOW, parent)

    return window.add_page(PageName.SHIFT, make)


def count_left(page: ShiftPage, number: str) -> None:
    """As somebody types it."""
    page.sum.left.put(number)
    page.sum.left.typed.emit(number)


def shift_stages(window: MainWindow, page: ShiftPage) -> Iterator[str]:
    """Brings the page from one state to the next and gives the name of each."""
    window.show_view(SUPERVISOR)
    window.show_page(PageName.SHIFT)
    page.show_picture(ShiftPicture(orders=("24-1107",)))
    yield "shift-none"
    page.show_picture(PICTURE)
    yield "shift-uncounted"
    count_left(page, "101")
    yield "shift"
    page.sum.explain.click()
    yield "shift-explain"
    page.sum.reason.put("One label fell into the machine")
    page.sum.reason.typed.emit("")
    page.export.ask_to_replace("shift-0012-2026-03-09-1028.csv")
    yield "shift-explained"
    count_left(page, "102")
    page.export.show_progress("Writing the file, 42 %")
    page.files.show_progress("Backing up, 12 %")
    yield "shift-accounted"
    page.files.show_progress("")
    page.export.show_result("412 units written to shift-0012.csv.")
    page.export.choice.days.toggle()
    yield "shift-days"
    page.export.choice.days.toggle()
    page.show_picture(replace(PICTURE, report=MANY, rows=1_203_412, target=100_000))
    count_left(page, "33780")
    yield "shift-many"
    page.show_picture(CLOSED)
    page.show_message(
        "The shift is closed. "
        "Relationship file: /home/line3/binding-station/files/shift-0012-2026-03-09.csv. "
        "The journal up to #10416 is saved as /home/line3/backups/journal-20260309-0010416.db."
    )
    yield "shift-closed"
    page.show_message("")
    page.show_picture(replace(PICTURE, report=replace(REPORT, reconciliation=Reconciliation(None)), files=()))
    yield "shift-unlisted"
    page.show_picture(PICTURE)
    page.export.choice._choose_files(True)
    yield "shift-one-each"
    page.export.choice._choose_files(False)
    page.open_backup_form(14, "")
    yield "shift-backups"
    page.backup_form.show_folder("//files.plant.example/line 3/binding-station/backups/of/all/stations")
    yield "shift-backups-folder"
    page.backup_form.show_no_folder(sentence(because(Why.SECOND_FOLDER_GONE, path="E:/backups")))
    yield "shift-backups-refused"
    page.close_backup_form()
    window.show_view(GUARDED)
    yield "shift-in-charge"
    yield from hand_over_stages(window)
    window.show_view(QA)
    page.show_picture(PICTURE)
    yield "shift-qa"

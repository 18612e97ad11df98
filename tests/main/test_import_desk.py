"""Files of pairs that come in through the window, beside the working station."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.importing import Finding
from app.core.record import EventKind
from app.main.import_desk import ImportDesk
from app.ui.file_dialog import FileDialog
from app.ui.import_page import ImportPage
from app.ui.pages import PageName
from tests.adapters.journals import STAMP, bound
from tests.e2e.units import imei, sn
from tests.main.choosing import choose_file
from tests.main.conftest import PEOPLE, QA, SUPERVISOR, Desk

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
HEADER = ("*DeviceKey", "*ProductKey", "Device SN")
Open = Callable[..., Desk]


class AtImport:
    """A window with the shift's page in front, and what is done there with files."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        desk.shown.window.show_page(PageName.SHIFT)

    @property
    def importing(self) -> ImportDesk:
        return self.desk.shown.shift_desk.importing

    @property
    def page(self) -> ImportPage:
        return self.importing.page

    def is_at(self, name: PageName) -> bool:
        return self.desk.shown.window.page is name

    def sample(self, name: str) -> Path:
        return Path(shutil.copy(SAMPLES / name, self.folder / name))

    def look_at(self, path: Path) -> None:
        self.importing.look_at(path)
        self.until_told()

    def until_told(self) -> None:
        self.desk.until(lambda: not self.page.is_working)

    def take(self) -> None:
        self.page.confirm.click()
        self.until_told()

    @property
    def bound(self) -> int:
        with closing(SqliteJournal(self.desk.place.folder / "journal.db")) as journal:
            return journal.relationship_count(None)


def make_empty(path: Path) -> None:
    create_journal(path, STAMP)


def written(path: Path, numbers: Sequence[int]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *((imei(one), "p11sf2", sn(one)) for one in numbers)])
    return path


@pytest.fixture
def at(open_desk: Open, tmp_path: Path) -> AtImport:
    desk = open_desk(make_empty, people=PEOPLE)
    desk.sign_in(SUPERVISOR)
    (tmp_path / "usb").mkdir()
    return AtImport(desk, tmp_path / "usb")


def test_a_file_is_looked_at_first_and_then_taken_as_a_whole(at: AtImport) -> None:
    at.look_at(at.sample("incumbent_1.2.0_export.csv"))
    assert at.is_at(PageName.IMPORT)
    (note,) = at.page.lines.rows
    assert "the wrong way round" in str(note)
    assert (at.bound, at.page.confirm.text()) == (0, "Take all")
    at.take()
    assert at.bound == 40
    event = at.desk.events()[-1]
    assert (event.entry.kind, event.stamp.approver, event.stamp.shift) == (
        EventKind.FILE_IMPORTED,
        SUPERVISOR.name,
        None,
    )
    assert f"taken: 40; bound already: 0; refused: 0. On record as #{event.seq}." in at.page.told
    at.page.cancel.click()
    assert at.is_at(PageName.SHIFT)


def test_the_good_rows_are_taken_and_the_others_lie_beside_their_file(at: AtImport) -> None:
    path = at.sample("spreadsheet_damaged.csv")
    at.look_at(path)
    found = [line for line in at.page.lines.rows if isinstance(line, Finding)]
    assert [one.line for one in found if one.refuses] == [4, 7, 9, 10]
    assert (found[0].column, found[0].value) == ("*DeviceKey", "8.63950E+14")
    assert "spreadsheet_damaged.csv.refused.csv" in at.page.told
    assert at.page.confirm.text() == "Take the good rows"
    at.take()
    assert at.bound == 6
    assert at.page.counts[1] == ("Taken", 6)
    beside = path.with_name("spreadsheet_damaged.csv.refused.csv")
    assert len(beside.read_text("utf-8").splitlines()) == 5
    assert str(beside) in at.page.told


def test_pairs_that_are_there_already_are_not_offered_again(at: AtImport) -> None:
    path = at.sample("incumbent_1.0.0_export.csv")
    at.look_at(path)
    at.take()
    at.look_at(path)
    assert at.page.confirm.isHidden()
    assert "Every pair of this file is bound already" in at.page.told
    assert "left as" not in " ".join(map(str, at.page.lines.rows))
    assert at.bound == 40


def test_what_is_no_relationship_file_is_refused_in_place(at: AtImport) -> None:
    path = at.folder / "notes.csv"
    path.write_text("nothing,of ours\n1,2\n")
    at.look_at(path)
    assert at.page.confirm.isHidden()
    assert at.page.told
    at.page.cancel.click()
    assert at.is_at(PageName.SHIFT)


def test_no_scan_and_no_enter_takes_a_file_but_ctrl_enter_does(at: AtImport) -> None:
    at.look_at(at.sample("incumbent_1.0.0_export.csv"))
    at.page.confirm.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(at.page.confirm, key)
    at.desk.scan("863950069494278")
    assert at.is_at(PageName.BINDING)
    QTest.keyClick(at.desk.shown.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not at.page.is_working
    at.desk.shown.window.show_page(PageName.SHIFT)
    at.desk.shown.shift_desk.page.files.import_file.click()
    assert at.is_at(PageName.IMPORT)
    assert at.bound == 0
    QTest.keyClick(at.desk.shown.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at.until_told()
    assert at.bound == 40


def test_the_file_is_asked_for_without_a_dialog_that_blocks(at: AtImport) -> None:
    path = at.sample("device_info.db")
    at.desk.shown.shift_desk.page.files.import_file.click()
    choose_file(at.desk, path)
    at.desk.until(lambda: at.is_at(PageName.IMPORT) and not at.page.is_working)
    assert [one.line for one in at.page.lines.rows if isinstance(one, Finding)] == [41, 42]


def test_looking_is_called_off_and_leads_back(at: AtImport) -> None:
    at.importing.look_at(written(at.folder / "many.csv", range(20_000)))
    assert "binding goes on" in at.page.told
    at.page.cancel.click()
    at.until_told()
    assert at.page.told == "Called off. Nothing came in."
    at.page.cancel.click()
    assert at.is_at(PageName.SHIFT)


def test_escape_calls_off_and_leads_back_and_the_next_file_is_asked_for(at: AtImport) -> None:
    window = at.desk.shown.window
    at.importing.look_at(written(at.folder / "many.csv", range(20_000)))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    at.until_told()
    assert at.page.told == "Called off. Nothing came in."
    assert at.is_at(PageName.IMPORT)
    at.look_at(at.sample("incumbent_1.0.0_export.csv"))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Escape)
    assert at.is_at(PageName.SHIFT)
    at.desk.shown.shift_desk.page.files.import_file.click()
    assert at.is_at(PageName.SHIFT)
    (dialog,) = window.findChildren(FileDialog)
    dialog.reject()


def test_no_button_has_the_focus_when_a_file_is_looked_at(at: AtImport) -> None:
    window, page = at.desk.shown.window, at.desk.shown.shift_desk.page
    page.files.import_file.setFocus()
    at.look_at(at.sample("incumbent_1.0.0_export.csv"))
    assert window.focusWidget() is at.page
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    assert at.is_at(PageName.IMPORT)
    at.page.cancel.setFocus()
    at.page.cancel.click()
    assert window.focusWidget() is page


def test_taking_is_called_off_and_nothing_comes_in(at: AtImport) -> None:
    path = written(at.folder / "many.csv", [*range(20_000), 1])
    at.look_at(path)
    at.page.confirm.click()
    assert "Binding waits" in at.page.told
    at.page.cancel.click()
    at.until_told()
    assert at.page.told == "Called off. Nothing came in."
    assert at.bound == 0
    assert [one.name for one in at.folder.iterdir()] == ["many.csv"]


def test_what_was_bound_meanwhile_stops_the_whole_file(at: AtImport) -> None:
    unit = Pair(DeviceCode(ProductKey("p11sf2"), SerialNumber(sn(9))), Imei(imei(1)))
    at.look_at(written(at.folder / "few.csv", range(3)))
    bind = at.desk.shown.station.at_desk(lambda desk: desk.journal.bind(desk.stamp, bound(unit), unit))
    bind.result(timeout=5)
    at.take()
    assert "Nothing" in at.page.told or "nothing" in at.page.told
    assert at.bound == 1


def test_a_file_full_of_faults_lists_the_first_and_says_so(at: AtImport) -> None:
    path = at.folder / "faulty.csv"
    rows = "".join(f"12,p11sf2,{sn(number)}\n" for number in range(10_001))
    path.write_text(",".join(HEADER) + "\n" + rows)
    at.look_at(path)
    assert len([line for line in at.page.lines.rows if isinstance(line, Finding)]) == 10_000
    assert "Only the first 10,000" in str(at.page.lines.rows[0])


def test_only_supervisors_come_to_the_page(at: AtImport) -> None:
    at.look_at(at.sample("incumbent_1.0.0_export.csv"))
    at.desk.sign_in(QA)
    at.desk.until(lambda: at.is_at(PageName.BINDING))
    at.desk.shown.window.show_page(PageName.IMPORT)
    assert at.is_at(PageName.BINDING)
    at.desk.shown.window.show_page(PageName.SHIFT)
    assert at.desk.shown.shift_desk.page.files.import_file.isHidden()


def test_the_window_that_closes_ends_what_it_was_looking_at(at: AtImport) -> None:
    at.importing.look_at(written(at.folder / "many.csv", range(20_000)))
    at.desk.shown.close()
    assert [one.name for one in at.folder.iterdir()] == ["many.csv"]

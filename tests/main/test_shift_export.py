"""Relationship files and backups from the window, beside the working station."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from app.adapters.sqlite_journal import SqliteJournal
from app.core.codes import ProductKey
from app.core.record import EventKind
from app.core.relationship import LAYOUTS, FileKind, Template
from app.core.selection import Selection
from app.station.side_file import side_path
from app.ui.marks import Mark
from app.ui.pages import PageName
from app.wording.exporting import files_until_called_off
from tests.adapters.journals import STAMP, bound, pair
from tests.benchmarks.bulk import make_journal
from tests.main.choosing import choose_file
from tests.main.conftest import PEOPLE, SUPERVISOR, Desk
from tests.main.shifts import ORDER, AtShift, make_shift
from tests.ui.written import words

Open = Callable[..., Desk]


@pytest.fixture
def at(open_desk: Open) -> AtShift:
    desk = open_desk(make_shift, people=PEOPLE)
    desk.sign_in(SUPERVISOR)
    made = AtShift(desk)
    made.open()
    return made


def export(at: AtShift, path: Path, kind: FileKind = FileKind.CSV) -> None:
    at.shift.export.write(path, kind)
    at.desk.until(lambda: not at.page.export.is_writing and at.page.export.message)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_shift_goes_out_while_the_station_works(at: AtShift, tmp_path: Path) -> None:
    assert at.page.export.state_of(FileKind.CSV) == (Mark.WAITING, "Not exported")
    path = tmp_path / "shift.csv"
    export(at, path)
    assert [row[0] for row in rows_of(path)[1:]] == [pair(number).imei for number in range(3)]
    assert at.page.export.message == "3 units written to shift.csv."
    event = at.desk.events()[-1]
    assert (event.entry.kind, event.stamp.approver) == (EventKind.EXPORTED, SUPERVISOR.name)
    assert json.loads(side_path(path).read_text("utf-8"))["made_by"] == SUPERVISOR.name
    at.desk.until(lambda: at.page.export.state_of(FileKind.CSV)[0] is Mark.PASS)
    assert at.page.export.state_of(FileKind.XLSX)[0] is Mark.WAITING
    assert at.page.picture.files[0].file == "shift.csv"


def test_a_file_that_is_there_is_asked_for_in_place(at: AtShift, tmp_path: Path) -> None:
    path = tmp_path / "shift.csv"
    path.write_text("mine")
    export(at, path)
    assert path.read_text() == "mine"
    assert at.page.export.message == "shift.csv is there already."
    at.page.export.cancel.click()
    assert at.page.export.message == "No file was written."
    export(at, path)
    at.page.export.replace.click()
    at.desk.until(lambda: "written to" in at.page.export.message)
    assert len(rows_of(path)) == 4


def test_another_choice_makes_another_file(at: AtShift, tmp_path: Path) -> None:
    choice = at.page.export.choice
    choice._choose(Selection(order=ORDER))
    choice._turn_new()
    choice._choose_template(Template.ZH, LAYOUTS[Template.ZH])
    assert choice.units.text() == f"Only new: Order {ORDER}"
    export(at, tmp_path / "order.xlsx", FileKind.XLSX)
    facts = json.loads(side_path(tmp_path / "order.xlsx").read_text("utf-8"))
    assert (facts["order"], facts["new"], facts["template"], facts["kind"]) == (ORDER, True, "zh", "xlsx")
    export(at, tmp_path / "again.csv")
    assert not (tmp_path / "again.csv").exists()


def test_the_factorys_own_template_decides_the_header(at: AtShift, tmp_path: Path) -> None:
    template = tmp_path / "template.csv"
    template.write_text("Device SN,*ProductKey,*DeviceKey\r\n", "gbk")
    at.shift.export.use_template(template)
    assert at.page.export.choice.template.text() == "template.csv"
    export(at, tmp_path / "ours.csv")
    assert rows_of(tmp_path / "ours.csv")[0] == ["Device SN", "*ProductKey", "*DeviceKey"]
    template.write_text("nothing of ours\n")
    at.shift.export.use_template(template)
    assert "template.csv" in at.page.export.message


def test_the_person_is_asked_where_without_a_dialog_that_blocks(at: AtShift, tmp_path: Path) -> None:
    at.page.export.buttons[FileKind.CSV].click()
    choose_file(at.desk, tmp_path / "mine.csv")
    at.desk.until(lambda: "written to mine.csv" in at.page.export.message)


def test_an_export_is_called_off_and_leaves_no_file(open_desk: Open, tmp_path: Path) -> None:
    at = AtShift(open_desk(lambda path: make_journal(path, 60_000)))
    at.open()
    at.page.export.choice._choose(Selection())
    path = tmp_path / "all.csv"
    at.shift.export.write(path, FileKind.CSV)
    at.shift.export.call_off()
    at.desk.until(lambda: "%" in at.page.export.message or not at.page.export.is_writing)
    at.page.export.cancel.click()
    at.desk.until(lambda: at.page.export.message == "No file was written.")
    assert not list(tmp_path.glob("*all*"))


def test_a_backup_is_made_beside_the_station_and_put_on_record(at: AtShift) -> None:
    assert at.page.files.backup_line == "No backup yet"
    at.page.files.back_up.click()
    at.desk.until(lambda: "is saved as" in at.page.notice.text)
    at.desk.until(lambda: at.page.files.backup_line.startswith("Backup "))
    event = at.desk.events()[-1]
    assert (event.entry.kind, event.stamp.approver) == (EventKind.BACKED_UP, SUPERVISOR.name)


def test_the_window_that_closes_waits_for_the_backup_of_its_shift(at: AtShift) -> None:
    at.count("3")
    at.page.title.close_shift.click()
    at.desk.until(lambda: "The shift is closed" in at.page.notice.text)
    at.desk.shown.close()
    assert at.desk.place.backups().newest() is not None
    journal = SqliteJournal(at.desk.place.folder / "journal.db")
    head = journal.event(journal.head()[0])
    journal.close()
    assert head is not None
    assert head.entry.kind is EventKind.BACKED_UP


def make_two_products(path: Path) -> None:
    make_shift(path)
    with closing(SqliteJournal(path)) as journal:
        other = replace(pair(9), device=replace(pair(9).device, pk=ProductKey("p08kx1")))
        journal.bind(STAMP, bound(other), other)


@pytest.fixture
def two_products(open_desk: Open) -> AtShift:
    made = AtShift(open_desk(make_two_products))
    made.open()
    made.page.export.choice._choose_files(True)
    return made


def test_each_product_gets_a_file_of_its_own(two_products: AtShift, tmp_path: Path) -> None:
    at = two_products
    assert at.page.export.choice.files.text() == "One for each product"
    export(at, tmp_path / "all.csv")
    assert at.page.export.message == "4 units written to 2 files: all-p08kx1.csv, all-p11sf2.csv."
    assert not (tmp_path / "all.csv").exists()
    assert [row[1] for row in rows_of(tmp_path / "all-p08kx1.csv")[1:]] == ["p08kx1"]
    assert [row[1] for row in rows_of(tmp_path / "all-p11sf2.csv")[1:]] == ["p11sf2"] * 3
    assert at.kinds[-2:] == [EventKind.EXPORTED] * 2
    at.desk.until(lambda: at.page.export.state_of(FileKind.CSV)[0] is Mark.PASS)
    at.page.export.choice._choose_files(False)
    assert at.page.export.state_of(FileKind.CSV)[0] is Mark.WAITING


def test_one_file_of_several_that_is_there_is_asked_for_before_any_is_written(
    two_products: AtShift, tmp_path: Path
) -> None:
    at = two_products
    (tmp_path / "all-p11sf2.csv").write_text("mine")
    export(at, tmp_path / "all.csv")
    assert at.page.export.message == "all-p11sf2.csv is there already."
    assert not (tmp_path / "all-p08kx1.csv").exists()
    at.page.export.replace.click()
    at.desk.until(lambda: "written to 2 files" in at.page.export.message)
    assert len(rows_of(tmp_path / "all-p11sf2.csv")) == 4


def test_a_file_that_was_complete_before_the_next_one_failed_is_told(
    two_products: AtShift, tmp_path: Path
) -> None:
    at = two_products
    (tmp_path / "all-p11sf2.csv").mkdir()
    export(at, tmp_path / "all.csv")
    at.page.export.replace.click()
    at.desk.until(lambda: "1 file is complete." in at.page.export.message)
    assert "all-p11sf2.csv" in at.page.export.message
    assert len(rows_of(tmp_path / "all-p08kx1.csv")) == 2
    assert at.kinds[-1] is EventKind.EXPORTED


def test_several_files_that_are_called_off_say_how_many_are_complete() -> None:
    assert files_until_called_off(0) == "No file was written."
    assert files_until_called_off(2) == "Called off. 2 files are complete."


def test_a_choice_and_its_answer_end_with_the_shift(at: AtShift) -> None:
    choice = at.page.export.choice
    choice._choose(Selection(order=ORDER))
    choice._turn_new()
    choice._choose_template(Template.ZH, LAYOUTS[Template.ZH])
    choice._choose_files(True)
    at.page.export.show_result("told of the shift before")
    at.count("2")
    at.explain("One label was torn")
    at.close()
    at.desk.until(lambda: choice.is_of_shift)
    assert (choice.template_name, choice.one_each) == (Template.EN, False)
    assert choice.layout_ == LAYOUTS[Template.EN]
    assert at.page.export.message == ""


def test_how_many_units_are_chosen_is_known_before_the_file(at: AtShift, tmp_path: Path) -> None:
    card = at.page.export
    assert card.rows == 3
    card.choice._choose(Selection(product="unknown"))
    at.desk.until(lambda: card.rows == 0)
    assert "0 rows" in words(card)
    card.choice._choose(Selection(order=ORDER))
    at.desk.until(lambda: card.rows == 3)
    export(at, tmp_path / "order.csv")
    card.choice._turn_new()
    at.desk.until(lambda: card.rows == 0)


def test_a_refusal_goes_when_there_is_something_to_export(at: AtShift, tmp_path: Path) -> None:
    card = at.page.export
    card.choice._choose(Selection())
    export(at, tmp_path / "all.csv")
    card.choice._turn_new()
    at.desk.until(lambda: card.rows == 0)
    export(at, tmp_path / "new.csv")
    assert "no unit" in card.message.lower()
    bind = at.desk.shown.station.at_desk(lambda desk: desk.journal.bind(desk.stamp, bound(pair(4)), pair(4)))
    bind.result(timeout=5)
    at.shift.read()
    at.desk.until(lambda: card.rows == 1)
    assert card.message == ""


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768)])
def test_the_panel_of_days_is_whole_and_goes_with_its_page(at: AtShift, size: tuple[int, int]) -> None:
    window, days = at.desk.shown.window, at.page.export.choice.days
    window.resize(*size)
    at.count("1")
    at.page.sum.explain.click()
    bar = at.page.verticalScrollBar()
    for value in (0, bar.maximum()):
        bar.setValue(value)
        days.toggle()
        port = at.page.viewport()
        top = days.mapTo(window, QPoint(0, 0)).y() - port.mapTo(window, QPoint(0, 0)).y()
        assert (top >= 0, top + days.height() <= port.height()) == (True, True)
        days.toggle()
    days.toggle()
    assert f"as {window._now().date()}" in words(days)
    window.show_binding()
    window.show_page(PageName.SHIFT)
    assert days.isHidden()

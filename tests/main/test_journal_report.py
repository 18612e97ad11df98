"""The units that were found, as a file."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.main.journal_report import HEADER
from tests.adapters.journals import STAMP, pair
from tests.benchmarks.bulk import make_journal
from tests.main.choosing import choose_file
from tests.main.conftest import Desk

Open = Callable[..., Desk]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    made = open_desk()
    made.open_page()
    made.until_found(14)
    return made


def rows_of(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [[field.removeprefix("\t") for field in row] for row in csv.reader(file)]


def write(desk: Desk, path: Path) -> None:
    desk.shown.journal_desk.report.write(path)
    desk.until(lambda: not desk.page.list.export.isHidden())


def test_all_that_was_found_is_written_not_only_what_is_shown(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    write(desk, path)
    header, *rows = rows_of(path)
    assert tuple(header) == HEADER
    assert len(rows) == 14
    unit = pair(0)
    found = next(row for row in rows if row[0] == unit.device.sn)
    assert found == [
        unit.device.sn,
        unit.imei,
        unit.device.pk,
        "Bound",
        STAMP.at,
        STAMP.operator,
        "3 13 14",
    ]
    assert desk.page.list.counted == "14 units written to found.csv."


def test_numbers_are_protected_from_spreadsheets(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    desk.scan(pair(3).imei)
    desk.until_found(1)
    write(desk, path)
    raw = path.read_text("utf-8-sig")
    assert f"\t{pair(3).device.sn},\t{pair(3).imei},p11sf2," in raw


def test_a_file_that_exists_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    path.write_text("mine")
    write(desk, path)
    assert path.read_text() == "mine"
    assert "is there already" in desk.page.list.counted


def test_the_journal_itself_is_never_written_over(desk: Desk) -> None:
    write(desk, desk.place.folder / "journal.csv")
    assert not (desk.place.folder / "journal.csv").exists()
    assert "The station itself lives by" in desk.page.list.counted


def test_the_person_is_asked_where_without_a_dialog_that_blocks(desk: Desk, tmp_path: Path) -> None:
    QTest.mouseClick(desk.page.list.export, LEFT)
    choose_file(desk, tmp_path / "mine.csv")
    desk.until(lambda: "written to mine.csv" in desk.page.list.counted)
    assert len(rows_of(tmp_path / "mine.csv")) == 15


def test_writing_is_called_off_and_leaves_no_file(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk(lambda path: make_journal(path, 20_000))
    desk.open_page()
    desk.until_found(20_000)
    path = tmp_path / "found.csv"
    desk.shown.journal_desk.report.write(path)
    desk.until(lambda: desk.page.list.stop.isVisible())
    QTest.mouseClick(desk.page.list.stop, LEFT)
    desk.until(lambda: desk.page.list.counted == "No file was written.")
    assert not list(tmp_path.glob("*found*"))

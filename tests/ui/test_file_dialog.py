"""The dialog in which files and folders are chosen."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui import file_dialog, last_folder
from app.ui.file_dialog import FileDialog, Purpose, Wanted
from app.ui.folder_list import size_word
from app.ui.folder_look import Found, look_at
from app.ui.main_window import MainWindow
from app.ui.theme import load_fonts, load_palette
from app.wording import language

OPEN = Wanted(Purpose.OPEN, "Import file", ("csv",))
SAVE = Wanted(Purpose.SAVE, "Save report", ("csv",), "report.csv")
FOLDER = Wanted(Purpose.FOLDER, "Second folder")


class Asked:
    """Somebody at the dialog."""

    def __init__(self, qtbot: QtBot, wanted: Wanted) -> None:
        load_fonts()
        self.window = MainWindow(load_palette(), "1.0.0")
        qtbot.addWidget(self.window)
        self.dialog = FileDialog(self.window, wanted)
        self.qtbot = qtbot
        self.chosen: list[Path] = []
        self.dialog.chosen.connect(self.chosen.append)
        self.dialog.open()
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not isValid(self.dialog) or not self.dialog.is_looking)

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.dialog.sheet.list.rows]

    @property
    def told(self) -> str:
        return self.dialog.sheet.told

    def enter(self, name: str) -> None:
        self.dialog.sheet.name.put(name)
        self.dialog.sheet.confirm.click()
        self.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    made = tmp_path / "files"
    (made / "inner").mkdir(parents=True)
    for name in ("b.csv", "A.csv", "notes.txt", ".hidden.csv"):
        (made / name).write_text("x\n")
    language.use("en")
    last_folder.keep_last_folder_in(tmp_path / "window.ini")
    last_folder.remember_folder(made)
    yield made
    last_folder.forget()


def test_it_begins_in_the_folder_of_last_time_folders_first(folder: Path, qtbot: QtBot) -> None:
    asked = Asked(qtbot, OPEN)
    assert asked.dialog.folder == folder
    assert asked.names == ["inner", "A.csv", "b.csv"]


def test_the_folder_of_last_time_is_known_to_the_next_start(folder: Path, tmp_path: Path) -> None:
    last_folder.keep_last_folder_in(tmp_path / "window.ini")
    assert last_folder.last_folder() == folder


def test_at_first_it_begins_in_the_documents(tmp_path: Path) -> None:
    last_folder.keep_last_folder_in(tmp_path / "none.ini")
    assert last_folder.last_folder() == last_folder.documents()
    last_folder.forget()


def test_a_file_is_chosen_and_its_folder_is_remembered(folder: Path, qtbot: QtBot) -> None:
    (folder / "inner" / "c.csv").write_text("x\n")
    asked = Asked(qtbot, OPEN)
    asked.enter(str(folder / "inner" / "c.csv"))
    assert asked.chosen == [folder / "inner" / "c.csv"]
    assert last_folder.last_folder() == folder / "inner"


def test_a_wrong_name_is_said_in_the_dialog_in_the_chosen_language(folder: Path, qtbot: QtBot) -> None:
    language.use("zh_CN")
    asked = Asked(qtbot, OPEN)
    language_told = asked.dialog.sheet.confirm.text()
    asked.enter("gone.csv")
    assert language_told == "打开"
    assert "gone.csv" in asked.told
    assert any(character >= "⺀" for character in asked.told)
    assert asked.chosen == []
    assert asked.dialog.isVisible()


def test_enter_leads_into_a_folder_and_never_chooses_a_file(folder: Path, qtbot: QtBot) -> None:
    asked = Asked(qtbot, OPEN)
    for name in ("A.csv", "inner"):
        asked.dialog.sheet.name.put(name)
        QTest.keyClick(asked.dialog.sheet.name.edit, Qt.Key.Key_Return)
        asked.wait()
        assert asked.dialog.isVisible()
    assert asked.chosen == []
    assert asked.dialog.folder == folder / "inner"


def test_a_saved_file_gets_its_ending_and_its_folder_must_be_there(folder: Path, qtbot: QtBot) -> None:
    asked = Asked(qtbot, SAVE)
    asked.enter("nowhere/mine")
    assert "nowhere" in asked.told
    asked.enter("mine")
    assert asked.chosen == [folder / "mine.csv"]


def test_a_folder_is_chosen_by_standing_in_it(folder: Path, qtbot: QtBot) -> None:
    asked = Asked(qtbot, FOLDER)
    assert asked.names == ["inner"]
    asked.dialog.show_folder(folder / "inner")
    asked.wait()
    asked.enter("")
    assert asked.chosen == [folder / "inner"]


def test_all_files_are_shown_where_that_is_wanted(folder: Path, qtbot: QtBot) -> None:
    asked = Asked(qtbot, replace(OPEN))
    asked.dialog._show_kind(True)
    assert asked.names == ["inner", "A.csv", "b.csv", "notes.txt"]


def test_a_path_that_never_answers_leaves_the_window_alive(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = Asked(qtbot, OPEN), threading.Event()

    def slow(path: Path) -> object:
        if path.name == "dead":
            answers.wait()
        return look_at(path)

    monkeypatch.setattr(file_dialog, "look_at", slow)
    asked.dialog.sheet.name.put("dead")
    asked.dialog.sheet.confirm.click()
    qtbot.waitUntil(lambda: "no answer yet" in asked.told)
    asked.dialog.show_folder(folder / "inner")
    asked.wait()
    assert asked.dialog.folder == folder / "inner"
    (folder / "dead").write_text("x\n")
    answers.set()
    qtbot.waitUntil(lambda: not any(one.name == "background" for one in threading.enumerate()))
    assert asked.chosen == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a path and /proc are of other systems")
def test_pipes_devices_and_the_systems_own_are_no_files(folder: Path, qtbot: QtBot) -> None:
    os.mkfifo(folder / "pipe.csv")
    for path in (folder / "pipe.csv", Path("/dev/null"), Path("/proc"), Path("/proc/kmsg")):
        assert look_at(path).found is Found.UNUSABLE
    asked = Asked(qtbot, OPEN)
    assert "pipe.csv" not in asked.names
    asked.enter("/proc")
    assert (asked.dialog.folder, asked.chosen) == (folder, [])
    assert "/proc belongs to the system" in asked.told


def test_sizes_are_short() -> None:
    assert [size_word(size) for size in (0, 999, 1000, 2_400_000, 10**13)] == [
        "0 B",
        "999 B",
        "1 kB",
        "2 MB",
        "10000 GB",
    ]

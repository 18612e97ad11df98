"""How many backups stay and where each goes as well, chosen on the shift's page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.adapters.settings_file import load_settings
from app.core.record import EventKind
from app.ui.backup_form import BackupForm
from app.ui.pages import PageName
from tests.main.choosing import choose_file
from tests.main.conftest import PEOPLE, QA, SUPERVISOR, Desk
from tests.main.shifts import AtShift, make_shift

Open = Callable[..., Desk]


@pytest.fixture
def at(open_desk: Open) -> AtShift:
    desk = open_desk(make_shift, people=PEOPLE)
    desk.sign_in(SUPERVISOR)
    made = AtShift(desk)
    made.open()
    made.page.files.change.click()
    return made


@pytest.fixture
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("second")


def form(at: AtShift) -> BackupForm:
    return at.page.backup_form


def enter(at: AtShift, kept: str) -> None:
    form(at).kept.put(kept)
    form(at).kept.typed.emit(kept)


def look_at(at: AtShift, folder: Path) -> None:
    at.shift.backup_settings.look_at(folder)
    at.desk.until(lambda: "being looked at" not in form(at).accessibleDescription())


def test_what_holds_is_shown_and_what_is_kept_counts_for_the_next_backup(at: AtShift, second: Path) -> None:
    assert (form(at).kept.text, form(at).folder) == ("14", "")
    assert "backup on the disk that breaks is none" in form(at).accessibleDescription()
    look_at(at, second)
    enter(at, "3")
    form(at).confirm.click()
    at.desk.until(lambda: form(at).isHidden())
    kept = load_settings(at.desk.place.folder / "settings.json")
    assert (kept.backups_kept, kept.second_backup_folder) == (3, str(second))
    changed = [one for one in at.desk.events() if one.entry.kind is EventKind.SETTING_CHANGED]
    assert [(one.entry.before, one.entry.after) for one in changed] == [("14", "3"), ("", str(second))]
    assert {one.stamp.approver for one in changed} == {SUPERVISOR.name}
    at.page.files.back_up.click()
    at.desk.until(lambda: "is saved as" in at.page.notice.text)
    assert list(second.glob("station-*/journal-*.db"))


def test_a_folder_on_the_same_disk_is_said_aloud(at: AtShift, second: Path) -> None:
    look_at(at, second)
    assert "same disk as the journal" in form(at).accessibleDescription()
    assert form(at).confirm.isEnabled()


def test_a_folder_that_cannot_be_taken_leaves_the_one_before(at: AtShift, tmp_path: Path) -> None:
    look_at(at, tmp_path / "nowhere")
    assert "There is no folder" in form(at).accessibleDescription()
    look_at(at, at.desk.place.folder / "files")
    assert form(at).folder == ""


@pytest.mark.parametrize("number", ["0", "1001", "", "many"])
def test_a_number_that_cannot_be_is_refused_while_it_is_typed(at: AtShift, number: str) -> None:
    enter(at, number)
    assert "from 1 to 1000" in form(at).accessibleDescription()
    assert not form(at).confirm.isEnabled()


def test_the_second_folder_is_taken_away_again(at: AtShift, second: Path) -> None:
    look_at(at, second)
    form(at).without.click()
    assert (form(at).folder, form(at).choose.text()) == ("", "Choose a folder…")


def test_the_folder_is_asked_for_without_a_dialog_that_blocks(at: AtShift, second: Path) -> None:
    form(at).choose.click()
    choose_file(at.desk, second)
    at.desk.until(lambda: form(at).folder == str(second))


def test_ctrl_enter_keeps_and_closes_no_shift(at: AtShift) -> None:
    at.count("3")
    enter(at, "5")
    form(at).kept.edit.setFocus()
    QTest.keyClick(
        at.desk.shown.window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    at.desk.until(lambda: form(at).isHidden())
    assert at.desk.place.settings.backups_kept == 5
    assert at.page.picture.is_open


def test_cancel_and_another_page_change_nothing(at: AtShift) -> None:
    enter(at, "5")
    form(at).cancel.click()
    assert at.page.export.isVisible()
    at.page.files.change.click()
    assert form(at).kept.text == "14"
    at.desk.shown.window.show_page(PageName.JOURNAL)
    at.desk.shown.window.show_page(PageName.SHIFT)
    assert form(at).isHidden()
    assert at.desk.place.settings.backups_kept == 14


def test_qa_sees_no_way_to_change_it(open_desk: Open) -> None:
    desk = open_desk(make_shift, people=PEOPLE)
    desk.sign_in(QA)
    made = AtShift(desk)
    made.open()
    assert not made.page.files.change.isVisible()
    made.shift.backup_settings._keep(5, "")
    desk.until(lambda: "may not" in form(made).accessibleDescription())
    assert desk.place.settings.backups_kept == 14

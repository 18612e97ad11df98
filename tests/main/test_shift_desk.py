"""The shift's page on a real journal: counted, explained, closed, opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.cards import Card, card_text
from app.core.record import EventKind
from app.main.window import StationWindow
from app.ui.pages import PageName
from tests.adapters.journals import pair
from tests.main.conftest import OPERATOR, PEOPLE, QA, SUPERVISOR, Desk
from tests.main.shifts import ORDER, AtShift, make_closed, make_shift, make_unlisted
from tests.ui.written import words

Open = Callable[..., Desk]


@pytest.fixture
def at(open_desk: Open) -> AtShift:
    made = AtShift(open_desk(make_shift))
    made.open()
    return made


@pytest.fixture
def signed_in(open_desk: Open) -> AtShift:
    desk = open_desk(make_shift, people=PEOPLE)
    desk.sign_in(SUPERVISOR)
    made = AtShift(desk)
    made.open()
    return made


def test_the_shift_stays_open_until_the_labels_are_counted(at: AtShift) -> None:
    button, page = at.page.title.close_shift, at.page
    assert page.title.title == "Close shift 1"
    assert page.sum.total.missing == 3
    assert not button.isEnabled()
    assert "Count the labels" in page.title.accessibleDescription()
    at.count("2")
    assert page.title.accessibleDescription() == "1 label to explain first"
    assert not button.isEnabled()
    at.count("3")
    assert page.sum.verdict == "all accounted for"
    assert button.isEnabled()


def test_a_closed_shift_has_its_file_a_backup_and_its_report(at: AtShift, tmp_path: Path) -> None:
    at.count("3")
    at.close()
    assert at.kinds[-3:] == [EventKind.SHIFT_CLOSED, EventKind.EXPORTED, EventKind.BACKED_UP]
    (file,) = (at.desk.place.folder / "files").glob("*.csv")
    assert str(file) in at.page.notice.text
    assert at.desk.place.backups().newest() is not None
    assert at.page.title.title == "Shift 1 is closed"
    report = tmp_path / "report.txt"
    at.shift.report.save(report)
    assert "6 labels issued = 3 bound + 0 spoiled + 3 left (counted) + 0 missing" in report.read_text("utf-8")
    at.shift.report.save(report)
    assert "is there already" in at.page.notice.text


def test_missing_labels_are_explained_by_whoever_is_signed_in(signed_in: AtShift) -> None:
    signed_in.count("1")
    signed_in.explain("   ")
    assert not signed_in.page.title.close_shift.isEnabled()
    signed_in.explain("fell into the machine")
    signed_in.close()
    closed = next(one for one in signed_in.desk.events() if one.entry.kind is EventKind.SHIFT_CLOSED)
    assert (closed.entry.reason, closed.stamp.approver) == ("fell into the machine", SUPERVISOR.name)
    report = signed_in.page.picture.report
    assert report is not None
    assert (report.explanation, report.reconciliation.missing) == ("fell into the machine", 2)
    backup = next(one for one in signed_in.desk.events() if one.entry.kind is EventKind.BACKED_UP)
    assert backup.stamp.approver == SUPERVISOR.name


def test_a_shift_without_a_list_closes_at_once(open_desk: Open) -> None:
    at = AtShift(open_desk(make_unlisted))
    at.open()
    assert at.page.sum.total.missing is None
    assert at.page.title.close_shift.isEnabled()
    at.close()


def test_a_file_that_cannot_be_written_leaves_the_shift_open(at: AtShift) -> None:
    (at.desk.place.folder / "files").write_text("in the way")
    at.count("3")
    at.page.title.close_shift.click()
    at.desk.until(lambda: "The shift is still open" in at.page.notice.text)
    at.desk.until(at.page.title.close_shift.isEnabled)
    assert EventKind.SHIFT_CLOSED not in at.kinds


def test_trouble_with_the_backup_leaves_the_shift_closed(at: AtShift) -> None:
    (at.desk.place.folder / "backups").write_text("in the way")
    at.count("3")
    at.page.title.close_shift.click()
    at.desk.until(lambda: "could not be made" in at.page.notice.text)
    assert "The shift is closed." in at.page.notice.text
    at.desk.until(lambda: not at.page.picture.is_open)


def test_a_shift_that_is_still_being_closed_when_the_window_goes_has_its_backup(at: AtShift) -> None:
    at.count("3")
    at.page.title.close_shift.click()
    at.desk.shown.close()
    assert at.kinds[-3:] == [EventKind.SHIFT_CLOSED, EventKind.EXPORTED, EventKind.BACKED_UP]


def test_a_backup_that_a_closed_shift_never_got_is_caught_up_at_the_next_start(open_desk: Open) -> None:
    desk = open_desk(make_closed, backed_up=False)
    desk.until(lambda: EventKind.BACKED_UP in [event.entry.kind for event in desk.events()])
    backup = desk.place.backups().newest()
    assert backup is not None
    desk.until(lambda: "is saved as" in AtShift(desk).page.notice.text)


def test_where_the_last_backup_is_newer_than_the_last_closing_none_is_made(at: AtShift) -> None:
    at.count("3")
    at.close()
    place, made = at.desk.place, at.kinds.count(EventKind.BACKED_UP)
    at.desk.shown.close()
    at.desk.shown = StationWindow(place, "")
    at.desk.shown.open()
    at.open()
    assert at.kinds.count(EventKind.BACKED_UP) == made


def test_the_next_shift_is_opened_for_an_order(at: AtShift) -> None:
    at.count("3")
    at.close()
    at.page.title._choose(ORDER)
    at.page.title.open_shift.click()
    at.desk.until(lambda: at.page.picture.is_open)
    report = at.page.picture.report
    assert report is not None
    assert (report.shift.id, report.shift.work_order) == (2, ORDER)
    assert at.page.sum.counted is None


def test_enter_and_space_close_no_shift(at: AtShift) -> None:
    at.count("3")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(at.page.sum.left.edit, key)
        QTest.keyClick(at.page.title.close_shift, key)
    assert at.page.title.close_shift.isEnabled()
    at.page.sum.focus_count()
    QTest.keyClick(at.page.sum.left.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at.desk.until(lambda: not at.page.picture.is_open)
    at.desk.until(lambda: "is saved as" in at.page.notice.text)


def test_a_unit_on_hold_leads_to_its_story(at: AtShift) -> None:
    row = next(row for row in at.page.problems.rows if row.problem.code)
    assert row.problem.code == pair(3).device.sn
    row.click()
    assert at.desk.shown.window.page is PageName.JOURNAL
    at.desk.until_found(1)
    assert at.desk.rows[0][0] == pair(3).device.sn


def test_the_line_about_the_labels_leads_to_the_count(at: AtShift) -> None:
    at.page.problems.rows[0].click()
    assert at.page.sum.left.edit.hasFocus()


def test_an_operators_card_shift_end_brings_no_page(open_desk: Open) -> None:
    desk = open_desk(make_shift, people=PEOPLE)
    desk.sign_in(OPERATOR)
    desk.scan(card_text(Card.SHIFT_END))
    desk.shown.station.at_desk(lambda at_work: None).result(5)
    desk.until(lambda: "A supervisor closes the shift." in words(desk.shown.window.bind_page.panel))
    assert desk.shown.window.page is PageName.BINDING


def test_a_supervisors_card_shift_end_brings_the_page(open_desk: Open) -> None:
    desk = open_desk(make_shift, people=PEOPLE)
    desk.sign_in(SUPERVISOR)
    desk.scan(card_text(Card.SHIFT_END))
    desk.until(lambda: desk.shown.window.page is PageName.SHIFT)


def test_qa_reads_and_changes_nothing(open_desk: Open) -> None:
    desk = open_desk(make_shift, people=PEOPLE)
    desk.sign_in(QA)
    at = AtShift(desk)
    at.open()
    page = at.page
    changing = [page.title.close_shift, page.title.open_shift, page.sum.left, page.sum.explain]
    changing += [*page.export.buttons.values(), page.files.back_up]
    assert not any(part.isVisible() for part in changing)
    assert page.hours.accessibleDescription().startswith("3 passed")


def test_a_unit_that_is_bound_meanwhile_is_counted_at_the_next_look(at: AtShift) -> None:
    at.desk.shown.window.show_page(PageName.BINDING)
    at.desk.scan(f"pk=p11sf2&sn={pair(4).device.sn}&v=1")
    at.desk.scan(str(pair(4).imei))
    at.desk.until(lambda: at.desk.shown.window.view.tally.bound == 4)
    at.desk.shown.window.show_page(PageName.SHIFT)
    at.desk.until(lambda: at.page.picture.rows == 4)

"""The parts of the shift's page, each with what it is given."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.shift_hours import kinds_in, passed_text
from app.ui.shift_page import ShiftPage
from app.ui.theme import Palette
from tests.ui.journal_scenes import QA
from tests.ui.shift_scenes import GUARDED, PICTURE, REPORT, add_shift_page, count_left
from tests.ui.written import words


@pytest.fixture
def page(window: MainWindow) -> ShiftPage:
    made = add_shift_page(window)
    window.show_view(GUARDED)
    window.show_page(PageName.SHIFT)
    made.show_picture(PICTURE)
    return made


def test_kinds_of_fault_without_room_are_counted(palette: Palette) -> None:
    kinds = [f"Both bound elsewhere {number}" for number in range(8)]
    assert kinds_in(kinds, 10_000) == ", ".join(kinds)
    assert kinds_in(kinds, 600).endswith("more kinds …")
    assert kinds_in([], 600) == ""


def test_passes_that_were_taken_back_are_told_beside_the_passes() -> None:
    assert passed_text(replace(REPORT, passes=10, bound=8)) == "10 passed, 2 taken back"
    assert passed_text(replace(REPORT, passes=10, bound=10)) == "10 passed"


def test_labels_that_are_not_bound_are_one_line_until_they_are_asked_for(
    page: ShiftPage, qtbot: QtBot
) -> None:
    rows = page.problems.rows
    assert (len(rows), rows[-1].text()) == (5, "102 labels are not bound list…")
    assert "Open problems 5" in words(page.problems)
    rows[-1].click()
    qtbot.waitUntil(lambda: len(page.problems.rows) == 5 + 100 + 1)
    assert page.problems.rows[5].problem.code == REPORT.labels_not_bound[0]
    assert page.problems.rows[-1].text() == "2 more labels not listed"
    assert "Open problems 5" in words(page.problems)
    assert page.problems.rows[4].hasFocus()
    page.problems.rows[4].click()
    qtbot.waitUntil(lambda: len(page.problems.rows) == 5)


def test_what_nobody_counted_is_not_called_missing(page: ShiftPage) -> None:
    assert page.sum.verdict == "to count"
    assert "missing" not in words(page.sum)
    count_left(page, "101")
    assert page.sum.verdict == "missing"


def test_whoever_cannot_close_the_shift_is_shown_how_it_stands(window: MainWindow, page: ShiftPage) -> None:
    page.export.show_result("The disk is full", is_trouble=True)
    page.show_message("The shift is still open", is_trouble=True)
    window.show_view(QA)
    assert page.title.title == "Shift 12 is open"
    assert page.export.message == page.notice.text == ""
    assert "+ – left, not counted" in words(page.sum)


def test_who_explains_is_told_what_ends_a_lost_label(page: ShiftPage) -> None:
    count_left(page, "101")
    page.sum.explain.click()
    assert "Spoil label" in words(page.sum)

"""The journal's page by itself: what it shows of what was read, to whom, and where it has its room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.core.unit_list import UnitQuery
from app.station.reading_room import Counted, LinesRead, RecordRead, StoryRead
from app.ui.journal_filters import Search
from app.ui.journal_page import JournalPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.theme import Palette
from app.ui.unit_cells import ROW_HEIGHT, WIDTHS, CellPaint, Column, paint_cell
from app.wording import language
from tests.ui.journal_scenes import (
    BROKEN,
    DERIVED,
    HOLDS,
    LINES,
    LONG_REASON,
    PART,
    QA,
    SUPERVISOR,
    add_journal_page,
    proof,
    show_found,
    story,
)
from tests.ui.scenes import NOW
from tests.ui.written import hear, words


@pytest.fixture
def page(window: MainWindow) -> JournalPage:
    made = add_journal_page(window)
    window.show_view(QA)
    window.show_page(PageName.JOURNAL)
    return made


def visible(page: JournalPage) -> list[Column]:
    return [column for column in Column if not page.list.table.isColumnHidden(column)]


@pytest.mark.parametrize("code", sorted(language.LANGUAGES))
def test_every_cell_has_its_room(palette: Palette, english: None, code: str) -> None:
    language.use(code)
    for line in LINES:
        for column in Column:
            box = QRectF(0, 0, WIDTHS[column], ROW_HEIGHT)
            ear = hear(palette, lambda canvas: paint_cell(canvas, line, column, box, CellPaint(PART, NOW)))  # noqa: B023
            assert ear.cut == []
            assert all(one.box.right() <= WIDTHS[column] for one in ear.heard)


def test_numbers_stand_in_groups_and_are_spoken_and_copied_bare(page: JournalPage, palette: Palette) -> None:
    show_found(page)
    box = QRectF(0, 0, 220, ROW_HEIGHT)
    ear = hear(palette, lambda canvas: paint_cell(canvas, LINES[1], Column.IMEI, box, CellPaint("", NOW)))
    assert [one.text for one in ear.heard] == ["86395", "00694", "22170"]
    model = page.list.table.model_
    assert model.index(1, Column.IMEI).data() == "863950069422170"


def test_a_narrow_window_drops_when_and_who(page: JournalPage, window: MainWindow) -> None:
    assert visible(page) == list(Column)
    window.resize(1024, 768)
    assert visible(page) == [Column.SN, Column.IMEI, Column.STATE]


def test_the_foot_counts_what_is_found_and_what_is_shown(page: JournalPage) -> None:
    page.begin(Search(UnitQuery(PART)))
    page.show_told(Counted(1, 12_345, 0.345))
    assert page.list.counted == "12,345 found so far, 34 % looked through"
    page.show_told(LinesRead(1, 0, LINES))
    page.show_told(Counted(1, 12_345, 1.0))
    assert page.list.counted == "12,345 units found, 1 to 10 shown"
    assert page.list.stop.isHidden()


def test_lines_that_nobody_waits_for_any_more_are_dropped(page: JournalPage) -> None:
    show_found(page)
    page.list.table.scroll_to(10)
    page.list.table.scroll_to(20)
    page.show_told(LinesRead(1, 10, LINES[:3]))
    assert page.list.table.first == 0
    page.show_told(LinesRead(1, 20, LINES[:3]))
    assert page.list.table.first == 20


def test_a_reason_is_shown_whole_however_long(page: JournalPage, window: MainWindow) -> None:
    window.resize(1024, 768)
    show_found(page)
    page.show_told(StoryRead(story(reason=LONG_REASON)))
    said = words(page.unit.story.rows[2])
    for word in LONG_REASON.split():
        assert word in said


def test_a_story_of_hundreds_of_events_shows_the_newest_and_says_so(page: JournalPage) -> None:
    show_found(page)
    many = story()
    page.show_told(StoryRead(replace(many, happenings=many.happenings * 100)))
    assert len(page.unit.story.rows) == 300
    assert "300 older records are not shown here" in words(page.unit.story)


def test_a_record_stays_on_top_until_another_unit_is_chosen(page: JournalPage) -> None:
    show_found(page)
    page.show_told(RecordRead(1, 9204, story().happenings[2].event, LINES[0]))
    page.show_told(StoryRead(story()))
    assert page.unit.record.isVisible()
    QTest.mouseClick(page.unit.record.back, Qt.MouseButton.LeftButton)
    assert page.unit.record.isHidden()
    QTest.mouseClick(page.unit.story.rows[0], Qt.MouseButton.LeftButton)
    assert "#8,911" in words(page.unit.record)


def test_who_may_correct_sees_what_makes_sense(page: JournalPage, window: MainWindow) -> None:
    show_found(page)
    assert page.unit.bar.isHidden()
    window.show_view(SUPERVISOR)
    assert [button.text() for button in page.unit.bar.buttons] == ["Unbind", "Scrap"]
    page.unit.form.open_form(page.unit.bar.corrections[0])
    window.show_view(QA)
    assert page.unit.bar.isHidden()
    assert page.unit.form.isHidden()


def test_the_badge_offers_what_comes_next_to_those_who_may(page: JournalPage, window: MainWindow) -> None:
    badge = page.badge
    for check in (HOLDS, BROKEN, DERIVED):
        badge.show_face(proof(check))
        assert not badge.verify.isHidden()
        assert badge.rebuild.isHidden()
    window.show_view(SUPERVISOR)
    assert badge.verify.isHidden()
    assert not badge.rebuild.isHidden()


def test_the_tab_key_goes_through_the_page_in_reading_order(page: JournalPage, window: MainWindow) -> None:
    show_found(page)
    page.filters.field.edit.setFocus()
    order = [page.filters.who, page.filters.when, page.badge.verify, page.list.table, page.list.export]
    for part in order:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        assert window.focusWidget() is part


def test_every_button_is_large_enough_and_has_a_name(page: JournalPage, window: MainWindow) -> None:
    window.show_view(SUPERVISOR)
    show_found(page)
    buttons = [one for one in page.findChildren(QAbstractButton) if one.isVisible()]
    assert len(buttons) > 8
    assert min(button.height() for button in buttons) >= 36
    assert all(button.text() or button.accessibleName() for button in buttons)

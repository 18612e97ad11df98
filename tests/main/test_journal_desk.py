"""The journal's page on a real journal: what a scan does there, what is found, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.cards import Card, badge_text, card_text
from app.core.codes import DeviceCode, Pair, ProductKey, is_imei
from app.core.people import Person, Role, badge_digest
from app.ui.pages import PageName
from app.ui.unit_cells import ROW_HEIGHT, Column, paint_cell
from tests.adapters.journals import STAMP, bound, pair
from tests.benchmarks.bulk import make_journal
from tests.main.conftest import OPERATOR, PEOPLE, QA, SUPERVISOR, Desk
from tests.ui.written import hear, words

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """Everything was corrected once; nobody signs in."""
    made = open_desk()
    made.open_page()
    made.until_found(14)
    return made


@pytest.fixture
def large(open_desk: Open) -> Desk:
    made = open_desk(lambda path: make_journal(path, 5000))
    made.open_page()
    made.until_found(5000)
    return made


def _names(unit: Pair, part: str) -> bool:
    return part in unit.device.sn or part in unit.imei


def press(desk: Desk, key: Qt.Key) -> None:
    QTest.keyClick(desk.page.list.table, key)


def test_the_newest_units_come_first(desk: Desk) -> None:
    assert [state for *_, state in desk.rows[:6]] == [
        "released",
        "bound",
        "spoiled",
        "unbound",
        "unbound",
        "scrapped",
    ]
    assert desk.page.list.counted == "14 units found, 1 to 10 shown"


def test_a_scanned_device_qr_is_looked_for_and_binds_nothing(desk: Desk) -> None:
    unit = pair(0)
    before = len(desk.events())
    desk.scan(f"pk={unit.device.pk}&sn={unit.device.sn}&v=1")
    desk.until_found(1)
    assert desk.rows == [(unit.device.sn, unit.imei, "bound")]
    desk.until(lambda: len(desk.page.unit.story.rows) == 3)
    assert [row.face.title for row in desk.page.unit.story.rows] == ["Bound", "Unbound", "Rebound"]
    assert desk.shown.window.page is PageName.JOURNAL
    assert len(desk.events()) == before


def test_a_scan_takes_the_place_of_what_was_half_typed(desk: Desk) -> None:
    desk.page.filters.field.edit.setFocus()
    QTest.keyClicks(desk.page.filters.field.edit, "99")
    desk.scan(pair(3).imei)
    desk.until_found(1)
    assert desk.page.filters.field.text == pair(3).imei
    assert desk.rows[0][0] == pair(3).device.sn


def test_a_module_label_finds_its_unit_whatever_else_stands_on_it(desk: Desk) -> None:
    desk.scan(f"{pair(4).imei};MPY25E61D000625")
    desk.until_found(1)
    assert desk.page.filters.field.text == pair(4).imei


def test_a_scan_of_what_nobody_knows_is_said_in_place(desk: Desk) -> None:
    desk.scan("https://www.example.com/support")
    desk.until(lambda: "holds no unit" in words(desk.page.unit))
    assert desk.page.list.counted == "0 units found"
    assert desk.shown.window.page is PageName.JOURNAL


def test_a_command_card_acts_and_brings_binding_to_the_front(desk: Desk) -> None:
    desk.scan(card_text(Card.CANCEL))
    desk.until(lambda: desk.shown.window.page is PageName.BINDING)
    assert desk.page.filters.field.text == ""


def test_a_badge_signs_in_and_is_looked_for_nowhere(open_desk: Open) -> None:
    badge = badge_text("A1")
    sue = Person("Sue", Role.SUPERVISOR, badge_digest(badge))
    desk = open_desk(people=(SUPERVISOR, sue))
    desk.sign_in(SUPERVISOR)
    desk.open_page()
    desk.until_found(14)
    desk.scan(badge)
    desk.until(lambda: desk.shown.window.view.operator == "Sue")
    assert desk.page.filters.field.text == ""


def test_on_binding_a_scan_is_the_station_s(desk: Desk) -> None:
    desk.shown.window.show_binding()
    desk.scan(pair(3).imei)
    desk.until(lambda: desk.shown.window.view.state.shown is not None)
    assert desk.page.filters.field.text == ""


def test_typing_is_looked_for_once_it_pauses(large: Desk) -> None:
    heard: list[object] = []
    large.page.searched.connect(heard.append)
    part = str(pair(4321).imei)[5:12]
    QTest.keyClicks(large.page.filters.field.edit, part)
    assert heard == []
    large.until(lambda: len(heard) == 1)
    large.until(lambda: any(imei == pair(4321).imei for _, imei, _ in large.rows))


def test_enter_asks_at_once_and_answers_to_older_searches_are_dropped(large: Desk) -> None:
    field = large.page.filters.field
    for text in ("860", "zzzz", str(pair(77).device.sn)):
        field.put(text)
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    large.until_found(1)
    assert large.rows == [(pair(77).device.sn, pair(77).imei, "bound")]


def test_the_keys_reach_every_unit(large: Desk) -> None:
    table = large.page.list.table
    table.setFocus()
    newest, oldest = pair(4999).device.sn, pair(0).device.sn
    assert large.rows[0][0] == newest
    press(large, Qt.Key.Key_End)
    large.until(lambda: large.rows[-1][0] == oldest)
    assert large.page.list.counted == "5,000 units found, 4,991 to 5,000 shown"
    assert large.page.unit.shown is None or table.chosen == 4999
    press(large, Qt.Key.Key_PageUp)
    large.until(lambda: table.chosen == 4989 and table.first == 4989)
    press(large, Qt.Key.Key_Home)
    large.until(lambda: large.rows[0][0] == newest)
    for _ in range(12):
        press(large, Qt.Key.Key_Down)
    large.until(lambda: table.first == 3 and table.chosen == 12)
    large.until(lambda: large.page.unit.shown and large.page.unit.shown.sn == pair(4987).device.sn)


def test_a_cell_is_copied_as_its_bare_value(desk: Desk) -> None:
    desk.scan(pair(3).imei)
    desk.until_found(1)
    desk.page.list.table.setFocus()
    QTest.keyClick(desk.page.list.table, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == pair(3).device.sn
    press(desk, Qt.Key.Key_Right)
    QTest.keyClick(desk.page.list.table, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == pair(3).imei


@pytest.mark.parametrize("text", ["#13", "13"])
def test_a_record_number_shows_that_record_with_every_column(desk: Desk, text: str) -> None:
    desk.page.filters.look_for(text)
    desk.until(lambda: desk.page.unit.record.isVisible())
    written = words(desk.page.unit.record)
    assert "#13" in written
    assert "Unbound (unbound)" in written
    assert "a test" in written
    assert desk.rows == [(pair(0).device.sn, pair(0).imei, "bound")]


def test_a_number_that_no_unit_has_is_a_record_s(large: Desk) -> None:
    units = [pair(n) for n in range(5000)]
    number = next(str(n) for n in range(4000, 5000) if not any(_names(unit, str(n)) for unit in units))
    large.page.filters.look_for(number)
    large.until(lambda: large.page.unit.record.isVisible())
    assert large.rows == [(pair(int(number) - 3).device.sn, pair(int(number) - 3).imei, "bound")]


def test_a_record_that_is_not_there_is_said(desk: Desk) -> None:
    desk.page.filters.look_for("#999")
    desk.until(lambda: "holds no record #999" in words(desk.page.unit))


def test_too_short_a_part_is_not_looked_for(desk: Desk) -> None:
    desk.page.filters.look_for("ab")
    assert "at least 3 characters" in words(desk.page.list)


def test_days_and_operators_narrow_the_list(open_desk: Open) -> None:
    desk = open_desk(people=PEOPLE)
    desk.sign_in(QA)
    desk.open_page()
    desk.until_found(14)
    desk.page.filters._choose_operator(OPERATOR.name)
    desk.until_found(0)
    assert "No unit fits" in words(desk.page.unit)
    desk.page.filters._choose_operator(None)
    desk.until_found(14)
    dates = desk.page.filters.dates
    QTest.mouseClick(desk.page.filters.when, Qt.MouseButton.LeftButton)
    dates.since.put("2026-01-02")
    QTest.mouseClick(dates.show_days, Qt.MouseButton.LeftButton)
    desk.until_found(0)
    assert desk.page.filters.when.text() == "since 2026-01-02"
    dates.toggle()
    dates.since.put("2025-12-31")
    dates.until.put("2026-01-01")
    QTest.keyClick(dates.until.edit, Qt.Key.Key_Return)
    desk.until_found(14)
    assert desk.page.filters.when.text() == "2025-12-31 to 2026-01-01"


def test_a_day_that_is_none_is_said_and_nothing_is_looked_for(desk: Desk) -> None:
    dates = desk.page.filters.dates
    dates.toggle()
    dates.since.put("31.12.")
    QTest.mouseClick(dates.show_days, Qt.MouseButton.LeftButton)
    assert dates.isVisible()
    assert "Write a day as" in words(dates)


def test_who_may_not_read_the_journal_does_not_get_there(open_desk: Open) -> None:
    desk = open_desk(people=PEOPLE)
    desk.sign_in(OPERATOR)
    desk.shown.window.show_page(PageName.JOURNAL)
    assert desk.shown.window.page is PageName.BINDING


def test_a_journal_that_goes_away_is_said_in_place_and_read_again_once_it_is_back(desk: Desk) -> None:
    journal = desk.place.folder / "journal.db"
    journal.rename(journal.with_name("elsewhere.db"))
    desk.page.filters.look_for(str(pair(3).imei))
    desk.until(lambda: "journal" in words(desk.page.list).lower() and not desk.rows)
    journal.with_name("elsewhere.db").rename(journal)
    desk.page.filters.look_for(str(pair(3).imei))
    desk.until_found(1)
    assert is_imei(desk.rows[0][1] or "")


def make_two_products(path: Path) -> None:
    """Both with the same SN."""
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        for number, pk in enumerate(("p08kx1", "p11sf2")):
            unit = Pair(DeviceCode(ProductKey(pk), pair(1).device.sn), pair(number).imei)
            journal.bind(STAMP, bound(unit), unit)


def test_two_products_with_one_sn_are_told_apart(open_desk: Open) -> None:
    desk = open_desk(make_two_products)
    desk.open_page()
    desk.until_found(2)
    table, card = desk.page.list.table, desk.page.unit
    for place, (pk, other) in enumerate((("p11sf2", "p08kx1"), ("p08kx1", "p11sf2"))):
        table.go_to(place)
        desk.until(lambda pk=pk: pk in words(card))  # type: ignore[misc]
        assert other not in words(card)
        line, box = table.model_.lines[place], QRectF(0, 0, 220, ROW_HEIGHT)
        painted = hear(
            table.colors,
            lambda canvas, line=line, box=box: paint_cell(canvas, line, Column.SN, box, table.paint_with),  # type: ignore[misc]
        )
        assert pk in [one.text for one in painted.heard]


def test_the_file_of_a_search_for_a_record_holds_the_unit_of_that_record_alone(
    desk: Desk, tmp_path: Path
) -> None:
    for number, text in enumerate(("#13", "13")):
        desk.page.filters.look_for(text)
        desk.until_found(1)
        path = tmp_path / f"one-{number}.csv"
        desk.shown.journal_desk.report.write(path)
        desk.until(path.exists)
        _, *rows = path.read_text("utf-8-sig").splitlines()
        assert len(rows) == 1
        assert str(pair(0).device.sn) in rows[0]

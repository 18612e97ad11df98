"""What a page says is said in the language that holds, and so that it can be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.errors import Why, because
from app.ui.canvas import broken_into_lines
from app.ui.line_field import LineField
from app.ui.main_window import MainWindow
from app.ui.notice import Notice
from app.ui.pages import TABS, PageName
from app.ui.product_form import ProductForm
from app.ui.shift_page import ShiftPage
from app.ui.theme import BODY, load_fonts, load_palette
from app.wording import language
from app.wording.language import tr
from app.wording.reasons import sentence
from tests.ui.journal_scenes import SUPERVISOR, add_journal_page, journal_stages
from tests.ui.order_scenes import add_orders_page
from tests.ui.scenes import NOW


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    load_fonts()
    language.use("en")
    yield
    language.use("en")


def test_a_message_is_said_anew_in_the_language_that_was_chosen(qtbot: QtBot) -> None:
    notice = Notice(load_palette())
    qtbot.addWidget(notice)
    notice.show_text(lambda: sentence(because(Why.NAME_NEEDED)))
    assert "There is no name yet" in notice.text
    language.use("zh_CN")
    notice.retranslate()
    assert "姓名" in notice.text


def test_the_shifts_message_and_what_came_of_a_file_are_said_anew(qtbot: QtBot) -> None:
    page = ShiftPage(load_palette(), lambda: NOW, None)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show_message(lambda: tr("Shift {id} is open.").format(id=3))
    page.export.show_result(lambda: tr("No file was written."))
    language.use("zh_CN")
    page.retranslate()
    assert page.export.message == "未写文件。"
    assert page.notice.text == tr("Shift {id} is open.").format(id=3) != "Shift 3 is open."


def test_sentences_that_are_told_in_lines_are_not_joined(qtbot: QtBot) -> None:
    lines = broken_into_lines("412 units written to all.csv.\n1 unit is unbound now.", BODY, 2000)
    assert lines == ["412 units written to all.csv.", "1 unit is unbound now."]


def test_chinese_has_no_hole_where_a_word_stands_for_the_port() -> None:
    language.use("zh_CN")
    assert sentence(because(Why.PORT_ABSENT)).startswith("找不到端口，")
    assert sentence(because(Why.PORT_ABSENT, port="COM5")).startswith("找不到 COM5，")


def test_neighbouring_fields_have_letters_of_one_size_and_codes_are_in_mono(qtbot: QtBot) -> None:
    form = ProductForm(load_palette(), None)  # type: ignore[arg-type]
    qtbot.addWidget(form)
    form.place(form.area.__class__(0, 0, 700, 548), 1.0)
    form.show_rights(True)
    form.show_product(None)
    assert len({field.edit.font().pixelSize() for field in form.fields}) == 1
    mono = {field for field in form.fields if QFontDatabase.isFixedPitch(field.edit.font().families()[0])}
    assert {form.pk, form.template} <= mono
    assert form.product_name not in mono


def test_what_cannot_be_changed_looks_so(qtbot: QtBot) -> None:
    field = LineField(load_palette(), None)  # type: ignore[arg-type]
    qtbot.addWidget(field)
    field.resize(300, 46)
    field.put("p08kx1")
    before = field.grab().toImage().pixelColor(150, 40)
    field.set_read_only(True)
    after = field.grab().toImage().pixelColor(150, 40)
    assert (before, after) == (field.colors.surface, field.colors.inset)


def test_the_keys_of_the_pages_follow_the_order_of_the_tabs(qtbot: QtBot) -> None:
    window = MainWindow(load_palette(), "1.0.0", lambda: NOW)
    qtbot.addWidget(window)
    add_orders_page(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_view(SUPERVISOR)
    assert TABS[5:] == (PageName.ORDERS, PageName.PEOPLE)
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.page is PageName.ORDERS


def test_the_focus_frames_the_whole_row_of_the_journal(qtbot: QtBot) -> None:
    window = MainWindow(load_palette(), "1.0.0", lambda: NOW)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    page = add_journal_page(window)
    next(iter(journal_stages(window, page)))
    window.show()
    window.activateWindow()
    table = page.list.table
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    image = table.viewport().grab().toImage()
    top = [image.pixelColor(x, 2).name() for x in range(20, table.viewport().width() - 30)]
    assert set(top) == {table.colors.accent.name()}

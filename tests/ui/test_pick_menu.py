"""The menu of all fields that offer a choice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.pick_menu import PickMenu, open_menu
from app.ui.theme import load_fonts, load_palette

NAMES = ("First", "Second & last", "Third")


class Field:
    """A field in a window, what its menu offers and what came of it."""

    def __init__(self, top: int) -> None:
        self.window = QWidget()
        self.button = PickButton(load_palette(), Icon.MENU, self.window)
        self.window.setGeometry(0, 0, 500, 800)
        self.button.setGeometry(20, top, 200, 44)
        self.window.show()
        self.told: list[str] = []

    def open(self, chosen: int | None = 1, count: int = 3) -> PickMenu:
        names = NAMES if count == 3 else [f"Order {number}" for number in range(count)]
        choices = [(name, lambda one=name: self.told.append(one)) for name in names]
        return open_menu(self.button, choices, chosen, [("Turned", True, lambda: self.told.append("turned"))])

    @property
    def box(self) -> QRect:
        return QRect(self.button.mapToGlobal(QPoint(0, 0)), self.button.size())


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[Field]:
    load_fonts()
    made = Field(100)
    qtbot.addWidget(made.window)
    yield made
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def test_the_choice_that_holds_is_marked_and_has_the_keys(field: Field) -> None:
    menu = field.open()
    assert [line.spoken for line in menu.list.rows] == [
        "First",
        "Second & last, chosen",
        "Third",
        "Turned, on",
    ]
    assert menu.list.currentIndex().row() == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_arrow_keys_go_and_enter_or_space_chooses(field: Field, key: Qt.Key) -> None:
    menu = field.open()
    QTest.keyClick(menu.list, Qt.Key.Key_Down)
    assert field.told == []
    QTest.keyClick(menu.list, key)
    assert field.told == ["Third"]
    assert QApplication.activePopupWidget() is None


def test_escape_chooses_nothing(field: Field) -> None:
    menu = field.open()
    QTest.keyClick(menu.list, Qt.Key.Key_Escape)
    assert (field.told, QApplication.activePopupWidget()) == ([], None)


def test_a_click_chooses_and_a_switch_is_turned(field: Field) -> None:
    menu = field.open()
    box = menu.list.visualRect(menu.list.model().index(3, 0))
    QTest.mouseClick(menu.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert field.told == ["turned"]


@pytest.mark.parametrize(("top", "is_below"), [(100, True), (700, False)])
def test_it_stands_beside_its_button_and_never_over_it(field: Field, top: int, is_below: bool) -> None:
    field.button.move(20, top)
    menu = field.open()
    assert not menu.geometry().intersects(field.box)
    assert (menu.geometry().top() > field.box.bottom()) is is_below


def test_many_choices_are_scrolled_through_beside_the_button(field: Field) -> None:
    field.button.move(20, 300)
    menu = field.open(chosen=55, count=60)
    screen = field.button.screen().availableGeometry()
    assert screen.contains(menu.geometry())
    assert not menu.geometry().intersects(field.box)
    assert menu.list.viewport().rect().contains(menu.list.visualRect(menu.list.currentIndex()).center())

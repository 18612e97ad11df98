"""Typing in what cannot be scanned, by real keys in a real window on a real journal."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.products import Product
from app.core.record import Capture, EventKind
from app.core.unit import Half
from app.station.orders import Orders
from app.ui.pages import PageName
from app.ui.typed_field import TypedField
from app.ui.typing_page import TypingForm
from tests.adapters.journals import PK, STAMP, pair
from tests.main.conftest import Desk
from tests.ui.wedge.keyboard import CONTROL, ENTER, SPACE, Keyboard

UNIT = pair(7)
SN, IMEI = str(UNIT.device.sn), str(UNIT.imei)
QR = f"pk={PK}&sn={SN}&v=1"
HAND_MS, SLOW_SCANNER_MS = 120, 65


def make(path: Path, typed: bool = True) -> None:
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        Orders(journal, STAMP, None).set_product(Product(PK, "Tracker T1", typed=typed))


@dataclass
class Typist:
    """Somebody at the keyboard; its clock goes on from key to key."""

    desk: Desk
    keyboard: Keyboard

    @property
    def form(self) -> TypingForm:
        return self.desk.shown.typing_desk.page.form

    @property
    def page(self) -> PageName:
        return self.desk.shown.window.page

    def press_f6(self) -> None:
        QTest.keyClick(self.desk.shown.window.windowHandle(), Qt.Key.Key_F6)

    def type(self, field: TypedField, text: str, gap: int = HAND_MS) -> None:
        field.edit.setFocus()
        self.keyboard.now += 1000
        self.keyboard.type(text, gap)
        self.desk.qtbot.wait(120)

    def type_twice(self, text: str) -> None:
        for field in (self.form.first, self.form.again):
            self.type(field, text)

    def confirm(self) -> None:
        self.form.confirm.click()


@pytest.fixture
def typist(open_desk: Callable[..., Desk]) -> Typist:
    desk = open_desk(make)
    return Typist(desk, Keyboard(desk.shown.window.windowHandle(), int(time.monotonic() * 1000)))


def test_a_unit_is_typed_bound_and_marked(typist: Typist) -> None:
    typist.press_f6()
    assert typist.form.isVisible()
    assert typist.form.product.text() == f"{PK} Tracker T1"
    typist.type_twice(SN)
    typist.confirm()
    typist.desk.until(lambda: typist.page is PageName.BINDING)
    typist.desk.until(lambda: typist.desk.shown.window.view.state.unit.device is not None)
    typist.press_f6()
    assert typist.form.wanted is not None
    assert typist.form.wanted.half is Half.IMEI
    typist.type_twice(IMEI)
    typist.confirm()
    typist.desk.until(lambda: typist.desk.events()[-1].entry.kind is EventKind.BOUND)
    entry = typist.desk.events()[-1].entry
    assert (entry.sn, entry.label_imei, entry.capture) == (SN, IMEI, Capture.TYPED)
    assert not typist.form.isVisible()


def test_where_no_product_allows_it_f6_does_nothing(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(lambda path: make(path, typed=False))
    QTest.keyClick(desk.shown.window.windowHandle(), Qt.Key.Key_F6)
    assert desk.shown.window.page is PageName.BINDING


def test_two_entries_that_differ_are_dropped_both(typist: Typist) -> None:
    typist.press_f6()
    typist.type(typist.form.first, SN)
    typist.type(typist.form.again, SN[:-1] + "x")
    typist.confirm()
    assert "not the same" in typist.form.accessibleDescription()
    assert (typist.form.first.text, typist.form.again.text) == ("", "")
    assert typist.page is PageName.TYPING


def test_a_scan_counts_as_a_scan_and_not_as_typing(typist: Typist) -> None:
    typist.press_f6()
    typist.type(typist.form.first, SN)
    typist.desk.scan(QR)
    assert typist.page is PageName.BINDING
    typist.desk.until(lambda: typist.desk.shown.window.view.state.unit.device == UNIT.device)
    assert not typist.desk.shown.window.view.state.unit.typed
    typist.desk.scan(IMEI)
    typist.desk.until(lambda: typist.desk.events()[-1].entry.kind is EventKind.BOUND)
    assert typist.desk.events()[-1].entry.capture is Capture.LABEL


def test_a_scanner_too_slow_to_be_known_types_nothing(typist: Typist) -> None:
    typist.press_f6()
    typist.type(typist.form.first, SN, gap=SLOW_SCANNER_MS)
    assert typist.form.first.text == ""
    assert "too quickly" in typist.form.accessibleDescription()


def test_nothing_is_pasted(typist: Typist) -> None:
    typist.press_f6()
    QGuiApplication.clipboard().setText(SN)
    for keys in ("Ctrl+V", "Shift+Ins"):
        QTest.keySequence(typist.form.first.edit, QKeySequence(keys))
    QTest.mouseClick(typist.form.first.edit, Qt.MouseButton.MiddleButton)
    assert typist.form.first.text == ""


def test_enter_and_space_take_nothing_and_ctrl_enter_does(typist: Typist) -> None:
    typist.press_f6()
    typist.type_twice(SN)
    for key in (ENTER, SPACE):
        typist.keyboard.now += 1000
        typist.keyboard.key(key)
        typist.desk.qtbot.wait(120)
    assert typist.page is PageName.TYPING
    typist.keyboard.key(ENTER, CONTROL)
    typist.desk.until(lambda: typist.page is PageName.BINDING)


def test_what_was_typed_first_is_covered_while_it_is_typed_again(typist: Typist) -> None:
    typist.press_f6()
    typist.type(typist.form.first, SN)
    assert typist.form.first.edit.displayText() == SN
    typist.form.again.edit.setFocus()
    assert SN not in typist.form.first.edit.displayText()


def test_a_half_that_is_dropped_meanwhile_leads_back_to_binding(typist: Typist) -> None:
    typist.desk.scan(QR)
    typist.desk.until(lambda: typist.desk.shown.window.view.state.unit.device is not None)
    typist.press_f6()
    assert typist.page is PageName.TYPING
    typist.desk.shown.station.cancel_pressed()
    typist.desk.until(lambda: typist.page is PageName.BINDING)

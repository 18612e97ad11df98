"""The window: pages, keys, language, sizes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.errors import Why, because
from app.core.people import Person, Role
from app.core.state import State
from app.ports.backups import BackupFound
from app.station.view import StationView
from app.ui.main_window import MainWindow, zoom_for
from app.ui.pages import PageName
from app.ui.theme import Palette
from app.wording import language
from tests.ui import scenes
from tests.ui.scenes import NOW
from tests.ui.written import words

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pressed(window: MainWindow) -> list[str]:
    """What the window says was pressed."""
    heard: list[str] = []
    window.continue_pressed.connect(lambda: heard.append("continue"))
    window.cancel_pressed.connect(lambda: heard.append("cancel"))
    window.page_shown.connect(heard.append)
    return heard


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(window.windowHandle(), key, modifier or Qt.KeyboardModifier.NoModifier)


def test_f9_continues_and_f8_cancels(window: MainWindow, pressed: list[str]) -> None:
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F8)
    assert pressed == ["continue", "cancel"]


def test_no_fault_is_continued_from_a_page_that_does_not_show_it(
    window: MainWindow, pressed: list[str]
) -> None:
    press(window, Qt.Key.Key_5, CONTROL)
    press(window, Qt.Key.Key_F9)
    press(window, Qt.Key.Key_F8)
    assert pressed == ["settings"]


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_1, CONTROL), (Qt.Key.Key_Escape, None)])
def test_the_keys_lead_to_the_settings_and_back(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None
) -> None:
    press(window, Qt.Key.Key_5, CONTROL)
    assert window.settings_page.isVisible()
    assert not window.bind_page.isVisible()
    assert "Module port" in words(window)
    press(window, key, modifier)
    assert window.bind_page.isVisible()
    assert not window.settings_page.isVisible()
    assert window.focusWidget() is None


def test_the_module_item_opens_the_settings_once(window: MainWindow, pressed: list[str]) -> None:
    window.show_view(scenes.view())
    for _ in range(2):
        QTest.mouseClick(window.status.module, Qt.MouseButton.LeftButton)
    assert pressed == ["settings"]
    QTest.mouseClick(window.status.journal, Qt.MouseButton.LeftButton)
    assert window.settings_page.isVisible()


def test_the_tab_leads_back_to_binding(window: MainWindow) -> None:
    window.show_page(PageName.SETTINGS)
    QTest.mouseClick(window.tabs.tabs[PageName.BINDING], Qt.MouseButton.LeftButton)
    assert window.bind_page.isVisible()
    window.show_page(PageName.SETTINGS)
    assert window.tabs.tabs[PageName.SETTINGS].isChecked()


def test_who_reads_the_keys_hears_which_page_is_in_front(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.page_shown) as shown:
        window.show_page(PageName.SETTINGS)
    assert shown.args == [PageName.SETTINGS]
    with qtbot.waitSignal(window.page_shown) as shown:
        window.show_binding()
    assert shown.args == [PageName.BINDING]


@pytest.mark.parametrize(
    ("screen", "first"),
    [((1024, 728), (1024, 728)), ((1366, 728), (1366, 728)), ((1920, 1040), (1366, 768))],
)
def test_the_first_window_is_no_larger_than_the_screen(
    qtbot: QtBot, palette: Palette, english: None, screen: tuple[int, int], first: tuple[int, int]
) -> None:
    window = MainWindow(palette, "1.0.0", lambda: NOW)
    qtbot.addWidget(window)
    window.show_first(QRect(0, 0, *screen))
    assert window.isMaximized() is (first == screen)
    normal = window.normalGeometry() if window.isMaximized() else window.geometry()
    assert (normal.width(), normal.height()) == first


def test_f11_fills_the_screen_and_gives_it_back(window: MainWindow) -> None:
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_a_new_language_is_read_without_a_restart(window: MainWindow) -> None:
    window.show_view(scenes.passed())
    language.use("zh_CN")
    window.retranslate()
    assert "合格" in words(window)
    assert "PASS" not in words(window)
    window.show_page(PageName.SETTINGS)
    assert "模组端口" in words(window)
    language.use("en")
    window.retranslate()
    assert "Module port" in words(window)
    window.show_binding()
    assert "PASS" in words(window)


def test_the_clock_goes_on_and_yesterday_gets_its_date(qtbot: QtBot, palette: Palette, english: None) -> None:
    now = NOW

    def read() -> datetime:
        return now

    window = MainWindow(palette, "1.0.0", read)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.show_view(scenes.view())
    assert "10:32" in words(window.header)
    now = NOW + timedelta(days=1)
    qtbot.waitUntil(lambda: "03-09 10:31" in words(window.bind_page.rail))


@pytest.mark.parametrize(
    ("size", "zoom"),
    [((1024, 700), 1), ((1707, 960), 1), ((1708, 960), 1.25), ((1920, 1080), 1.25), ((2560, 1440), 1.5)],
)
def test_a_larger_window_enlarges_the_whole(size: tuple[int, int], zoom: float) -> None:
    assert zoom_for(*size) == zoom


def test_in_between_the_panel_takes_the_room(window: MainWindow) -> None:
    window.resize(1500, 900)
    page = window.bind_page
    assert page.rail.width() == 288
    assert page.panel.width() == 1500 - 48 - 16 - 288
    assert page.panel.height() == 320 + 900 - 768
    assert page.device_slot.height() == 176


def test_the_window_is_never_smaller_than_its_contents(window: MainWindow) -> None:
    window.resize(640, 480)
    assert (window.width(), window.height()) == (1024, 700)


def test_the_header_joins_its_blocks_in_a_narrow_window(window: MainWindow) -> None:
    window.resize(1024, 768)
    window.show_view(scenes.view())
    assert "Shift 12 · Station 2" in words(window.header)
    assert "Chen Jing" in words(window.header)


def test_after_a_crash_nothing_else_can_be_reached(window: MainWindow, pressed: list[str]) -> None:
    window.show_crash("ValueError: first")
    window.show_crash("KeyError: second")
    press(window, Qt.Key.Key_5, CONTROL)
    press(window, Qt.Key.Key_1, CONTROL)
    press(window, Qt.Key.Key_F9)
    window.show_view(scenes.passed())
    written = words(window)
    assert "Binding has stopped" in written
    assert "ValueError: first" in written
    assert "PASS" not in written
    assert pressed == ["crash"]


def signed_in(role: Role | None) -> StationView:
    person = Person("Zhao Min", role) if role else None
    return replace(scenes.view(State(rules=scenes.with_people(), operator=person)), clock_trouble=None)


@pytest.mark.parametrize(
    ("role", "tabs"), [(None, False), (Role.OPERATOR, False), (Role.QA, False), (Role.SUPERVISOR, True)]
)
def test_only_who_may_change_the_settings_comes_to_them(
    window: MainWindow, role: Role | None, tabs: bool
) -> None:
    window.show_view(signed_in(role))
    assert window.header.pages.isVisible() is tabs
    press(window, Qt.Key.Key_5, CONTROL)
    QTest.mouseClick(window.status.module, Qt.MouseButton.LeftButton)
    assert window.settings_page.isVisible() is tabs


def test_the_button_in_the_header_leads_to_the_other_pages_and_takes_no_focus(window: MainWindow) -> None:
    window.show_view(signed_in(Role.SUPERVISOR))
    QTest.mouseClick(window.header.pages, Qt.MouseButton.LeftButton)
    assert window.page is PageName.SETTINGS
    assert window.header.pages.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_whoever_may_not_see_a_page_any_more_is_back_at_binding(window: MainWindow) -> None:
    window.show_view(signed_in(Role.SUPERVISOR))
    press(window, Qt.Key.Key_5, CONTROL)
    window.show_view(signed_in(None))
    assert window.page is PageName.BINDING


def test_a_clock_that_went_back_is_seen_in_the_strip(window: MainWindow) -> None:
    trouble = because(Why.CLOCK_SET_BACK, seconds=3600, before="2026-03-09T10:32:20.000Z")
    window.show_view(replace(scenes.view(), clock_trouble=trouble))
    assert "Clock went back" in words(window.status)


@pytest.mark.parametrize(
    ("days", "written"),
    [(0.1, "Backup 08:08"), (2, "Backup 03-07"), (4, "Backup 4 days old"), (None, "No backup yet")],
)
def test_the_age_of_the_last_backup_is_seen_in_the_strip(
    window: MainWindow, days: float | None, written: str
) -> None:
    backup = None if days is None else BackupFound(Path("x.db"), scenes.at(days * 1440), 7)
    window.show_view(replace(scenes.view(), backup=backup))
    assert written in words(window.status)

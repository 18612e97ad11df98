"""The settings by mouse and keyboard: what was chosen comes out, nothing is decided."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.core.settings import AUTOMATIC_PORT
from app.core.unit import ImeiSource
from app.ui.after_pass_card import AfterPass
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.settings_page import SettingsPage
from tests.ui import scenes
from tests.ui.gallery import PORTS, settings_views
from tests.ui.written import words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.show_page(PageName.SETTINGS)
    window.show_view(scenes.view())
    window.settings_page.show_ports(PORTS, "COM5")
    window.settings_page.show_choices(ImeiSource.SERIAL, "en", 80)
    window.settings_page.after_pass.show_choice(AfterPass(layout="50 × 30 mm"))
    QApplication.sendPostedEvents()
    return window.settings_page


@pytest.fixture
def chosen(page: SettingsPage) -> list[tuple[str, Any]]:
    heard: list[tuple[str, Any]] = []
    page.port_chosen.connect(lambda port: heard.append(("port", port)))
    page.source_chosen.connect(lambda source: heard.append(("source", source)))
    page.language_chosen.connect(lambda code: heard.append(("language", code)))
    page.volume_chosen.connect(lambda percent: heard.append(("volume", percent)))
    page.look_again_pressed.connect(lambda: heard.append(("look again", None)))
    return heard


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, LEFT)


def test_a_port_is_chosen_from_the_list(page: SettingsPage, chosen: list[tuple[str, Any]]) -> None:
    by_itself, com5, com4, *_, none = page.module_card.ports.buttons
    for button in (com4, by_itself, none, com5):
        click(button)
    assert chosen == [("port", "COM4"), ("port", AUTOMATIC_PORT), ("port", ""), ("port", "COM5")]


def test_the_other_choices_come_out_as_plain_values(
    page: SettingsPage, chosen: list[tuple[str, Any]]
) -> None:
    click(page.module_card.source.segments[3])
    click(page.station_card.language.segments[1])
    click(page.station_card.volume.segments[0])
    click(page.module_card.look_again)
    assert chosen == [("source", "both"), ("language", "zh_CN"), ("volume", 0), ("look again", None)]


def test_showing_a_choice_is_not_choosing(page: SettingsPage, chosen: list[tuple[str, Any]]) -> None:
    page.show_choices(ImeiSource.LABEL, "zh_CN", 0)
    page.show_ports(PORTS, "COM3")
    page.show_ports(PORTS[:2], AUTOMATIC_PORT)
    assert chosen == []
    assert page.module_card.source.segments[1].isChecked()
    assert page.module_card.ports.buttons[0].isChecked()


def test_a_volume_in_between_shows_the_nearest_choice(page: SettingsPage) -> None:
    page.show_choices(ImeiSource.LABEL, "en", 47)
    assert [segment.isChecked() for segment in page.station_card.volume.segments] == [
        False,
        True,
        False,
        False,
    ]


def test_a_chosen_port_that_is_not_there_stands_in_the_list(page: SettingsPage) -> None:
    page.show_ports(PORTS, "socket://10.0.0.7:4001")
    button = page.module_card.ports.buttons[-2]
    assert button.isChecked()
    assert words(button) == "Not there 10.0.0.7:4001"


def test_the_port_that_answers_says_so(page: SettingsPage, window: MainWindow) -> None:
    assert "Answers AT" in words(page.module_card.ports.buttons[1])
    window.show_view(scenes.port_trouble())
    assert "In use" in words(page.module_card.ports.buttons[1])
    assert "another program" in words(page.module_card)


def test_what_lies_on_the_fixture_is_shown_with_its_check_digit(
    page: SettingsPage, window: MainWindow
) -> None:
    lying, _ = settings_views()["settings"]
    window.show_view(lying)
    assert "86395 00694 94278 Valid" in words(page.module_card)
    wrong, _ = settings_views()["settings-wrong-imei"]
    window.show_view(wrong)
    assert "86395 00694 94275 Not valid" in words(page.module_card)


def test_everything_can_be_reached_with_the_tab_key_in_reading_order(
    page: SettingsPage, window: MainWindow
) -> None:
    seen: list[str] = []
    for _ in range(16):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        focused = window.focusWidget()
        assert focused is not None
        text = focused.text() if isinstance(focused, QAbstractButton) else ""
        seen.append(text or focused.accessibleName())
    assert seen == [
        "English",
        "Medium",
        "Look again",
        "COM5 Quectel USB AT Port Answers AT",
        "Module, by serial",
        "Off",
        "50 × 30 mm",
        "Printer",
        "Printers of this computer",
        "Cancel",
        "No upload",
        "Proxy",
        "Certificates of your own authority",
        "Choose…",
        "Never",
        "Test the connection",
    ]


def test_the_arrow_keys_go_from_choice_to_choice(
    page: SettingsPage, window: MainWindow, chosen: list[tuple[str, Any]]
) -> None:
    page.module_card.source.segments[0].setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Right)
    assert chosen == [("source", "label")]
    page.module_card.ports.buttons[1].setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    assert chosen[1:] == [("port", "COM4")]


def test_every_button_is_large_enough_to_be_hit(page: SettingsPage) -> None:
    buttons = page.findChildren(QAbstractButton)
    assert len(buttons) > 10
    assert min(button.height() for button in buttons if button.isVisible()) >= 36


def test_in_a_narrow_window_the_cards_stand_one_under_the_other(
    page: SettingsPage, window: MainWindow
) -> None:
    assert page.module_card.y() == page.station_card.y()
    window.resize(1024, 768)
    assert page.station_card.y() > page.module_card.geometry().bottom()
    assert page.verticalScrollBar().maximum() > 0

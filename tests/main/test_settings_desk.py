"""The settings and the keys, as the window and its station are put together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.pages import TABS, PageName, title
from app.ui.settings_page import SettingsPage
from tests.adapters.corrected import make_corrected
from tests.main.conftest import Desk
from tests.ui.clicks import click_at, middle_of
from tests.ui.written import words

Open = Callable[..., Desk]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    return open_desk(make_corrected)


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(desk.shown.window.windowHandle(), key, modifier)


def shows_what_holds(page: SettingsPage) -> bool:
    station, module = page.station_card, page.module_card
    chosen = (station.language.number, station.volume.number, module.source.number)
    rows = [row.key for row in module.ports.buttons if row.isChecked()]
    return -1 not in chosen and len(module.ports.buttons) >= 2 and len(rows) == 1


def test_the_settings_show_what_holds_when_their_key_opens_them(desk: Desk) -> None:
    press(desk, Qt.Key.Key_5, CONTROL)
    assert desk.shown.window.page is PageName.SETTINGS
    assert shows_what_holds(desk.shown.window.settings_page)


def test_the_settings_show_what_holds_when_the_status_strip_opens_them(desk: Desk) -> None:
    window = desk.shown.window
    click_at(window, middle_of(window.status.module))
    assert window.page is PageName.SETTINGS
    assert shows_what_holds(window.settings_page)


def test_the_settings_name_the_key_of_every_page(desk: Desk) -> None:
    press(desk, Qt.Key.Key_5, CONTROL)
    written = words(desk.shown.window.settings_page.station_card)
    for key, name in enumerate(TABS, start=1):
        is_there = name in desk.shown.window._pages
        assert (f"{key} {title(name)}" in written) is is_there


def test_back_on_binding_every_key_is_the_scanners_again(desk: Desk) -> None:
    assert desk.shown.wedge.swallow_all
    press(desk, Qt.Key.Key_5, CONTROL)
    assert not desk.shown.wedge.swallow_all
    press(desk, Qt.Key.Key_1, CONTROL)
    assert desk.shown.window.page is PageName.BINDING
    assert desk.shown.wedge.swallow_all

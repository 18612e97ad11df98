"""The window as people have it: with its own fonts, in English, at the moment of the scenes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from app.ui.theme import Palette, load_fonts, load_palette
from app.wording import language
from tests.ui.scenes import NOW


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> None:
    load_fonts()


@pytest.fixture
def palette(fonts: None) -> Palette:
    return load_palette()


@pytest.fixture
def english() -> Iterator[None]:
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def window(qtbot: QtBot, palette: Palette, english: None) -> MainWindow:
    made = MainWindow(palette, "1.0.0", lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made

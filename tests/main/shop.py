"""A real window with a real station in a folder of its own, without a screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.people import Role
from app.core.settings import Settings
from app.main.place import Place
from app.main.window import StationWindow
from app.station.sign_in import add_person
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.simulated_scanner import SimulatedScanner

PIN = "2468"


def at_full_size(window: MainWindow) -> None:
    """Qt's offscreen platform has a screen that is smaller than any window may be."""
    window.showNormal()
    window.resize(1366, 768)


class Shop:
    """The window, and what people do there."""

    def __init__(self, folder: Path, qtbot: QtBot, settings: Settings) -> None:
        self.folder, self._qtbot = folder, qtbot
        self.place = Place(folder)
        self.place.settings = replace(settings, station="7", language="en")

    def enter(self, name: str, role: Role, badge: str | None = None, pin: str | None = PIN) -> None:
        """Before the window is opened."""
        formats = self.place.settings.rules().formats
        with self.place.journal() as journal:
            add_person(journal, self.place.pins(), self.place.stamp(), formats, name, role, badge, pin)

    def open(self) -> None:
        self.shown = StationWindow(self.place, "")
        self.window, self.people = self.shown.window, self.shown.people
        self.shown.open()
        at_full_size(self.window)
        self.scanner = SimulatedScanner(self.window.windowHandle(), self.window)
        self.until(lambda: self.window.view.station == "7")

    def close(self) -> None:
        self.shown.close()

    def until(self, holds: Callable[[], object]) -> None:
        def check() -> None:
            assert holds()

        self._qtbot.waitUntil(check, timeout=10_000)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.windowHandle(), key)

    def page(self, name: PageName) -> None:
        """Waits until this page is in front."""
        self.until(lambda: self.window.page is name)

    def kinds(self) -> list[str]:
        with sqlite3.connect(f"file:{self.folder / 'journal.db'}?mode=ro", uri=True) as journal:
            return [kind for (kind,) in journal.execute("SELECT kind FROM event ORDER BY seq")]

    def sign_in(self, name: str, pin: str = PIN) -> None:
        self.press(Qt.Key.Key_F2)
        self.page(PageName.SIGN_IN)
        members = self.people.sign_in.members
        self.until(lambda: members.buttons)
        next(row for row in members.buttons if row.key == name).click()
        self.people.sign_in.card.pin.setText(pin)
        self.people.sign_in.card.enter.click()


Open = Callable[..., Shop]

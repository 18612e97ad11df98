"""The page that the tests of the wedge share."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.wedge import Wedge
from tests.ui.wedge.keyboard import Keyboard, Reader
from tests.ui.wedge.page import Page, handle


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    widget = QWidget()
    qtbot.addWidget(widget)
    text, button = QLineEdit(), QPushButton("&Bind")
    box = QVBoxLayout(widget)
    box.addWidget(text)
    box.addWidget(button)
    wedge = Wedge(parent=widget)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is handle(widget))
    text.setFocus()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    return Page(widget, text, button, Reader(wedge), Keyboard(handle(widget)), pressed)

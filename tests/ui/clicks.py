"""A mouse as the window system delivers it: to the window, wherever a widget may be by then."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def middle_of(widget: QWidget) -> QPoint:
    """In its window."""
    return widget.mapTo(widget.window(), widget.rect().center())


def click_at(window: QWidget, place: QPoint) -> None:
    QTest.mouseClick(window.windowHandle(), LEFT, NO_KEY, place)


def double_click_at(window: QWidget, place: QPoint) -> None:
    QTest.mouseDClick(window.windowHandle(), LEFT, NO_KEY, place)

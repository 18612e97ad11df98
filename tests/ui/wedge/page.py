"""A window with a field, a button and a wedge, and what gets through to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.ui.wedge import Wedge
from tests.ui.wedge.keyboard import Keyboard, Reader


class Witness(QObject):
    """Notes the key events that get through to a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen: list[tuple[QEvent.Type, int, int, str, Qt.KeyboardModifier, int]] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() != QEvent.Type.ShortcutOverride:
            self.seen.append(facts(event))
        return False


def facts(event: QKeyEvent) -> tuple[QEvent.Type, int, int, str, Qt.KeyboardModifier, int]:
    return (
        event.type(),
        event.key(),
        event.nativeScanCode(),
        event.text(),
        event.modifiers(),
        event.timestamp(),
    )


@dataclass
class Page:
    """A window with a field and a button, and the wedge."""

    widget: QWidget
    field: QLineEdit
    button: QPushButton
    reader: Reader
    keyboard: Keyboard
    pressed: list[bool]

    @property
    def wedge(self) -> Wedge:
        return self.reader.wedge


def handle(widget: QWidget) -> QWindow:
    window = widget.windowHandle()
    assert window is not None
    return window

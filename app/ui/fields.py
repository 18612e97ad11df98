"""Fields that people type into. A scan never gets there: the wedge keeps it from every widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.people import PIN_DIGITS
from app.ui.input_method import PROSE
from app.ui.theme import Style, font

FIELD_HEIGHT = 46.0
_LETTERS = Style(20, 600)


class TextField(QLineEdit):
    """One line; `prose` lets an input method in."""

    def __init__(self, longest: int, prose: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(longest)
        self.setProperty(PROSE, prose)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def place(self, box: QRectF, zoom: float) -> None:
        """Fills this box of logical pixels of its parent."""
        self.setFont(font(_LETTERS.sized(_LETTERS.size * zoom)))
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())


class PinField(TextField):
    """Digits, shown as dots.

    A scanner too slow to be known for one types what no PIN is: at the first character that is no digit, or
    one digit too many, all that was typed is dropped.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(PIN_DIGITS[1], False, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self))

    @property
    def is_complete(self) -> bool:
        """It may be a PIN."""
        return len(self.text()) >= PIN_DIGITS[0]

    def type_digit(self, digit: str) -> None:
        """A key of the keyboard or of the screen."""
        if len(self.text()) >= self.maxLength():
            self.clear()
        else:
            self.insert(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if len(text) != 1 or not text.isprintable():
            super().keyPressEvent(event)
        elif "0" <= text <= "9":
            self.type_digit(text)
        else:
            self.clear()

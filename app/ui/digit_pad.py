"""Digits on the screen, for hands in gloves."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.painted import Painted, PaintedButton
from app.ui.theme import Palette, Style
from app.wording.language import tr

_GAP = 8.0
_COLUMNS, _ROWS = 3, 4
_DIGIT = Style(24, 600)
_WORD = Style(17, 600)


class _Key(PaintedButton):
    """Takes no focus: the field keeps it."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.icon_shown: Icon | None = None

    def sizeHint(self) -> QSize:
        return QSize(round(96 * self.zoom), round(48 * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, center = canvas.palette, self.area.center()
        canvas.card(self.area, colors.accent_tint if self.isDown() else colors.inset, colors.control, 1.5, 8)
        if self.icon_shown is not None:
            canvas.icon(self.icon_shown, center, 24, colors.text)
            return
        style = _DIGIT if self.text().isdigit() else _WORD
        middle = Qt.AlignmentFlag.AlignHCenter
        canvas.text(self.text(), center.x(), center.y(), self.area.width() - 12, style, align=middle)


class DigitPad(Painted):
    """Ten digits, clear, and one back."""

    pressed = Signal(str)
    """A digit."""
    clear_pressed = Signal()
    back_pressed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.digits = {digit: _Key(palette, self) for digit in "1234567890"}
        self.clear_key, self.back_key = _Key(palette, self), _Key(palette, self)
        for digit, key in self.digits.items():
            key.setText(digit)
            key.clicked.connect(partial(self.pressed.emit, digit))
        self.back_key.icon_shown = Icon.DELETE
        self.clear_key.clicked.connect(lambda: self.clear_pressed.emit())
        self.back_key.clicked.connect(lambda: self.back_pressed.emit())

    def retranslate(self) -> None:
        self.clear_key.setText(tr("Clear"))
        self.back_key.say(tr("Delete the last digit"))
        self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        width = (box.width() - (_COLUMNS - 1) * _GAP) / _COLUMNS
        height = (box.height() - (_ROWS - 1) * _GAP) / _ROWS
        keys = [
            *(self.digits[digit] for digit in "123456789"),
            self.clear_key,
            self.digits["0"],
            self.back_key,
        ]
        for number, key in enumerate(keys):
            row, column = divmod(number, _COLUMNS)
            key.place(QRectF(column * (width + _GAP), row * (height + _GAP), width, height), zoom)

    def draw(self, canvas: Canvas) -> None:
        """Its keys are all there is."""

"""A number in large figures that people count and type."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.line_field import LineField
from app.ui.theme import Palette, Style, text_width

NUMBER = Style(46, 700)
SMALLER = (38, 32, 26, 20)
_DIGITS = 7


class CountField(LineField):
    """Takes a number in large figures."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._style = NUMBER
        self.edit.setValidator(QIntValidator(0, 10**_DIGITS - 1, self.edit))
        self.edit.setMaxLength(_DIGITS)
        self.edit.textChanged.connect(lambda _: self.place(self._box, self.zoom))

    _box = QRectF(0, 0, 200, 60)

    def place(self, box: QRectF, zoom: float) -> None:
        """The more figures, the smaller they are."""
        self._box, room = box, box.width() - 44
        sizes = (one for one in (46, *SMALLER) if text_width(self.text, NUMBER.sized(one)) <= room)
        self._style = NUMBER.sized(next(sizes, SMALLER[-1]))
        super().place(box, zoom)

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        if not self.text:
            middle = QPointF(self.area.width() - 26, self.area.height() / 2)
            canvas.icon(Icon.PENCIL, middle, 20, canvas.palette.muted)

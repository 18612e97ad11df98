"""A sentence about what was done or refused, in its place on the page until the next one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas, broken_into_lines
from app.ui.controls import OutlineButton
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import CAPTION, Palette, text_width
from app.wording.language import Words, said, tr

_LEFT, _LEADING = 58.0, 22.0


class StandingNotice(Painted):
    """Stays until somebody takes it away."""

    height_changed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.text, self._is_trouble = "", False
        self._words: Words = ""
        self.close_notice = OutlineButton(palette, Icon.CLOSE, self)
        self.close_notice.clicked.connect(lambda: self.show_text(""))
        self.setVisible(False)

    def show_text(self, text: Words, is_trouble: bool = False) -> None:
        self._words, self._is_trouble = text, is_trouble
        self._say_again()

    def _say_again(self) -> None:
        self.text = said(self._words)
        self.say(self.text)
        self.height_changed.emit()
        self.update()

    def retranslate(self) -> None:
        self.close_notice.setText(tr("Hide"))
        self._say_again()

    def height_in(self, width: float) -> float:
        return max(52.0, 20 + _LEADING * len(broken_into_lines(self.text, CAPTION, self._room(width))))

    def _room(self, width: float) -> float:
        return width - _LEFT - 24 - max(self.close_notice.wanted_width, text_width("MMM", CAPTION))

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        width = self.close_notice.wanted_width
        self.close_notice.place(QRectF(box.width() - width - 8, (box.height() - 36) / 2, width, 36), zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, middle = canvas.palette, self.area.height() / 2
        edge, ground, ink = colors.passed, colors.passed_tint, colors.passed_deep
        if self._is_trouble:
            edge, ground, ink = colors.warning_fill, colors.warning_tint, colors.text
        canvas.card(self.area, ground, edge, 1.5, 10)
        sign = colors.text if self._is_trouble else colors.surface
        mark = Mark.WARNING if self._is_trouble else Mark.PASS
        canvas.mark(mark, QPointF(32, middle), 24, edge, sign)
        box = QRectF(_LEFT, 8, self._room(self.area.width()), self.area.height() - 16)
        canvas.paragraph(self.text, box, CAPTION, ink, (15, 14))

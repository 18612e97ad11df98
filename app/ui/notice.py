"""A sentence in its place on a page: what was refused, or what was done. No dialog has to be closed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import Palette, Style
from app.wording.language import Words, said

NOTICE_HEIGHT = 88.0
_SENTENCE = Style(17, 500)


class Notice(Painted):
    """Hidden while there is nothing to say."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.text = ""
        self._words: Words = ""
        self._good = False
        self.setVisible(False)

    def show_text(self, words: Words, good: bool = False) -> None:
        """`good` tells that something was done; else it was refused. Without a text it goes."""
        self._words, self._good = words, good
        text = said(words)
        if text != self.text:
            self.text = text
            self.setVisible(bool(text))
            self.say(text)
            if text:
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.update()

    def retranslate(self) -> None:
        self.show_text(self._words, self._good)

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        mark, fill, sign = Mark.WARNING, colors.warning_fill, colors.text
        if self._good:
            mark, fill, sign = Mark.PASS, colors.passed, colors.surface
        canvas.card(self.area, colors.passed_tint if self._good else colors.warning_tint, radius=8)
        middle = self.area.height() / 2
        canvas.mark(mark, QPointF(26, middle), 24, fill, sign)
        room = QRectF(50, 6, self.area.width() - 64, self.area.height() - 12)
        canvas.paragraph(self.text, room, _SENTENCE, colors.text, (16, 15))

"""Why the station did not start, for those who see no console."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.canvas import Canvas, broken_into_lines
from app.ui.controls import BUTTON_HEIGHT, FilledButton, OutlineButton
from app.ui.header_parts import draw_program
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import NEXT_ACTION, Palette, Style, style_sheet
from app.wording.language import tr

_SIZE = (760, 420)
_HEADER, _MARGIN = 80.0, 28.0
_SENTENCE = Style(20, 500)
_TOP, _LEADING = 180.0, 28.0


class _Body(Painted):
    """The sentence and two buttons."""

    def __init__(self, palette: Palette, text: str, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._text = text
        self.close_button = FilledButton(palette, self)
        self.again = OutlineButton(palette, Icon.REFRESH, self)
        self.close_button.setText(tr("Close"))
        self.again.setText(tr("Try again"))
        self.say(self._title, text)

    @property
    def _title(self) -> str:
        return tr("The station did not start")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        top = self.area.height() - _MARGIN - BUTTON_HEIGHT
        width = max(140.0, self.close_button.wanted_width)
        self.close_button.place(
            QRectF(self.area.width() - _MARGIN - width, top, width, BUTTON_HEIGHT), self.zoom
        )
        other = self.again.wanted_width
        left = self.area.width() - _MARGIN - width - 12 - other
        self.again.place(QRectF(left, top, other, BUTTON_HEIGHT), self.zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.painter.fillRect(self.area, colors.surface)
        canvas.painter.fillRect(QRectF(0, 0, width, _HEADER), colors.ink)
        draw_program(canvas)
        canvas.mark(Mark.FAULT, QPointF(_MARGIN + 28, 136), 52, colors.fault, colors.surface)
        left = _MARGIN + 76
        room = width - left - _MARGIN
        canvas.text(self._title, left, 136, room, NEXT_ACTION, colors.fault_deep, smaller=(30, 26))
        foot = self.area.height() - _MARGIN - BUTTON_HEIGHT - 16
        needed = len(broken_into_lines(self._text, _SENTENCE, room)) * _LEADING
        box = QRectF(left, _TOP, room, min(needed, foot - _TOP))
        canvas.paragraph(self._text, box, _SENTENCE, colors.text, (18, 17, 16))


class TroubleWindow(QWidget):
    """Closed, or to be tried again: `again` tells which."""

    def __init__(self, palette: Palette, text: str) -> None:
        super().__init__()
        self.again = False
        self.setWindowTitle(tr("Binding Station"))
        self.setStyleSheet(style_sheet(palette, 1.0))
        self.body = _Body(palette, text, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self.setFixedSize(*_SIZE)
        self.body.close_button.clicked.connect(self.close)
        self.body.again.clicked.connect(self._try_again)
        self.body.close_button.setFocus()

    def _try_again(self) -> None:
        self.again = True
        self.close()

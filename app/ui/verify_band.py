"""The band under the header while units are only compared: what the mode is, and the way out of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.painted import PaintedButton
from app.ui.theme import CAPTION, Palette, Style, text_width
from app.wording.language import tr

BAND_HEIGHT = 36.0
_WORD = Style(22, 800)
_TEXT = Style(18, 600)
_MARGIN = 24.0
_RIGHT = Qt.AlignmentFlag.AlignRight


class VerifyBand(PaintedButton):
    """A click on it ends verify mode. Takes no focus: what is typed is a scan."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVisible(False)

    def retranslate(self) -> None:
        self.say(tr("VERIFY"), " ".join((_meaning(), _way_out())))
        self.update()

    def draw(self, canvas: Canvas) -> None:
        colors, width, middle = canvas.palette, self.area.width(), self.area.height() / 2
        canvas.painter.fillRect(self.area, colors.neutral_deep if self.isDown() else colors.neutral)
        canvas.icon(Icon.SEARCH, QPointF(_MARGIN + 11, middle), 22, colors.surface)
        word = canvas.text(tr("VERIFY"), _MARGIN + 34, middle, 200, _WORD, colors.surface)
        right = width - _MARGIN - text_width(_way_out(), CAPTION.bold)
        canvas.text(_way_out(), width - _MARGIN, middle, 400, CAPTION.bold, colors.surface, _RIGHT)
        left = _MARGIN + 34 + word + 24
        canvas.text(_meaning(), left, middle, right - 24 - left, _TEXT, colors.surface, smaller=(17, 16, 15))


def _meaning() -> str:
    return tr("Units are compared with the journal. Nothing is bound.")


def _way_out() -> str:
    return tr("F4: back to binding")

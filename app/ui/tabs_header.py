"""The header of all pages but Binding: the name of the program and the tabs."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.ui.canvas import Canvas
from app.ui.controls import Tab
from app.ui.header import HeaderFace, draw_clock, draw_program
from app.ui.icons import Icon
from app.ui.painted import Painted
from app.ui.theme import CAPTION, Palette, Style
from app.wording.language import tr

_FIRST_TAB = 272.0
_GAP = 16.0
_RIGHT = Qt.AlignmentFlag.AlignRight


class TabsHeader(Painted):
    """80 px high."""

    binding_chosen = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._face: HeaderFace | None = None
        self.binding, self.settings = Tab(palette, self), Tab(palette, self)
        group = QButtonGroup(self)
        for tab in (self.binding, self.settings):
            group.addButton(tab)
        self.settings.setChecked(True)
        self.binding.clicked.connect(self._leave)

    def _leave(self) -> None:
        self.settings.setChecked(True)
        self.binding_chosen.emit()

    def retranslate(self) -> None:
        self.binding.setText(tr("Binding"))
        self.settings.setText(tr("Settings"))
        self._arrange()

    def show_face(self, face: HeaderFace) -> None:
        if face != self._face:
            self._face = face
            self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        x = _FIRST_TAB
        for tab in (self.binding, self.settings):
            tab.place(QRectF(x, 0, tab.wanted_width, 80), self.zoom)
            x += tab.wanted_width + _GAP

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.painter.fillRect(self.area, colors.ink)
        draw_program(canvas)
        if self._face is None:
            return
        right = draw_clock(canvas, self.area.width() - 24, self._face.time)
        caption, value, icon = tr("Station"), self._face.station, Icon.SCAN
        if self._face.operator:
            caption, value, icon = tr("Operator"), self._face.operator, Icon.PERSON
        first = canvas.text(caption, right, 27, 240, CAPTION, colors.ink_muted, _RIGHT)
        second = canvas.text(value, right, 54, 240, Style(20, 600), colors.ink_text, _RIGHT)
        canvas.icon(icon, QPointF(right - max(first, second) - 24, 41), 24, colors.ink_muted)

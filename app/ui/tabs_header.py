"""The header of all pages but Binding: the name of the program and the tabs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.ui.canvas import Canvas
from app.ui.controls import Tab
from app.ui.header import HeaderFace, draw_clock, draw_program
from app.ui.icons import Icon
from app.ui.pages import TABS, PageName, title
from app.ui.painted import Painted
from app.ui.theme import CAPTION, Palette, Style
from app.wording.language import tr

_FIRST_TAB = 272.0
_GAP = 16.0
_RIGHT = Qt.AlignmentFlag.AlignRight


class TabsHeader(Painted):
    """80 px high."""

    chosen = Signal(object)
    """A `PageName`."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._face: HeaderFace | None = None
        self._shown: PageName | None = None
        self.tabs = {name: Tab(palette, self) for name in TABS}
        group = QButtonGroup(self)
        for name, tab in self.tabs.items():
            group.addButton(tab)
            tab.clicked.connect(partial(self._chosen, name))

    def _chosen(self, name: PageName) -> None:
        """The window decides which page is in front."""
        if self._shown is not None:
            self.tabs[self._shown].setChecked(True)
        self.chosen.emit(name)

    def show_face(self, face: HeaderFace, tabs: Sequence[PageName], shown: PageName) -> None:
        for name, tab in self.tabs.items():
            tab.setText(title(name))
            tab.setVisible(name in tabs)
        if shown in self.tabs:
            self._shown = shown
            self.tabs[shown].setChecked(True)
        self._arrange()
        if face != self._face:
            self._face = face
            self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        x = _FIRST_TAB
        for tab in self.tabs.values():
            if tab.isHidden():
                continue
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

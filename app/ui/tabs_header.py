"""The header of all pages but Binding: the name of the program and the tabs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app.ui.canvas import Canvas
from app.ui.controls import Tab
from app.ui.header import HeaderFace
from app.ui.header_parts import FULL_WIDTH, beside_clock, block_width, draw_block, draw_clock, draw_program
from app.ui.icons import Icon
from app.ui.pages import TABS, PageName, title
from app.ui.painted import Painted
from app.ui.person_button import PersonButton, PersonFace
from app.ui.theme import Palette
from app.wording.language import tr

_FIRST_TAB, _FIRST_TAB_NARROW = 272.0, 76.0
_GAP = 16.0


class TabsHeader(Painted):
    """80 px high."""

    chosen = Signal(object)
    """A `PageName`."""
    person_pressed = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._face: HeaderFace | None = None
        self._shown: PageName | None = None
        self.tabs = {name: Tab(palette, self) for name in TABS}
        group = QButtonGroup(self)
        for name, tab in self.tabs.items():
            group.addButton(tab)
            tab.clicked.connect(partial(self._chosen, name))
        self.person = PersonButton(palette, self)
        self.person.clicked.connect(lambda: self.person_pressed.emit())

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
        if face != self._face:
            self._face = face
            self.update()
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow window the tabs stand closer, and the sign alone stands for the program."""
        right = self._arrange_person()
        shown = [tab for tab in self.tabs.values() if not tab.isHidden()]
        x = _FIRST_TAB if self._is_wide else _FIRST_TAB_NARROW
        spare = right - _GAP - x - sum(tab.wanted_width for tab in shown)
        gap = max(0.0, min(_GAP, spare / max(1, len(shown) - 1)))
        for tab in shown:
            tab.place(QRectF(x, 0, tab.wanted_width, 80), self.zoom)
            x += tab.wanted_width + gap

    def _arrange_person(self) -> float:
        """Where the block before the clock begins."""
        face = self._face
        if face is None:
            return self.area.width()
        right = beside_clock(self.area.width() - 24, face.time)
        if not face.operator:
            self.person.show_face(None)
            return right - 34 - block_width(tr("Station"), face.station)
        person = PersonFace(face.role, face.operator, icon=self._is_wide)
        self.person.show_face(person)
        self.person.place(QRectF(right - person.width, 0, person.width, self.area.height()), self.zoom)
        return right - person.width

    @property
    def _is_wide(self) -> bool:
        return self.area.width() >= FULL_WIDTH

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.painter.fillRect(self.area, colors.ink)
        draw_program(canvas, named=self._is_wide)
        if self._face is None:
            return
        right = draw_clock(canvas, self.area.width() - 24, self._face.time)
        if not self._face.operator:
            left = draw_block(canvas, tr("Station"), self._face.station, right)
            canvas.icon(Icon.SCAN, QPointF(left - 22, 41), 24, colors.ink_muted)

"""People: who may sign in, as what, and by what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Reason
from app.station.sign_in import Member
from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH
from app.ui.canvas import Canvas
from app.ui.painted import Painted
from app.ui.people_card import IDLE_MINUTES, PeopleCard
from app.ui.person_editor import PersonEditor
from app.ui.theme import Palette

_MARGIN, _GUTTER = 24.0, 16.0
_EDITOR, _NARROW_EDITOR = 484.0, 440.0


class PeoplePage(Painted):
    """Everybody on the left, one of them on the right."""

    sign_in_chosen = Signal(bool)
    idle_chosen = Signal(int)
    """Minutes; 0 is never."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.card, self.editor = PeopleCard(palette, self), PersonEditor(palette, self)
        card = self.card
        card.add.clicked.connect(self._add)
        card.members.chosen.connect(self._change)
        card.sign_in.chosen.connect(lambda number: self.sign_in_chosen.emit(number == 0))
        card.idle.chosen.connect(lambda number: self.idle_chosen.emit(IDLE_MINUTES[number]))
        self.editor.closed.connect(lambda: card.members.choose(None))

    def begin(self) -> None:
        """Nobody is chosen; who there is comes with `show_members`."""
        self.card.members.choose(None)
        self.editor.close_form()

    def show_members(self, members: Sequence[Member]) -> None:
        self.card.show_members(members, None)

    def show_choices(self, sign_in: bool, idle_minutes: int) -> None:
        self.card.show_choices(sign_in, idle_minutes)

    def show_refusal(self, reason: Reason) -> None:
        self.editor.show_refusal(reason)

    def _add(self) -> None:
        if self.editor.is_begun:
            self.editor.keep_entered()
            return
        self.card.members.choose(None)
        self.editor.add()

    def _change(self, name: str) -> None:
        member = self.card.members.member(name)
        if self.editor.is_begun:
            self.card.members.choose(self.editor.changed)
            self.editor.keep_entered()
        elif member is not None:
            self.editor.change(member)

    def show_view(self, _view: StationView) -> None:
        """It shows what the journal was asked for."""

    def retranslate(self) -> None:
        self.card.retranslate()
        self.editor.retranslate()
        self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        width, height = box.width() - 2 * _MARGIN, box.height() - 2 * _GUTTER
        editor = _EDITOR if box.width() >= FULL_WIDTH else _NARROW_EDITOR
        self.card.place(QRectF(_MARGIN, _GUTTER, width - editor - _GUTTER, height), zoom)
        self.editor.place(QRectF(_MARGIN + width - editor, _GUTTER, editor, height), zoom)

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.bg)

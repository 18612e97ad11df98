"""The card with everybody who may sign in, and whether anybody has to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.station.sign_in import Member
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, SEGMENTS_HEIGHT, OutlineButton, Segments
from app.ui.icons import Icon
from app.ui.member_list import MemberHeadings, MemberList
from app.ui.painted import Painted
from app.ui.row_list import tab_through
from app.ui.theme import BODY, CAPTION, PAGE_TITLE, Palette
from app.wording.language import tr

IDLE_MINUTES = (0, 5, 15, 30, 60)
"""The choices; 0 is never."""
_PADDING = 24.0
_LIST_TOP, _HEADINGS = 106.0, 36.0
_FOOT = SEGMENTS_HEIGHT + 24 + 18


class PeopleCard(Painted):
    """The list, the way to add somebody, and two settings."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.add = OutlineButton(palette, Icon.ADD, self)
        self.headings = MemberHeadings(palette, self)
        self.members = MemberList(palette, self, with_keys=True)
        self.sign_in = Segments(palette, 2, self)
        self.idle = Segments(palette, len(IDLE_MINUTES), self)

    def show_members(self, members: Sequence[Member], chosen: str | None) -> None:
        self.members.show_members(members)
        self.members.choose(chosen)
        rows = self.members.buttons
        tab_through([self.add, *rows, *self.sign_in.segments, *self.idle.segments])
        self.update()

    def show_choices(self, sign_in: bool, idle_minutes: int) -> None:
        """The nearest choice of minutes is shown."""
        self.sign_in.choose(0 if sign_in else 1)
        nearest = min(IDLE_MINUTES, key=lambda choice: abs(choice - idle_minutes))
        self.idle.choose(IDLE_MINUTES.index(nearest))

    def retranslate(self) -> None:
        self.say(tr("People"))
        self.add.setText(tr("Add a person"))
        self.members.retranslate()
        self.sign_in.name(tr("People sign in"), [tr("Yes"), tr("No")])
        minutes = [str(choice) for choice in IDLE_MINUTES[1:]]
        self.idle.name(tr("Signed out after minutes"), [tr("Never"), *minutes])
        self._arrange()
        self.update()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        zoom, width, bottom = self.zoom, self.area.width(), self.area.height() - 16
        button = self.add.wanted_width
        self.add.place(QRectF(width - _PADDING - button, 13, button, BUTTON_HEIGHT), zoom)
        self.headings.place(QRectF(1, _LIST_TOP - _HEADINGS, width - 2, _HEADINGS), zoom)
        self.members.place(QRectF(1, _LIST_TOP, width - 2, bottom - _FOOT - _LIST_TOP), zoom)
        top, share = bottom - SEGMENTS_HEIGHT, self._share
        self.sign_in.place(QRectF(_PADDING, top, share, SEGMENTS_HEIGHT), zoom)
        left = _PADDING + share + 16
        self.idle.place(QRectF(left, top, width - _PADDING - left, SEGMENTS_HEIGHT), zoom)

    @property
    def _share(self) -> float:
        return (self.area.width() - 2 * _PADDING) * 0.34

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        room = width - 2 * _PADDING
        canvas.text(tr("People"), _PADDING, 34, room - self.add.wanted_width - 16, PAGE_TITLE)
        if not self.members.buttons:
            told = tr("Nobody is entered yet.")
            canvas.text(told, _PADDING, _LIST_TOP + 28, room, BODY, colors.muted)
        top = self.area.height() - 16 - _FOOT
        canvas.painter.fillRect(QRectF(1, top, width - 2, 1), colors.line)
        middle, left = top + 24, _PADDING + self._share + 16
        style = CAPTION.bold
        canvas.text(tr("People sign in"), _PADDING, middle, self._share, style, colors.muted, smaller=(15,))
        told, room = tr("Signed out after minutes"), width - _PADDING - left
        canvas.text(told, left, middle, room, style, colors.muted, smaller=(15,))

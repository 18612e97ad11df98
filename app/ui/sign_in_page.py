"""Signing in by name and PIN, and signing out. A badge that is scanned here signs in as anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.core.errors import Reason
from app.station.sign_in import Member
from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.controls import OutlineButton
from app.ui.icons import Icon
from app.ui.member_list import MemberList
from app.ui.painted import Painted
from app.ui.pin_card import PinCard
from app.ui.row_list import tab_through
from app.ui.theme import BODY, PAGE_TITLE, Palette
from app.wording.language import tr

_MARGIN, _GUTTER, _PADDING = 24.0, 16.0, 24.0
_BUTTON, _LIST_TOP = 52.0, 92.0


class SignInPage(Painted):
    """Who has a PIN is listed; digits that are typed anywhere on the page are the PIN's."""

    pin_entered = Signal(str, str)
    """Name and PIN."""
    sign_out_pressed = Signal()
    cancelled = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.members = MemberList(palette, self, with_keys=False)
        self.sign_out = OutlineButton(palette, Icon.PERSON, self)
        self.card = PinCard(palette, self)
        self._operator: str | None = None
        self.members.chosen.connect(self._choose)
        self.sign_out.clicked.connect(lambda: self.sign_out_pressed.emit())
        self.card.entered.connect(self.pin_entered)
        self.card.cancelled.connect(self.cancelled)
        self.retranslate()

    @property
    def heading(self) -> str:
        return tr("Sign in")

    @property
    def told(self) -> str:
        """What stands under the heading."""
        return tr("Scan your badge, or choose your name.")

    def begin(self) -> None:
        """Nobody is chosen, nothing is entered; who may sign in comes with `show_members`."""
        self.members.show_members(())
        self.card.ask(None)

    def show_members(self, members: Sequence[Member]) -> None:
        """Whoever has a badge alone is not listed."""
        with_pin = [member for member in members if member.has_pin]
        self.members.show_members(with_pin)
        if len(with_pin) == 1:
            self.members.choose(with_pin[0].name)
            self.card.ask(with_pin[0].name)
        rows = self.members.buttons
        tab_through([*rows, self.sign_out, self.card.pin, self.card.enter, self.card.cancel])
        if rows:
            rows[0].setFocus()

    def show_refusal(self, reason: Reason) -> None:
        self.card.show_refusal(reason)

    def show_view(self, view: StationView) -> None:
        if view.operator != self._operator:
            self._operator = view.operator
            self.retranslate()

    def retranslate(self) -> None:
        self.sign_out.setText(tr("Sign out {name}").format(name=self._operator or ""))
        self.sign_out.setVisible(self._operator is not None)
        self.members.retranslate()
        self.card.retranslate()
        self._arrange()
        self.update()

    def _choose(self, name: str) -> None:
        if name != self.card.name:
            self.card.ask(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the part with the focus had no use for."""
        if event.text().isdecimal() and event.text().isascii():
            self.card.pin.setFocus()
            self.card.pin.type_digit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.card.pin.backspace()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.card.press_enter()
        else:
            super().keyPressEvent(event)

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        zoom, left = self.zoom, self._left
        foot = 0.0 if self.sign_out.isHidden() else _BUTTON + 2 * _GUTTER
        self.members.place(left.adjusted(1, _LIST_TOP, -1, -foot - 8), zoom)
        width = min(left.width() - 2 * _PADDING, self.sign_out.wanted_width)
        top = left.bottom() - _GUTTER - _BUTTON
        self.sign_out.place(QRectF(left.left() + _PADDING, top, width, _BUTTON), zoom)
        self.card.place(left.translated(left.width() + _GUTTER, 0), zoom)

    @property
    def _left(self) -> QRectF:
        half = (self.area.width() - 2 * _MARGIN - _GUTTER) / 2
        return QRectF(_MARGIN, _GUTTER, half, self.area.height() - 2 * _GUTTER)

    def draw(self, canvas: Canvas) -> None:
        colors, left = canvas.palette, self._left
        canvas.painter.fillRect(self.area, colors.bg)
        canvas.card(left, colors.surface, colors.line)
        x, room = left.left() + _PADDING, left.width() - 2 * _PADDING
        canvas.text(self.heading, x, left.top() + 34, room, PAGE_TITLE)
        canvas.text(self.told, x, left.top() + 66, room, BODY, colors.muted, smaller=(17, 16, 15))

"""The card in which a PIN is typed, on the keyboard or on the screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Reason, Why, because
from app.ui.canvas import Canvas
from app.ui.controls import FilledButton, OutlineButton
from app.ui.digit_pad import DigitPad
from app.ui.fields import PinField
from app.ui.notice import NOTICE_HEIGHT, Notice
from app.ui.painted import Painted
from app.ui.theme import PAGE_TITLE, Palette
from app.wording.language import Words, tr
from app.wording.reasons import sentence

_PADDING, _GUTTER, _GAP = 24.0, 16.0, 12.0
_BUTTON, _FIELD, _TOP = 52.0, 50.0, 64.0
_HIGHEST_PAD = 300.0


class PinCard(Painted):
    """Says what was refused in its place; a pause counts its seconds down."""

    entered = Signal(str, str)
    """Name and PIN."""
    cancelled = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.pin = PinField(self)
        self.pad = DigitPad(palette, self)
        self.enter, self.cancel = FilledButton(palette, self), OutlineButton(palette, None, self)
        self.notice = Notice(palette, self)
        self.name: str | None = None
        self._pause = 0
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._count_down)
        self.pin.textChanged.connect(self._typed)
        self.pin.returnPressed.connect(self.press_enter)
        self.pad.pressed.connect(self.pin.type_digit)
        self.pad.clear_pressed.connect(self.pin.clear)
        self.pad.back_pressed.connect(self.pin.backspace)
        self.enter.clicked.connect(self.press_enter)
        self.cancel.clicked.connect(lambda: self.cancelled.emit())

    def ask(self, name: str | None) -> None:
        """For the PIN of this person; nothing is typed yet."""
        self.name = name
        self.pin.clear()
        self._say("")
        self._show_state()

    def press_enter(self) -> None:
        """What was entered is entered once."""
        if self.enter.isEnabled() and self.name is not None:
            pin = self.pin.text()
            self.pin.clear()
            self.entered.emit(self.name, pin)

    def show_refusal(self, reason: Reason) -> None:
        self.pin.clear()
        self._say(partial(sentence, reason))
        if reason.why is Why.PIN_PAUSE:
            self._pause = int(reason.facts["seconds"])
            self._second.start()

    def _count_down(self) -> None:
        self._pause -= 1
        if self._pause <= 0:
            self._say("")
        else:
            reason = because(Why.PIN_PAUSE, name=self.name or "", seconds=self._pause)
            self.notice.show_text(partial(sentence, reason))

    def _say(self, text: Words) -> None:
        self._second.stop()
        self.notice.show_text(text)

    def _typed(self, text: str) -> None:
        if text and not self._second.isActive():
            self._say("")
        self._show_state()

    def _show_state(self) -> None:
        self.enter.setEnabled(self.name is not None and self.pin.is_complete)
        self.pin.setAccessibleName(self._title)
        self.update()

    @property
    def _title(self) -> str:
        return tr("PIN of {name}").format(name=self.name) if self.name else tr("PIN")

    def name_verb(self, text: str) -> None:
        """What the PIN is given for."""
        self.enter.setText(text)

    def retranslate(self) -> None:
        self.name_verb(tr("Sign in"))
        self.cancel.setText(tr("Cancel"))
        self.pad.retranslate()
        self.notice.retranslate()
        self._show_state()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        room, bottom = box.width() - 2 * _PADDING, box.height() - _GUTTER
        self.notice.place(QRectF(_PADDING, bottom - NOTICE_HEIGHT, room, NOTICE_HEIGHT), zoom)
        self.pin.place(QRectF(_PADDING, _TOP, room, _FIELD), zoom)
        top = _TOP + _FIELD + _GAP
        pad = min(_HIGHEST_PAD, bottom - NOTICE_HEIGHT - _BUTTON - 2 * _GAP - top)
        self.pad.place(QRectF(_PADDING, top, room, pad), zoom)
        half = (room - _GUTTER) / 2
        for number, button in enumerate((self.enter, self.cancel)):
            left = _PADDING + number * (half + _GUTTER)
            button.place(QRectF(left, top + pad + _GAP, half, _BUTTON), zoom)

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.area, canvas.palette.surface, canvas.palette.line)
        canvas.text(self._title, _PADDING, 34, self.area.width() - 2 * _PADDING, PAGE_TITLE)

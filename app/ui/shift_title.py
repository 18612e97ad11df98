"""The head of the shift's page: which shift, since when, and the button that opens or closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.station.shift_picture import ShiftPicture
from app.ui.canvas import Canvas
from app.ui.controls import OutlineButton
from app.ui.correction_form import ConfirmButton
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.marks import Mark
from app.ui.numbers import time_of_day
from app.ui.painted import Painted
from app.ui.pick_menu import Choice, open_menu
from app.ui.theme import BODY, CAPTION, Palette, Style, text_width
from app.wording.language import tr

HEIGHT = 84.0
_TITLE = Style(30, 700)
_BUTTON, _ORDER = 48.0, 236.0


class ShiftTitle(Painted):
    """Closing is confirmed with the mouse or Ctrl+Enter, never by a scan."""

    opened = Signal(object)
    """The number of the chosen order, or None."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._now = now
        self._picture = ShiftPicture()
        self._station, self._reason = "", ""
        self._may_manage = False
        self._order: str | None = None
        self._may_hand_over = False
        self.close_shift = ConfirmButton(palette, self)
        self.hand_over = OutlineButton(palette, Icon.PERSON, self)
        self.open_shift = OutlineButton(palette, Icon.CLOCK, self)
        self.report = OutlineButton(palette, Icon.FILE, self)
        self.order = PickButton(palette, Icon.MENU, self)
        self.order.clicked.connect(self._open_orders)
        self.open_shift.clicked.connect(lambda: self.opened.emit(self._order))

    # --- what is shown

    def show_picture(
        self, picture: ShiftPicture, station: str, may_manage: bool, may_hand_over: bool = False
    ) -> None:
        self._picture, self._station, self._may_manage = picture, station, may_manage
        self._may_hand_over = may_hand_over
        if self._order not in picture.orders:
            self._order = None
        self.retranslate()

    def show_reason(self, reason: str, may_close: bool) -> None:
        """Why the shift cannot be closed yet, or nothing."""
        self._reason = reason
        self.close_shift.setEnabled(may_close)
        self.say(self.title, reason or ", ".join(self.details))
        self._arrange()
        self.update()

    @property
    def title(self) -> str:
        report = self._picture.report
        if report is None:
            return tr("No shift is open")
        if not self._picture.is_open:
            text = tr("Shift {id} is closed")
        else:
            text = tr("Close shift {id}") if self._may_manage else tr("Shift {id} is open")
        return text.format(id=report.shift.id)

    @property
    def details(self) -> Sequence[str]:
        report, closed = self._picture.report, self._picture.closed_at
        if report is None:
            return [tr("One opens by itself with the first unit.")]
        began = time_of_day(report.shift.opened_at, self._now())
        when = tr("since {time}").format(time=began)
        if closed is not None:
            when = tr("{first} to {last}").format(first=began, last=time_of_day(closed, self._now()))
        parts = [when, tr("Station {name}").format(name=self._station)]
        if report.shift.work_order:
            parts.append(tr("Order {number}").format(number=report.shift.work_order))
        if report.shift.operator and self._may_hand_over:
            parts.append(tr("In charge: {name}").format(name=report.shift.operator))
        return parts

    def retranslate(self) -> None:
        self.close_shift.setText(tr("Close shift"))
        self.hand_over.setText(tr("Hand over"))
        self.open_shift.setText(tr("Open shift"))
        self.report.setText(tr("Print report"))
        self.order.setText(self._named(self._order))
        self.order.setAccessibleDescription(tr("Order of the new shift"))
        self._arrange()
        self.update()

    def _open_orders(self) -> None:
        orders = (None, *self._picture.orders)
        choices: list[Choice] = [(self._named(one), partial(self._choose, one)) for one in orders]
        open_menu(self.order, choices, orders.index(self._order))

    def _named(self, order: str | None) -> str:
        return tr("Order {number}").format(number=order) if order else tr("No order chosen")

    def _choose(self, order: str | None) -> None:
        self._order = order
        self.retranslate()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        is_open, may = self._picture.is_open, self._may_manage
        self.close_shift.setVisible(is_open and may)
        self.hand_over.setVisible(is_open and self._may_hand_over)
        self.open_shift.setVisible(not is_open and may)
        self.order.setVisible(not is_open and may and bool(self._picture.orders))
        self.report.setVisible(not is_open and self._picture.report is not None)
        right, top = self.area.width() - 24, (HEIGHT - _BUTTON) / 2
        widths = {
            self.close_shift: self.close_shift.wanted_width,
            self.hand_over: self.hand_over.wanted_width,
            self.open_shift: self.open_shift.wanted_width,
            self.order: _ORDER,
            self.report: self.report.wanted_width,
        }
        for button, width in widths.items():
            if not button.isHidden():
                button.place(QRectF(right - width, top, width, _BUTTON), self.zoom)
                right -= width + 12
        self._right = right

    _right = 400.0

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.painter.fillRect(self.area, colors.bg)
        room, middle = self._right - 24, HEIGHT / 2
        reason_room = min(text_width(self._reason, BODY.bold) + 44, room * 0.42) if self._reason else 0.0
        room -= reason_room + (16 if self._reason else 0)
        details = "   ".join(self.details)
        title_width = text_width(self.title, _TITLE)
        if title_width + 20 + text_width(details, BODY) <= room:
            x = 24 + canvas.text(self.title, 24, middle, room, _TITLE) + 20
            canvas.text(details, x, middle + 3, room - x + 24, BODY, colors.muted)
        else:
            canvas.text(self.title, 24, 24, room, _TITLE, smaller=(26, 22, 20))
            box = QRectF(24, 42, room, HEIGHT - 44)
            whole = "   ".join(part.replace(" ", "\u00a0") for part in self.details)
            canvas.paragraph(whole, box, CAPTION, colors.muted, (15, 14, 13, 12))
        if self._reason:
            left = self._right - reason_room
            canvas.mark(Mark.WARNING, QPointF(left + 11, middle), 22, colors.warning_fill, colors.text)
            box = QRectF(left + 32, 10, reason_room - 36, HEIGHT - 20)
            canvas.paragraph(self._reason, box, BODY.bold, colors.warning_text, (17, 16, 15, 14))

"""One work order, and closing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.station.order_list import OrderLine
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.form_card import PADDING, FormCard
from app.ui.icons import Icon
from app.ui.numbers import count, day_and_time
from app.ui.order_rows import list_word, of_quantity, state_word
from app.ui.theme import BODY, CAPTION, Palette, Style
from app.wording.language import tr

_NAMES = 150.0
_FACT = Style(18, 600)
_LEADING = 36.0


class OrderCard(FormCard):
    """Shows an order. *Close order* asks in place: a click on the second button, or Ctrl+Enter, closes it."""

    close_confirmed = Signal(str)
    """The number of the order."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._now = now
        self.line: OrderLine | None = None
        self._may_change = self._asks = False
        self._message = ""
        self.close_order = OutlineButton(palette, Icon.LOCK, self)
        self.close_order.clicked.connect(self._ask)
        self.closed.connect(self.drop)
        self.put_in_order(self.close_order)

    def show_order(self, line: OrderLine | None, message: str = "") -> None:
        """`message` stands under the order, or alone where there is none."""
        self.line, self._asks, self._message = line, False, message
        self.retranslate()

    def show_rights(self, may_change: bool) -> None:
        self._may_change = may_change
        self._asks = self._asks and may_change
        self.retranslate()

    def drop(self) -> None:
        """Nothing is closed."""
        self._asks = False
        self.retranslate()

    def _ask(self) -> None:
        self._asks, self._message = True, ""
        self.confirm.setEnabled(True)
        self.retranslate()
        self.confirm.setFocus()

    def submit(self) -> None:
        if self.line is not None:
            self.close_confirmed.emit(self.line.order.number)

    def retranslate(self) -> None:
        line = self.line
        title = tr("Order {number}").format(number=line.order.number) if line else ""
        self.name(title, tr("Close order"))
        self.close_order.setText(tr("Close order"))
        may_close = self._may_change and line is not None and line.order.is_open
        self.close_order.setVisible(may_close and not self._asks)
        self.allow(self._asks)
        asked = tr(
            "What was bound stays. Codes of this order are accepted no more; it cannot be opened again."
        )
        self.tell(asked if self._asks else self._message)

    @property
    def facts(self) -> list[tuple[str, str]]:
        if self.line is None:
            return []
        line, order = self.line, self.line.order
        since = day_and_time(order.opened_at, self._now())
        return [
            (tr("Product"), f"{order.pk}  {line.product}".rstrip()),
            (tr("Bound"), of_quantity(line)),
            (tr("Issued SNs"), list_word(line)),
            (tr("State"), state_word(line)),
            (tr("Opened"), tr("{when}, record #{number}").format(when=since, number=count(order.opened_seq))),
        ]

    def _arrange(self) -> None:
        super()._arrange()
        width, foot = self.close_order.wanted_width, self.area.height() - BUTTON_HEIGHT - 12
        self.close_order.place(QRectF(PADDING, foot, width, BUTTON_HEIGHT), self.zoom)

    def draw(self, canvas: Canvas) -> None:
        super().draw(canvas)
        colors, room = canvas.palette, self.area.width() - 2 * PADDING
        for number, (name, value) in enumerate(self.facts):
            middle = 78 + number * _LEADING
            canvas.text(name, PADDING, middle, _NAMES - 12, CAPTION, colors.muted, smaller=(15,))
            canvas.text(value, PADDING + _NAMES, middle, room - _NAMES, _FACT, smaller=(17, 16, 15))
        if self.line is not None and (self.line.order.quantity or self.line.order.issued):
            self._draw_bar(canvas, room)
        if self.line is None:
            canvas.paragraph(self._message, QRectF(PADDING, 60, room, 80), BODY, colors.muted, (16, 15))

    def _draw_bar(self, canvas: Canvas, room: float) -> None:
        if self.line is None:
            return
        colors, top = canvas.palette, 78 + 5 * _LEADING + 2
        share = min(1.0, self.line.bound / (self.line.order.quantity or self.line.order.issued or 1))
        canvas.bar(QRectF(PADDING, top, room, 10), colors.accent_track)
        if share > 0:
            canvas.bar(QRectF(PADDING, top, max(10.0, room * share), 10), colors.accent)

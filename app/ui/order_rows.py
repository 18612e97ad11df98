"""One line of the lists of work orders and of products."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt

from app.core.products import Product
from app.station.order_list import OrderLine
from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.numbers import count, day_and_time
from app.ui.theme import CAPTION, Style
from app.wording.language import ntr, tr

ROW_HEIGHT = 64.0
_LEFT = 24.0
_NUMBER = Style(19, 600)
_KEY = Style(17, 500, mono=True)
_BOUND = Style(19, 600, tabular=True)
_STATE_WIDTH = 152.0
_COUNT_WIDTH = 128.0
_RIGHT = Qt.AlignmentFlag.AlignRight


def of_quantity(line: OrderLine) -> str:
    """`138 / 500`, or the units alone where nobody said how many."""
    wanted = line.order.quantity or line.order.issued
    return f"{count(line.bound)} / {count(wanted)}" if wanted else count(line.bound)


def list_word(line: OrderLine) -> str:
    issued = line.order.issued
    if issued is None:
        return tr("no list")
    return ntr("{count} SN issued", "{count} SNs issued", issued).format(count=count(issued))


def state_word(line: OrderLine) -> str:
    return tr("Open") if line.order.is_open else tr("Closed")


def order_spoken(line: OrderLine) -> str:
    parts = (
        line.order.number,
        line.order.pk,
        line.product,
        of_quantity(line),
        list_word(line),
        state_word(line),
    )
    return ", ".join(part for part in parts if part)


def order_painter(now: Callable[[], datetime]) -> Callable[[Canvas, OrderLine, QRectF], None]:
    def paint(canvas: Canvas, line: OrderLine, box: QRectF) -> None:
        colors, state = canvas.palette, box.width() - _LEFT - _STATE_WIDTH
        counts = state - 16
        room = counts - _COUNT_WIDTH - 12 - _LEFT
        canvas.text(line.order.number, _LEFT, 22, room, _NUMBER)
        _draw_product(canvas, line.order.pk, line.product, room)
        canvas.text(of_quantity(line), counts, 22, _COUNT_WIDTH, _BOUND, None, _RIGHT, (17, 15))
        canvas.text(list_word(line), counts, 45, _COUNT_WIDTH, CAPTION, colors.muted, _RIGHT, (15,))
        open_ = line.order.is_open
        mark, color = (Mark.WAITING, colors.accent) if open_ else (Mark.PASS, colors.muted)
        canvas.mark(mark, QPointF(state + 10, 22), 18, color, colors.surface)
        canvas.text(state_word(line), state + 28, 22, _STATE_WIDTH - 28, CAPTION.bold)
        when = tr("since {time}") if open_ else tr("opened {time}")
        since = when.format(time=day_and_time(line.order.opened_at, now()))
        canvas.text(since, state, 45, _STATE_WIDTH, CAPTION, colors.muted, smaller=(15,))

    return paint


def product_spoken(product: Product) -> str:
    return ", ".join(part for part in (product.pk, product.name) if part)


def paint_product(canvas: Canvas, product: Product, box: QRectF) -> None:
    colors, right = canvas.palette, box.width() - _LEFT
    taken = 0.0
    if product.target:
        text = tr("{count} per hour").format(count=count(product.target))
        taken = canvas.text(text, right, 32, 200, CAPTION, colors.muted, _RIGHT) + 16
    if product.format is not None:
        canvas.icon(Icon.QR, QPointF(right - taken - 10, 32), 20, colors.muted)
        taken += 32
    room = right - taken - _LEFT
    canvas.text(
        product.name or tr("no name"), _LEFT, 22, room, _NUMBER, colors.text if product.name else colors.muted
    )
    canvas.text(product.pk, _LEFT, 45, room, _KEY, colors.muted)


def _draw_product(canvas: Canvas, pk: str, name: str, room: float) -> None:
    colors = canvas.palette
    width = canvas.text(pk, _LEFT, 45, room, _KEY, colors.text)
    if name and room - width > 40:
        canvas.text(name, _LEFT + width + 10, 45, room - width - 10, CAPTION, colors.muted)

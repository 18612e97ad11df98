"""The order in the header: its number, its product, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt

from app.station.orders import OrderProgress
from app.ui.canvas import Canvas
from app.ui.numbers import count
from app.ui.theme import CAPTION, Style, text_width
from app.wording.language import tr

_CAPTION_MIDDLE, _VALUE_MIDDLE = 26.0, 55.0
_KEY = Style(24, 600, mono=True)
_NAME = Style(24, 600)
_BOUND = Style(36, 700)
_OF = Style(22, 500)
_SIZES = ((36, 22), (30, 20), (24, 18), (20, 16), (16, 15))
"""Of both, the largest with which they have room."""
_BAR_LEFT, _BAR_WIDTH, _BAR_LEAST = 336.0, 352.0, 150.0
_GAP = 40.0
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class OrderFace:
    """Everything that the header shows of an order; `of` says how many, where anybody did."""

    number: str
    pk: str
    product: str
    bound: str
    of: str
    share: float | None
    """Of the units that are asked for, 0 to 1."""

    @property
    def percent(self) -> str:
        """Whole per cent; 100 only where all are bound."""
        if self.share is None:
            return ""
        return f"{100 if self.share >= 1 else min(99, round(100 * self.share))} %"

    @property
    def spoken(self) -> tuple[str, ...]:
        return (
            tr("Order {number}").format(number=self.number),
            self.pk,
            self.product,
            f"{self.bound} {self.of}",
        )


def order_face(order: OrderProgress | None) -> OrderFace | None:
    if order is None:
        return None
    share = min(1.0, order.bound / order.quantity) if order.quantity else None
    of = f"/ {count(order.quantity)}" if order.quantity else tr("passed")
    return OrderFace(order.number, order.pk, order.product, count(order.bound), of, share)


def draw_order(canvas: Canvas, face: OrderFace, left: float, right: float) -> None:
    """Between `left` and `right`; where there is little room, the name of the product is cut first."""
    colors = canvas.palette
    caption = tr("Order {number}").format(number=face.number)
    name_left = text_width(face.pk, _KEY) + 14 if face.product else text_width(face.pk, _KEY)
    wanted = max(text_width(caption, CAPTION), name_left + text_width(face.product, _NAME))
    least = max(_BAR_LEAST, _both(face, *_SIZES[-1]) + text_width(face.percent, CAPTION) + 16)
    room = min(wanted, right - left - _GAP - least)
    canvas.text(caption, left, _CAPTION_MIDDLE, room, CAPTION, colors.ink_muted, smaller=(15,))
    name_left = (
        canvas.text(face.pk, left, _VALUE_MIDDLE, room, _KEY, colors.ink_text, smaller=(20, 17, 15)) + 14
    )
    if face.product and room - name_left > 40:
        style = (20, 18, 16)
        canvas.text(
            face.product,
            left + name_left,
            _VALUE_MIDDLE,
            room - name_left,
            _NAME,
            colors.ink_text,
            smaller=style,
        )
    start = max(_BAR_LEFT, left + room + _GAP) if right - _BAR_LEFT > least else left + room + _GAP
    _draw_progress(canvas, face, start, min(start + _BAR_WIDTH, right))


def _draw_progress(canvas: Canvas, face: OrderFace, left: float, right: float) -> None:
    colors = canvas.palette
    percent = (
        canvas.text(face.percent, right, 38, 60, CAPTION, colors.ink_muted, _RIGHT) if face.percent else 0.0
    )
    room = right - left - percent - 12
    sizes = next((pair for pair in _SIZES if _both(face, *pair) <= room), _SIZES[-1])
    x = left + canvas.text(face.bound, left, 36, room, _BOUND.sized(sizes[0]), colors.ink_text) + 12
    if face.of:
        canvas.text(face.of, x, 40, room - (x - left), _OF.sized(sizes[1]), colors.ink_muted)
    if face.share is not None:
        canvas.bar(QRectF(left, 58, right - left, 8), colors.track)
        if face.share > 0:
            canvas.bar(QRectF(left, 58, max(8.0, (right - left) * face.share), 8), colors.progress)


def _both(face: OrderFace, bound: float, of: float) -> float:
    return text_width(face.bound, _BOUND.sized(bound)) + 12 + text_width(face.of, _OF.sized(of))

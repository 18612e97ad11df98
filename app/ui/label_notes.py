"""What is said of labels beside their numbers: whether they can be printed, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

from app.core.errors import Refused
from app.station.label_plan import LabelPlan
from app.ui.canvas import Canvas
from app.ui.marks import Mark, own_color
from app.ui.numbers import count
from app.ui.theme import Style
from app.wording.labels import module_warning
from app.wording.language import ntr, tr
from app.wording.reasons import sentence

_STYLE = Style(17, 500)
_SMALLER = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_ROW = 28.0
_SHORT = 32
"""Letters that go into one row."""

Note = tuple[Mark, str]


def notes_of(plan: LabelPlan) -> list[Note]:
    """What stands in the way of printing it, or what is to be known before."""
    try:
        plan.require_possible()
    except Refused as refused:
        return [(Mark.FAULT, sentence(refused.reason))]
    warning = module_warning(plan.smallest_module)
    return [_standing(plan), *([(Mark.WARNING, warning)] if warning else [])]


def _standing(plan: LabelPlan) -> Note:
    if plan.is_again:
        again = ntr("{count} SN printed before", "{count} SNs printed before", len(plan.labels))
        return Mark.WARNING, again.format(count=count(len(plan.labels)))
    if plan.is_of_units:
        return Mark.PASS, tr("Bound units, with their IMEI")
    return Mark.PASS, tr("No SN printed before")


def draw_notes(canvas: Canvas, notes: Sequence[Note], box: QRectF) -> None:
    """One under the other; the last one takes what room is left."""
    colors, top = canvas.palette, box.top()
    for number, (mark, text) in enumerate(notes):
        is_short = number < len(notes) - 1 or len(text) < _SHORT
        high = _ROW if is_short else box.bottom() - top
        sign = colors.text if mark is Mark.WARNING else colors.surface
        center = QPointF(box.left() + 10, top + high / 2)
        canvas.mark(mark, center, 20, own_color(mark, colors), sign)
        ink = colors.fault if mark is Mark.FAULT else colors.text
        room = QRectF(box.left() + 28, top, box.width() - 28, high)
        canvas.paragraph(text, room, _STYLE, ink, _SMALLER)
        top += high + 2


def draw_share(canvas: Canvas, share: float, box: QRectF) -> None:
    """How much is done, from 0 to 1."""
    canvas.bar(box, canvas.palette.accent_track)
    done = QRectF(box.left(), box.top(), max(box.height(), box.width() * share), box.height())
    canvas.bar(done, canvas.palette.accent)

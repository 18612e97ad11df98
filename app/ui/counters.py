"""The counts of the shift, and how many units an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.marks import Mark, own_color
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.rail import MarkLine, RecentUnit
from app.ui.theme import CAPTION, Palette, Style, text_width
from app.wording.language import tr

_NUMBERS = tuple(Style(size, 700) for size in (34, 30, 26, 22, 18, 15))
_TOP, _BOTTOM = 22.0, 70.0
"""Of the curve."""
_MARK_LINE = 258.0


@dataclass(frozen=True, slots=True)
class CounterFace:
    """Everything that the bar shows, but for the recent units."""

    bound: int
    rescanned: int
    faults: int
    per_hour: int
    curve: tuple[int, ...]
    target: int = 0
    """Units per hour; 0 is none."""


def counter_face(view: StationView) -> CounterFace:
    tally = view.tally
    target = view.order.target if view.order else 0
    counts = (tally.bound, tally.rescanned, tally.faults)
    return CounterFace(*counts, view.per_hour, view.per_ten_minutes, target)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the counts stand, from the left."""

    icon: float
    number: float
    ends: tuple[float, float, float]
    rate: float
    curve: float
    spare: float
    """Between a number and the end of its column."""


_WIDE = _Columns(40, 72, (208, 416, 624), 648, 762, 16)
_FOLDED = _Columns(36, 62, (148, 300, 436), 456, 570, 8)


class Counters(Painted):
    """One bar; where the rail is folded the recent units stand in it as marks."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.face: CounterFace | None = None
        self.mark_line = MarkLine(palette, self)
        self.folded = False

    def show_face(self, face: CounterFace, recent: Sequence[RecentUnit]) -> None:
        self.mark_line.show_units(recent)
        if face != self.face:
            self.face = face
            self.say(self._spoken(face))
            self.update()

    def _spoken(self, face: CounterFace) -> str:
        pairs = [(number, word) for _, number, word in self._counts(face)]
        said = [f"{number} {word}" for number, word in [*pairs, (count(face.per_hour), tr("units / hour"))]]
        return ", ".join(said + [_target(face)] * bool(face.target))

    def place_folded(self, box: QRectF, zoom: float, folded: bool) -> None:
        self.folded = folded
        self.place(box, zoom)
        self.mark_line.place(QRectF(box.width() - _MARK_LINE, 0, _MARK_LINE, box.height()), zoom)
        self.mark_line.setVisible(folded)
        self.update()

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.line)
        if self.face is None:
            return
        columns = _FOLDED if self.folded else _WIDE
        start = 0.0
        for (mark, number, word), end in zip(self._counts(self.face), columns.ends, strict=True):
            canvas.mark(mark, QPointF(start + columns.icon, 44), 30, own_color(mark, colors), colors.surface)
            _draw_count(canvas, number, word, start + columns.number, end - columns.spare)
            canvas.painter.fillRect(QRectF(end, 16, 1, 56), colors.line)
            start = end
        rate = tr("units / hour")
        _draw_count(canvas, count(self.face.per_hour), rate, columns.rate, columns.curve + 30)
        left = max(columns.curve, columns.rate + text_width(rate, CAPTION) + 16)
        right = self.area.width() - (_MARK_LINE + 20 if self.folded else 28)
        if self.face.target and not self.folded:
            text = _target(self.face)
            right -= text_width(text, CAPTION) + 16 - 4
            middle = _height_of(self.face.target, _highest(self.face))
            canvas.text(text, right + 16, max(middle, _TOP), right, CAPTION, colors.muted)
        _draw_curve(canvas, self.face, left, right)

    def _counts(self, face: CounterFace) -> list[tuple[Mark, str, str]]:
        return [
            (Mark.PASS, count(face.bound), tr("passed")),
            (Mark.SAME, count(face.rescanned), tr("re-scans")),
            (Mark.FAULT, count(face.faults), tr("faults")),
        ]


def _draw_count(canvas: Canvas, number: str, word: str, left: float, right: float) -> None:
    room = right - left
    style = next((size for size in _NUMBERS if text_width(number, size) <= room), _NUMBERS[-1])
    canvas.text(number, left, 32, room, style)
    canvas.text(word, left, 64, room, CAPTION, canvas.palette.muted)


def _target(face: CounterFace) -> str:
    return tr("target {number}").format(number=count(face.target))


def _highest(face: CounterFace) -> int:
    return max(*face.curve, face.target, 1) if face.curve else max(face.target, 1)


def _height_of(value: int, highest: int) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * value / highest


def _draw_curve(canvas: Canvas, face: CounterFace, left: float, right: float) -> None:
    """Units an hour in ten-minute steps; the scale begins at zero. The dashed line is the target."""
    curve, highest = face.curve, _highest(face)
    painter, colors = canvas.painter, canvas.palette
    if face.target:
        middle = round(_height_of(face.target, highest)) + 0.5
        painter.setPen(QPen(colors.muted, 1.3, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(left, middle), QPointF(right + 8, middle))
    if len(curve) < 2:
        return
    step = (right - left) / (len(curve) - 1)
    points = [QPointF(left + number * step, _height_of(value, highest)) for number, value in enumerate(curve)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.accent_tint)
    painter.drawPolygon(QPolygonF([QPointF(left, _BOTTOM), *points, QPointF(right, _BOTTOM)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colors.accent, 2.2))
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.accent)
    painter.drawEllipse(points[-1], 4.5, 4.5)

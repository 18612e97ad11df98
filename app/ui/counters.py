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


def counter_face(view: StationView) -> CounterFace:
    tally = view.tally
    return CounterFace(tally.bound, tally.rescanned, tally.faults, view.per_hour, view.per_ten_minutes)


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
        return ", ".join(
            f"{number} {word}" for number, word in [*pairs, (count(face.per_hour), tr("units / hour"))]
        )

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
        _draw_curve(canvas, self.face.curve, left, right)

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


def _draw_curve(canvas: Canvas, curve: Sequence[int], left: float, right: float) -> None:
    """Units an hour in ten-minute steps; the scale begins at zero."""
    if len(curve) < 2:
        return
    painter, colors = canvas.painter, canvas.palette
    highest = max(*curve, 1)
    step = (right - left) / (len(curve) - 1)
    points = [
        QPointF(left + number * step, _BOTTOM - (_BOTTOM - _TOP) * value / highest)
        for number, value in enumerate(curve)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.accent_tint)
    painter.drawPolygon(QPolygonF([QPointF(left, _BOTTOM), *points, QPointF(right, _BOTTOM)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colors.accent, 2.2))
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colors.accent)
    painter.drawEllipse(points[-1], 4.5, 4.5)

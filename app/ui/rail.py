"""The recent units: a rail of rows, or a line of marks where there is no room for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.core.record import UnitRow
from app.core.verdicts import Kind
from app.ui.canvas import Canvas
from app.ui.marks import Mark, own_color
from app.ui.numbers import time_of_day
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, CODE, Palette, Style
from app.wording.language import tr
from app.wording.verdicts import short

ROWS = 8
_HEAD = 52.0
_HIGHEST_ROW = 72.0
_MARKS = {Kind.PASS: Mark.PASS, Kind.NEUTRAL: Mark.SAME}
_WORD = Style(16, 600)
_TIME = Style(16, 500, tabular=True)


@dataclass(frozen=True, slots=True)
class RecentUnit:
    """One unit of the list; `word` is empty where the mark alone stands for it."""

    mark: Mark
    value: str
    word: str
    time: str
    spoken: str


def recent_unit(row: UnitRow, now: datetime) -> RecentUnit:
    mark, word = _MARKS.get(row.verdict.kind, Mark.FAULT), short(row.verdict)
    time = time_of_day(row.when, now)
    spoken = ", ".join(part for part in (row.sn or row.imei, word, time) if part)
    return RecentUnit(
        mark, _last_six(row.sn or row.imei or ""), "" if mark is Mark.PASS else word, time, spoken
    )


def _last_six(value: str) -> str:
    if len(value) <= 6:
        return value
    return f"…{value[-6:]}"


def _draw_tail(canvas: Canvas, tail: str, x: float, middle: float, room: float) -> None:
    """The end of an SN or IMEI, with a painted gap before its last three places."""
    width = canvas.text(tail[:-3], x, middle, room, CODE)
    canvas.text(tail[-3:], x + width + CODE.size / 4, middle, room - width, CODE)


class RecentRow(Painted):
    """One unit in the rail."""

    def __init__(self, palette: Palette, number: int, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.newest, self.last = number == 0, number == ROWS - 1
        self.unit: RecentUnit | None = None

    def show_unit(self, unit: RecentUnit | None) -> None:
        if unit == self.unit:
            return
        self.unit = unit
        self.say(unit.spoken if unit else "")
        self.setToolTip(unit.spoken if unit else "")
        self.update()

    def draw(self, canvas: Canvas) -> None:
        unit, colors = self.unit, canvas.palette
        if unit is None:
            return
        width, height = self.area.width(), self.area.height()
        if self.newest:
            canvas.painter.fillRect(self.area, self._ground(unit.mark, colors))
        elif not self.last:
            canvas.painter.fillRect(QRectF(60, height - 1, width - 80, 1), colors.line)
        middle = height / 2
        canvas.mark(unit.mark, QPointF(32, middle), 25, own_color(unit.mark, colors), colors.surface)
        first = middle - 12 if unit.word and unit.value else middle
        taken = canvas.text(
            unit.time, width - 20, first, 110, _TIME, colors.muted, Qt.AlignmentFlag.AlignRight
        )
        _draw_tail(canvas, unit.value, 59, first, width - 79 - taken - 8)
        if unit.word:
            color = colors.fault if unit.mark is Mark.FAULT else colors.muted
            room = width - 72 if unit.value else width - 79 - taken - 8
            canvas.text(
                unit.word, 59, middle + 12 if unit.value else middle, room, _WORD, color, smaller=(15,)
            )

    def _ground(self, mark: Mark, colors: Palette) -> QColor:
        return {Mark.SAME: colors.neutral_tint, Mark.FAULT: colors.fault_tint}.get(mark, colors.inset)


class Rail(Painted):
    """The last eight units, newest on top."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.rows = [RecentRow(palette, number, self) for number in range(ROWS)]

    def show_units(self, units: Sequence[RecentUnit]) -> None:
        self.say(tr("Recent units"))
        for number, row in enumerate(self.rows):
            row.show_unit(units[number] if number < len(units) else None)

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        height = min(_HIGHEST_ROW, (box.height() - _HEAD - 2) / ROWS)
        for number, row in enumerate(self.rows):
            row.place(QRectF(1, _HEAD + 1 + number * height, box.width() - 2, height), zoom)

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.line)
        canvas.text(tr("Recent units"), 20, 28, self.area.width() - 40, BODY.bold)
        canvas.painter.fillRect(QRectF(1, _HEAD, self.area.width() - 2, 1), colors.line)


class RecentMark(Painted):
    """One unit in the line of marks."""

    unit: RecentUnit | None = None

    def show_unit(self, unit: RecentUnit | None) -> None:
        if unit == self.unit:
            return
        self.unit = unit
        self.say(unit.spoken if unit else "")
        self.setToolTip(unit.spoken if unit else "")
        self.update()

    def draw(self, canvas: Canvas) -> None:
        if self.unit is not None:
            fill = own_color(self.unit.mark, canvas.palette)
            canvas.mark(self.unit.mark, self.area.center(), 21, fill, canvas.palette.surface)


class MarkLine(Painted):
    """The last eight units as marks, newest on the left."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.marks = [RecentMark(palette, self) for _ in range(ROWS)]

    def show_units(self, units: Sequence[RecentUnit]) -> None:
        self.say(tr("Recent units"))
        for number, mark in enumerate(self.marks):
            mark.show_unit(units[number] if number < len(units) else None)

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        for number, mark in enumerate(self.marks):
            mark.place(QRectF(20 + number * 28 - 3, 44, 28, 28), zoom)

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(QRectF(0, 16, 1, 56), canvas.palette.line)
        canvas.text(tr("Recent units"), 20, 28, self.area.width() - 30, CAPTION, canvas.palette.muted)

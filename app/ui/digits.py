"""SN and IMEI as people read them: groups of five with a painted gap, so that a copy gives the bare value."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from app.ui.canvas import Canvas
from app.ui.theme import Style, metrics

GROUP = 5
ONE_LINE = (40.0, 32.0, 26.0)
TWO_LINES = (26.0, 22.0, 18.0)
"""The last one holds an SN of 64 characters in a slot."""
_GAP = 0.25
"""Of the size of the letters."""


def differing(value: str, other: str) -> frozenset[int]:
    """The places of `value` that are not the same in the other one."""
    return frozenset(at for at, digit in enumerate(value) if other[at : at + 1] != digit)


def value_width(value: str, style: Style) -> float:
    gaps = max(0, len(value) - 1) // GROUP
    return len(value) * _step(style) + gaps * _GAP * style.size


def value_lines(
    value: str, style: Style, room: float, sizes: Sequence[float] = ONE_LINE
) -> tuple[Style, list[str]]:
    """The largest letters that fit on one line, else on two, cut between groups."""
    for size in sizes:
        if value_width(value, style.sized(size)) <= room:
            return style.sized(size), [value]
    for size in TWO_LINES:
        lines = cut_between_groups(value, style.sized(size), room)
        if len(lines) <= 2:
            break
    return style.sized(size), lines


def cut_between_groups(value: str, style: Style, room: float) -> list[str]:
    """Into as many lines as it needs."""
    gap = _GAP * style.size
    length = max(1, int((room + gap) / (GROUP * _step(style) + gap))) * GROUP
    return [value[start : start + length] for start in range(0, len(value), length)]


def paint_value(
    canvas: Canvas,
    value: str,
    x: float,
    middle: float,
    room: float,
    style: Style,
    marked: Collection[int] = (),
    sizes: Sequence[float] = ONE_LINE,
) -> None:
    """The value in groups; `marked` places are tinted and underlined."""
    style, lines = value_lines(value, style, room, sizes)
    leading = 1.16 * style.size
    top = middle - leading * (len(lines) - 1) / 2
    start = 0
    for number, line in enumerate(lines):
        here = frozenset(at - start for at in marked)
        _paint_line(canvas, line, x, top + number * leading, style, here)
        start += len(line)


def paint_found(
    canvas: Canvas, value: str, x: float, middle: float, style: Style, color: QColor, found: Collection[int]
) -> None:
    """The value in groups on one line; the places that a search found are underlined."""
    for run in _runs(len(value), frozenset(found)):
        left = x + _left(run.start, style)
        canvas.letters(value[run.start : run.end], left, middle, style, color)
        if run.marked:
            width = (run.end - run.start) * _step(style)
            box = QRectF(left, middle + 0.62 * style.size, width, 2.5)
            canvas.painter.fillRect(box, canvas.palette.accent)


def tail(value: str, style: Style, room: float) -> str:
    """The value, or `…` and as many of its last places as there is room for."""
    if value_width(value, style) <= room:
        return value
    length = next(
        n for n in range(len(value), 0, -1) if value_width("…" + value[-n:], style) <= room or n == 1
    )
    return "…" + value[-length:]


@dataclass(frozen=True, slots=True)
class _Run:
    """Places of one line that are painted alike, and where on the line."""

    start: int
    end: int
    marked: bool


def _paint_line(
    canvas: Canvas, line: str, x: float, middle: float, style: Style, marked: frozenset[int]
) -> None:
    colors = canvas.palette
    for run in _runs(len(line), marked):
        left, right = (x + _left(at, style) for at in (run.start, run.end))
        if run.marked:
            width = right - left - (_GAP * style.size if run.end % GROUP == 0 else 0)
            canvas.painter.fillRect(
                QRectF(left - 1, middle - 0.52 * style.size, width, style.size), colors.fault_tint
            )
            canvas.painter.fillRect(QRectF(left - 1, middle + 0.5 * style.size, width, 3), colors.fault)
        letters = line[run.start : run.end]
        canvas.letters(letters, left, middle, style, colors.fault if run.marked else colors.text)


def _runs(length: int, marked: frozenset[int]) -> Iterator[_Run]:
    """Broken at each gap and wherever the marking begins or ends."""
    start = 0
    for end in range(1, length + 1):
        if end == length or end % GROUP == 0 or (end in marked) is not (start in marked):
            yield _Run(start, end, start in marked)
            start = end


def _left(place: int, style: Style) -> float:
    """Where a place begins, seen from the first one."""
    return place * _step(style) + place // GROUP * _GAP * style.size


def _step(style: Style) -> float:
    return metrics(style).horizontalAdvance("0")

"""Small facts in a row, each with its icon."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from app.ui.canvas import Canvas
from app.ui.theme import Style, text_width
from app.ui.verdict_faces import Facts

_CLOSEST = 18.0
"""The smallest gap between two facts."""


def draw_facts(
    canvas: Canvas,
    facts: Facts,
    left: float,
    middle: float,
    room: float,
    styles: Sequence[Style],
    color: QColor,
    icon_color: QColor,
) -> None:
    """In the first of the styles with which all fit; else the longest is cut: a name, and no number."""
    style = next((style for style in styles if _needed(facts, style, _CLOSEST) <= room), styles[-1])
    facts = _cut(canvas, facts, style, room)
    spare = (room - _needed(facts, style, 0)) / max(1, len(facts) - 1)
    gap = max(_CLOSEST, min(spare, 48.0 if style.size >= 25 else 27.0))
    x = left
    for icon, text in facts:
        size = _icon_size(style)
        canvas.icon(icon, QPointF(x + size / 2, middle), size, icon_color)
        start = x + size + style.size * 0.42
        x = start + canvas.text(text, start, middle, left + room - start, style, color) + gap


def _cut(canvas: Canvas, facts: Facts, style: Style, room: float) -> Facts:
    over = _needed(facts, style, _CLOSEST) - room
    if over <= 0:
        return facts
    longest = max((text for _, text in facts), key=lambda text: text_width(text, style))
    short = canvas.shortened(longest, style, text_width(longest, style) - over)
    return tuple((icon, short if text is longest else text) for icon, text in facts)


def _icon_size(style: Style) -> float:
    return round(style.size * 0.96) + 2


def _width(text: str, style: Style) -> float:
    return _icon_size(style) + style.size * 0.42 + text_width(text, style)


def _needed(facts: Facts, style: Style, gap: float) -> float:
    return sum(_width(text, style) for _, text in facts) + gap * (len(facts) - 1)

"""What both headers are made of: blocks of two lines, the clock, the name of the program."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt

from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.theme import CAPTION, Style, text_width
from app.wording.language import tr

FULL_WIDTH = 1366.0
"""In a narrower window the header joins its blocks."""
HEADER_MARGIN = 24.0
CAPTION_MIDDLE, VALUE_MIDDLE = 27.0, 54.0
VALUE = Style(20, 600)
LONGEST_NAME = 240.0
_CLOCK = Style(34, 600, tabular=True)
_RIGHT = Qt.AlignmentFlag.AlignRight


def block_width(caption: str, value: str) -> float:
    return min(max(text_width(caption, CAPTION), text_width(value, VALUE)), LONGEST_NAME)


def draw_block(
    canvas: Canvas,
    caption: str,
    value: str,
    right: float,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Caption over value, ending at `right`; gives where it begins."""
    colors = canvas.palette
    width = block_width(caption, value)
    left = right - width
    x = right if align is _RIGHT else left
    canvas.text(caption, x, CAPTION_MIDDLE, width, CAPTION, colors.ink_muted, align)
    canvas.text(value, x, VALUE_MIDDLE, width, VALUE, colors.ink_text, align)
    return left


def beside_clock(right: float, time: str) -> float:
    """Where the block before the clock ends."""
    return round(right - text_width(time, _CLOCK) - 28) - 24


def draw_clock(canvas: Canvas, right: float, time: str) -> float:
    """The time and the line before it; gives where the next block ends."""
    colors, end = canvas.palette, beside_clock(right, time)
    canvas.text(time, right, 40, 140, _CLOCK, colors.ink_text, _RIGHT)
    canvas.painter.fillRect(QRectF(end + 24, 20, 1, 40), colors.track)
    return end


def draw_program(canvas: Canvas, left: float = HEADER_MARGIN, named: bool = True) -> None:
    """The sign and the name of the program."""
    colors = canvas.palette
    canvas.card(QRectF(left, 22, 36, 36), colors.accent, radius=8)
    canvas.icon(Icon.LINK, QPointF(left + 18, 40), 22, colors.ink_text)
    if named:
        canvas.text(tr("Binding Station"), left + 52, 40, 260, Style(21, 700), colors.ink_text)

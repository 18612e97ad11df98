"""What all parts of the window are painted with: texts, cards, pills, values, in logical pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextLayout, QTextOption

from app.ui.icons import Icon, paint_icon
from app.ui.marks import Mark, paint_mark
from app.ui.theme import CAPTION, PILL, Palette, Style, font, metrics, text_width
from app.wording.language import is_chinese

_STRIPE = 14.0
"""Width of one hazard stripe along the edge, in pixels."""
_LEADING = 1.35
_TOLERANCE = 0.5
"""Pixels by which a text may be wider than its room before it is cut."""


@dataclass(frozen=True, slots=True)
class Pill:
    """A word on a rounded ground, with its mark or icon in front."""

    sign: Mark | Icon
    word: str
    color: QColor
    ground: QColor
    sign_color: QColor
    style: Style = PILL
    height: float = 34
    shape_color: QColor | None = None
    """The mark's own colour where it is not the word's."""
    padding: float = 11

    @property
    def sign_size(self) -> float:
        return 20 if self.height < 40 else 24

    @property
    def width(self) -> float:
        return self.padding + self.sign_size + 8 + text_width(self.word, self.style) + self.padding + 3


class Canvas:
    """A painter that knows the palette. `middle` is always the middle of a capital letter, from the top."""

    def __init__(self, painter: QPainter, palette: Palette) -> None:
        self.painter = painter
        self.palette = palette
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)

    def text(
        self,
        text: str,
        x: float,
        middle: float,
        room: float,
        style: Style = CAPTION,
        color: QColor | None = None,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        smaller: Sequence[float] = (),
    ) -> float:
        """One line that begins, ends or is centred at `x`; gives its width.

        Where it needs more than `room` the `smaller` sizes are tried one after the other; what is too long
        even then is cut.
        """
        styles = (style, *map(style.sized, smaller))
        style = next((one for one in styles if text_width(text, one) <= room + _TOLERANCE), styles[-1])
        width = text_width(text, style)
        if width > room + _TOLERANCE:
            text = self.shortened(text, style, room)
            width = text_width(text, style)
        shift = {Qt.AlignmentFlag.AlignRight: width, Qt.AlignmentFlag.AlignHCenter: width / 2}.get(align, 0.0)
        self.letters(text, x - shift, middle, style, color or self.palette.text)
        return width

    def shortened(self, text: str, style: Style, room: float) -> str:
        """The beginning of the text and `…`."""
        letters = metrics(style, not is_chinese(text))
        return letters.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def letters(self, text: str, left: float, middle: float, style: Style, color: QColor) -> None:
        """One line as it is, whatever room it takes."""
        tracked = not is_chinese(text)
        self.painter.setPen(color)
        self.painter.setFont(font(style, tracked))
        self.painter.drawText(QPointF(left, middle + metrics(style, tracked).capHeight() / 2), text)

    def lines(
        self,
        texts: Sequence[str],
        x: float,
        first_middle: float,
        leading: float,
        room: float,
        style: Style,
        color: QColor | None = None,
    ) -> None:
        for number, text in enumerate(texts):
            self.text(text, x, first_middle + number * leading, room, style, color)

    def paragraph(
        self, text: str, box: QRectF, style: Style, color: QColor, smaller: Sequence[float] = ()
    ) -> None:
        """In the middle of the box, in the first size with which the box holds all of it."""
        chosen, lines = style, broken_into_lines(text, style, box.width())
        for size in smaller:
            if len(lines) * chosen.size * _LEADING <= box.height():
                break
            chosen = style.sized(size)
            lines = broken_into_lines(text, chosen, box.width())
        leading = min(chosen.size * _LEADING, box.height() / max(1, len(lines)))
        first = box.center().y() - leading * (len(lines) - 1) / 2
        self.lines(lines, box.left(), first, leading, box.width() + 1, chosen, color)

    def card(
        self,
        box: QRectF,
        fill: QColor,
        border: QColor | None = None,
        width: float = 1,
        radius: float = 12,
        dashed: bool = False,
    ) -> None:
        """A rounded ground; its border lies inside the box."""
        painter = self.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        if border is None:
            painter.drawRoundedRect(box, radius, radius)
            return
        pen = QPen(border, width)
        if dashed:
            pen.setDashPattern([6, 3])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        half = width / 2
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius - half, radius - half)

    def frame(self, box: QRectF, color: QColor, width: float, radius: float) -> None:
        """An edge without a ground, inside the box."""
        self.card(box, QColor(0, 0, 0, 0), color, width, radius)

    def bar(self, box: QRectF, color: QColor) -> None:
        """A bar with round ends."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(color)
        self.painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)

    def mark(self, mark: Mark, center: QPointF, size: float, fill: QColor, sign: QColor) -> None:
        box = QRectF(center.x() - size / 2, center.y() - size / 2, size, size)
        paint_mark(self.painter, mark, box, fill, sign)

    def icon(self, icon: Icon, center: QPointF, size: float, color: QColor, stroke: float = 2.0) -> None:
        paint_icon(self.painter, icon, center, size, color, stroke)

    def pill(self, pill: Pill, left: float, middle: float, room: float) -> None:
        """A pill of its own width that begins at `left`."""
        width = min(pill.width, room)
        self.bar(QRectF(left, middle - pill.height / 2, width, pill.height), pill.ground)
        center = QPointF(left + pill.padding + pill.sign_size / 2, middle)
        if isinstance(pill.sign, Icon):
            self.icon(pill.sign, center, pill.sign_size, pill.sign_color)
        else:
            fill = pill.shape_color or pill.color
            self.mark(pill.sign, center, pill.sign_size, fill, pill.sign_color)
        x = left + pill.padding + pill.sign_size + 8
        self.text(pill.word, x, middle, width - (x - left) - pill.padding, pill.style, pill.color)

    def hazard(self, box: QRectF, light: QColor, dark: QColor) -> None:
        """Slanted stripes over the whole box."""
        painter = self.painter
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, dark)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(light)
        stripes = QPainterPath()
        x = box.left() - box.height()
        while x < box.right():
            stripes.moveTo(x, box.bottom())
            stripes.lineTo(x + box.height(), box.top())
            stripes.lineTo(x + box.height() + _STRIPE, box.top())
            stripes.lineTo(x + _STRIPE, box.bottom())
            stripes.closeSubpath()
            x += 2 * _STRIPE
        painter.drawPath(stripes)
        painter.restore()


def squeezed(roomy: Sequence[float], tight: Sequence[float], share: float) -> list[float]:
    """Places between those of a roomy box (share 0) and those of the lowest one (share 1)."""
    share = min(1.0, max(0.0, share))
    return [wide + (low - wide) * share for wide, low in zip(roomy, tight, strict=True)]


def broken_into_lines(text: str, style: Style, room: float) -> list[str]:
    """The text in lines of at most `room` pixels, broken where it says so or its language allows it."""
    return [line for part in text.split("\n") for line in _broken(part, style, room)]


def _broken(text: str, style: Style, room: float) -> list[str]:
    layout = QTextLayout(text, font(style, not is_chinese(text)))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines

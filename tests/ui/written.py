"""What a part of the window writes, where, and whether it has the room for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.painted import Painted, PaintedButton
from app.ui.theme import Palette, Style, text_width
from app.wording.language import is_chinese

Part = Painted | PaintedButton


@dataclass(frozen=True)
class Written:
    """One line of letters; `box` is as high as its capitals, or as Chinese is."""

    text: str
    box: QRectF


@dataclass
class Ear(Canvas):
    """A canvas that remembers what was written on it, and what had to be cut."""

    painter: QPainter
    palette: Palette
    heard: list[Written] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)

    def shortened(self, text: str, style: Style, room: float) -> str:
        self.cut.append(text)
        return super().shortened(text, style, room)

    def letters(self, text: str, left: float, middle: float, style: Style, color: QColor) -> None:
        height = style.size * (0.9 if is_chinese(text) else 0.72)
        if text:
            box = QRectF(left, middle - height / 2, text_width(text, style), height)
            self.heard.append(Written(text, self.painter.transform().mapRect(box)))
        super().letters(text, left, middle, style, color)


def hear(palette: Palette, paint: Callable[[Canvas], object]) -> Ear:
    """Lets something be painted onto an ear."""
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ear = Ear(painter, palette)
    try:
        paint(ear)
    finally:
        painter.end()
    return ear


def listen(part: Part) -> Ear:
    return hear(part.colors, part.draw)


def parts(of: QWidget) -> Iterator[Part]:
    """All parts that are seen, the widget itself included."""
    for part in (of, *of.findChildren(QWidget)):
        if isinstance(part, Painted | PaintedButton) and part.isVisibleTo(of):
            yield part


def words(of: QWidget) -> str:
    """Everything that is written on what is seen, in the order of painting."""
    return " ".join(line.text for part in parts(of) for line in listen(part).heard)


def misfits(of: QWidget) -> list[str]:
    """Texts that were cut, that reach beyond their part, or that lie on each other."""
    found = []
    for part in parts(of):
        ear, name = listen(part), type(part).__name__
        found += [f"{name}: cut {text!r}" for text in ear.cut]
        found += [f"{name}: outside {line.text!r}" for line in ear.heard if not part.area.contains(line.box)]
        found += [f"{name}: {one!r} lies on {other!r}" for one, other in _on_each_other(ear.heard)]
    return found


def _on_each_other(lines: list[Written]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            if one.box.adjusted(1, 1, -1, -1).intersects(other.box):
                yield one.text, other.text

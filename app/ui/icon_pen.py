"""The strokes that icons are drawn with, on a grid of 24."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QTransform


def line(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)


def box(path: QPainterPath, x: float, y: float, width: float, height: float, radius: float = 1.5) -> None:
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)


def arc(
    path: QPainterPath, x: float, y: float, width: float, height: float, start: float, sweep: float
) -> None:
    """Degrees, counter-clockwise from three o'clock."""
    around = QRectF(x, y, width, height)
    path.arcMoveTo(around, start)
    path.arcTo(around, start, sweep)


def turned(path: QPainterPath, degrees: float) -> QPainterPath:
    return QTransform().translate(12, 12).rotate(degrees).translate(-12, -12).map(path)

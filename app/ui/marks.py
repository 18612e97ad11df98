"""The marks of meaning. Each has its own shape, so that none depends on its colour."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.ui.theme import Palette


class Mark(StrEnum):
    """Disc with tick, rounded square with `=`, octagon with `!`, triangle with `!`, dashed ring; and for what
    verify mode finds, rounded square with `≠` and empty rounded square."""

    PASS = "pass"
    SAME = "same"
    DIFFERS = "differs"
    ABSENT = "absent"
    FAULT = "fault"
    WARNING = "warning"
    WAITING = "waiting"


def paint_mark(painter: QPainter, mark: Mark, box: QRectF, fill: QColor, sign: QColor) -> None:
    """Paints the mark into the square `box`: its shape in `fill`, what stands on it in `sign`."""
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / 24, box.height() / 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    _PAINTERS[mark](painter, fill, sign)
    painter.restore()


def own_color(mark: Mark, palette: Palette) -> QColor:
    return {
        Mark.PASS: palette.passed,
        Mark.SAME: palette.neutral,
        Mark.DIFFERS: palette.neutral,
        Mark.ABSENT: palette.neutral,
        Mark.FAULT: palette.fault,
        Mark.WARNING: palette.warning_fill,
        Mark.WAITING: palette.muted,
    }[mark]


def _pass(painter: QPainter, _fill: QColor, sign: QColor) -> None:
    painter.drawEllipse(QRectF(0, 0, 24, 24))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_round_pen(sign, 3.0))
    painter.drawPolyline(QPolygonF([QPointF(6.6, 12.7), QPointF(10.4, 16.4), QPointF(17.6, 8.5)]))


def _same(painter: QPainter, _fill: QColor, sign: QColor) -> None:
    painter.drawRoundedRect(QRectF(0.4, 0.4, 23.2, 23.2), 5.2, 5.2)
    painter.setBrush(sign)
    for top in (7.4, 13.6):
        painter.drawRoundedRect(QRectF(5, top, 14, 3), 1.5, 1.5)


def _differs(painter: QPainter, fill: QColor, sign: QColor) -> None:
    _same(painter, fill, sign)
    painter.setPen(_round_pen(sign, 3.0))
    painter.drawLine(QPointF(15.2, 4.8), QPointF(8.8, 19.2))


def _absent(painter: QPainter, fill: QColor, sign: QColor) -> None:
    painter.drawRoundedRect(QRectF(0.4, 0.4, 23.2, 23.2), 5.2, 5.2)
    pen = QPen(sign, 2.4)
    pen.setDashPattern([1.6, 1.2])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawEllipse(QRectF(5.4, 5.4, 13.2, 13.2))


def _fault(painter: QPainter, _fill: QColor, sign: QColor) -> None:
    cut = 24 * 0.2929
    corners = [
        (cut, 0),
        (24 - cut, 0),
        (24, cut),
        (24, 24 - cut),
        (24 - cut, 24),
        (cut, 24),
        (0, 24 - cut),
        (0, cut),
    ]
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.setBrush(sign)
    painter.drawRoundedRect(QRectF(10.3, 4, 3.4, 11), 1.7, 1.7)
    painter.drawEllipse(QPointF(12, 18), 2.0, 2.0)


def _warning(painter: QPainter, fill: QColor, sign: QColor) -> None:
    painter.setPen(_round_pen(fill, 3))
    painter.drawPolygon(QPolygonF([QPointF(12, 3.6), QPointF(22, 20.8), QPointF(2, 20.8)]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(sign)
    painter.drawRoundedRect(QRectF(10.9, 8, 2.2, 7.4), 1.1, 1.1)
    painter.drawEllipse(QPointF(12, 18.4), 1.4, 1.4)


def _waiting(painter: QPainter, fill: QColor, _sign: QColor) -> None:
    pen = QPen(fill, 2)
    pen.setDashPattern([1.8, 1.08])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = QPainterPath()
    ring.addEllipse(QRectF(1, 1, 22, 22))
    painter.drawPath(ring)


def _round_pen(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


_PAINTERS = {
    Mark.PASS: _pass,
    Mark.SAME: _same,
    Mark.DIFFERS: _differs,
    Mark.ABSENT: _absent,
    Mark.FAULT: _fault,
    Mark.WARNING: _warning,
    Mark.WAITING: _waiting,
}

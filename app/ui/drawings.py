"""The drawings of the panel: a unit on the fixture, and what is to be done with it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from app.ui.canvas import Canvas
from app.ui.icons import Icon

WIDTH, HEIGHT = 192.0, 190.0
_STROKE = 5.0


class Picture(StrEnum):
    """What the operator is to do."""

    PUT_ON = "put-on"
    READ = "read"
    TAKE_OFF = "take-off"
    SCAN_QR = "scan-qr"
    SCAN_LABEL = "scan-label"
    WAIT = "wait"


def draw_picture(canvas: Canvas, picture: Picture, left: float, top: float, fill: QColor) -> None:
    """192 by 190 pixels; the fixture is filled with `fill`."""
    if picture is Picture.WAIT:
        canvas.icon(Icon.CLOCK, QPointF(left + 96, top + 100), 150, canvas.palette.accent)
        return
    painter = canvas.painter
    painter.save()
    painter.translate(left, top)
    accent = canvas.palette.accent
    pen = QPen(accent, _STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if picture in (Picture.PUT_ON, Picture.READ, Picture.TAKE_OFF):
        _fixture(painter, fill, pen)
        _housing(painter, canvas.palette.surface, QRectF(40, 52, 112, 96))
        center = QPointF(96, 100)
    else:
        _housing(painter, canvas.palette.surface, QRectF(40, 46, 112, 96))
        _brackets(painter)
        center = QPointF(96, 94)
    _INNER[picture](painter, center, accent, pen)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if picture in _ABOVE:
        _ABOVE[picture](painter)
    painter.restore()


def _fixture(painter: QPainter, fill: QColor, pen: QPen) -> None:
    painter.setPen(QPen(pen.color(), _STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    for x in (60.5, 79.5, 112.5, 131.5):
        painter.drawLine(QPointF(x, 148), QPointF(x, 160))
    painter.setPen(pen)
    painter.setBrush(fill)
    table = [QPointF(14, 160.5), QPointF(178, 160.5), QPointF(193, 187), QPointF(-1, 187)]
    painter.drawPolygon(QPolygonF(table))


def _housing(painter: QPainter, fill: QColor, box: QRectF) -> None:
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 11, 11)


def _brackets(painter: QPainter) -> None:
    """The corners of what a scanner sees."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for across, down in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
        corner = QPainterPath(QPointF(96 - across * 84, 94 - down * 54))
        corner.lineTo(96 - across * 84, 94 - down * 66)
        corner.quadTo(96 - across * 84, 94 - down * 76, 96 - across * 74, 94 - down * 76)
        corner.lineTo(96 - across * 62, 94 - down * 76)
        painter.drawPath(corner)


def _qr(painter: QPainter, center: QPointF, color: QColor, _pen: QPen) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for dx, dy, size in ((-22, -23, 16.5), (6, -23, 16.5), (-22, 7, 16.5), (7, 8, 6), (17, 18, 6.5)):
        painter.drawRoundedRect(QRectF(center.x() + dx, center.y() + dy, size, size), 1.5, 1.5)


def _chip(painter: QPainter, center: QPointF, _color: QColor, pen: QPen) -> None:
    painter.setPen(pen)
    painter.drawRoundedRect(QRectF(center.x() - 18.5, center.y() - 18.5, 37, 37), 5, 5)
    for shift in (-8.5, 8.5):
        for near in (-18.5, 18.5):
            far = near * 1.56
            painter.drawLine(center + QPointF(shift, near), center + QPointF(shift, far))
            painter.drawLine(center + QPointF(near, shift), center + QPointF(far, shift))


def _bars(painter: QPainter, center: QPointF, color: QColor, _pen: QPen) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    x = center.x() - 33
    for width, gap in ((6, 5), (3, 4), (9, 5), (3, 4), (6, 4), (3, 5), (9, 0)):
        painter.drawRect(QRectF(x, center.y() - 20, width, 40))
        x += width + gap


def _arrow_down(painter: QPainter) -> None:
    painter.drawLine(QPointF(96, 2.5), QPointF(96, 33))
    painter.drawPolyline(QPolygonF([QPointF(82.5, 20.5), QPointF(96, 34), QPointF(109.5, 20.5)]))


def _arrow_up(painter: QPainter) -> None:
    painter.drawLine(QPointF(96, 4), QPointF(96, 34))
    painter.drawPolyline(QPolygonF([QPointF(82.5, 16.5), QPointF(96, 3), QPointF(109.5, 16.5)]))


def _waves(painter: QPainter) -> None:
    for half, ends, peak in ((40, 19, 2.5), (25, 33, 23)):
        wave = QPainterPath(QPointF(96 - half, ends))
        wave.quadTo(96, 2 * peak - ends, 96 + half, ends)
        painter.drawPath(wave)


_INNER = {
    Picture.PUT_ON: _qr,
    Picture.READ: _chip,
    Picture.TAKE_OFF: _chip,
    Picture.SCAN_QR: _qr,
    Picture.SCAN_LABEL: _bars,
}
_ABOVE = {Picture.PUT_ON: _arrow_down, Picture.READ: _waves, Picture.TAKE_OFF: _arrow_up}

"""The drawings of the journal's icons."""

from __future__ import annotations

from PySide6.QtGui import QPainterPath

from app.ui.icon_pen import arc, box, line


def search(path: QPainterPath) -> None:
    path.addEllipse(3, 3, 14, 14)
    line(path, (15.2, 15.2), (21, 21))


def calendar(path: QPainterPath) -> None:
    box(path, 3, 4.5, 18, 17, 2)
    line(path, (3, 9.5), (21, 9.5))
    for x in (8, 16):
        line(path, (x, 2), (x, 6.5))


def chevron(path: QPainterPath) -> None:
    line(path, (5.5, 9), (12, 15.5), (18.5, 9))


def shield(path: QPainterPath) -> None:
    path.moveTo(12, 2)
    path.lineTo(20.5, 5)
    path.lineTo(20.5, 11.5)
    path.cubicTo(20.5, 16.5, 17, 20.3, 12, 22)
    path.cubicTo(7, 20.3, 3.5, 16.5, 3.5, 11.5)
    path.lineTo(3.5, 5)
    path.closeSubpath()


def shield_tick(path: QPainterPath) -> None:
    shield(path)
    line(path, (8.2, 11.8), (11, 14.6), (16, 9.2))


def file(path: QPainterPath) -> None:
    line(path, (14, 2), (6, 2), (6, 22), (18.5, 22), (18.5, 6.5), (14, 2), (14, 6.5), (18.5, 6.5))


def download(path: QPainterPath) -> None:
    line(path, (12, 3), (12, 15.5))
    line(path, (6.5, 10), (12, 15.5), (17.5, 10))
    line(path, (3.5, 20.5), (20.5, 20.5))


def upload(path: QPainterPath) -> None:
    """An arrow into a cloud."""
    path.moveTo(7, 18)
    path.cubicTo(3.6, 18, 1.5, 15.8, 1.5, 13)
    path.cubicTo(1.5, 10.3, 3.4, 8.3, 6, 8)
    path.cubicTo(6.8, 5.2, 9.2, 3.5, 12, 3.5)
    path.cubicTo(15.4, 3.5, 18, 5.9, 18.3, 9)
    path.cubicTo(20.8, 9.2, 22.5, 11.1, 22.5, 13.5)
    path.cubicTo(22.5, 16, 20.6, 18, 17.5, 18)
    line(path, (12, 21), (12, 11.5))
    line(path, (8.6, 14.6), (12, 11.2), (15.4, 14.6))


def bin(path: QPainterPath) -> None:
    line(path, (3.5, 6), (20.5, 6))
    line(path, (9, 6), (9, 2.8), (15, 2.8), (15, 6))
    line(path, (5.5, 6), (6.6, 21.5), (17.4, 21.5), (18.5, 6))
    for x in (10, 14):
        line(path, (x, 10.5), (x, 17))


def label_torn(path: QPainterPath) -> None:
    line(path, (13, 3.5), (3.5, 3.5), (3.5, 20.5), (10, 20.5), (12.5, 16), (9.8, 12), (13, 8), (13, 3.5))
    line(
        path,
        (17.2, 3.5),
        (20.5, 3.5),
        (20.5, 20.5),
        (14.2, 20.5),
        (16.6, 16),
        (14, 12),
        (17.2, 8),
        (17.2, 3.5),
    )


def back(path: QPainterPath) -> None:
    line(path, (8.5, 4), (3.5, 9), (8.5, 14))
    path.moveTo(3.5, 9)
    path.lineTo(14.5, 9)
    path.cubicTo(18.5, 9, 20.5, 11.6, 20.5, 14.6)
    path.cubicTo(20.5, 17.6, 18.5, 20, 14.5, 20)
    path.lineTo(10, 20)


def key(path: QPainterPath) -> None:
    path.addEllipse(2.5, 11, 10.5, 10.5)
    line(path, (11.4, 12.6), (21, 3))
    line(path, (17, 7), (20.2, 10.2))


def copy(path: QPainterPath) -> None:
    box(path, 8.5, 8.5, 13, 13, 2)
    line(path, (5.5, 15.5), (2.5, 15.5), (2.5, 2.5), (15.5, 2.5), (15.5, 5.5))


def close(path: QPainterPath) -> None:
    line(path, (5.5, 5.5), (18.5, 18.5))
    line(path, (18.5, 5.5), (5.5, 18.5))


def again(path: QPainterPath) -> None:
    """A scanner's beam, twice."""
    for y in (8.5, 15.5):
        line(path, (5, y), (19, y))
    arc(path, 1.5, 1.5, 21, 21, 120, 120)
    arc(path, 1.5, 1.5, 21, 21, 300, 120)


def bang(path: QPainterPath) -> None:
    line(path, (12, 4.5), (12, 14))
    line(path, (12, 19), (12, 19.2))


def pencil(path: QPainterPath) -> None:
    line(path, (3, 21), (4.2, 15.6), (16.6, 3.2), (20.8, 7.4), (8.4, 19.8), (3, 21))
    line(path, (13.6, 6.2), (17.8, 10.4))

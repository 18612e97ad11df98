"""Line icons, drawn on a grid of 24 with a stroke of 2."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.ui import journal_icons
from app.ui.icon_pen import arc as _arc
from app.ui.icon_pen import box as _box
from app.ui.icon_pen import line as _line
from app.ui.icon_pen import turned as _turned


class Icon(StrEnum):
    """What an icon shows."""

    QR = "qr"
    CHIP = "chip"
    LINK = "link"
    LINK_BROKEN = "link-broken"
    CLOCK = "clock"
    SCAN = "scan"
    PERSON = "person"
    JOURNAL = "journal"
    PLUG = "plug"
    LOCK = "lock"
    REFRESH = "refresh"
    MENU = "menu"
    SEARCH = "search"
    CALENDAR = "calendar"
    CHEVRON = "chevron"
    SHIELD = "shield"
    SHIELD_TICK = "shield-tick"
    FILE = "file"
    DOWNLOAD = "download"
    BIN = "bin"
    LABEL_TORN = "label-torn"
    BACK = "back"
    KEY = "key"
    COPY = "copy"
    CLOSE = "close"
    AGAIN = "again"
    BANG = "bang"
    DELETE = "delete"
    ADD = "add"
    PENCIL = "pencil"
    PRINTER = "printer"
    PREVIOUS = "previous"
    NEXT = "next"
    UPLOAD = "upload"
    TICK = "tick"
    FOLDER = "folder"


def paint_icon(
    painter: QPainter, icon: Icon, center: QPointF, size: float, color: QColor, stroke: float = 2.0
) -> None:
    painter.save()
    painter.translate(center)
    painter.scale(size / 24, size / 24)
    painter.translate(-12, -12)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(color, stroke, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(icon))
    painter.restore()


@cache
def _path(icon: Icon) -> QPainterPath:
    path = QPainterPath()
    _DRAWINGS[icon](path)
    return path


def _qr(path: QPainterPath) -> None:
    for x, y in ((2, 2), (14, 2), (2, 14)):
        _box(path, x, y, 8, 8)
    _line(path, (13.5, 14), (17, 14), (17, 17))
    _line(path, (22, 18), (22, 22), (18, 22))


def _chip(path: QPainterPath) -> None:
    _box(path, 4, 4, 16, 16, 2)
    _box(path, 9, 9, 6, 6, 0.8)
    for at in (9, 15):
        _line(path, (at, 0.8), (at, 4))
        _line(path, (at, 20), (at, 23.2))
        _line(path, (0.8, at), (4, at))
        _line(path, (20, at), (23.2, at))


def _link(path: QPainterPath) -> None:
    half = QPainterPath()
    half.moveTo(6.8, 15.4)
    half.lineTo(5.2, 15.4)
    half.arcTo(QRectF(0.7, 6.4, 9, 9), 270, -180)
    half.lineTo(10.4, 6.4)
    half.arcTo(QRectF(5.9, 6.4, 9, 9), 90, -108)
    for turn in (-45, 135):
        path.addPath(_turned(half, turn))


def _link_broken(path: QPainterPath) -> None:
    half = QPainterPath()
    half.moveTo(8.6, 16.4)
    half.lineTo(5, 16.4)
    half.arcTo(QRectF(0.6, 7.6, 8.8, 8.8), 270, -180)
    half.lineTo(8.6, 7.6)
    splinters = QPainterPath()
    _line(splinters, (8.2, 1), (8.2, 3.4))
    _line(splinters, (1, 8.2), (3.4, 8.2))
    for turn in (0, 180):
        path.addPath(_turned(half, turn - 45))
        path.addPath(_turned(splinters, turn))


def _clock(path: QPainterPath) -> None:
    path.addEllipse(QPointF(12, 12), 10, 10)
    _line(path, (12, 6.5), (12, 12), (15.5, 14))


def _scan(path: QPainterPath) -> None:
    _line(path, (7, 12), (17, 12))
    for turn in range(4):
        corner = QPainterPath()
        corner.moveTo(3, 7.5)
        corner.lineTo(3, 5)
        corner.quadTo(3, 3, 5, 3)
        corner.lineTo(7.5, 3)
        path.addPath(_turned(corner, 90 * turn))


def _person(path: QPainterPath) -> None:
    path.addEllipse(QPointF(12, 7), 4.6, 4.6)
    path.moveTo(3.5, 21.5)
    path.cubicTo(3.8, 17.2, 7, 15, 12, 15)
    path.cubicTo(17, 15, 20.2, 17.2, 20.5, 21.5)


def _journal(path: QPainterPath) -> None:
    path.addEllipse(QRectF(3.5, 2, 17, 6))
    _line(path, (3.5, 5), (3.5, 19))
    _line(path, (20.5, 5), (20.5, 19))
    for top in (9, 16):
        _arc(path, 3.5, top, 17, 6, 180, 180)


def _plug(path: QPainterPath) -> None:
    _line(path, (8.5, 2), (8.5, 7))
    _line(path, (15.5, 2), (15.5, 7))
    path.moveTo(5, 7)
    path.lineTo(19, 7)
    path.moveTo(6.5, 7)
    path.lineTo(6.5, 11)
    path.arcTo(QRectF(6.5, 5.5, 11, 11), 180, 180)
    path.lineTo(17.5, 7)
    _line(path, (12, 16.5), (12, 22))


def _lock(path: QPainterPath) -> None:
    _box(path, 3.5, 10.5, 17, 11.5, 2.2)
    path.moveTo(7.5, 10.5)
    path.lineTo(7.5, 7)
    path.arcTo(QRectF(7.5, 2.5, 9, 9), 180, -180)
    path.lineTo(16.5, 10.5)


def _refresh(path: QPainterPath) -> None:
    _arc(path, 3, 3, 18, 18, 40, 290)
    _line(path, (20.5, 2.5), (20.5, 8), (15, 8))


def _menu(path: QPainterPath) -> None:
    for y in (6, 12, 18):
        _line(path, (4, y), (20, y))


def _printer(path: QPainterPath) -> None:
    _line(path, (6.5, 8.5), (6.5, 2.5), (17.5, 2.5), (17.5, 8.5))
    _line(path, (6.5, 17.5), (2.5, 17.5), (2.5, 8.5), (21.5, 8.5), (21.5, 17.5), (17.5, 17.5))
    _box(path, 6.5, 14, 11, 7.5, 0.8)


def _previous(path: QPainterPath) -> None:
    _line(path, (15, 5), (8, 12), (15, 19))


def _next(path: QPainterPath) -> None:
    _line(path, (9, 5), (16, 12), (9, 19))


def _delete(path: QPainterPath) -> None:
    _line(path, (8, 5), (22, 5), (22, 19), (8, 19), (1.5, 12), (8, 5))
    _line(path, (11, 9), (17, 15))
    _line(path, (17, 9), (11, 15))


def _add(path: QPainterPath) -> None:
    _line(path, (12, 4), (12, 20))
    _line(path, (4, 12), (20, 12))


def _tick(path: QPainterPath) -> None:
    _line(path, (4, 12.5), (9.5, 18), (20, 6.5))


def _folder(path: QPainterPath) -> None:
    _line(path, (2.5, 19.5), (2.5, 4.5), (9, 4.5), (11.5, 7.5), (21.5, 7.5), (21.5, 19.5), (2.5, 19.5))


_DRAWINGS: dict[Icon, Callable[[QPainterPath], None]] = {
    Icon.QR: _qr,
    Icon.CHIP: _chip,
    Icon.LINK: _link,
    Icon.LINK_BROKEN: _link_broken,
    Icon.CLOCK: _clock,
    Icon.SCAN: _scan,
    Icon.PERSON: _person,
    Icon.JOURNAL: _journal,
    Icon.PLUG: _plug,
    Icon.LOCK: _lock,
    Icon.REFRESH: _refresh,
    Icon.MENU: _menu,
    Icon.SEARCH: journal_icons.search,
    Icon.CALENDAR: journal_icons.calendar,
    Icon.CHEVRON: journal_icons.chevron,
    Icon.SHIELD: journal_icons.shield,
    Icon.SHIELD_TICK: journal_icons.shield_tick,
    Icon.FILE: journal_icons.file,
    Icon.DOWNLOAD: journal_icons.download,
    Icon.BIN: journal_icons.bin,
    Icon.LABEL_TORN: journal_icons.label_torn,
    Icon.BACK: journal_icons.back,
    Icon.KEY: journal_icons.key,
    Icon.COPY: journal_icons.copy,
    Icon.CLOSE: journal_icons.close,
    Icon.AGAIN: journal_icons.again,
    Icon.BANG: journal_icons.bang,
    Icon.DELETE: _delete,
    Icon.ADD: _add,
    Icon.PENCIL: journal_icons.pencil,
    Icon.PRINTER: _printer,
    Icon.PREVIOUS: _previous,
    Icon.NEXT: _next,
    Icon.UPLOAD: journal_icons.upload,
    Icon.TICK: _tick,
    Icon.FOLDER: _folder,
}

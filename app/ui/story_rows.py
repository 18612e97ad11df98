"""One event of a unit's story: a disc with an icon, what, who, where, when, and its number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.core.record import EventKind
from app.core.unit_list import Happening, UnitLine
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.digits import paint_found, tail, value_width
from app.ui.icons import Icon
from app.ui.numbers import count, day_and_time
from app.ui.painted import PaintedButton
from app.ui.theme import CAPTION, Palette, Style, text_width
from app.wording.happenings import event_title, told, who
from app.wording.language import tr

_DISC, _LEFT, _RIGHT = 42.0, 78.0, 24.0
_RADIUS = 18.0
_HEIGHT, _LEADING = 62.0, 22.0
_FIRST, _SECOND = 22.0, 46.0
_TITLE = Style(17, 700)
_TIME = Style(16, 500, tabular=True)
_CODE = Style(16, 500, mono=True)

_ICONS: dict[str, Icon] = {
    EventKind.BOUND: Icon.LINK,
    "imported": Icon.LINK,
    EventKind.UNBOUND: Icon.LINK_BROKEN,
    EventKind.EXPORTED: Icon.FILE,
    EventKind.RESCANNED: Icon.SCAN,
    EventKind.FAULTED: Icon.BANG,
    EventKind.SCRAPPED: Icon.BIN,
    EventKind.SPOILED: Icon.LABEL_TORN,
    EventKind.REINSTATED: Icon.BACK,
    EventKind.RELEASED: Icon.KEY,
    "verified": Icon.SHIELD_TICK,
    EventKind.DROPPED: Icon.CLOSE,
}
_AT_THE_LINE = (EventKind.BOUND, EventKind.RESCANNED, EventKind.FAULTED, EventKind.DROPPED, "verified")
"""What happens at a station; the rest is done at a desk."""


def disc_color(kind: str, colors: Palette) -> QColor:
    return {
        EventKind.BOUND: colors.accent,
        EventKind.UNBOUND: colors.warning_text,
        EventKind.RELEASED: colors.warning_text,
        EventKind.FAULTED: colors.fault,
        EventKind.SCRAPPED: colors.fault,
        EventKind.SPOILED: colors.fault,
        "verified": colors.passed,
    }.get(kind, colors.neutral)


@dataclass(frozen=True, slots=True)
class StoryFace:
    """What a row says."""

    kind: str
    title: str
    who: str
    told: str
    time: str
    seq: int
    sn: str = ""
    """Where it is about another SN than the unit's."""
    imei: str = ""
    is_last: bool = False


def story_face(happening: Happening, unit: UnitLine, now: datetime, is_last: bool) -> StoryFace:
    event, entry = happening.event, happening.event.entry
    name = who(event)
    if entry.kind in _AT_THE_LINE:
        station = tr("Station {name}").format(name=event.stamp.station)
        name = ", ".join(part for part in (station, name) if part)
    text = told(happening)
    imei = entry.chip_imei or entry.label_imei or ""
    sn = entry.sn if entry.sn and entry.sn != unit.sn else ""
    is_new = imei != unit.imei and entry.kind is not EventKind.UNBOUND
    shows_imei = bool(imei) and (not text or is_new)
    return StoryFace(
        entry.kind,
        event_title(entry.kind, happening.is_again),
        name,
        text,
        day_and_time(event.stamp.at, now),
        event.seq,
        sn or "",
        imei if shows_imei else "",
        is_last,
    )


class StoryRow(PaintedButton):
    """Pressing it shows every column of the event."""

    def __init__(self, palette: Palette, face: StoryFace, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.face = face
        spoken = (face.title, face.who, face.told, face.sn, face.imei, face.time, f"#{face.seq}")
        self.setText(", ".join(part for part in spoken if part))

    def sizeHint(self) -> QSize:
        return QSize(
            round(self.area.width() * self.zoom), round(self.height_in(self.area.width()) * self.zoom)
        )

    def _lines(self, width: float) -> list[str]:
        """Who, where that has no room beside the title, and what is told."""
        room = width - _LEFT - _RIGHT - text_width(f"#{count(self.face.seq)}", _TIME) - 14
        texts = [self.face.told] if self.face.told else []
        if self.face.who and not self._has_room_for_who(width):
            texts.insert(0, self.face.who)
        return [line for text in texts for line in broken_into_lines(text, CAPTION, room)]

    def _has_room_for_who(self, width: float) -> bool:
        wanted = text_width(self.face.title, _TITLE) + text_width(self.face.who, CAPTION)
        return wanted + text_width(self.face.time, _TIME) + 24 <= width - _LEFT - _RIGHT

    def height_in(self, width: float) -> float:
        """A reason is never cut: it takes the lines that it needs."""
        rows = len(self._lines(width)) + bool(self.face.imei) + bool(self.face.sn)
        return _HEIGHT + max(0, rows - 1) * _LEADING

    def draw(self, canvas: Canvas) -> None:
        colors, face = canvas.palette, self.face
        if not face.is_last:
            line = QRectF(_DISC - 1.5, 42, 3, self.area.height() - 42)
            canvas.painter.fillRect(line, colors.line)
            canvas.painter.fillRect(QRectF(_DISC - 1.5, 0, 3, 4), colors.surface)
        self._draw_disc(canvas, QPointF(_DISC, 22))
        right = self.area.width() - _RIGHT
        align = Qt.AlignmentFlag.AlignRight
        taken = canvas.text(face.time, right, _FIRST - 11, 120, _TIME, colors.text, align)
        canvas.text(f"#{count(face.seq)}", right, _SECOND - 13, 110, _TIME, colors.muted, align)
        room = right - taken - 10 - _LEFT
        width = canvas.text(face.title, _LEFT, _FIRST - 11, room, _TITLE, smaller=(16, 15))
        if self._has_room_for_who(self.area.width()):
            canvas.text(face.who, _LEFT + width + 12, _FIRST - 11, room - width - 12, CAPTION, colors.muted)
        self._draw_lines(canvas, colors)
        self.draw_focus(canvas, self.area.adjusted(8, -2, -8, -10))

    def _draw_lines(self, canvas: Canvas, colors: Palette) -> None:
        y = _SECOND - 13
        for caption, value in ((tr("SN"), self.face.sn), (tr("IMEI"), self.face.imei)):
            if value:
                left = _LEFT + canvas.text(caption, _LEFT, y, 60, CAPTION, colors.muted) + 5
                room = self.area.width() - _RIGHT - left - text_width(f"#{count(self.face.seq)}", _TIME) - 10
                style = _CODE if value_width(value, _CODE) <= room else _CODE.sized(15)
                paint_found(canvas, tail(value, style, room), left, y, style, colors.text, ())
                y += _LEADING
        for text in self._lines(self.area.width()):
            canvas.text(text, _LEFT, y, self.area.width() - _LEFT - _RIGHT, CAPTION)
            y += _LEADING

    def _draw_disc(self, canvas: Canvas, center: QPointF) -> None:
        colors = canvas.palette
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(disc_color(self.face.kind, colors))
        canvas.painter.drawEllipse(center, _RADIUS, _RADIUS)
        canvas.icon(_ICONS.get(self.face.kind, Icon.CLOCK), center, 18, colors.surface)

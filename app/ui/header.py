"""The header of the binding page: what is bound, at which station, by whom, in which shift, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.unit import Unit
from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.icons import Icon
from app.ui.numbers import time_of_day
from app.ui.painted import Painted, PaintedButton
from app.ui.scene import scene_of
from app.ui.theme import CAPTION, Palette, Style, text_width
from app.wording.language import tr

_MARGIN = 24.0
_RIGHT = Qt.AlignmentFlag.AlignRight
_CAPTION_MIDDLE, _VALUE_MIDDLE = 27.0, 54.0
_VALUE = Style(20, 600)
_CLOCK = Style(34, 600, tabular=True)
_NARROW = 1366.0
_LONGEST_NAME = 240.0
_PAGES = 44.0


@dataclass(frozen=True, slots=True)
class HeaderFace:
    """Everything that the header shows; what is empty is left out."""

    product_key: str
    station: str
    operator: str
    shift: str
    shift_since: str
    time: str


def header_face(view: StationView, now: datetime) -> HeaderFace:
    shift = view.shift if view.shift and view.shift.closed_seq is None else None
    since = tr("since {time}").format(time=time_of_day(shift.opened_at, now)) if shift else tr("not open yet")
    return HeaderFace(
        _product_key(view),
        view.station,
        view.operator or "",
        tr("Shift {number}").format(number=shift.id) if shift else tr("Shift"),
        since,
        f"{now:%H:%M}",
    )


def _product_key(view: StationView) -> str:
    """Of the unit in hand, else of the last one that had any."""
    unit: Unit = scene_of(view.state).unit
    if unit.device is not None:
        return unit.device.pk
    return next((row.pk for row in view.recent if row.pk), "")


class PagesButton(PaintedButton):
    """Leads from Binding to the other pages, for those who may see them. Takes no focus: a scan is typed."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.ink2, radius=8)
        canvas.icon(Icon.MENU, self.area.center(), 24, colors.ink_text)


class Header(Painted):
    """80 px high."""

    pages_pressed = Signal()
    face: HeaderFace | None = None

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.pages = PagesButton(palette, self)
        self.pages.setVisible(False)
        self.pages.clicked.connect(lambda: self.pages_pressed.emit())

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self.pages.place(QRectF(_MARGIN, 18, _PAGES, _PAGES), zoom)

    @property
    def _left(self) -> float:
        return _MARGIN if self.pages.isHidden() else _MARGIN + _PAGES + 20

    def show_face(self, face: HeaderFace, has_tabs: bool = False) -> None:
        if has_tabs is self.pages.isHidden():
            self.pages.setVisible(has_tabs)
            self.pages.setToolTip(tr("Other pages"))
            self.pages.say(tr("Other pages"))
            self.update()
        if face != self.face:
            self.face = face
            spoken = (face.product_key, face.station, face.operator, face.shift, face.shift_since, face.time)
            self.say(", ".join(part for part in spoken if part))
            self.update()

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.ink)
        if self.face is None:
            return
        right = draw_clock(canvas, self.area.width() - _MARGIN, self.face.time)
        if self.area.width() < _NARROW:
            right = self._draw_joined(canvas, self.face, right)
        else:
            right = self._draw_blocks(canvas, self.face, right)
        self._draw_product(canvas, self.face, right - 32 - self._left)

    def _draw_product(self, canvas: Canvas, face: HeaderFace, room: float) -> None:
        colors = canvas.palette
        if not face.product_key:
            draw_program(canvas, self._left)
            return
        canvas.text(tr("Product"), self._left, _CAPTION_MIDDLE - 1, room, CAPTION, colors.ink_muted)
        style = Style(24, 600, mono=True)
        canvas.text(face.product_key, self._left, _VALUE_MIDDLE + 1, room, style, colors.ink_text)

    def _draw_blocks(self, canvas: Canvas, face: HeaderFace, right: float) -> float:
        left = _draw_block(canvas, face.shift, face.shift_since, right) - 32
        if face.operator:
            left = _draw_block(canvas, tr("Operator"), face.operator, left)
            canvas.icon(Icon.PERSON, QPointF(left - 23, 41), 24, canvas.palette.ink_muted)
            left -= 34 + 32
        return _draw_block(canvas, tr("Station"), face.station, left, _RIGHT)

    def _draw_joined(self, canvas: Canvas, face: HeaderFace, right: float) -> float:
        station = tr("Station {name}").format(name=face.station)
        second = face.operator or face.shift_since
        colors = canvas.palette
        first = f"{face.shift} · {station}"
        width = canvas.text(first, right, _CAPTION_MIDDLE, 420, CAPTION, colors.ink_muted, _RIGHT)
        name = canvas.text(second, right, _VALUE_MIDDLE, 420, _VALUE, colors.ink_text, _RIGHT)
        return right - max(width, name)


def _draw_block(
    canvas: Canvas,
    caption: str,
    value: str,
    right: float,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Caption over value, ending at `right`; gives where it begins."""
    colors = canvas.palette
    width = max(text_width(caption, CAPTION), min(text_width(value, _VALUE), _LONGEST_NAME))
    left = right - width
    x = right if align is _RIGHT else left
    canvas.text(caption, x, _CAPTION_MIDDLE, width, CAPTION, colors.ink_muted, align)
    canvas.text(value, x, _VALUE_MIDDLE, width, _VALUE, colors.ink_text, align)
    return left


def draw_clock(canvas: Canvas, right: float, time: str) -> float:
    """The time and the line before it; gives where the next block ends."""
    colors = canvas.palette
    left = right - canvas.text(time, right, 40, 140, _CLOCK, colors.ink_text, _RIGHT)
    line = round(left - 28)
    canvas.painter.fillRect(QRectF(line, 20, 1, 40), colors.track)
    return line - 24


def draw_program(canvas: Canvas, left: float = _MARGIN) -> None:
    """The sign and the name of the program."""
    colors = canvas.palette
    canvas.card(QRectF(left, 22, 36, 36), colors.accent, radius=8)
    canvas.icon(Icon.LINK, QPointF(left + 18, 40), 22, colors.ink_text)
    canvas.text(tr("Binding Station"), left + 52, 40, 260, Style(21, 700), colors.ink_text)

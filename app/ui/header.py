"""The header of the binding page: what is bound, at which station, by whom, in which shift, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.record import OpenShift
from app.core.unit import Unit
from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.header_parts import (
    CAPTION_MIDDLE,
    FULL_WIDTH,
    VALUE,
    VALUE_MIDDLE,
    beside_clock,
    block_width,
    draw_block,
    draw_clock,
    draw_program,
)
from app.ui.header_parts import HEADER_MARGIN as _MARGIN
from app.ui.icons import Icon
from app.ui.numbers import time_of_day
from app.ui.order_bar import OrderFace, draw_order, order_face
from app.ui.painted import Painted, PaintedButton
from app.ui.person_button import PersonButton, PersonFace
from app.ui.scene import scene_of
from app.ui.theme import CAPTION, Palette, Style
from app.wording.language import tr
from app.wording.people import role_name

_RIGHT = Qt.AlignmentFlag.AlignRight
_PAGES = 44.0


@dataclass(frozen=True, slots=True)
class HeaderFace:
    """Everything that the header shows; what is empty is left out."""

    product_key: str
    station: str
    role: str
    operator: str
    shift: str
    shift_since: str
    time: str
    order: OrderFace | None = None
    in_charge: str = ""
    """Of the shift, where they are not the one who is at the station."""

    @property
    def shift_caption(self) -> str:
        return f"{self.shift} · {self.in_charge}" if self.in_charge else self.shift


def header_face(view: StationView, now: datetime) -> HeaderFace:
    shift = view.shift if view.shift and view.shift.closed_seq is None else None
    since = tr("since {time}").format(time=time_of_day(shift.opened_at, now)) if shift else tr("not open yet")
    return HeaderFace(
        _product_key(view),
        view.station,
        *_who(view),
        tr("Shift {number}").format(number=shift.id) if shift else tr("Shift"),
        since,
        f"{now:%H:%M}",
        order_face(view.order),
        _in_charge(view, shift),
    )


def _in_charge(view: StationView, shift: OpenShift | None) -> str:
    """Who has the shift, where that is somebody else than who is at the station."""
    if shift is None or not view.state.rules.sign_in or shift.operator in (None, view.operator):
        return ""
    return shift.operator or ""


def _who(view: StationView) -> tuple[str, str]:
    """What they are here and their name; where people sign in and nobody has, how to."""
    if view.operator:
        person = view.state.operator
        return role_name(person.role) if person else tr("Operator"), view.operator
    if view.state.rules.sign_in:
        return tr("Nobody signed in"), tr("Sign in: F2")
    return "", ""


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
    person_pressed = Signal()
    face: HeaderFace | None = None

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self.pages = PagesButton(palette, self)
        self.pages.setVisible(False)
        self.pages.clicked.connect(lambda: self.pages_pressed.emit())
        self.person = PersonButton(palette, self)
        self.person.clicked.connect(lambda: self.person_pressed.emit())

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self.pages.place(QRectF(_MARGIN, 18, _PAGES, _PAGES), zoom)
        self._arrange()

    def _arrange(self) -> None:
        """The person's block stands left of the shift's; in a narrow window one block holds all."""
        face = self._person_face
        self.person.show_face(face)
        if self.face is None or face is None:
            return
        right = beside_clock(self.area.width() - _MARGIN, self.face.time)
        if face.icon:
            right -= block_width(self.face.shift_caption, self.face.shift_since) + 32
        self.person.place(QRectF(right - face.width, 0, face.width, self.area.height()), self.zoom)

    @property
    def _person_face(self) -> PersonFace | None:
        if self.face is None or not self.face.operator:
            return None
        if self.area.width() < FULL_WIDTH:
            return PersonFace(self._joined, self.face.operator, icon=False)
        return PersonFace(self.face.role, self.face.operator)

    @property
    def _joined(self) -> str:
        if self.face is None:
            return ""
        return f"{self.face.shift} · {tr('Station {name}').format(name=self.face.station)}"

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
            work = face.order.spoken if face.order else (face.product_key,)
            spoken = (*work, face.station, face.operator, face.shift_caption, face.shift_since, face.time)
            self.say(", ".join(part for part in spoken if part))
            self._arrange()
            self.update()

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.ink)
        if self.face is None:
            return
        right = draw_clock(canvas, self.area.width() - _MARGIN, self.face.time)
        if self.area.width() < FULL_WIDTH:
            right = self._draw_joined(canvas, self.face, right)
        else:
            right = self._draw_blocks(canvas, self.face, right)
        if self.face.order is not None:
            draw_order(canvas, self.face.order, self._left, right - 48)
        else:
            self._draw_product(canvas, self.face, right - 32 - self._left)

    def _draw_product(self, canvas: Canvas, face: HeaderFace, room: float) -> None:
        colors = canvas.palette
        if not face.product_key:
            draw_program(canvas, self._left)
            return
        canvas.text(tr("Product"), self._left, CAPTION_MIDDLE - 1, room, CAPTION, colors.ink_muted)
        style = Style(24, 600, mono=True)
        canvas.text(face.product_key, self._left, VALUE_MIDDLE + 1, room, style, colors.ink_text)

    def _draw_blocks(self, canvas: Canvas, face: HeaderFace, right: float) -> float:
        left = draw_block(canvas, face.shift_caption, face.shift_since, right) - 32
        person = self._person_face
        if person is not None:
            left -= person.width + 32
        return draw_block(canvas, tr("Station"), face.station, left, _RIGHT)

    def _draw_joined(self, canvas: Canvas, face: HeaderFace, right: float) -> float:
        person = self._person_face
        if person is not None:
            return right - person.width
        colors = canvas.palette
        width = canvas.text(self._joined, right, CAPTION_MIDDLE, 420, CAPTION, colors.ink_muted, _RIGHT)
        since = canvas.text(face.shift_since, right, VALUE_MIDDLE, 420, VALUE, colors.ink_text, _RIGHT)
        return right - max(width, since)

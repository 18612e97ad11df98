"""Who somebody is, and by what they sign in: name, role, PIN and badge, as they are typed and scanned."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.people import NAME_MAX, Role
from app.station.sign_in import Member
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, SEGMENTS_HEIGHT, OutlineButton, Segments
from app.ui.fields import FIELD_HEIGHT, PinField, TextField
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import CAPTION, Palette, Style
from app.wording.language import tr
from app.wording.people import role_name

_GAP, _CAPTION = 14.0, 26.0
_BADGE_HEIGHT = 60.0
_BADGE_TEXT = Style(17, 500)
ROLES = (Role.OPERATOR, Role.SUPERVISOR, Role.QA)


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What was entered, unchecked."""

    name: str
    role: Role
    pin: str
    again: str
    badge: str | None = None
    """What was scanned; None where no badge was."""
    without_badge: bool = False
    """The badge that they had is taken away."""


class PersonForm(Painted):
    """`name` and `role` are asked for where the form was told so. A scan is always the badge."""

    submitted = Signal()
    """Enter, in a field."""
    edited = Signal()

    def __init__(self, palette: Palette, parent: QWidget, with_role: bool) -> None:
        super().__init__(palette, parent)
        self.name = TextField(NAME_MAX, True, self)
        self.role = Segments(palette, len(ROLES), self) if with_role else None
        self.pin, self.again = PinField(self), PinField(self)
        self.take_away = OutlineButton(palette, None, self)
        self.take_away.clicked.connect(self._take_badge_away)
        self._known: Member | None = None
        self._badge: str | None = None
        self._without_badge = False
        for field in self._fields:
            field.returnPressed.connect(self.submitted)
            field.textEdited.connect(lambda _text: self.edited.emit())

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.name, self.pin, self.again

    @property
    def draft(self) -> PersonDraft:
        role = Role.SUPERVISOR if self.role is None else ROLES[self.role.number]
        return PersonDraft(
            self._known.name if self._known else self.name.text(),
            role,
            self.pin.text(),
            self.again.text(),
            self._badge,
            self._without_badge,
        )

    def begin(self, known: Member | None = None) -> None:
        """Empty for somebody new, else for what shall change of this person."""
        self._known, self._badge, self._without_badge = known, None, False
        for field in self._fields:
            field.clear()
        if self.role is not None:
            self.role.choose(ROLES.index(known.role if known else Role.OPERATOR))
        self.name.setVisible(known is None)
        self.retranslate()
        self._arrange()

    @property
    def is_begun(self) -> bool:
        """Something was entered."""
        role = self._known.role if self._known else Role.OPERATOR
        other_role = self.role is not None and ROLES[self.role.number] is not role
        texts = any(field.text() for field in self._fields)
        return texts or other_role or self._badge is not None or self._without_badge

    def focus_first(self) -> None:
        (self.name if self._known is None else self.pin).setFocus()

    def take_scan(self, text: str) -> None:
        """The badge that was just scanned."""
        self._badge, self._without_badge = text, False
        self.edited.emit()
        self._show_badge()

    def _take_badge_away(self) -> None:
        self._without_badge = self._badge is None and self._has_badge
        self._badge = None
        self.edited.emit()
        self._show_badge()

    @property
    def known_name(self) -> str | None:
        """Of whoever is changed; None for somebody new."""
        return self._known.name if self._known is not None else None

    @property
    def _has_badge(self) -> bool:
        return self._known is not None and self._known.has_badge

    def _show_badge(self) -> None:
        self.take_away.setVisible(self._badge is not None or (self._has_badge and not self._without_badge))
        self.update()

    # --- texts and places

    def retranslate(self) -> None:
        self.name.setAccessibleName(tr("Name"))
        self.pin.setAccessibleName(self._pin_caption)
        self.again.setAccessibleName(tr("The same again"))
        self.take_away.setText(tr("Take away"))
        if self.role is not None:
            self.role.name(tr("Role"), [role_name(role) for role in ROLES])
        self._show_badge()

    @property
    def _pin_caption(self) -> str:
        if self._known is not None and self._known.has_pin:
            return tr("New PIN, if wanted")
        return tr("PIN, 4 to 12 digits")

    @property
    def _badge_text(self) -> str:
        if self._badge is not None:
            return tr("Badge scanned")
        if self._has_badge and not self._without_badge:
            return tr("Has a badge; scan another to change it")
        return tr("No badge; scan one to teach it")

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        zoom, width, top = self.zoom, self.area.width(), 0.0
        if self._known is None:
            self.name.place(QRectF(0, top + _CAPTION, width, FIELD_HEIGHT), zoom)
            top += _CAPTION + FIELD_HEIGHT + _GAP
        if self.role is not None:
            self.role.place(QRectF(0, top + _CAPTION, width, SEGMENTS_HEIGHT), zoom)
            top += _CAPTION + SEGMENTS_HEIGHT + _GAP
        half = (width - _GAP) / 2
        self.pin.place(QRectF(0, top + _CAPTION, half, FIELD_HEIGHT), zoom)
        self.again.place(QRectF(half + _GAP, top + _CAPTION, half, FIELD_HEIGHT), zoom)
        button = self.take_away.wanted_width
        badge = self._badge_box
        middle = badge.center().y() - BUTTON_HEIGHT / 2
        self.take_away.place(QRectF(badge.right() - button - 9, middle, button, BUTTON_HEIGHT), zoom)
        self.update()

    @property
    def _pins_top(self) -> float:
        top = _CAPTION + FIELD_HEIGHT + _GAP if self._known is None else 0.0
        return top + (_CAPTION + SEGMENTS_HEIGHT + _GAP if self.role is not None else 0.0)

    @property
    def _badge_box(self) -> QRectF:
        return QRectF(0, self._pins_top + _CAPTION + FIELD_HEIGHT + _GAP, self.area.width(), _BADGE_HEIGHT)

    def draw(self, canvas: Canvas) -> None:
        colors, width, top = canvas.palette, self.area.width(), 0.0
        half = (width - _GAP) / 2
        style, muted = CAPTION.bold, colors.muted
        if self._known is None:
            canvas.text(tr("Name"), 0, top + 11, width, style, muted)
            top += _CAPTION + FIELD_HEIGHT + _GAP
        if self.role is not None:
            canvas.text(tr("Role"), 0, top + 11, width, style, muted)
        top = self._pins_top
        canvas.text(self._pin_caption, 0, top + 11, half, style, muted, smaller=(15,))
        canvas.text(tr("The same again"), half + _GAP, top + 11, half, style, muted, smaller=(15,))
        self._draw_badge(canvas, self._badge_box)

    def _draw_badge(self, canvas: Canvas, box: QRectF) -> None:
        colors, middle = canvas.palette, box.center().y()
        new = self._badge is not None
        canvas.card(box, colors.passed_tint if new else colors.inset, radius=8)
        center = QPointF(box.left() + 30, middle)
        if new:
            canvas.mark(Mark.PASS, center, 24, colors.passed, colors.surface)
        else:
            canvas.icon(Icon.SCAN, center, 24, colors.text)
        button = self.take_away.wanted_width + 18 if not self.take_away.isHidden() else 14
        room = QRectF(box.left() + 56, box.top() + 4, box.width() - 56 - button, box.height() - 8)
        canvas.paragraph(self._badge_text, room, _BADGE_TEXT, colors.text, (16, 15))

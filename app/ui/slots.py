"""The two slots, Device QR and Module, and the mark of the link between them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent

from app.ui.canvas import Canvas, Pill
from app.ui.digits import ONE_LINE, paint_value, value_width
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.scene import Stage
from app.ui.slot_faces import Look, SlotFace, SlotFact
from app.ui.theme import CAPTION, CARD_TITLE, VALUE, Palette, Style, text_width

_MARGIN = 20.0
_WIDE = 487.0
"""From here on a value of 18 digits stands in full size."""
_NARROW_SIZES = (37.0, 32.0, 26.0)
_STRONG_CAPTION = Style(CAPTION.size, 600)


@dataclass(frozen=True, slots=True)
class _Dress:
    """Edge and pill of a slot."""

    edge: QColor
    edge_width: float
    word: QColor
    ground: QColor
    sign: QColor
    dashed: bool = False


def _dress(look: Look, c: Palette) -> _Dress:
    return {
        Look.WAITING: _Dress(c.control, 2, c.muted, c.inset, c.muted, dashed=True),
        Look.ACTIVE: _Dress(c.accent, 3, c.accent, c.accent_tint, c.surface),
        Look.PASS: _Dress(c.passed, 4, c.passed, c.passed_tint, c.surface),
        Look.SAME: _Dress(c.neutral, 4, c.neutral, c.neutral_tint, c.surface),
        Look.MARKED: _Dress(c.fault_deep, 4, c.fault, c.fault_tint, c.surface),
        Look.QUIET: _Dress(c.surface, 0, c.muted, c.inset, c.surface),
    }[look]


class Slot(Painted):
    """One half of a unit."""

    face: SlotFace | None = None

    def show_face(self, face: SlotFace) -> None:
        if face != self.face:
            self.face = face
            self.say(f"{face.title}: {face.word}" if face.word else face.title, face.value)
            self.update()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Takes the bare value along."""
        if self.face is not None and self.face.value:
            QGuiApplication.clipboard().setText(self.face.value)

    def draw(self, canvas: Canvas) -> None:
        if self.face is None:
            return
        dress = _dress(self.face.look, canvas.palette)
        edge = dress.edge if dress.edge_width else None
        canvas.card(self.area, canvas.palette.surface, edge, dress.edge_width, dashed=dress.dashed)
        self._draw_title(canvas, self.face, dress)
        self._draw_value(canvas, self.face)
        left = self._draw_facts(canvas, self.face.facts)
        self._draw_hint(canvas, self.face.hint, left)

    def _draw_title(self, canvas: Canvas, face: SlotFace, dress: _Dress) -> None:
        pill = self._pill(face, dress, canvas.palette)
        pill_width = pill.width if face.word else 0
        canvas.icon(face.icon, QPointF(34, 34), 26, canvas.palette.text, 2.2)
        room = self.area.width() - 60 - pill_width - _MARGIN - 8
        canvas.text(face.title, 60, 34, room, CARD_TITLE)
        if face.word:
            canvas.pill(pill, self.area.width() - _MARGIN - pill_width, 34, pill_width)

    def _pill(self, face: SlotFace, dress: _Dress, colors: Palette) -> Pill:
        if face.sign is Mark.WARNING:
            ground, fill = colors.warning_tint, colors.warning_fill
            return Pill(face.sign, face.word, colors.warning_text, ground, colors.text, shape_color=fill)
        sign_color = dress.word if isinstance(face.sign, Icon) else dress.sign
        return Pill(face.sign, face.word, dress.word, dress.ground, sign_color)

    def _draw_value(self, canvas: Canvas, face: SlotFace) -> None:
        canvas.text(face.value_name, _MARGIN, 74, 80, _STRONG_CAPTION, canvas.palette.muted)
        sizes = ONE_LINE if self.area.width() >= _WIDE else _NARROW_SIZES
        room = self.area.width() - 2 * _MARGIN
        if face.value:
            paint_value(canvas, face.value, _MARGIN, 105, room, VALUE, face.marked, sizes)
            return
        style, x = VALUE.sized(sizes[0]), _MARGIN
        for length in face.groups:
            width = value_width("0" * length, style)
            canvas.bar(QRectF(x, 101, width - 2, 8), canvas.palette.line)
            x += width + style.size / 4

    def _draw_hint(self, canvas: Canvas, hint: str, left: float) -> None:
        right = self.area.width() - _MARGIN
        style, align = CAPTION.sized(15), Qt.AlignmentFlag.AlignRight
        if hint and left + text_width(hint, style) <= right:
            canvas.text(hint, right, 150, right - left, style, canvas.palette.muted, align)

    def _draw_facts(self, canvas: Canvas, facts: tuple[SlotFact, ...]) -> float:
        """Where the last one ends."""
        x = _MARGIN
        for fact in facts:
            right = self.area.width() - _MARGIN
            if not fact.name:
                canvas.text(
                    fact.value, x - 12, 150, right - x + 12, CAPTION, canvas.palette.muted, smaller=(15,)
                )
                continue
            x += canvas.text(fact.name, x, 150, right - x, _STRONG_CAPTION, canvas.palette.muted) + 11
            if not fact.value:
                canvas.bar(QRectF(x, 147, 76, 6), canvas.palette.line)
                x += 76 + 28
                continue
            style = fact.style
            x += canvas.text(fact.value, x, 150, right - x, style) + 28
        return x


class LinkMark(Painted):
    """Whether the two slots belong together."""

    stage: Stage | None = None

    def show_stage(self, stage: Stage) -> None:
        if stage is not self.stage:
            self.stage = stage
            self.update()

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        color = {
            Stage.HALF: colors.accent,
            Stage.PASS: colors.passed,
            Stage.SAME: colors.neutral,
            Stage.FAULT: colors.surface,
        }.get(self.stage or Stage.WAITING, colors.control)
        icon = Icon.LINK_BROKEN if self.stage is Stage.FAULT else Icon.LINK
        canvas.icon(icon, self.area.center(), 26, color)

"""The panel after a unit that needs nobody: pass and same pair."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath

from app.ui.canvas import Canvas
from app.ui.fact_row import draw_facts
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.panel_fault import draw_evidence
from app.ui.theme import NEXT_ACTION, PASSED, STEP, VERDICT, Style, metrics, text_width
from app.ui.verdict_faces import PassFace, SameFace

_MARGIN = 48.0
_WORD_LEFT = 222.0
_RIGHT = Qt.AlignmentFlag.AlignRight
_AROUND_NUMBER = Style(34, 500)
_NUMBER_ROOM = 320.0
_SAVED = Style(19, 500)
_OF = Style(26, 500)
_EDGE = 8.0
"""Around the records that differ."""


def _foot(area: QRectF) -> float:
    """How high the dark foot is."""
    return min(96.0, area.height() * 0.3)


def draw_pass(canvas: Canvas, area: QRectF, face: PassFace) -> None:
    colors = canvas.palette
    _ground(canvas, area, colors.passed, colors.passed_deep)
    middle = (area.height() - _foot(area)) / 2 + 4
    canvas.mark(Mark.PASS, QPointF(116, middle), 125, colors.surface, colors.passed)
    number_left = _draw_number(canvas, face, area.width() - _MARGIN, middle)
    if face.of:
        below = middle + min(66.0, (area.height() - _foot(area)) / 2 - 18)
        canvas.text(face.of, area.width() - _MARGIN, below, _NUMBER_ROOM, _OF, colors.surface, _RIGHT)
    canvas.text(face.word, _WORD_LEFT, middle, number_left - _WORD_LEFT - 24, PASSED, colors.surface)
    foot = area.height() - _foot(area) / 2
    saved_width = text_width(face.saved, _SAVED)
    right = area.width() - _MARGIN
    canvas.text(face.saved, right, foot, area.width() / 2, _SAVED, colors.surface, _RIGHT)
    icon_left = right - saved_width - 34
    canvas.icon(Icon.JOURNAL, QPointF(icon_left + 12, foot), 24, colors.surface)
    room = icon_left - _MARGIN - 16
    canvas.text(face.next_action, _MARGIN, foot, room, NEXT_ACTION, colors.surface, smaller=(30, 27, 24))


def _draw_number(canvas: Canvas, face: PassFace, right: float, middle: float) -> float:
    """`Unit 138`, or with what the language puts behind the number; gives where it begins."""
    white = canvas.palette.surface
    sizes = (VERDICT, *map(VERDICT.sized, (80, 64, 52)))
    style = next((size for size in sizes if text_width(face.number, size) < _NUMBER_ROOM), sizes[-1])
    base = middle + metrics(style).capHeight() / 2
    small = base - metrics(_AROUND_NUMBER).capHeight() / 2
    if face.after_number:
        right -= canvas.text(face.after_number, right, small, 120, _AROUND_NUMBER, white, _RIGHT) + 14
    right -= canvas.text(face.number, right, middle, _NUMBER_ROOM, style, white, _RIGHT)
    if face.before_number:
        right -= 18
        right -= canvas.text(face.before_number, right, small, 160, _AROUND_NUMBER, white, _RIGHT)
    return right


def draw_same(canvas: Canvas, area: QRectF, face: SameFace) -> None:
    colors = canvas.palette
    if face.evidence:
        _draw_differing(canvas, area, face)
        return
    _ground(canvas, area, colors.neutral, colors.neutral_deep)
    middle = (area.height() - _foot(area)) / 2 + 4
    canvas.mark(face.mark, QPointF(116, middle), 122, colors.surface, colors.neutral)
    room = area.width() - _WORD_LEFT - _MARGIN
    canvas.text(face.word, _WORD_LEFT, middle - 33, room, VERDICT, colors.surface)
    told = Style(30, 500)
    canvas.text(face.sentence, _WORD_LEFT + 4, middle + 49, room, told, colors.surface, smaller=(27, 24))
    styles = [STEP.sized(size) for size in (28, 25, 22, 19)]
    foot, room = area.height() - _foot(area) / 2, area.width() - 2 * _MARGIN
    draw_facts(canvas, face.facts, _MARGIN, foot, room, styles, colors.surface, colors.surface)


def _draw_differing(canvas: Canvas, area: QRectF, face: SameFace) -> None:
    """The word and what to do over the records that stand in the journal."""
    colors = canvas.palette
    canvas.card(area, colors.neutral)
    head = min(120.0, area.height() * 0.375)
    middle = head / 2
    canvas.mark(face.mark, QPointF(72, middle), min(92.0, head - 16), colors.surface, colors.neutral)
    word = canvas.text(face.word, 142, middle, 460, VERDICT, colors.surface, smaller=(80, 72, 64))
    left = 142 + word + 28
    room = area.width() - left - 24
    told = QRectF(left, 6, room, head - 12)
    canvas.paragraph(face.sentence, told, Style(28, 600), colors.surface, (25, 22, 20))
    width = (area.width() - _EDGE * (len(face.evidence) + 1)) / len(face.evidence)
    for number, one in enumerate(face.evidence):
        left = _EDGE + number * (width + _EDGE)
        card = QRectF(left, head, width, area.height() - head - _EDGE)
        canvas.card(card, colors.surface)
        draw_evidence(canvas, card, (one,))


def _ground(canvas: Canvas, area: QRectF, color: QColor, foot: QColor) -> None:
    canvas.card(area, color)
    shape = QPainterPath()
    shape.addRoundedRect(area, 12, 12)
    top = area.height() - _foot(area)
    lower = QPainterPath()
    lower.addRect(QRectF(0, top, area.width(), _foot(area)))
    canvas.painter.setBrush(foot)
    canvas.painter.drawPath(shape.intersected(lower))

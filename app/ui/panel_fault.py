"""The panel while a fault is latched: the word, the reason, what speaks against the unit, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt

from app.ui.canvas import Canvas, Pill, broken_into_lines, squeezed
from app.ui.digits import paint_value
from app.ui.fact_row import draw_facts
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.theme import BODY, FACT, REASON, STEP, VALUE, VERDICT, Style, text_width
from app.ui.verdict_faces import Evidence, FaultFace

_GUTTER = 16.0
_PADDING = 24.0
_WORD_LEFT = 151.0
_ROOM_FOR_IGNORED = 236.0
"""Kept free beside the word, so that the word stays as it is when the first scan is swallowed."""
_SCANNED = Style(20, 400, mono=True)
_RIGHT = Qt.AlignmentFlag.AlignRight
_CARD_HEIGHT, _LOWEST_CARD = 200.0, 152.0
_WIDE_CARD = 499.0


def draw_fault(canvas: Canvas, area: QRectF, face: FaultFace) -> None:
    head = min(120.0, max(100.0, 120 - (320 - area.height()) * 20 / 68))
    _draw_head(canvas, QRectF(0, 0, area.width(), head), face)
    width = (area.width() - _GUTTER) / 2
    left = QRectF(0, head, width, area.height() - head)
    right = left.translated(width + _GUTTER, 0)
    for card in (left, right):
        canvas.card(card, canvas.palette.surface)
    if face.evidence:
        draw_evidence(canvas, left, face.evidence)
    else:
        _draw_explanation(canvas, left, face)
    _draw_steps(canvas, right, face)


# --- the head ---------------------------------------------------------------------------------------------


def _draw_head(canvas: Canvas, box: QRectF, face: FaultFace) -> None:
    """The reason stands beside the word, or in the left card where nothing else is to stand there."""
    colors = canvas.palette
    middle = box.height() / 2 - 2
    canvas.mark(Mark.FAULT, QPointF(64, middle), min(100, box.height() - 12), colors.surface, colors.fault)
    room = box.width() - _WORD_LEFT - _ROOM_FOR_IGNORED
    width = canvas.text(face.word, _WORD_LEFT, middle, room, VERDICT, colors.surface, smaller=(84, 72))
    pill_left = _draw_ignored(canvas, box, face.ignored, middle + 26)
    if not face.evidence:
        return
    left = _WORD_LEFT + width + 37
    canvas.painter.fillRect(QRectF(left, middle - 42, 2, 84), colors.fault_tint)
    left += 33
    room = box.right() - left - 4
    canvas.text(face.headline, left, middle - 21, room, REASON, colors.surface, smaller=(38, 34, 30, 26))
    room = pill_left - left - 14
    second = Style(30, 500)
    canvas.text(
        face.second_line, left, middle + 27, room, second, colors.surface, smaller=(27, 24, 21, 18, 16)
    )


def _draw_ignored(canvas: Canvas, box: QRectF, text: str, middle: float) -> float:
    """The scans that were swallowed; gives where the pill begins, or the end of the room without one."""
    if not text:
        return box.right()
    colors = canvas.palette
    pill = Pill(
        Icon.LOCK, text, colors.fault_deep, colors.surface, colors.fault_deep, Style(19, 600), 40, padding=16
    )
    left = box.right() - 8 - pill.width
    canvas.pill(pill, left, middle, pill.width)
    return left


# --- the left card ----------------------------------------------------------------------------------------


def _tightness(card: QRectF) -> float:
    """0 in a card of the usual height, 1 in the lowest one."""
    return (_CARD_HEIGHT - card.height()) / (_CARD_HEIGHT - _LOWEST_CARD)


def _centered(card: QRectF) -> float:
    """Where the contents begin: in a card that is higher than usual they stand in its middle."""
    return card.top() + max(0.0, card.height() - _CARD_HEIGHT) / 2


def draw_evidence(canvas: Canvas, card: QRectF, evidence: Sequence[Evidence]) -> None:
    """One value in a card of its own, or two one over the other."""
    if len(evidence) == 1:
        _draw_the_only(canvas, card, evidence[0])
        return
    height = min(card.height(), _CARD_HEIGHT) / 2
    for number, one in enumerate(evidence):
        part = QRectF(card.left(), _centered(card) + number * height, card.width(), height)
        if number:
            rule = QRectF(part.left() + _PADDING, part.top(), part.width() - 2 * _PADDING, 1)
            canvas.painter.fillRect(rule, canvas.palette.line)
        _draw_one_of_two(canvas, part, one, _tightness(card))


def _draw_the_only(canvas: Canvas, card: QRectF, one: Evidence) -> None:
    colors, left, room = canvas.palette, card.left() + _PADDING, card.width() - 2 * _PADDING
    places = squeezed((30, 77, 116, 140, 170), (21, 58, 91, 107, 130), _tightness(card))
    caption, value, note, rule, facts = (_centered(card) + place for place in places)
    _draw_caption(canvas, card, one, caption, Style(19, 500))
    wide = card.width() >= _WIDE_CARD
    paint_value(canvas, one.value, left, value, room, VALUE, one.marked, (40 if wide else 37, 32, 26))
    if not one.facts:
        top = value + 28
        box = QRectF(left, top, room, card.bottom() - 10 - top)
        canvas.paragraph(one.note, box, BODY, colors.muted, (17, 16, 15))
        return
    canvas.text(one.note, left, note, room, BODY, colors.muted, smaller=(17, 16, 15))
    canvas.painter.fillRect(QRectF(left, round(rule), room, 1), colors.line)
    styles = [FACT.sized(size) for size in ((22, 20, 18, 16) if wide else (20, 18, 16))]
    draw_facts(canvas, one.facts, left, facts, room, styles, colors.text, colors.text)


def _draw_one_of_two(canvas: Canvas, part: QRectF, one: Evidence, tightness: float) -> None:
    colors, left, room = canvas.palette, part.left() + _PADDING, part.width() - 2 * _PADDING
    if not one.facts:
        caption, value = (part.top() + at for at in squeezed((26, 63), (18, 48), tightness))
        _draw_caption(canvas, part, one, caption, BODY)
        paint_value(canvas, one.value, left, value, room, VALUE, one.marked, (37, 30, 26))
        return
    caption, value, facts = (part.top() + at for at in squeezed((21, 51, 81), (14, 38, 62), tightness))
    small = tightness > 0.5
    _draw_caption(canvas, part, one, caption, BODY.sized(16 if small else 18))
    paint_value(canvas, one.value, left, value, room, VALUE, one.marked, (26,) if small else (30, 26))
    styles = [Style(size, 500) for size in ((15,) if small else (17, 16, 15))]
    draw_facts(canvas, one.facts, left, facts, room, styles, colors.muted, colors.muted)


def _draw_caption(canvas: Canvas, card: QRectF, one: Evidence, middle: float, style: Style) -> None:
    muted = canvas.palette.muted
    right = card.right() - _PADDING
    width = canvas.text(one.record, right, middle, 200, Style(17, 500), muted, _RIGHT) if one.record else 0
    room = card.width() - 2 * _PADDING - width - 12
    canvas.text(one.caption, card.left() + _PADDING, middle, room, style, muted, smaller=(18, 17, 16, 15))


def _draw_explanation(canvas: Canvas, card: QRectF, face: FaultFace) -> None:
    colors, left, room = canvas.palette, card.left() + _PADDING, card.width() - 2 * _PADDING
    places = squeezed((38, 80, 106), (26, 60, 80), _tightness(card))
    first, second, rule = (_centered(card) + place for place in places)
    bold, regular = (REASON.sized(34), Style(26, 500)) if _tightness(card) > 0.5 else (REASON, Style(28, 500))
    canvas.text(face.headline, left, first, room, bold, colors.fault_deep, smaller=(38, 34, 30))
    canvas.text(face.second_line, left, second, room, regular, smaller=(25, 22, 19))
    canvas.painter.fillRect(QRectF(left, round(rule), room, 1), colors.line)
    height = min(_CARD_HEIGHT, card.height()) - 12 - 6 - places[2]
    rest = QRectF(left, rule + 6, room, height)
    if face.scanned:
        _draw_scanned(canvas, rest, face.scanned)
    else:
        canvas.paragraph(face.explanation, rest, BODY, colors.text, (17, 16, 15))


def _draw_scanned(canvas: Canvas, box: QRectF, scanned: str) -> None:
    """The text that was scanned; of a very long one the beginning and the end."""
    style, lines = _SCANNED, broken_into_lines(scanned, _SCANNED, box.width())
    if len(lines) > 2:
        fit = 2 * len(lines[0]) - 12
        lines = broken_into_lines(f"{scanned[:fit]}…{scanned[-6:]}", style, box.width())
    middle = box.center().y() - 13 * (len(lines) - 1)
    canvas.lines(lines, box.left(), middle, 26, box.width() + 1, style)


# --- the right card ---------------------------------------------------------------------------------------


def _draw_steps(canvas: Canvas, card: QRectF, face: FaultFace) -> None:
    narrow = card.width() < _WIDE_CARD
    height = 68.0 if card.height() >= 200 else 56.0
    proceed = QRectF(card.left() + 12, card.bottom() - 12 - height, card.width() - 24, height)
    _draw_proceed(canvas, proceed, face, narrow)
    room = card.width() - 60 - _PADDING
    style, texts = _broken_steps(face.steps, room, 27 if narrow else 28)
    rows = sum(len(lines) for lines in texts)
    space = proceed.top() - card.top() - 8
    pitch = min(46.0, space / max(rows, 2))
    middle = card.top() + 7 + space / 2 - pitch * (rows - 1) / 2
    for number, lines in enumerate(texts, start=1):
        bold = Style(style.size, 700)
        canvas.text(str(number), card.left() + _PADDING, middle, 36, bold, canvas.palette.fault)
        canvas.lines(lines, card.left() + 60, middle, pitch, room + 1, style)
        middle += pitch * len(lines)


def _broken_steps(steps: Sequence[str], room: float, largest: float) -> tuple[Style, list[list[str]]]:
    """In the largest letters with which each step is one line, else the smallest on more lines."""
    for size in (largest, 25, 23):
        style = STEP.sized(size)
        if all(text_width(step, style) <= room for step in steps):
            break
    return style, [broken_into_lines(step, style, room) for step in steps]


def _draw_proceed(canvas: Canvas, box: QRectF, face: FaultFace, narrow: bool) -> None:
    colors = canvas.palette
    canvas.card(box, colors.fault, radius=8)
    middle = box.center().y()
    bold = Style(28 if narrow else 30, 700)
    number = str(len(face.steps) + 1)
    canvas.text(number, box.left() + 12, middle, 36, Style(28, 700), colors.surface)
    right = box.right() - 16
    key = Style(22 if narrow else 23, 600)
    width = canvas.text(face.proceed_key, right, middle, box.width() / 2, key, colors.surface, _RIGHT)
    left = box.left() + 48
    canvas.text(
        face.proceed, left, middle, right - width - 10 - left, bold, colors.surface, smaller=(27, 24, 21)
    )

"""How one cell of the list of units is painted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from app.core.unit_list import UnitLine, UnitState
from app.ui.canvas import Canvas
from app.ui.digits import paint_found, tail
from app.ui.icons import Icon
from app.ui.marks import Mark, own_color
from app.ui.numbers import day_and_time
from app.ui.theme import BODY, CAPTION, Palette, Style
from app.wording.language import tr
from app.wording.people import person
from app.wording.unit_states import state_name


class Column(IntEnum):
    """In the order of the list."""

    SN = 0
    IMEI = 1
    STATE = 2
    CHANGED = 3
    OPERATOR = 4


WIDTHS = {
    Column.SN: 220.0,
    Column.IMEI: 188.0,
    Column.STATE: 130.0,
    Column.CHANGED: 124.0,
    Column.OPERATOR: 90.0,
}
"""What each column takes at least; the last one that is shown has the rest."""

NARROW = (Column.SN, Column.IMEI, Column.STATE)
"""What is left of the list in a narrow window."""

ROW_HEIGHT = 44.0
_CODE = Style(17, 500, mono=True)
_KEY = Style(15, 500, mono=True)
_LIFT = 10.0
"""By how much an SN stands higher for the key of its product under it."""
_WORD = Style(17, 600)
_TIME = Style(16, 500, tabular=True)
_MARKS = {UnitState.BOUND: Mark.PASS, UnitState.ON_HOLD: Mark.FAULT}
_ICONS = {
    UnitState.VERIFIED: Icon.SHIELD_TICK,
    UnitState.UNBOUND: Icon.LINK_BROKEN,
    UnitState.SCRAPPED: Icon.BIN,
    UnitState.SPOILED: Icon.LABEL_TORN,
    UnitState.RELEASED: Icon.KEY,
}


@dataclass(frozen=True, slots=True)
class CellPaint:
    """What all cells are painted with."""

    part: str
    """What was looked for."""
    now: datetime


def heading(column: Column) -> str:
    return {
        Column.SN: tr("SN"),
        Column.IMEI: tr("IMEI"),
        Column.STATE: tr("State"),
        Column.CHANGED: tr("Changed"),
        Column.OPERATOR: tr("Operator"),
    }[column]


def bare(line: UnitLine, column: Column) -> str:
    """The value as it is copied and spoken."""
    return {
        Column.SN: line.sn or "",
        Column.IMEI: line.imei or "",
        Column.STATE: state_name(line.state),
        Column.CHANGED: line.at,
        Column.OPERATOR: person(line.operator),
    }[column]


def paint_cell(canvas: Canvas, line: UnitLine, column: Column, box: QRectF, paint: CellPaint) -> None:
    left, middle, room = box.left(), box.center().y(), box.width() - 12
    colors = canvas.palette
    if column is Column.SN:
        _paint_number(canvas, line.sn, False, box.translated(0, -_LIFT if line.pk else 0), paint.part)
        canvas.text(line.pk or "", left, middle + _LIFT, room, _KEY, colors.muted)
    elif column is Column.IMEI:
        _paint_number(canvas, line.imei, line.is_parted, box, paint.part)
    elif column is Column.STATE:
        paint_state_sign(canvas, line.state, QPointF(left + 10, middle), colors)
        canvas.text(state_name(line.state), left + 28, middle, room - 28, _WORD, smaller=(16, 15))
    elif column is Column.CHANGED:
        canvas.text(day_and_time(line.at, paint.now), left, middle, room, _TIME)
    else:
        canvas.text(person(line.operator), left, middle, room, CAPTION, smaller=(15,))


def paint_state_sign(canvas: Canvas, state: UnitState, center: QPointF, colors: Palette) -> None:
    """The mark or the icon of the state."""
    if state in _MARKS:
        mark = _MARKS[state]
        canvas.mark(mark, center, 20, own_color(mark, colors), colors.surface)
    else:
        canvas.icon(_ICONS[state], center, 20, state_color(state, colors))


def state_color(state: UnitState, colors: Palette) -> QColor:
    return {
        UnitState.BOUND: colors.passed,
        UnitState.VERIFIED: colors.passed,
        UnitState.UNBOUND: colors.muted,
        UnitState.RELEASED: colors.warning_text,
    }.get(state, colors.fault)


def _paint_number(canvas: Canvas, value: str | None, is_parted: bool, box: QRectF, part: str) -> None:
    """A module that was taken off is named only to whoever looks for it."""
    middle, colors = box.center().y(), canvas.palette
    if not value or (is_parted and not (part and part in value)):
        canvas.text(tr("none"), box.left(), middle, box.width(), BODY, colors.muted)
        return
    shown = tail(value, _CODE, box.width() - 12)
    color = colors.muted if is_parted else colors.text
    paint_found(canvas, shown, box.left(), middle, _CODE, color, _places(shown, part))


def _places(shown: str, part: str) -> Collection[int]:
    at = shown.find(part) if part else -1
    return range(at, at + len(part)) if at >= 0 else ()

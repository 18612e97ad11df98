"""What was found in a file that is to be imported: a list of any length, painted line by line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt

from app.core.importing import Finding
from app.ui.canvas import Canvas
from app.ui.marks import Mark
from app.ui.theme import CAPTION, Style, metrics
from app.wording.imports import finding_line
from app.wording.language import tr
from app.wording.reasons import sentence

ImportLine = Finding | str
"""About one line of the file, or a sentence about the whole of it."""

ROW_HEIGHT = 70.0
_LEFT, _PLACE = 60.0, 250.0
_VALUE = Style(16, 600, mono=True)


def spoken(line: ImportLine) -> str:
    return line if isinstance(line, str) else finding_line(line)


def place_of(finding: Finding) -> str:
    text = tr("Line {line}, {column}") if finding.column else tr("Line {line}")
    return text.format(line=finding.line, column=finding.column)


def paint_line(canvas: Canvas, line: ImportLine, box: QRectF) -> None:
    """Line, column and value at the left; what is wrong with it, and what to do, beside them."""
    colors, middle = canvas.palette, box.height() / 2
    refuses = isinstance(line, Finding) and line.refuses
    mark, fill = (Mark.FAULT, colors.fault) if refuses else (Mark.WARNING, colors.warning_fill)
    canvas.mark(mark, QPointF(36, middle), 22, fill, colors.surface if refuses else colors.text)
    left = _LEFT
    if isinstance(line, Finding):
        _paint_place(canvas, line, middle)
        left += _PLACE + 16
    text = line if isinstance(line, str) else sentence(line.reason)
    room = QRectF(left, 4, box.width() - left - 24, box.height() - 8)
    canvas.paragraph(text, room, CAPTION, colors.text, (15, 14, 13))


def _paint_place(canvas: Canvas, finding: Finding, middle: float) -> None:
    colors = canvas.palette
    if not finding.value:
        canvas.text(place_of(finding), _LEFT, middle, _PLACE, CAPTION.bold, smaller=(15, 14, 13))
        return
    canvas.text(place_of(finding), _LEFT, middle - 13, _PLACE, CAPTION.bold, smaller=(15, 14, 13))
    value = metrics(_VALUE).elidedText(finding.value, Qt.TextElideMode.ElideMiddle, _PLACE)
    canvas.text(value, _LEFT, middle + 14, _PLACE + 4, _VALUE, colors.muted)

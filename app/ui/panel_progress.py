"""The panel while a unit is awaited or in hand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt

from app.ui.canvas import Canvas, Pill, squeezed
from app.ui.drawings import draw_picture
from app.ui.icons import Icon
from app.ui.marks import Mark
from app.ui.numbers import seconds
from app.ui.progress_face import Note, ProgressFace, ReadBar, Tone
from app.ui.theme import BODY, CODE, INSTRUCTION, SENTENCE, Palette, Style
from app.wording.language import tr

_TEXT_LEFT = 296.0
_RIGHT_MARGIN = 48.0
_HEIGHT, _LOWEST = 320.0, 252.0
_NOTE = Style(20, 600)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The middles of the note, the title and the first line, the leading, and the top of the bar."""

    note: float
    title: float
    line: float
    leading: float
    bar: float


def _rows(area: QRectF, face: ProgressFace) -> _Rows:
    share = (_HEIGHT - area.height()) / (_HEIGHT - _LOWEST)
    tight = (34, 94, 146, 42, 186) if face.bar else (46, 108, 162, 44, 0)
    rows = squeezed((74, 142, 206, 46, 250), tight, share)
    shift = max(0.0, area.height() - _HEIGHT) / 2
    note, title, line, leading, bar = rows
    return _Rows(note + shift, title + shift, line + shift, leading, bar + shift)


def draw_progress(canvas: Canvas, area: QRectF, face: ProgressFace, elapsed: float) -> None:
    """`elapsed` are the seconds of reading that the bar shows."""
    colors, rows = canvas.palette, _rows(area, face)
    if face.active:
        canvas.card(area, colors.accent_tint, colors.accent, 3)
    else:
        canvas.card(area, colors.surface, colors.line)
    fill = colors.surface if face.active else colors.accent_tint
    draw_picture(canvas, face.picture, 48, area.height() / 2 - 102, fill)
    room = area.width() - _TEXT_LEFT - _RIGHT_MARGIN
    canvas.pill(_pill(face, colors), _TEXT_LEFT, rows.note, room)
    canvas.text(face.title, _TEXT_LEFT, rows.title, room, INSTRUCTION, smaller=(56, 48))
    for number, line in enumerate(face.lines):
        canvas.text(line, _TEXT_LEFT, rows.line + number * rows.leading, room, SENTENCE, smaller=(31, 28))
    if face.bar is not None:
        _draw_bar(canvas, face.bar, elapsed, room, rows.bar)


def bar_box(area: QRectF, face: ProgressFace) -> QRectF:
    """What changes while the module is read: the bar and the seconds under it."""
    return QRectF(_TEXT_LEFT, _rows(area, face).bar - 2, area.width() - _TEXT_LEFT, 48)


def _pill(face: ProgressFace, colors: Palette) -> Pill:
    note: Note = face.note
    if note.tone is Tone.ATTENTION:
        return Pill(
            Mark.WARNING,
            note.word,
            colors.warning_text,
            colors.warning_tint,
            colors.text,
            _NOTE,
            40,
            colors.warning_fill,
        )
    if note.tone is Tone.DONE:
        return Pill(Mark.PASS, note.word, colors.accent, colors.surface, colors.surface, _NOTE, 40)
    return Pill(Icon.SCAN, note.word, colors.accent, colors.accent_tint, colors.accent, _NOTE, 40)


def _draw_bar(canvas: Canvas, bar: ReadBar, elapsed: float, room: float, top: float) -> None:
    colors = canvas.palette
    whole = QRectF(_TEXT_LEFT, top, room, 10)
    canvas.bar(whole, colors.accent_track)
    share = min(1.0, elapsed / bar.total) if bar.total > 0 else 1.0
    if share > 0:
        canvas.bar(QRectF(whole.left(), whole.top(), max(10.0, room * share), 10), colors.accent)
    done = tr("{elapsed} of {total} s").format(
        elapsed=f"{min(elapsed, bar.total):.1f}", total=seconds(bar.total)
    )
    middle = top + 33
    style = Style(BODY.size, BODY.weight, tabular=True)
    canvas.text(done, _TEXT_LEFT, middle, room / 2, style, colors.muted)
    right = _TEXT_LEFT + room
    canvas.text(bar.port, right, middle, room / 2, CODE.sized(18), colors.muted, Qt.AlignmentFlag.AlignRight)

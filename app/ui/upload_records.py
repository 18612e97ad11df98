"""The two records of a unit side by side: ours, and what Developer Center holds or said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.station.upload_troubles import UploadTrouble
from app.ui.canvas import Canvas
from app.ui.digits import cut_between_groups, differing, paint_value, value_width
from app.ui.numbers import count, day_and_time
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, CODE, Palette
from app.wording.happenings import who
from app.wording.language import ntr, tr

HEIGHT = 228.0
_GUTTER, _PADDING = 16.0, 20.0
_ONE_LINE = (22.0, 20.0, 18.0, 16.0)
_LONG, _LONG_LEADING = CODE.sized(14), 16.0


def our_facts(trouble: UploadTrouble, now: datetime) -> Sequence[str]:
    """When it was bound and by whom, and under which number."""
    if trouble.bound is None:
        return []
    bound = trouble.bound
    told = tr("Bound {when} by {who}").format(when=day_and_time(bound.stamp.at, now), who=who(bound))
    record = tr("Record #{number}, station {station}").format(
        number=count(bound.seq), station=bound.stamp.station
    )
    return [told, record, *([] if trouble.item.live else [tr("Unbound since")])]


def their_facts(trouble: UploadTrouble, now: datetime) -> Sequence[str]:
    """What the platform says of it, and when it said so."""
    item = trouble.item
    asked = [tr("Answered {when}").format(when=day_and_time(trouble.when, now))] if trouble.when else []
    if item.held is not None:
        state = tr("Activated by a user") if item.held.activated else tr("Not activated yet")
        return [state, *asked]
    if item.answer is not None:
        code = tr("Code {code}").format(code=item.answer.code)
        return [code, *([f"“{item.answer.message}”"] if item.answer.message else []), *asked]
    return asked


class UploadRecords(Painted):
    """Places in which the SNs differ are marked in both."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._now = now
        self.trouble: UploadTrouble | None = None

    def show_trouble(self, trouble: UploadTrouble | None) -> None:
        self.trouble = trouble
        if trouble is not None:
            theirs = trouble.item.held.sn if trouble.item.held else ""
            self.say(f"{tr('This station')} {trouble.item.sn}", f"{tr('Developer Center')} {theirs}".rstrip())
        self.update()

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.surface)
        if self.trouble is None:
            return
        half = (self.area.width() - _GUTTER) / 2
        ours = QRectF(0, 0, half, self.area.height())
        theirs = ours.translated(half + _GUTTER, 0)
        for box, title in ((ours, tr("This station")), (theirs, tr("Developer Center"))):
            canvas.card(box, canvas.palette.inset, radius=8)
            room = half - 2 * _PADDING
            canvas.text(
                title, box.left() + _PADDING, 24, room, CAPTION.bold, canvas.palette.muted, smaller=(15,)
            )
        self._draw_ours(canvas, ours, self.trouble)
        self._draw_theirs(canvas, theirs, self.trouble)

    def _draw_ours(self, canvas: Canvas, box: QRectF, trouble: UploadTrouble) -> None:
        item = trouble.item
        if len(trouble.items) > 1:
            number = len(trouble.items)
            text = ntr("{count} unit of {pk}", "{count} units of {pk}", number)
            told = text.format(count=count(number), pk=item.pk)
            inner = box.adjusted(_PADDING, 40, -_PADDING, -16)
            canvas.paragraph(told, inner, BODY.bold, canvas.palette.text)
            return
        marked = differing(item.sn, item.held.sn) if item.held and item.held.sn else ()
        self._draw_codes(canvas, box, item.sn, item.imei, marked)
        self._draw_facts(canvas, box, our_facts(trouble, self._now()))

    def _draw_theirs(self, canvas: Canvas, box: QRectF, trouble: UploadTrouble) -> None:
        item = trouble.item
        if item.held is not None:
            marked = differing(item.held.sn, item.sn)
            self._draw_codes(canvas, box, item.held.sn or "–", item.imei, marked if item.held.sn else ())
            self._draw_facts(canvas, box, their_facts(trouble, self._now()))
            return
        if trouble.is_left_behind:
            self._draw_codes(canvas, box, item.sn, item.imei, ())
            return
        inner = box.adjusted(_PADDING, 42, -_PADDING, -84)
        text = tr("In use, but not for this product") if trouble.is_conflict else tr("Refused")
        canvas.paragraph(text, inner, BODY.bold, canvas.palette.text, (17, 16))
        self._draw_facts(canvas, box, their_facts(trouble, self._now()))

    def _draw_codes(self, canvas: Canvas, box: QRectF, sn: str, imei: str, marked: Collection[int]) -> None:
        left, room = box.left() + _PADDING, box.width() - 2 * _PADDING - 52
        for name, middle in (("IMEI", 56.0), ("SN", 98.0)):
            canvas.text(name, left, middle, 48, CAPTION.sized(15), canvas.palette.muted)
        paint_value(canvas, imei, left + 52, 56, room, CODE, (), _ONE_LINE)
        if value_width(sn, CODE.sized(_ONE_LINE[-1])) <= room:
            paint_value(canvas, sn, left + 52, 98, room, CODE, marked, _ONE_LINE)
        else:
            _paint_long(canvas, sn, QRectF(left + 52, 76, room, 60), marked)

    def _draw_facts(self, canvas: Canvas, box: QRectF, facts: Sequence[str]) -> None:
        left, room = box.left() + _PADDING, box.width() - 2 * _PADDING
        for number, text in enumerate(facts[:3]):
            middle = box.bottom() - 74 + number * 26
            canvas.text(text, left, middle, room, CAPTION, smaller=(15, 14, 13, 12))


def _paint_long(canvas: Canvas, sn: str, box: QRectF, marked: Collection[int]) -> None:
    """In as many lines as it needs, cut between groups."""
    start = 0
    for number, line in enumerate(cut_between_groups(sn, _LONG, box.width())):
        here = frozenset(at - start for at in marked if start <= at < start + len(line))
        middle = box.top() + 8 + number * _LONG_LEADING
        paint_value(canvas, line, box.left(), middle, box.width() + 1, _LONG, here, (_LONG.size,))
        start += len(line)

"""What is still open in the shift, each with the way to act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.core.reconciliation import ShiftReport
from app.core.upload_status import UploadStatus
from app.ui.canvas import Canvas
from app.ui.digits import tail
from app.ui.marks import Mark, own_color
from app.ui.numbers import count, time_of_day
from app.ui.painted import Painted, PaintedButton
from app.ui.theme import BODY, CAPTION, CARD_TITLE, PILL, Palette, Style, text_width
from app.wording.language import ntr, tr
from app.wording.verdicts import short

_PADDING, _HEAD, _ROW = 24.0, 56.0, 36.0
_CODE = Style(17, 600, mono=True)
_CODE_ROOM = 112.0


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the list."""

    mark: Mark
    text: str
    hint: str
    code: str = ""
    """SN or IMEI that the journal is looked through for; empty for the labels as a whole."""
    pk: str | None = None
    """Of the product whose upload needs a person; empty for all products."""


def problems(report: ShiftReport, missing: int, is_open: bool, now: datetime) -> Iterator[Problem]:
    """Labels first, then units on hold, then the labels that nobody has seen again."""
    remedy = tr("count again or explain") if is_open else ""
    if missing > 0:
        text = ntr("{count} label not accounted for", "{count} labels not accounted for", missing)
        yield Problem(Mark.WARNING, text.format(count=count(missing)), remedy)
    elif missing < 0:
        text = ntr("{count} label too many", "{count} labels too many", -missing)
        yield Problem(Mark.WARNING, text.format(count=count(-missing)), remedy)
    for unit in report.on_hold:
        hint = tr("{time}, on hold").format(time=time_of_day(unit.when, now))
        yield Problem(Mark.FAULT, short(unit.verdict), hint, unit.sn or unit.imei or "")
    for sn in report.labels_left if missing > 0 else ():
        yield Problem(Mark.WARNING, tr("Not bound"), tr("left, or missing"), sn)


def upload_problems(status: UploadStatus, left_behind: int) -> Iterator[Problem]:
    """What a person must act upon before everything is at Developer Center."""
    for one in status.products:
        if one.conflicts:
            text = ntr(
                "{count} conflict at Developer Center", "{count} conflicts at Developer Center", one.conflicts
            )
            yield Problem(Mark.WARNING, text.format(count=count(one.conflicts)), one.pk, pk=one.pk)
        if one.blocked:
            text = tr("{count} blocked at Developer Center")
            yield Problem(Mark.FAULT, text.format(count=count(one.blocked)), one.pk, pk=one.pk)
    if left_behind:
        text = tr("{count} unbound, still uploaded")
        yield Problem(Mark.WARNING, text.format(count=count(left_behind)), tr("take off or leave"), pk="")


class _Row(PaintedButton):
    """Leads to what it tells of."""

    def __init__(self, palette: Palette, problem: Problem, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.problem = problem
        self.setText(" ".join(part for part in (problem.code, problem.text, problem.hint) if part))
        self.setToolTip(problem.code)

    def sizeHint(self) -> QSize:
        return QSize(round(300 * self.zoom), round(_ROW * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors, problem, middle = canvas.palette, self.problem, self.area.height() / 2
        sign = colors.text if problem.mark is Mark.WARNING else colors.surface
        canvas.mark(problem.mark, QPointF(_PADDING + 10, middle), 20, own_color(problem.mark, colors), sign)
        x, right = _PADDING + 32, self.area.width() - _PADDING
        canvas.text("›", right - 4, middle, 20, Style(24, 500), colors.muted, Qt.AlignmentFlag.AlignRight)
        right -= 26
        hint = canvas.text(
            problem.hint,
            right,
            middle,
            right - x - 60,
            CAPTION,
            colors.muted,
            Qt.AlignmentFlag.AlignRight,
            smaller=(15, 14),
        )
        if problem.code:
            canvas.letters(tail(problem.code, _CODE, _CODE_ROOM), x, middle, _CODE, colors.text)
            x += _CODE_ROOM + 10
        canvas.text(problem.text, x, middle, right - hint - 12 - x, BODY, smaller=(17, 16, 15, 14, 13))
        self.draw_focus(canvas, self.area, 4)


class ProblemsCard(Painted):
    """As many lines as there are; it scrolls."""

    unit_wanted = Signal(str)
    """An SN or IMEI."""
    labels_wanted = Signal()
    upload_wanted = Signal(str)
    """A ProductKey, or nothing for all products."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._now = now
        self._report: ShiftReport | None = None
        self._missing, self._is_open = 0, False
        self._uploads: tuple[Problem, ...] = ()
        self.rows: list[_Row] = []
        self._list = QScrollArea(self)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_report(
        self,
        report: ShiftReport | None,
        missing: int,
        is_open: bool,
        uploads: tuple[Problem, ...] = (),
    ) -> None:
        self._report, self._missing, self._is_open, self._uploads = report, missing, is_open, uploads
        found = [*(problems(report, missing, is_open, self._now()) if report else ()), *uploads]
        if found != [row.problem for row in self.rows]:
            self._build(found)
        self.say(tr("Open problems"), count(len(found)) if found else tr("Nothing is open."))
        self.update()

    def retranslate(self) -> None:
        self.show_report(self._report, self._missing, self._is_open, self._uploads)

    def _build(self, found: list[Problem]) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.rows = [_Row(self.colors, problem, content) for problem in found]
        for row in self.rows:
            row.clicked.connect(lambda _=False, one=row.problem: self._choose(one))
            layout.addWidget(row)
        layout.addStretch(1)
        self._list.setWidget(content)
        self._resize_rows()

    def _choose(self, problem: Problem) -> None:
        if problem.pk is not None:
            self.upload_wanted.emit(problem.pk)
        elif problem.code:
            self.unit_wanted.emit(problem.code)
        else:
            self.labels_wanted.emit()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        inner = QRectF(1, _HEAD, box.width() - 2, box.height() - _HEAD - 8)
        self._list.setGeometry(QRectF(inner.topLeft() * zoom, inner.size() * zoom).toRect())
        self._resize_rows()

    def _resize_rows(self) -> None:
        for row in self.rows:
            row.zoom = self.zoom
            row.setFixedHeight(int(_ROW * self.zoom))

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.line)
        title = tr("Open problems")
        x = _PADDING + canvas.text(title, _PADDING, 30, self.area.width() - 120, CARD_TITLE) + 14
        if self.rows:
            number = count(len(self.rows))
            width = text_width(number, PILL) + 22
            canvas.bar(QRectF(x, 16, width, 28), colors.neutral_tint)
            canvas.text(number, x + width / 2, 30, width, PILL, align=Qt.AlignmentFlag.AlignHCenter)
        elif self._report:
            canvas.mark(Mark.PASS, QPointF(_PADDING + 10, _HEAD + 18), 20, colors.passed, colors.surface)
            room = self.area.width() - 2 * _PADDING - 32
            canvas.text(tr("Nothing is open."), _PADDING + 32, _HEAD + 18, room, BODY)

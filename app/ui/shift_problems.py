"""What is still open in the shift, each with the way to act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
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
    lists_labels: bool = False
    """It opens and closes the list of labels under it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Of what problems are told, and to whom."""

    report: ShiftReport
    """With the sum as it stands on the page."""
    is_open: bool
    """So is the shift: it can be counted again and explained."""
    is_uncounted: bool
    may_manage: bool


def problems(of: Opened, now: datetime) -> Iterator[Problem]:
    """What keeps the sum from closing, units on hold, and the labels that are not bound."""
    missing = of.report.reconciliation.missing or 0
    if missing:
        remedy = tr("count again or explain") if of.is_open and of.may_manage else ""
        if of.is_uncounted:
            remedy = tr("not counted yet")
        yield Problem(Mark.WARNING, _unexplained(missing), remedy)
    for unit in of.report.on_hold:
        hint = tr("{time}, on hold").format(time=time_of_day(unit.when, now))
        yield Problem(Mark.FAULT, short(unit.verdict), hint, unit.sn or unit.imei or "")
    if missing > 0 and of.report.labels_not_bound:
        total = of.report.reconciliation.not_bound
        text = ntr("{count} label is not bound", "{count} labels are not bound", total)
        yield Problem(Mark.WARNING, text.format(count=count(total)), tr("list…"), lists_labels=True)


def _unexplained(missing: int) -> str:
    if missing > 0:
        text = ntr("{count} label not accounted for", "{count} labels not accounted for", missing)
    else:
        text = ntr("{count} label too many", "{count} labels too many", -missing)
    return text.format(count=count(abs(missing)))


def labels(report: ShiftReport) -> Iterator[Problem]:
    """One line for each label that is not bound, as many as the report names."""
    for sn in report.labels_not_bound:
        yield Problem(Mark.WARNING, tr("Not bound"), tr("left, or missing"), sn)
    more = report.reconciliation.not_bound - len(report.labels_not_bound)
    if more > 0:
        text = ntr("{count} more label", "{count} more labels", more).format(count=count(more))
        yield Problem(Mark.WARNING, text, tr("not listed"), lists_labels=True)


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
        self._opened: Opened | None = None
        self._uploads: Sequence[Problem] = ()
        self._number = 0
        self._lists_labels = False
        self.rows: list[_Row] = []
        self._list = QScrollArea(self)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_problems(self, opened: Opened | None, uploads: Sequence[Problem] = ()) -> None:
        self._opened, self._uploads = opened, uploads
        self.retranslate()

    def retranslate(self) -> None:
        found = list(problems(self._opened, self._now())) if self._opened else []
        labels_last = len(found) - 1 if found and found[-1].lists_labels else len(found)
        found[labels_last:labels_last] = self._uploads
        self._number = len(found)
        if self._opened and self._lists_labels and found and found[-1].lists_labels:
            found[-1] = replace(found[-1], hint=tr("hide the list"))
            found += labels(self._opened.report)
        if found != [row.problem for row in self.rows]:
            self._build(found)
        self.say(tr("Open problems"), count(self._number) if found else tr("Nothing is open."))
        self.update()

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
        elif problem.lists_labels:
            QTimer.singleShot(0, self, self._toggle_labels)  # this line itself is made anew
        else:
            self.labels_wanted.emit()

    def _toggle_labels(self) -> None:
        self._lists_labels = not self._lists_labels
        self.retranslate()
        for row in self.rows[self._number - 1 : self._number]:
            row.setFocus()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        whole_rows = max(1, int((box.height() - _HEAD - 8) / _ROW))
        inner = QRectF(1, _HEAD, box.width() - 2, whole_rows * _ROW)
        self._list.verticalScrollBar().setSingleStep(int(_ROW * zoom))
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
            number = count(self._number)
            width = text_width(number, PILL) + 22
            canvas.bar(QRectF(x, 16, width, 28), colors.neutral_tint)
            canvas.text(number, x + width / 2, 30, width, PILL, align=Qt.AlignmentFlag.AlignHCenter)
        elif self._opened:
            canvas.mark(Mark.PASS, QPointF(_PADDING + 10, _HEAD + 18), 20, colors.passed, colors.surface)
            room = self.area.width() - 2 * _PADDING - 32
            canvas.text(tr("Nothing is open."), _PADDING + 32, _HEAD + 18, room, BODY)

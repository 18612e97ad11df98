"""Whether every label is accounted for: issued = bound + spoiled + left + missing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.reconciliation import Reconciliation, ShiftReport
from app.ui.canvas import Canvas
from app.ui.controls import OutlineButton
from app.ui.count_field import NUMBER, SMALLER, CountField
from app.ui.icons import Icon
from app.ui.line_field import LineField
from app.ui.marks import Mark
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, Palette, Style
from app.wording.language import ntr, tr
from app.wording.shifts import sum_text

HEIGHT, EXPLAINED_HEIGHT, EXPLAINING_HEIGHT = 132.0, 212.0, 240.0
_MIDDLE, _CAPTION = 52.0, 99.0
_BLOCK = 312.0
_EXPLANATION_MAX = 500


class SumCard(Painted):
    """What is left is counted by hand, and typed here."""

    changed = Signal()
    """The count of what is left, or the explanation."""
    height_changed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._report: ShiftReport | None = None
        self._is_open = self._may_manage = self._is_explaining = False
        self._who = ""
        self.left = CountField(palette, self)
        self.explain = OutlineButton(palette, Icon.PENCIL, self)
        self.reason = LineField(palette, self, prose=True)
        self.reason.edit.setMaxLength(_EXPLANATION_MAX)
        self.left.typed.connect(lambda _: self._change())
        self.reason.typed.connect(lambda _: self._change())
        self.explain.clicked.connect(self._explain)

    # --- what is counted

    @property
    def counted(self) -> int | None:
        """What is left, where somebody counted it."""
        return int(self.left.text) if self.left.text else None

    @property
    def explanation(self) -> str:
        return self.reason.text.strip() if self._is_explaining else ""

    @property
    def total(self) -> Reconciliation:
        """The sum as it stands with what was typed."""
        if self._report is None:
            return Reconciliation(None)
        total = self._report.reconciliation
        return Reconciliation(total.labels, self.counted) if self._is_open else total

    def show_report(self, report: ShiftReport | None, is_open: bool, may_manage: bool, who: str) -> None:
        """`who` stands for an explanation. What was typed stays with its shift."""
        before, was_open = self._report, self._is_open
        self._report, self._is_open, self._may_manage, self._who = report, is_open, may_manage, who
        ids = [one.shift.id if one else None for one in (before, report)]
        if ids[0] != ids[1] or was_open != is_open:
            self.left.put("")
            self.reason.put("")
            self._is_explaining = False
        self._show()

    def focus_count(self) -> None:
        self.left.edit.setFocus()
        self.left.edit.selectAll()

    def _explain(self) -> None:
        self._is_explaining = True
        self._show()
        self.reason.edit.setFocus()

    def _change(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if not self.total.missing:
            self._is_explaining = False
        counts = self._is_open and self.total.labels is not None
        self.left.setVisible(counts and self._may_manage)
        self.explain.setVisible(
            counts and self._may_manage and bool(self.total.missing) and not self._is_explaining
        )
        self.reason.setVisible(self._is_explaining)
        self.say(sum_text(self.total), self.verdict)
        self.retranslate()
        self.height_changed.emit()
        self.update()

    @property
    def wanted_height(self) -> float:
        told = self._report is not None and bool(self._report.explanation)
        if self._is_explaining:
            return EXPLAINING_HEIGHT
        return EXPLAINED_HEIGHT if told else HEIGHT

    @property
    def verdict(self) -> str:
        """The words of the last term."""
        missing = self.total.missing
        if not missing:
            return tr("all accounted for")
        if self.is_uncounted:
            return tr("to count")
        return tr("missing") if missing > 0 else tr("too many")

    @property
    def lost_labels(self) -> str:
        """What an explanation does not do."""
        return tr(
            "Explained labels count as issued again in the next shift. "
            "For those lost for good: “Spoil label” in the journal."
        )

    @property
    def is_uncounted(self) -> bool:
        """Nobody knows yet how many of the labels are missing, and how many are left."""
        return self._is_open and self.total.left is None and (self.total.missing or 0) > 0

    # --- places

    def retranslate(self) -> None:
        self.left.name(tr("Labels left, counted by hand"))
        self.explain.setText(tr("Explain"))
        self.reason.name(tr("Explanation"))
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        step = self._step
        self.left.place(QRectF(24 + 3 * step, 20, min(200.0, step - 52), 60), self.zoom)
        width = self.explain.wanted_width
        self.explain.place(QRectF(self._block.right() - width - 16, 42, width, 48), self.zoom)
        self.reason.place(QRectF(24, 150, self.area.width() - 48, 48), self.zoom)

    @property
    def _block(self) -> QRectF:
        width = min(_BLOCK, self.area.width() * 0.31)
        return QRectF(self.area.width() - width - 16, 16, width, 100)

    @property
    def _step(self) -> float:
        """From one term to the next."""
        return (self._block.left() - 24) / 4

    # --- painting

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.line)
        labels = self.total.labels
        if self._report is None:
            box = QRectF(24, 16, self.area.width() - 48, 100)
            canvas.paragraph(tr("No shift was opened yet."), box, BODY, colors.muted)
            return
        if labels is None:
            self._draw_uncounted(canvas, self._report.passes)
            return
        terms = ((labels.issued, tr("labels issued"), "="), (labels.bound, tr("bound"), "+"))
        for place, (number, name, sign) in enumerate((*terms, (labels.spoiled, tr("spoiled"), "+"))):
            self._draw_term(canvas, place, count(number), name)
            self._draw_sign(canvas, place, sign)
        is_counted = self.total.left is not None
        shown = count(self.total.left or 0) if is_counted else "–"
        self._draw_term(
            canvas,
            3,
            shown if self.left.isHidden() else "",
            tr("left, counted") if is_counted or not self.left.isHidden() else tr("left, not counted"),
        )
        self._draw_sign(canvas, 3, "+")
        right = self._block.right() - 12
        if not self.explain.isHidden():
            right = self.explain.x() / self.zoom - 8
        draw_verdict(canvas, self._block, self.total.missing or 0, self.verdict, right)
        self._draw_explanation(canvas)

    def _draw_term(self, canvas: Canvas, place: int, number: str, name: str) -> None:
        x, room = 24 + place * self._step, self._step - 52
        canvas.text(number, x, _MIDDLE, room, NUMBER, smaller=SMALLER)
        canvas.text(name, x, _CAPTION, self._step - 12, BODY, canvas.palette.muted, smaller=(16, 15, 14))

    def _draw_sign(self, canvas: Canvas, place: int, sign: str) -> None:
        center = Qt.AlignmentFlag.AlignHCenter
        canvas.text(
            sign,
            24 + (place + 1) * self._step - 36,
            _MIDDLE,
            30,
            Style(34, 500),
            canvas.palette.muted,
            center,
        )

    def _draw_uncounted(self, canvas: Canvas, passes: int) -> None:
        self._draw_term(canvas, 0, count(passes), tr("bound"))
        left = 24 + self._step + 20
        canvas.mark(Mark.PASS, QPointF(left, 66), 26, canvas.palette.passed, canvas.palette.surface)
        box = QRectF(left + 28, 20, self.area.width() - left - 52, 92)
        canvas.paragraph(tr("No list of issued SNs: labels are not counted."), box, BODY, canvas.palette.text)

    def _draw_explanation(self, canvas: Canvas) -> None:
        if not self._is_explaining and not (self._report and self._report.explanation):
            return
        room, muted = self.area.width() - 48, canvas.palette.muted
        if self._is_explaining:
            missing = self.total.missing or 0
            text = ntr(
                "Why {count} label is not accounted for",
                "Why {count} labels are not accounted for",
                abs(missing),
            ).format(count=count(abs(missing)))
            if self._who:
                text += " " + tr("(on record with your name, {name})").format(name=self._who)
            canvas.text(text, 24, 134, room, CAPTION, muted, smaller=(15, 14))
            canvas.text(self.lost_labels, 24, 220, room, CAPTION, muted, smaller=(15, 14, 13, 12))
        elif self._report:
            text = tr("Explained: {text}").format(text=self._report.explanation)
            canvas.paragraph(text, QRectF(24, 128, room, 72), BODY, canvas.palette.text, (16, 15, 13))


def draw_verdict(canvas: Canvas, block: QRectF, missing: int, verdict: str, right: float) -> None:
    """Green where the sum closes, else amber; the words end at `right`."""
    colors, middle = canvas.palette, block.center().y()
    if not missing:
        canvas.card(block, colors.passed_tint, colors.passed, 2, 10)
        canvas.mark(Mark.PASS, QPointF(block.left() + 38, middle), 34, colors.passed, colors.surface)
        box = QRectF(block.left() + 68, block.top() + 4, block.width() - 80, block.height() - 8)
        canvas.paragraph(verdict, box, Style(20, 600), colors.passed_deep, (18, 16))
        return
    canvas.card(block, colors.warning_tint, colors.warning_fill, 2, 10)
    canvas.mark(Mark.WARNING, QPointF(block.left() + 38, middle), 36, colors.warning_fill, colors.text)
    x = block.left() + 70
    canvas.text(count(abs(missing)), x, middle - 14, right - x, Style(40, 700), smaller=SMALLER)
    canvas.text(verdict, x, middle + 26, right - x, BODY.bold, colors.warning_text, smaller=(16, 15, 14, 13))

"""The preview of labels: sheet and label, how many there are, what stands in their way, the buttons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Refused
from app.station.label_plan import DrawnPage, LabelPlan
from app.ui.canvas import Canvas
from app.ui.controls import IconButton
from app.ui.icons import Icon
from app.ui.label_details import DetailsForm
from app.ui.label_foot import LabelFoot, Pressing
from app.ui.label_notes import Note, draw_notes, draw_share, notes_of
from app.ui.label_sheet import PagePicture
from app.ui.label_wish import Target
from app.ui.marks import Mark
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, CARD_TITLE, Palette, Style
from app.wording.language import ntr, tr

PADDING = 24.0
_RAIL = 264.0
_NUMBER = Style(44, 700)


class PreviewCard(Painted):
    """Says what would be printed; once it was pressed, how far that is and what came of it."""

    page_wanted = Signal(int)

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.sheet, self.label = PagePicture(palette, self), PagePicture(palette, self, first_alone=True)
        self.before = IconButton(palette, Icon.PREVIOUS, self)
        self.after = IconButton(palette, Icon.NEXT, self)
        self.details = DetailsForm(palette, self)
        self.foot = LabelFoot(palette, self)
        self.plan: LabelPlan | None = None
        self.is_stale = False
        self._target = Target.SHEET
        self._refusal = self._told = ""
        self._told_mark = Mark.PASS
        self._refusal_mark = Mark.WAITING
        self._asked = ""
        self._can_cancel = True
        self._share: float | None = None
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.details.closed.connect(lambda: self.show_details(False))
        self.foot.reason_typed.connect(self.clear_told)

    # --- what is shown

    def begin_plan(self) -> None:
        """Something else is wanted: what is shown cannot be printed any more."""
        self.is_stale = True
        self._show()

    def show_plan(self, plan: LabelPlan, target: Target) -> None:
        self.plan, self._target, self._refusal, self.is_stale = plan, target, "", False
        self._show()

    def show_refusal(self, text: str, is_trouble: bool = True) -> None:
        """Nothing can be printed of what stands on the page; without trouble something is only missing."""
        self.plan, self._refusal, self.is_stale = None, text, False
        self._refusal_mark = Mark.FAULT if is_trouble else Mark.WAITING
        self.show_page(None)
        self._show()

    def show_page(self, page: DrawnPage | None) -> None:
        self.label.show_page(page, tr("Preview of a label"))
        self.sheet.show_page(page, tr("Preview of the sheet"))
        self._show()

    @property
    def page(self) -> int:
        """From 0."""
        return self.sheet.page.number if self.sheet.page else 0

    def _turn(self, step: int) -> None:
        if self.plan is not None and 0 <= self.page + step < self.plan.pages:
            self.page_wanted.emit(self.page + step)

    def show_details(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self._arrange()
        self.update()

    # --- what is done

    def show_work(self, text: str, share: float, can_cancel: bool = True) -> None:
        """`share` of it is done, from 0 to 1."""
        self._share, self._told, self._told_mark = share, text, Mark.WAITING
        self._can_cancel = can_cancel
        self._press(Pressing.WORKING)

    def ask(self, text: str, verb: str) -> None:
        """Nothing is done until the button, now with this verb, is pressed once more."""
        self._told, self._told_mark, self._share, self._asked = text, Mark.WARNING, None, verb
        self._press(Pressing.ASKING)

    def show_told(self, text: str, is_trouble: bool = False) -> None:
        """What came of it, until something else is wanted."""
        self._told, self._share = text, None
        self._told_mark = Mark.FAULT if is_trouble else Mark.PASS
        self._press(Pressing.IDLE)

    def clear_told(self) -> None:
        """Something else is wanted by now."""
        if self.foot.pressing is Pressing.IDLE and self._told:
            self.show_told("")

    def _press(self, pressing: Pressing) -> None:
        self.foot.pressing = pressing
        self._show()

    @property
    def told(self) -> str:
        """What is said beside the numbers."""
        return " ".join(text for _, text in self._notes())

    @property
    def is_working(self) -> bool:
        return self.foot.pressing is Pressing.WORKING

    def _show(self) -> None:
        pressing, again = self.foot.pressing, self.plan is not None and self.plan.is_again
        self.foot.show_state(pressing, self._verb(), self._may_print, again)
        pages = self.plan.pages if self.plan else 0
        self.foot.cancel.setEnabled(pressing is Pressing.ASKING or self._can_cancel)
        busy = pressing is Pressing.WORKING
        self.before.setEnabled(self.page > 0 and not busy)
        self.after.setEnabled(self.page + 1 < pages and not busy)
        self.say(tr("Live preview"), f"{self._position} {self.told}")
        self._arrange()
        self.update()

    @property
    def _may_print(self) -> bool:
        try:
            if self.plan is not None:
                self.plan.require_possible()
        except Refused:
            return False
        return self.plan is not None and not self.is_stale

    def _verb(self) -> str:
        if self.foot.pressing is Pressing.ASKING:
            return self._asked
        if self.plan is None:
            return tr("Print")
        if self._target is Target.SHEET:
            text = ntr("Print {count} sheet", "Print {count} sheets", self.plan.pages)
            return text.format(count=count(self.plan.pages))
        labels = len(self.plan.labels)
        return ntr("Print {count} label", "Print {count} labels", labels).format(count=count(labels))

    def _notes(self) -> list[Note]:
        if self._told:
            return [(self._told_mark, self._told)]
        if self.plan is not None:
            return notes_of(self.plan)
        return [(self._refusal_mark, self._refusal)] if self._refusal else []

    @property
    def _position(self) -> str:
        pages = self.plan.pages if self.plan else 0
        if not pages:
            return ""
        text = tr("Sheet {number} of {pages}") if self._is_sheet else tr("Label {number} of {pages}")
        return text.format(number=count(min(self.page + 1, pages)), pages=count(pages))

    @property
    def _is_sheet(self) -> bool:
        return self._target is Target.SHEET

    # --- places

    def retranslate(self) -> None:
        self.before.setAccessibleName(tr("The page before"))
        self.after.setAccessibleName(tr("The next page"))
        self.details.retranslate()
        self.foot.retranslate()
        self._show()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    @property
    def _is_wide(self) -> bool:
        """There is room for the sheet beside the rail."""
        return self.area.width() >= 700

    @property
    def _rail(self) -> QRectF:
        left = self.area.width() - PADDING - _RAIL if self._is_wide else PADDING
        return QRectF(left, 0, self.area.width() - PADDING - left, self.area.height())

    @property
    def _low(self) -> float:
        """How much of the full height is missing, up to 68."""
        return min(68.0, max(0.0, 616 - self.area.height()))

    def _arrange(self) -> None:
        rail, zoom, high = self._rail, self.zoom, self.area.height()
        beside = QRectF(PADDING, 26, rail.left() - 2 * PADDING + 12, high - 46)
        narrow = QRectF(PADDING, 16, rail.width(), high - 32)
        self.sheet.setVisible(self._is_wide and self.details.isHidden())
        self.sheet.place(beside, zoom)
        self.details.place(beside if self._is_wide else narrow, zoom)
        self.before.place(QRectF(rail.right() - 84, 42, 38, 36), zoom)
        self.after.place(QRectF(rail.right() - 38, 42, 38, 36), zoom)
        self.label.place(QRectF(rail.left(), 92, rail.width(), 150 - 0.65 * self._low), zoom)
        foot = self.foot.wanted_height
        self.foot.place(QRectF(rail.left(), high - PADDING - foot, rail.width(), foot), zoom)
        covered = not self._is_wide and not self.details.isHidden()
        for part in (self.before, self.after, self.label, self.foot):
            part.setVisible(not covered)
        if covered:
            self.details.raise_()

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.line)
        if not self._is_wide and not self.details.isHidden():
            return
        rail = self._rail
        left, room = rail.left(), rail.width()
        canvas.text(tr("Live preview"), left, 30, room, CARD_TITLE)
        canvas.text(self._position, left, 60, room - 92, CAPTION, colors.muted, smaller=(15, 14, 13, 12))
        y = self.label.geometry().bottom() / self.zoom + 36 - 0.1 * self._low
        if self.plan is not None:
            y = self._draw_numbers(canvas, self.plan, left, y, room)
        top = y + (10 if self.plan is not None else -20)
        bottom = self.foot.y() / self.zoom - 8
        self._draw_notes(canvas, QRectF(left, top, room, bottom - top))

    def _draw_numbers(self, canvas: Canvas, plan: LabelPlan, left: float, y: float, room: float) -> float:
        """The middle of the last line."""
        colors, labels, step = canvas.palette, len(plan.labels), 46 - 0.12 * self._low
        size = (38, 32, 26) if self._low == 0 else (36, 32, 26)
        style = _NUMBER if self._low == 0 else _NUMBER.sized(38)
        rows = [(labels, ntr("label", "labels", labels))]
        if self._is_sheet:
            word = ntr("sheet", "sheets", plan.pages)
            rows.append((plan.pages, f"{word} {_paper(plan)}".rstrip()))
        for number, (value, word) in enumerate(rows):
            taken = canvas.text(count(value), left, y + number * step, room - 70, style, smaller=size)
            rest = room - taken - 12
            canvas.text(word, left + taken + 12, y + number * step + 6, rest, BODY, colors.muted)
        y += (len(rows) - 1) * step
        if self._is_sheet and not self._told:
            y += 34 - 0.1 * self._low
            last = ntr("last sheet {count} label", "last sheet {count} labels", plan.on_last_page)
            text = last.format(count=plan.on_last_page)
            canvas.text(text, left, y, room, CAPTION, colors.muted, smaller=(15, 14, 13))
            return y + 6
        return y + 16

    def _draw_notes(self, canvas: Canvas, box: QRectF) -> None:
        if self._share is not None:
            draw_share(canvas, self._share, QRectF(box.left(), box.bottom() - 12, box.width(), 8))
            box = box.adjusted(0, 0, 0, -18)
        draw_notes(canvas, self._notes(), box)


def _paper(plan: LabelPlan) -> str:
    """By its name, where it has one."""
    return {(210.0, 297.0): "A4", (215.9, 279.4): "Letter"}.get(plan.layout.page, "")

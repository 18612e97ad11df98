"""The card of the chosen unit: its numbers, how it stands, its story, and what may be put right about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.correcting import Correction, corrections_of
from app.core.record import StoredEvent
from app.core.unit_list import UnitLine, UnitState, UnitStory
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.correction_bar import CorrectionBar
from app.ui.correction_form import CorrectionForm
from app.ui.digits import paint_found, tail, value_width
from app.ui.painted import Painted
from app.ui.record_view import RecordView
from app.ui.theme import BODY, CAPTION, PILL, Palette, Style, text_width
from app.ui.unit_cells import paint_state_sign, state_color
from app.ui.unit_story import StoryList
from app.wording.language import tr
from app.wording.unit_states import state_name

_HEAD, _PRODUCT = 131.0, 102.0
_PADDING, _VALUES = 24.0, 80.0
_VALUE = Style(24, 500, mono=True)
_KEY = Style(20, 500, mono=True)


class UnitCard(Painted):
    """What stands on it is of one unit; with the next unit everything that was begun here is dropped."""

    correction_confirmed = Signal(object, str)
    """A `Correction` and the reason."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._unit: UnitLine | None = None
        self._story: UnitStory | None = None
        self._message, self._done = "", ""
        self._corrections: Sequence[Correction] = ()
        self._may_correct = self._is_corrected = self._keeps_record = False
        self.story = StoryList(palette, now, self)
        self.bar = CorrectionBar(palette, self)
        self.form = CorrectionForm(palette, self)
        self.record = RecordView(palette, self)
        self.story.record_chosen.connect(self.record.show_event)
        self.bar.chosen.connect(self._open_form)
        self.form.closed.connect(self._form_closed)
        self.form.height_changed.connect(self.arrange)
        self.form.confirmed.connect(self.correction_confirmed)
        self.record.closed.connect(self.arrange)

    @property
    def shown(self) -> UnitLine | None:
        """The unit that the card is about."""
        return self._unit

    def show_story(self, story: UnitStory) -> None:
        """What was said of a correction stays until the story after the one that it changed."""
        at_end, self._is_corrected = self._is_corrected, False
        if not at_end:
            self._done = ""
        self.form.close_form()
        self.record.setVisible(self._keeps_record)
        self._keeps_record = False
        self._unit, self._story, self._message = story.unit, story, ""
        self._corrections = corrections_of(story)
        self.story.show_story(story, at_end)
        self._show_all()

    def show_message(self, text: str, corrections: Sequence[Correction] = ()) -> None:
        """Instead of a unit."""
        self.form.close_form()
        self.record.setVisible(False)
        self._unit = self._story = None
        self._message, self._corrections, self._done = text, corrections, ""
        self.story.show_story(None)
        self._show_all()

    def show_record(self, event: StoredEvent, before_story: bool = False) -> None:
        """Over whatever stands here; also over the story that is still to come."""
        self.form.close_form()
        self._keeps_record = before_story
        self.record.show_event(event)

    def show_done(self, sentence: str) -> None:
        """A correction is on record; the story comes anew."""
        self.form.close_form()
        self._done, self._is_corrected = sentence, True
        self._show_all()

    def show_rights(self, may_correct: bool) -> None:
        if may_correct is not self._may_correct:
            self._may_correct = may_correct
            self.form.close_form()
            self._show_all()

    def retranslate(self) -> None:
        for part in (self.story, self.bar, self.form, self.record):
            part.retranslate()
        self.arrange()

    def _open_form(self, correction: Correction) -> None:
        self._done = ""
        self.form.open_form(correction)
        self._show_all()

    def _form_closed(self) -> None:
        self.arrange()
        if self.form.had_focus and self.bar.buttons:
            self.bar.buttons[0].setFocus()

    def _show_all(self) -> None:
        self.bar.show_corrections(self._corrections if self._may_correct else (), self._done)
        self.story.setVisible(self._story is not None)
        self.arrange()
        self.say(self._message or self._spoken())
        self.update()

    def _spoken(self) -> str:
        unit = self._unit
        return ", ".join(filter(None, (unit.sn, unit.imei, unit.pk, state_name(unit.state)))) if unit else ""

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self.arrange()

    def arrange(self) -> None:
        width, height = self.area.width(), self.area.height()
        inner = width - 2
        if self.form.isHidden():
            foot = self.bar.height_in(inner)
            self.bar.place(QRectF(1, height - foot - 1, inner, foot), self.zoom)
        else:
            self.form.zoom = self.zoom
            self.form.resize(round(inner * self.zoom), self.form.height())
            foot = self.form.wanted_height
            self.form.place(QRectF(1, height - foot - 1, inner, foot), self.zoom)
            self.form.raise_()
        room = max(40.0, height - _HEAD - max(foot, 10.0) - 2)
        self.story.place(QRectF(1, _HEAD, inner, room), self.zoom)
        self.record.place(self.area, self.zoom)
        self.update()

    @property
    def _has_room_for_pill(self) -> bool:
        """Beside the IMEI; in a narrow card the state stands beside the product, so that no number is cut."""
        if self._unit is None:
            return True
        imei = value_width(self._unit.imei or "", _VALUE.sized(18))
        return _VALUES + imei + 12 + self._pill_width(self._unit) + 20 <= self.area.width()

    def _pill_width(self, unit: UnitLine) -> float:
        return text_width(state_name(unit.state), PILL) + 54

    # --- painting

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        if self._unit is None:
            foot = self.bar.height_in(width) if self.form.isHidden() else self.form.wanted_height
            room = width - 2 * _PADDING
            height = 26.0 * len(broken_into_lines(self._message, BODY, room))
            box = QRectF(_PADDING, 22, room, min(height, self.area.height() - foot - 32))
            canvas.paragraph(self._message, box, BODY, colors.muted, (16, 15))
            return
        canvas.painter.fillRect(QRectF(1, _HEAD - 1, width - 2, 1), colors.line)
        pill, whole = self._draw_state(canvas, self._unit) + 8, width - _VALUES - _PADDING
        beside_imei, beside_key = (pill, 0.0) if self._has_room_for_pill else (0.0, pill)
        self._draw_number(canvas, tr("SN"), self._unit.sn, 30, whole, False)
        self._draw_number(canvas, tr("IMEI"), self._unit.imei, 64, whole - beside_imei, self._unit.is_parted)
        canvas.text(tr("PK"), _PADDING, _PRODUCT, _VALUES - _PADDING - 6, CAPTION, colors.muted)
        key = self._unit.pk or tr("none")
        style, ink = (_KEY, colors.text) if self._unit.pk else (BODY, colors.muted)
        canvas.text(key, _VALUES, _PRODUCT, whole - beside_key, style, ink, smaller=(18, 16, 15))

    def _draw_number(
        self, canvas: Canvas, caption: str, value: str | None, middle: float, room: float, is_parted: bool
    ) -> None:
        colors = canvas.palette
        canvas.text(caption, _PADDING, middle, _VALUES - _PADDING - 6, CAPTION, colors.muted)
        if not value or is_parted:
            canvas.text(tr("none"), _VALUES, middle, room, BODY, colors.muted)
            return
        styles = [_VALUE.sized(size) for size in (24, 21, 18, 16, 15)]
        style = next((one for one in styles if value_width(value, one) <= room), styles[-1])
        paint_found(canvas, tail(value, style, room), _VALUES, middle, style, colors.text, ())

    def _draw_state(self, canvas: Canvas, unit: UnitLine) -> float:
        """Gives the width of the pill."""
        colors, word = canvas.palette, state_name(unit.state)
        width, right, middle = self._pill_width(unit), self.area.width() - 20, 64.0
        if not self._has_room_for_pill:
            middle = _PRODUCT
        ground = {
            UnitState.BOUND: colors.passed_tint,
            UnitState.VERIFIED: colors.passed_tint,
            UnitState.UNBOUND: colors.neutral_tint,
            UnitState.RELEASED: colors.warning_tint,
        }.get(unit.state, colors.fault_tint)
        canvas.bar(QRectF(right - width, middle - 16, width, 32), ground)
        paint_state_sign(canvas, unit.state, QPointF(right - width + 22, middle), colors)
        canvas.text(word, right - width + 38, middle, width - 46, PILL, state_color(unit.state, colors))
        return width

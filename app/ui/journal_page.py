"""The journal's page: search, the units found, the story of one, and the proof that all of it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.correcting import Correction, corrections_of_codes, imei_in
from app.core.people import Act
from app.core.unit_list import SHORTEST_PART, UnitLine, UnitStory
from app.station.reading_room import (
    Counted,
    LinesRead,
    OperatorsRead,
    ReadingFailed,
    RecordRead,
    StoryRead,
    Told,
)
from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH
from app.ui.canvas import Canvas
from app.ui.date_panel import HEIGHT as DATES_HEIGHT
from app.ui.date_panel import WIDTH as DATES_WIDTH
from app.ui.journal_filters import JournalFilters, Search
from app.ui.line_field import FIELD_HEIGHT
from app.ui.list_card import ListCard
from app.ui.painted import Painted, Scaled
from app.ui.proof_badge import ProofBadge
from app.ui.theme import Palette
from app.ui.unit_card import UnitCard
from app.wording.language import tr
from app.wording.reasons import sentence

_MARGIN, _GUTTER = 24.0, 16.0
_STORY, _NARROW_LIST = 502.0, 588.0


class JournalPage(Painted):
    """Reports what people look for and press; shows what was read. Decides nothing about units."""

    searched = Signal(object)
    """A `Search`."""
    unit_chosen = Signal(object)
    """A `UnitLine`."""
    retranslated = Signal()

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.filters = JournalFilters(palette, self, lambda: now().date())
        self.badge = ProofBadge(palette, self)
        self.list = ListCard(palette, now, self)
        self.unit = UnitCard(palette, now, self)
        self._chosen: UnitLine | None = None
        self._offered: Sequence[Correction] = ()
        self._keeps: UnitLine | None = None
        self._put_in_order()
        self.filters.searched.connect(self._search)
        self.list.table.unit_chosen.connect(self._choose)
        self.list.table.lines_wanted.connect(lambda *_: self.filters.dates.fold())

    def _put_in_order(self) -> None:
        """The Tab key goes through the parts as they are read."""
        filters, card = self.filters, self.unit
        order = [filters.field.edit, filters.who, filters.when, self.badge.verify, self.badge.rebuild]
        order += [self.list.table, self.list.stop, self.list.export, card.form.reason.edit, card.form.cancel]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    # --- what people do

    def look_for(self, text: str, offered: Sequence[Correction] = ()) -> None:
        """A scan: it takes the place of what stands in the field, and drops what was begun about a unit.

        `offered` are corrections of what was scanned, for the case that the journal does not know it.
        """
        self.filters.dates.fold()
        self.filters.look_for(text)
        self._offered = offered

    def enter(self) -> None:
        """The page comes to the front: what was looked for is looked for anew."""
        self.filters.field.edit.setFocus()
        self.filters.field.edit.selectAll()
        self.search_again()

    def leave(self) -> None:
        """What was begun is dropped."""
        self.filters.dates.fold()
        self.unit.form.close_form()

    def search_again(self) -> None:
        """After something was changed: the same search; the unit that is shown stays."""
        self._keeps, self._chosen = self.unit.shown, None
        self.searched.emit(self.filters.asked)

    def _search(self, search: Search) -> None:
        self._chosen, self._keeps, self._offered = None, None, ()
        self.unit.form.close_form()
        if self.filters.is_too_short:
            text = tr("Write at least {least} characters, or # and the number of a record.")
            self.list.show_message(text.format(least=SHORTEST_PART))
            self.unit.show_message("")
            return
        self.searched.emit(search)

    def _choose(self, unit: UnitLine) -> None:
        self.list.show_place()
        if unit != self._chosen:
            self._chosen = unit
            self.unit_chosen.emit(unit)

    # --- what was read

    def begin(self, search: Search) -> None:
        """This is being looked for now."""
        self.list.table.begin(search.query.part, self._keeps)
        self.list.show_report("")

    def show_told(self, told: Told) -> None:
        match told:
            case Counted(total=total, share=share):
                self.list.show_count(total, share)
                if share >= 1 and not total:
                    self._show_nothing()
            case LinesRead(first=first, lines=lines):
                self.list.table.show_lines(first, lines)
                self.list.show_place()
            case StoryRead(story=story):
                self._show_story(story)
            case RecordRead():
                self._show_record(told)
            case OperatorsRead(names=names):
                self.filters.show_operators(names)
            case ReadingFailed(reason=reason):
                self.list.show_message(sentence(reason))
                self.unit.show_message("")

    def _show_nothing(self) -> None:
        wanted = self.filters.asked.query
        if wanted.operator or wanted.since or wanted.until:
            self.unit.show_message(tr("No unit fits what was asked for."))
        elif wanted.part:
            text = tr("The journal holds no unit with {part} in its SN or IMEI.")
            offered = self._offered or corrections_of_codes(None, imei_in(wanted.part))
            self.unit.show_message(text.format(part=wanted.part), offered)
        else:
            self.unit.show_message(tr("No unit is in the journal yet."))

    def _show_story(self, story: UnitStory) -> None:
        if self._chosen is None or story.unit.seq == self._chosen.seq:
            self._chosen = story.unit
            self.unit.show_story(story)

    def _show_record(self, told: RecordRead) -> None:
        table = self.list.table
        if told.event is None:
            self.list.show_message("")
            self.unit.show_message(tr("The journal holds no record #{seq}.").format(seq=f"{told.seq:,}"))
            return
        if told.unit is None:
            self.list.show_message(tr("This record names no unit."))
            self.unit.show_message("")
        else:
            self._chosen = told.unit
            table.show_one(told.unit)
            self.list.show_count(1, 1.0)
            self.unit_chosen.emit(told.unit)
        self.unit.show_record(told.event, before_story=told.unit is not None)

    # --- who may do what

    def show_view(self, view: StationView) -> None:
        person = view.state.operator
        may = {act: not view.state.rules.sign_in or (person is not None and person.may(act)) for act in Act}
        self.unit.show_rights(may[Act.CORRECT])
        self.badge.show_rights(may[Act.PROVE], may[Act.CORRECT])

    def retranslate(self) -> None:
        self.filters.retranslate()
        self.badge.retranslate()
        self.list.retranslate()
        self.unit.retranslate()
        self.retranslated.emit()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        narrow = box.width() < FULL_WIDTH
        top = self._place_filters(box.width(), zoom, narrow)
        whole, height = box.width() - 2 * _MARGIN, box.height() - top - _GUTTER
        left = _NARROW_LIST if narrow else whole - _STORY - _GUTTER
        self.list.place_narrow(QRectF(_MARGIN, top, left, height), zoom, narrow)
        card = QRectF(_MARGIN + left + _GUTTER, top, whole - left - _GUTTER, height)
        self.unit.place(card, zoom)

    def _place_filters(self, width: float, zoom: float, narrow: bool) -> float:
        """In one row, or in two where there is no room; gives where the cards begin."""
        whole, filters = width - 2 * _MARGIN, self.filters
        shares = (0.47, 0.53) if narrow else (0.27, 0.15, 0.18, 0.4)
        room = whole - _GUTTER * (len(shares) - 1)
        first: list[Scaled] = [filters.field, self.badge]
        if not narrow:
            first[1:1] = [filters.who, filters.when]
        self._place_row(first, [room * share for share in shares], _GUTTER, zoom)
        bottom = _GUTTER + FIELD_HEIGHT + _GUTTER
        if narrow:
            self._place_row([filters.who, filters.when], [room * share for share in shares], bottom - 4, zoom)
            bottom += FIELD_HEIGHT - 4 + _GUTTER
        x = filters.when.x() / zoom
        panel = QRectF(
            min(x, width - DATES_WIDTH - _MARGIN), filters.when.geometry().bottom() / zoom + 6, 0, 0
        )
        panel.setSize(QRectF(0, 0, DATES_WIDTH, DATES_HEIGHT).size())
        filters.dates.place(panel, zoom)
        return bottom

    def _place_row(self, parts: Sequence[Scaled], widths: Sequence[float], top: float, zoom: float) -> None:
        x = _MARGIN
        for part, width in zip(parts, widths, strict=True):
            part.place(QRectF(x, top, width, FIELD_HEIGHT), zoom)
            x += width + _GUTTER

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.bg)

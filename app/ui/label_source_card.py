"""Where the SNs of labels come from: counted on, a pattern, a file, or a work order's list."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Refused
from app.core.orders import WorkOrder
from app.core.serials import LABELS_AT_ONCE, in_a_row
from app.ui.canvas import Canvas
from app.ui.controls import SEGMENTS_HEIGHT, OutlineButton, Segments
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.label_pattern_row import PatternRow
from app.ui.label_wish import SnSource
from app.ui.line_field import LineField
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.pick_menu import open_menu
from app.ui.theme import CAPTION, CARD_TITLE, Palette, Style, metrics, text_width
from app.wording.language import ntr, tr

HEIGHT = 212.0
_PADDING = 24.0


Entered = tuple[int, str, str]
"""The source, the first SN, how many."""


class SourceCard(Painted):
    """Remembers what was entered for each source."""

    changed = Signal()
    file_wanted = Signal()
    order_chosen = Signal(str)
    """The number of a work order."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.choice = Segments(palette, len(SnSource), self)
        self.first, self.count = LineField(palette, self, mono=True), LineField(palette, self)
        self.counter = LineField(palette, self)
        self.pattern_row = PatternRow(palette, self)
        self.choose = OutlineButton(palette, None, self)
        self.order = PickButton(palette, Icon.FILE, self)
        self._orders: Sequence[WorkOrder] = ()
        self._list = {SnSource.FILE: ("", ""), SnSource.ORDER: ("", "")}
        self.counter.put("1")
        self.count.put("1")
        self.choice.choose(SnSource.RANGE.value)
        self._connect()

    def _connect(self) -> None:
        self.choice.chosen.connect(lambda _: self._choose())
        for field in (self.first, self.count, self.counter):
            field.typed.connect(lambda _: self.changed.emit())
        self.pattern_row.changed.connect(self.changed)
        self.choose.clicked.connect(lambda: self.file_wanted.emit())
        self.order.clicked.connect(self._open_orders)

    @property
    def source(self) -> SnSource:
        return SnSource(self.choice.number)

    def _choose(self) -> None:
        self.retranslate()
        self.changed.emit()

    # --- lists

    def show_orders(self, orders: Sequence[WorkOrder]) -> None:
        """The open ones."""
        self._orders = orders

    @property
    def entered(self) -> Entered:
        """What says which of the SNs are wanted."""
        return self.choice.number, self.first.text, self.count.text

    def begin_list(self, name: str) -> None:
        """It is being read."""
        self._show_list(name, tr("The list is being read."))

    def show_list(
        self, name: str, total: int, left: int, first: str, of_units: bool = False, keeps: bool = False
    ) -> None:
        """`left` were not printed yet, `first` is the first of those; units are bound already.

        `keeps`: what was entered stays.
        """
        sns = ntr("{count} SN", "{count} SNs", total).format(count=count(total))
        yet = ntr("{count} not yet printed", "{count} not yet printed", left).format(count=count(left))
        units = ntr("{count} bound unit", "{count} bound units", total).format(count=count(total))
        self._show_list(name, units if of_units else f"{sns}, {yet}")
        if keeps:
            return
        self.first.put(first)
        self.count.put(str(min(left, LABELS_AT_ONCE)) if left else str(min(total, LABELS_AT_ONCE)))

    def show_no_list(self, told: str) -> None:
        """It cannot be used."""
        self._show_list(self._list[self.source][0], told)

    def go_on_after(self, last: str) -> None:
        """This SN was printed: the next one comes."""
        if self.source is SnSource.RANGE and last:
            with contextlib.suppress(Refused):
                self.first.put(in_a_row(last, 2)[1])

    def _show_list(self, name: str, told: str) -> None:
        self._list[self.source] = (name, told)
        self.retranslate()

    def take_first(self, sn: str) -> None:
        """What was typed stays."""
        if self.source is SnSource.RANGE and not self.first.text.strip():
            self.first.put(sn)
            self.changed.emit()

    def _open_orders(self) -> None:
        choices = [(self._named(one), partial(self.order_chosen.emit, one.number)) for one in self._orders]
        open_menu(self.order, choices or [(tr("No work order is open"), lambda: None)])

    def _named(self, order: WorkOrder) -> str:
        if order.issued is None:
            return f"{order.number}  {order.pk}"
        sns = ntr("{count} SN", "{count} SNs", order.issued).format(count=count(order.issued))
        return f"{order.number}  {order.pk}  {sns}"

    # --- places

    def retranslate(self) -> None:
        names = [tr("Range"), tr("Pattern"), tr("File or package"), tr("Work order")]
        self.choice.name(tr("SN source"), names)
        self.first.name(tr("First"))
        self.count.name(tr("Count"))
        self.counter.name(tr("Counter from"))
        self.pattern_row.retranslate()
        self.choose.setText(tr("Choose"))
        self.order.setText(self._list[SnSource.ORDER][0] or tr("Choose a work order"))
        source = self.source
        self.first.setVisible(source is not SnSource.PATTERN)
        for part in (self.counter, self.pattern_row):
            part.setVisible(source is SnSource.PATTERN)
        self.choose.setVisible(source is SnSource.FILE)
        self.order.setVisible(source is SnSource.ORDER)
        self.say(tr("SN source"), " ".join(self._told))
        self._arrange()
        self.update()

    @property
    def _told(self) -> tuple[str, str]:
        match self.source:
            case SnSource.RANGE:
                return tr("Counted on from the first"), tr("The digits at its end; zeros stay.")
            case SnSource.FILE:
                name, told = self._list[SnSource.FILE]
                return name or tr("No file chosen"), told or tr("Text, CSV, XLSX or the platform's package")
            case source:
                return self._list.get(source, ("", ""))

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    @property
    def _low(self) -> float:
        """How much of the full height is missing; the rows come closer."""
        return HEIGHT - self.area.height()

    @property
    def _middle(self) -> float:
        return 108 - 0.75 * self._low

    @property
    def _foot(self) -> float:
        return 158 - 0.85 * self._low

    @property
    def _field(self) -> float:
        return 40 - 0.06 * self._low

    def _arrange(self) -> None:
        width, zoom = self.area.width(), self.zoom
        low, whole = self._low, width - 2 * _PADDING
        self.choice.place(QRectF(_PADDING, 46 - 0.38 * low, whole, SEGMENTS_HEIGHT - 2 - 0.2 * low), zoom)
        wanted = max(110.0, self.choose.wanted_width)
        self.choose.place(QRectF(width - _PADDING - wanted, self._middle, wanted, self._field), zoom)
        self.pattern_row.place(QRectF(_PADDING, self._middle, whole, self._field), zoom)
        self.order.place(QRectF(_PADDING, self._middle, 264, self._field), zoom)
        counts = 112.0
        self.count.place(QRectF(width - _PADDING - counts, self._foot, counts, self._field), zoom)
        left = _PADDING + self._caption_width + 12
        room = width - _PADDING - counts - 12 - text_width(tr("Count"), CAPTION) - 16 - left
        self.first.place(QRectF(left, self._foot, room, self._field), zoom)
        self.counter.place(QRectF(left, self._foot, 110, self._field), zoom)

    @property
    def _caption(self) -> str:
        return tr("Counter from") if self.source is SnSource.PATTERN else tr("First")

    @property
    def _caption_width(self) -> float:
        return text_width(self._caption, CAPTION)

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area, colors.surface, colors.line)
        canvas.text(tr("SN source"), _PADDING, 28 - 0.3 * self._low, width - 2 * _PADDING, CARD_TITLE)
        middle, right = self._foot + self._field / 2, Qt.AlignmentFlag.AlignRight
        canvas.text(self._caption, _PADDING, middle, self._caption_width + 2, CAPTION, colors.muted)
        x = width - _PADDING - 112 - 12
        canvas.text(
            tr("Count"), x, middle, text_width(tr("Count"), CAPTION) + 2, CAPTION, colors.muted, right
        )
        match self.source:
            case SnSource.ORDER:
                box = QRectF(_PADDING + 276, self._middle, width - 2 * _PADDING - 276, self._field)
                canvas.paragraph(self._told[1], box, CAPTION, colors.muted, (15, 14, 13, 12))
            case SnSource.RANGE | SnSource.FILE:
                self._draw_told(canvas)

    def _draw_told(self, canvas: Canvas) -> None:
        colors, end = canvas.palette, self.area.width() - _PADDING
        if self.source is SnSource.FILE:
            end -= self.choose.width() / self.zoom + 12
        canvas.icon(Icon.FILE, QPointF(_PADDING + 13, self._middle + 20), 24, colors.muted)
        left, (name, told) = _PADDING + 40, self._told
        style = Style(17, 600)
        shown = metrics(style).elidedText(name, Qt.TextElideMode.ElideMiddle, end - left - 2)
        canvas.text(shown, left, self._middle + 9, end - left, style)
        canvas.paragraph(
            told,
            QRectF(left, self._middle + 19, end - left, 24),
            CAPTION,
            colors.muted,
            (15, 14, 13, 12, 11, 10),
        )

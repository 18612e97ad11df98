"""The card with the list of units: headings, rows, how many there are, and the way to take them along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QScrollBar, QWidget

from app.ui.canvas import Canvas
from app.ui.controls import OutlineButton
from app.ui.icons import Icon
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, Palette, Style
from app.ui.unit_cells import NARROW, WIDTHS, Column, heading
from app.ui.unit_table import MARGIN, UnitTable
from app.wording.language import ntr, tr

_HEAD, _FOOT = 46.0, 50.0
_HEADING = Style(16, 600)


class ListCard(Painted):
    """While units are still counted its foot says how far that is, and can stop it."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._share, self._message, self._report = 1.0, "", ""
        self._narrow = self._is_writing = self._is_stopped = False
        self.table = UnitTable(palette, now, self)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.valueChanged.connect(self.table.scroll_to)
        self.stop = OutlineButton(palette, Icon.CLOSE, self)
        self.export = OutlineButton(palette, Icon.DOWNLOAD, self)

    def show_count(self, total: int, share: float) -> None:
        """`share` of the journal was looked at, 0 to 1."""
        self._share, self._message, self._is_stopped = share, "", False
        self.table.show_total(total)
        if share >= 1 and not total:
            self.table.show_nothing()
        self.show_place()

    def show_stopped(self) -> None:
        """Nobody counts on."""
        self._is_stopped = True
        self.show_place()

    def show_message(self, text: str) -> None:
        """Instead of units."""
        self._message, self._share = text, 1.0
        self.table.show_nothing()
        self.show_place()

    def show_report(self, text: str, is_writing: bool = False) -> None:
        """What came of writing the units to a file, or how far it is; empty for the count."""
        self._report, self._is_writing = text, is_writing
        self.show_place()

    def show_place(self) -> None:
        """Which units are seen now."""
        table = self.table
        last = max(0, table.total - table.rows)
        blocked = self.bar.blockSignals(True)
        self.bar.setRange(0, min(last, 2**31 - 1))
        self.bar.setPageStep(table.rows)
        self.bar.setValue(table.first)
        self.bar.blockSignals(blocked)
        self.bar.setVisible(last > 0)
        self._arrange()
        self.say(self.counted)
        self.update()

    @property
    def is_counting(self) -> bool:
        return self._share < 1 and not self._is_stopped

    @property
    def counted(self) -> str:
        """The foot's text."""
        table = self.table
        if self._report:
            return self._report
        if self._share < 1:
            text = tr("{count} found, stopped at {percent} %")
            if not self._is_stopped:
                text = tr("{count} found so far, {percent} % looked through")
            return text.format(count=count(table.total), percent=int(100 * self._share))
        found = ntr("{count} unit found", "{count} units found", table.total).format(count=count(table.total))
        seen = len(table.model_.lines)
        if not seen:
            return found
        shown = tr("{first} to {last} shown")
        shown = shown.format(first=count(table.first + 1), last=count(table.first + seen))
        return tr("{found}, {shown}").format(found=found, shown=shown)

    def retranslate(self) -> None:
        self.stop.setText(tr("Stop"))
        self.export.setText(tr("Export result"))
        self.table.setAccessibleName(tr("Units found"))
        self.table.viewport().update()
        self.show_place()

    def place_narrow(self, box: QRectF, zoom: float, narrow: bool) -> None:
        self._narrow = narrow
        self.place(box, zoom)
        rows = QRectF(1, _HEAD, box.width() - 2, box.height() - _HEAD - _FOOT)
        self.table.place(rows, zoom, narrow)
        right = QRectF(box.width() - 14, _HEAD + 4, 10, rows.height() - 8)
        self.bar.setGeometry(QRectF(right.topLeft() * zoom, right.size() * zoom).toRect())
        self._arrange()

    def _arrange(self) -> None:
        top, right = self.area.height() - _FOOT + 7, self.area.width() - MARGIN
        self.stop.setVisible(self.is_counting or self._is_writing)
        self.export.setVisible(not self._is_writing)
        for button in (self.export, self.stop):
            if not button.isHidden():
                width = button.wanted_width
                button.place(QRectF(right - width, top, width, 36), self.zoom)
                right -= width + 8
        self._foot_room = right - MARGIN - 8

    _foot_room = 0.0

    def draw(self, canvas: Canvas) -> None:
        colors, width, height = canvas.palette, self.area.width(), self.area.height()
        canvas.card(self.area, colors.surface, colors.line)
        canvas.painter.fillRect(QRectF(1, _HEAD - 1, width - 2, 1), colors.line)
        canvas.painter.fillRect(QRectF(1, height - _FOOT, width - 2, 1), colors.line)
        x = MARGIN + 1
        for column in NARROW if self._narrow else tuple(Column):
            canvas.text(
                heading(column), x, _HEAD / 2, WIDTHS[column] - 8, _HEADING, colors.muted, smaller=(15,)
            )
            x += WIDTHS[column]
        box = QRectF(MARGIN, height - _FOOT + 2, self._foot_room, _FOOT - 4)
        canvas.paragraph(self.counted, box, CAPTION, colors.muted, (15,))
        if self._message:
            box = QRectF(MARGIN, _HEAD + 16, width - 2 * MARGIN, 120)
            canvas.paragraph(self._message, box, BODY, colors.muted, (16, 15))

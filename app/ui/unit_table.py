"""The list of units: only the rows that are seen are in memory, however many were found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.core.unit_list import UnitLine, is_same
from app.ui.canvas import Canvas
from app.ui.theme import Palette
from app.ui.unit_cells import NARROW, ROW_HEIGHT, WIDTHS, CellPaint, Column, bare, heading, paint_cell

MARGIN = 24.0
_BAR = 15.0
"""Left free for what shows how far the list is."""
_Index = QModelIndex | QPersistentModelIndex


class UnitModel(QAbstractTableModel):
    """The rows that are seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[UnitLine] = ()

    def show_lines(self, lines: Sequence[UnitLine]) -> None:
        same_length = len(lines) == len(self.lines)
        if not same_length:
            self.beginResetModel()
        self.lines = lines
        if same_length and lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(Column) - 1))
        elif not same_length:
            self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return bare(self.lines[index.row()], Column(index.column()))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return heading(Column(section))
        return None


class _Cells(QStyledItemDelegate):
    """Paints what `unit_cells` says."""

    def __init__(self, table: UnitTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table = self._table
        painter.save()
        painter.scale(table.zoom, table.zoom)
        canvas = Canvas(painter, table.colors)
        rect = option.rect
        box = QRectF(rect.x(), rect.y(), rect.width(), rect.height())
        box = QRectF(box.topLeft() / table.zoom, box.size() / table.zoom)
        self._paint_ground(canvas, box, index)
        inner = box.adjusted(MARGIN if index.column() == 0 else 0, 0, 0, 0)
        paint_cell(canvas, table.model_.lines[index.row()], Column(index.column()), inner, table.paint_with)
        if table.hasFocus() and index.row() == table.currentIndex().row():
            painter.setClipRect(box)
            width = table.viewport().width() / table.zoom
            row = QRectF(1, box.top() + 1, width - _BAR, box.height() - 2)
            canvas.frame(row, table.colors.accent, 2.5, 6)
        painter.restore()

    def _paint_ground(self, canvas: Canvas, box: QRectF, index: _Index) -> None:
        table, colors, first = self._table, canvas.palette, index.column() == 0
        if table.first + index.row() == table.chosen:
            canvas.painter.fillRect(box.adjusted(0, 0, 1, 0), colors.accent_tint)
            if table.hasFocus() and index == table.currentIndex():
                # what Ctrl+C copies
                left = MARGIN - 8 if first else -8
                canvas.card(box.adjusted(left, 6, -8, -6), colors.surface, radius=6)
            if first:
                canvas.painter.fillRect(QRectF(box.left(), box.top(), 5, box.height()), colors.accent)
            return
        right = box.right() - (MARGIN if index.column() == table.last_column else 0)
        left = box.left() + (MARGIN if first else 0)
        canvas.painter.fillRect(QRectF(left, box.bottom() - 1, right - left, 1), colors.line)


class UnitTable(QTableView):
    """Places are counted from 0 over all that was found; the rows in memory begin at `first`."""

    lines_wanted = Signal(int, int)
    """From this place on, so many."""
    unit_chosen = Signal(object)
    """A `UnitLine`."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self.colors, self._now, self.zoom, self.part = palette, now, 1.0, ""
        self.first = self.total = 0
        self.chosen = 0
        self.paint_with = CellPaint("", now())
        self._wanted: int | None = None
        self._is_new = True
        self._keep: UnitLine | None = None
        self.rows = 10
        """How many have room."""
        self.last_column = Column.OPERATOR
        self.model_ = UnitModel(self)
        self.setModel(self.model_)
        self.setItemDelegate(_Cells(self))
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setVisible(False)
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.go_to(self.first + index.row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paint_with = CellPaint(self.part, self._now())
        super().paintEvent(event)

    # --- what is shown

    def begin(self, part: str, keep: UnitLine | None = None) -> None:
        """Another search: what stands here stays until its first lines come.

        Then the first of them is chosen, or where `keep` is given that unit, as long as it is there.
        """
        self.part, self.total, self.chosen, self._wanted, self._is_new = part, 0, 0, None, True
        self._keep = keep

    def show_total(self, total: int) -> None:
        """So many were found by now."""
        self.total = total
        lacks_some = len(self.model_.lines) < min(self.rows, total)
        if total and self._wanted is None and (self._is_new or lacks_some):
            self._want(0 if self._is_new else self.first)

    def show_nothing(self) -> None:
        """Nothing was found."""
        self.total = self.first = 0
        self.model_.show_lines(())

    def show_one(self, line: UnitLine) -> None:
        """A unit that was found in another way."""
        self.begin("")
        self.total, self.first, self._is_new = 1, 0, False
        self.model_.show_lines((line,))
        self.viewport().update()

    def show_lines(self, first: int, lines: Sequence[UnitLine]) -> None:
        if first != self._wanted:
            return
        self._wanted, self._is_new, self.first = None, False, first
        self.model_.show_lines(lines)
        if self._keep is not None:
            self.chosen = next((place for place, one in enumerate(lines) if is_same(one, self._keep)), -1)
            self._keep = None
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self.chosen - self.first
        if 0 <= row < len(self.model_.lines):
            column = max(0, self.currentIndex().column())
            self.setCurrentIndex(self.model_.index(row, column))
            self.unit_chosen.emit(self.model_.lines[row])
        self.viewport().update()

    # --- going from one to the next

    def go_to(self, place: int) -> None:
        """Chooses the unit at this place; where it is not seen the list moves just as far as it must."""
        if not self.total:
            return
        self.chosen = max(0, min(place, self.total - 1))
        first = self.first if self._wanted is None else self._wanted
        first = min(max(first, self.chosen - self.rows + 1), self.chosen)
        if first == self.first and self._wanted is None:
            self._show_chosen()
        else:
            self._want(first)

    def scroll_to(self, first: int) -> None:
        """Moves the list; the chosen unit stays chosen."""
        first = max(0, min(first, self.total - self.rows))
        if first != self.first:
            self._want(first)

    def _want(self, first: int) -> None:
        self._wanted = first
        self.lines_wanted.emit(first, self.rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: self.chosen - 1,
            Qt.Key.Key_Down: self.chosen + 1,
            Qt.Key.Key_PageUp: self.chosen - self.rows,
            Qt.Key.Key_PageDown: self.chosen + self.rows,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.total - 1,
        }
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif key in steps:
            self.go_to(steps[key])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go_aside(1 if key is Qt.Key.Key_Right else -1)
        else:
            event.ignore()

    def _go_aside(self, step: int) -> None:
        column = self.currentIndex().column() + step
        if 0 <= column <= self.last_column:
            self.setCurrentIndex(self.model_.index(self.currentIndex().row(), column))
            self.viewport().update()

    def _copy(self) -> None:
        """The bare value of the cell."""
        if self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(str(self.currentIndex().data()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        self.scroll_to((self.first if self._wanted is None else self._wanted) - round(3 * notches))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # --- places

    def place(self, box: QRectF, zoom: float, narrow: bool) -> None:
        self.zoom = zoom
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        rows = max(1, int(box.height() / ROW_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(round(ROW_HEIGHT * zoom))
        shown = NARROW if narrow else tuple(Column)
        self.last_column = shown[-1]
        left = box.width() - 2 * MARGIN
        for column in Column:
            self.setColumnHidden(column, column not in shown)
            width = left if column is self.last_column else WIDTHS[column]
            at_edge = column in (shown[0], self.last_column)
            self.setColumnWidth(column, round((width + (MARGIN if at_edge else 0)) * zoom))
            left -= WIDTHS[column]
        if rows != self.rows:
            self.rows = rows
            if self.total:
                self._want(max(0, min(self.first, self.total - rows)))

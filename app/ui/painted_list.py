"""A list of any length whose rows are painted; one of them is chosen, by mouse or arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.canvas import Canvas
from app.ui.theme import Palette

Row = TypeVar("Row")
_Index = QModelIndex | QPersistentModelIndex
_EDGE = 24.0


class _Rows(QAbstractListModel):
    def __init__(self, spoken: Callable[[Any], str], parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[Any] = ()
        self._spoken = spoken

    def show_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(self.rows[index.row()])
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: PaintedList[Any]) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, round(self._view.row_height * self._view.zoom))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view = self._view
        painter.save()
        painter.translate(option.rect.topLeft())
        painter.scale(view.zoom, view.zoom)
        canvas = Canvas(painter, view.colors)
        box = QRectF(0, 0, option.rect.width() / view.zoom, option.rect.height() / view.zoom)
        view.paint_ground(canvas, box, index.row())
        view.paint_row(canvas, view.rows[index.row()], box)
        painter.restore()


class PaintedList(QListView, Generic[Row]):
    """`spoken` says a row to a screen reader; `paint_row` paints it into its box."""

    chosen = Signal(object)
    """The row that a person chose."""

    def __init__(
        self,
        palette: Palette,
        row_height: float,
        spoken: Callable[[Row], str],
        paint_row: Callable[[Canvas, Row, QRectF], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.colors, self.row_height, self.paint_row, self.zoom = palette, row_height, paint_row, 1.0
        self._model = _Rows(spoken, self)
        self._is_showing = False
        self.is_ruled = True
        """Whether a rule parts one row from the next."""
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(self._tell)
        self.clicked.connect(self._tell)
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Base, palette.surface)
        self.setPalette(ground)

    @property
    def rows(self) -> Sequence[Row]:
        return self._model.rows

    def show_rows(self, rows: Sequence[Row], chosen: int | None) -> None:
        """Nobody is told of what is chosen in this way."""
        self._is_showing = True
        self._model.show_rows(rows)
        if chosen is not None:
            self.setCurrentIndex(self._model.index(chosen, 0))
        self._is_showing = False
        self.viewport().update()

    def _tell(self, index: QModelIndex) -> None:
        if not self._is_showing and index.isValid():
            self.chosen.emit(self.rows[index.row()])
        self.viewport().update()

    def paint_ground(self, canvas: Canvas, box: QRectF, row: int) -> None:
        colors = canvas.palette
        if row != self.currentIndex().row():
            if not self.is_ruled:
                return
            rule = QRectF(_EDGE, box.bottom() - 1, box.width() - 2 * _EDGE, 1)
            canvas.painter.fillRect(rule, colors.line)
            return
        canvas.painter.fillRect(box, colors.accent_tint)
        canvas.painter.fillRect(QRectF(0, 0, 5, box.height()), colors.accent)
        if self.hasFocus():
            canvas.frame(box.adjusted(1, 1, -1, -1), colors.accent, 2.5, 6)

    def place(self, box: QRectF, zoom: float) -> None:
        self.zoom = zoom
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        self.scheduleDelayedItemsLayout()

"""A list of rows of which one is chosen: by mouse, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.canvas import Canvas
from app.ui.controls import focus_the_chosen
from app.ui.painted import PaintedButton
from app.ui.theme import Palette

ROW_HEIGHT = 44.0
ROW_MARGIN = 24.0


def tab_through(parts: Sequence[QWidget]) -> None:
    """The Tab key goes from one to the next, also where some were made later than others."""
    for first, second in pairwise(parts):
        QWidget.setTabOrder(first, second)


class Row(PaintedButton):
    """One row; `key` is what is handed back when it is chosen."""

    def __init__(self, palette: Palette, key: str) -> None:
        super().__init__(palette)
        self.key = key
        self.last = False
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        return QSize(round(400 * self.zoom), round(ROW_HEIGHT * self.zoom))

    def draw_row(self, canvas: Canvas) -> None:
        """What stands in the row."""
        raise NotImplementedError

    def draw(self, canvas: Canvas) -> None:
        colors, area = canvas.palette, self.area
        if self.isChecked():
            canvas.painter.fillRect(area, colors.accent_tint)
            canvas.painter.fillRect(QRectF(0, 0, 5, area.height()), colors.accent)
        elif not self.last:
            rule = QRectF(ROW_MARGIN, area.height() - 1, area.width() - 2 * ROW_MARGIN, 1)
            canvas.painter.fillRect(rule, colors.line)
        self.draw_row(canvas)
        self.draw_focus(canvas, area, 4)


AnyRow = TypeVar("AnyRow", bound=Row)


class RowList(QScrollArea, Generic[AnyRow]):
    """As many rows as there are; it scrolls where they are too many."""

    chosen = Signal(str)
    """The key of the row that a person chose."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self.zoom = 1.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def buttons(self) -> list[AnyRow]:
        return cast("list[AnyRow]", self._group.buttons())

    def show_rows(self, rows: Sequence[AnyRow]) -> None:
        """New rows in the place of those that were there; none is chosen."""
        for button in self._group.buttons():
            self._group.removeButton(button)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for row in rows:
            row.last = row is rows[-1]
            self._group.addButton(row)
            layout.addWidget(row)
        layout.addStretch(1)
        self.setWidget(content)
        self._resize_rows()

    def choose(self, key: str | None) -> None:
        """Shows this row as the chosen one, or none, without asking anybody."""
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(button.key == key)
            if button.isChecked():
                self.ensureWidgetVisible(button, 0, 0)
        self._group.setExclusive(True)
        focus_the_chosen(self.buttons)

    def _clicked(self, button: QAbstractButton) -> None:
        focus_the_chosen(self.buttons)
        if isinstance(button, Row):
            self.chosen.emit(button.key)

    def place(self, box: QRectF, zoom: float) -> None:
        self.zoom = zoom
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        self._resize_rows()

    def _resize_rows(self) -> None:
        for button in self.buttons:
            button.zoom = self.zoom
            button.setFixedHeight(int(ROW_HEIGHT * self.zoom))

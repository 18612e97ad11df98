"""Parts of the window that paint themselves, in logical pixels whatever the scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QRectF, Qt
from PySide6.QtGui import QMoveEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.canvas import Canvas
from app.ui.theme import Palette

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class Scaled(_Widget):
    """What painted parts and painted buttons share; a subclass says in `draw` what it looks like."""

    colors: Palette
    zoom = 1.0

    def draw(self, canvas: Canvas) -> None:
        """Paints the whole part onto the canvas, from its top left corner."""
        raise NotImplementedError

    @property
    def area(self) -> QRectF:
        """The part's own space in logical pixels."""
        return QRectF(0, 0, self.width() / self.zoom, self.height() / self.zoom)

    def place(self, box: QRectF, zoom: float) -> None:
        """Moves the part to this box of logical pixels in its parent."""
        self.zoom = zoom
        left, top = round(box.left() * zoom), round(box.top() * zoom)
        right, bottom = round(box.right() * zoom), round(box.bottom() * zoom)
        self.setGeometry(left, top, right - left, bottom - top)

    def retranslate(self) -> None:
        """What is painted reads its texts each time; a part that holds texts reads them again here."""

    def say(self, name: str, description: str = "") -> None:
        """What a screen reader says of the part."""
        if (name, description) != (self.accessibleName(), self.accessibleDescription()):
            self.setAccessibleName(name)
            self.setAccessibleDescription(description)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.scale(self.zoom, self.zoom)
            self.draw(Canvas(painter, self.colors))
        finally:
            painter.end()  # a painter that outlives a failed painting takes the process with it


class Painted(Scaled, QWidget):
    """Takes no focus and decides nothing."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors = palette
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Ground(Painted):
    """Lies under the cards of a page."""

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.bg)


class PaintedButton(Scaled, QAbstractButton):
    """For the pages that are worked by mouse and keyboard; shows where the focus is."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors = palette
        self._since = QElapsedTimer()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def is_newer_than(self, milliseconds: int) -> bool:
        """Whether it has stood here, with this text, for less than that."""
        return self._since.isValid() and not self._since.hasExpired(milliseconds)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._since.start()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._since.start()

    def setText(self, text: str) -> None:
        if text != self.text():
            self._since.start()
        super().setText(text)

    def draw_focus(self, canvas: Canvas, box: QRectF, radius: float = 8) -> None:
        if self.hasFocus():
            canvas.frame(box, canvas.palette.accent, 2.5, radius)

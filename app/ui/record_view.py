"""One record with every column."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.core.record import StoredEvent
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.icons import Icon
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.theme import CAPTION, PAGE_TITLE, Palette, Style, text_width
from app.wording.columns import CODES, columns_of
from app.wording.happenings import event_title
from app.wording.language import tr

_HEAD = 60.0
_NAMES = 176.0
_MARGIN, _LEADING = 24.0, 22.0
_CODE = Style(15, 500, mono=True)


class _Lines(Painted):
    """Name and value; a long value takes the lines that it needs."""

    stored: StoredEvent | None = None

    def rows(self, width: float) -> list[tuple[str, Style, list[str]]]:
        if self.stored is None:
            return []
        found = []
        for key, name, value in columns_of(self.stored):
            style = _CODE if key in CODES else CAPTION
            lines = broken_into_lines(value or "–", style, width - _NAMES - 2 * _MARGIN)
            found.append((name, style, lines))
        return found

    def height_in(self, width: float) -> float:
        return 24 + sum(len(lines) * _LEADING + 8 for _, _, lines in self.rows(width))

    def draw(self, canvas: Canvas) -> None:
        colors, width, y = canvas.palette, self.area.width(), 22.0
        canvas.painter.fillRect(self.area, colors.surface)
        for name, style, lines in self.rows(width):
            canvas.text(name, _MARGIN, y, _NAMES - 8, CAPTION, colors.muted, smaller=(15,))
            for text in lines:
                canvas.text(text, _MARGIN + _NAMES, y, width - _NAMES - 2 * _MARGIN + 2, style)
                y += _LEADING
            y += 8


class RecordView(Painted):
    """Covers the story until it is closed."""

    closed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.back = OutlineButton(palette, Icon.BACK, self)
        self.copy = OutlineButton(palette, Icon.COPY, self)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = _Lines(palette)
        self._scroll.setWidget(self._lines)
        self.back.clicked.connect(self._close)
        self.copy.clicked.connect(self._copy)
        self.setVisible(False)

    def show_event(self, event: StoredEvent) -> None:
        self._lines.stored = event
        self.say(
            f"#{event.seq}", ", ".join(f"{name} {value}" for _, name, value in columns_of(event) if value)
        )
        self._arrange()
        self._scroll.verticalScrollBar().setValue(0)
        self.setVisible(True)
        self.raise_()
        self.update()
        self._lines.update()

    def _close(self) -> None:
        self.setVisible(False)
        self.closed.emit()

    def _copy(self) -> None:
        if self._lines.stored is not None:
            lines = (f"{name}\t{value}" for _, name, value in columns_of(self._lines.stored))
            QGuiApplication.clipboard().setText("\n".join(lines))

    def retranslate(self) -> None:
        self.back.setText(tr("Back"))
        self.copy.setText(tr("Copy"))
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, right = self.area.width(), self.area.width() - 16
        for button in (self.back, self.copy):
            wanted = button.wanted_width
            button.place(QRectF(right - wanted, 9, wanted, BUTTON_HEIGHT), self.zoom)
            right -= wanted + 8
        height = self.area.height() - _HEAD - 8
        box = QRectF(1, _HEAD, width - 2, height)
        self._scroll.setGeometry(QRectF(box.topLeft() * self.zoom, box.size() * self.zoom).toRect())
        inner = width - 2 - 12
        self._lines.place(QRectF(0, 0, inner, max(height, self._lines.height_in(inner))), self.zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, event = canvas.palette, self._lines.stored
        canvas.card(self.area, colors.surface, colors.line)
        canvas.painter.fillRect(QRectF(1, _HEAD - 1, self.area.width() - 2, 1), colors.line)
        if event is None:
            return
        room = self.copy.x() / self.zoom - _MARGIN - 12
        number, title = f"#{count(event.seq)}", event_title(event.entry.kind)
        width = canvas.text(number, _MARGIN, 30, room, PAGE_TITLE, smaller=(18, 16, 15))
        if width + 12 + text_width(title, PAGE_TITLE) <= room:  # else it stands in the second line below
            canvas.text(title, _MARGIN + width + 12, 30, room - width, PAGE_TITLE)

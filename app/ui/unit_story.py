"""The card of the chosen unit: its numbers, how it stands, and all that happened to it, oldest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.core.unit_list import UnitStory
from app.ui.canvas import Canvas
from app.ui.painted import Painted
from app.ui.story_rows import StoryRow, story_face
from app.ui.theme import CAPTION, Palette
from app.wording.language import tr

_MOST = 300
"""Rows; of a longer story the newest."""
_TOP = 15.0


class _Sheet(Painted):
    """Under the rows."""

    note = ""

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.surface)
        if self.note:
            canvas.text(
                self.note, 24, 20, self.area.width() - 48, CAPTION, canvas.palette.muted, smaller=(15,)
            )


class StoryList(QScrollArea):
    """Every event is a button that leads to its record."""

    record_chosen = Signal(object)
    """A `StoredEvent`."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._palette, self._now, self.zoom = palette, now, 1.0
        self.rows: list[StoryRow] = []
        self._story: UnitStory | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = _Sheet(palette)
        self.setWidget(self._sheet)

    def show_story(self, story: UnitStory | None, at_end: bool = False) -> None:
        """From its beginning, or `at_end` from the newest event."""
        self._story = story
        for row in self.rows:
            row.setParent(None)
            row.deleteLater()
        happenings = story.happenings if story else ()
        shown = happenings[-_MOST:]
        older = len(happenings) - len(shown)
        self._sheet.note = tr("{count} older records are not shown here").format(count=older) if older else ""
        self.rows = []
        for number, happening in enumerate(shown, start=1):
            if story is not None:
                face = story_face(happening, story.unit, self._now(), number == len(shown))
                row = StoryRow(self._palette, face, self._sheet)
                row.clicked.connect(partial(self.record_chosen.emit, happening.event))
                self.rows.append(row)
        self._arrange()
        for row in self.rows:
            row.setVisible(True)
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if at_end else 0)

    def retranslate(self) -> None:
        self.show_story(self._story)

    def place(self, box: QRectF, zoom: float) -> None:
        self.zoom = zoom
        self.setGeometry(QRectF(box.topLeft() * zoom, box.size() * zoom).toRect())
        self._arrange()

    def _arrange(self) -> None:
        width, y = self.width() / self.zoom, _TOP + (40 if self._sheet.note else 0)
        tops: Sequence[float] = []
        heights = [row.height_in(width) for row in self.rows]
        if y + sum(heights) > self.height() / self.zoom:
            width -= 12
            heights = [row.height_in(width) for row in self.rows]
        tops = [y + sum(heights[:number]) for number in range(len(heights))]
        self._sheet.place(QRectF(0, 0, width, max(y + sum(heights), self.height() / self.zoom)), self.zoom)
        for row, top, height in zip(self.rows, tops, heights, strict=True):
            row.place(QRectF(0, top, width, height), self.zoom)

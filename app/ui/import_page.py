"""A file of pairs that is to come in: what it holds, what is wrong with it, and the button that takes it.

No scan can confirm anything here: a click and Ctrl+Enter do, Enter and Space do nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.station.importing import Examined
from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.correction_form import ConfirmButton
from app.ui.icons import Icon
from app.ui.import_lines import ROW_HEIGHT, ImportLine, paint_line, spoken
from app.ui.numbers import count
from app.ui.painted import Painted
from app.ui.painted_list import PaintedList
from app.ui.theme import BODY, CAPTION, Palette, Style, metrics
from app.wording.imports import before_taking, nothing_wrong
from app.wording.language import Words, said, tr

_MARGIN, _GUTTER, _PADDING = 24.0, 16.0, 24.0
_TITLE, _COUNTS, _FOOT = 68.0, 88.0, 96.0
_HEADING = Style(30, 700)
_NUMBER = Style(28, 700, tabular=True)


class ImportPage(Painted):
    """Shows what it is given, from `show_file` on; reports the two buttons."""

    confirmed = Signal()
    cancelled = Signal()
    """Called off while something is done, otherwise left."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._file, self.told = "", ""
        self._words: Words = ""
        self._examined: Examined | None = None
        self._taken: int | None = None
        self._is_working = self._is_trouble = self._may_take = False
        self.lines = PaintedList[ImportLine](palette, ROW_HEIGHT, spoken, paint_line, self)
        self.lines.setUniformItemSizes(True)
        self.confirm = ConfirmButton(palette, self)
        self.cancel = OutlineButton(palette, Icon.CLOSE, self)
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(lambda: self.cancelled.emit())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._confirm)
        self.retranslate()

    # --- what is shown

    def show_file(self, name: str) -> None:
        """A file that nothing is known of yet."""
        self._file, self._examined, self._taken = name, None, None
        self.lines.show_rows((), None)
        self.show_work("")

    def show_work(self, text: str) -> None:
        """How far it is; it can be called off."""
        self._show(text, is_working=True)

    def show_examined(self, examined: Examined, lines: Sequence[ImportLine]) -> None:
        """Nothing was written; the buttons decide."""
        self._examined = examined
        self.lines.show_rows(lines, None)
        self._show(partial(before_taking, examined), may_take=examined.takeable > 0)

    def show_told(self, text: Words, is_trouble: bool = False) -> None:
        """What came of it."""
        self._show(text, is_trouble=is_trouble)

    def show_taken(self, text: Words, taken: int) -> None:
        """So many rows came in."""
        self._taken = taken
        self.show_told(text)

    @property
    def is_working(self) -> bool:
        return self._is_working

    def show_view(self, view: StationView) -> None:
        """Nothing here is the station's."""

    def _show(
        self, text: Words, is_working: bool = False, may_take: bool = False, is_trouble: bool = False
    ) -> None:
        self._words, self._is_trouble = text, is_trouble
        self._is_working, self._may_take = is_working, may_take
        self.retranslate()

    def _confirm(self) -> None:
        """Once: what comes of it is shown in its place."""
        if self.isVisible() and self._may_take:
            self._may_take = False
            self.retranslate()
            self.confirmed.emit()

    def retranslate(self) -> None:
        self.told = said(self._words)
        refused = self._examined is not None and self._examined.refused > 0
        self.confirm.setText(tr("Take the good rows") if refused else tr("Take all"))
        waits = self._is_working or self._may_take
        self.cancel.setText(tr("Cancel") if waits else tr("Back to the shift"))
        self.cancel.icon_ = Icon.CLOSE if waits else Icon.BACK
        self.confirm.setVisible(self._may_take)
        self.lines.setVisible(bool(self.lines.rows))
        self.lines.setAccessibleName(tr("Problems and notes"))
        self.say(tr("Import file"), self.told)
        self._arrange()
        self.update()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    @property
    def _middle_card(self) -> QRectF:
        top = _TITLE + _COUNTS + _GUTTER
        height = self.area.height() - top - _GUTTER - _FOOT - _GUTTER
        return QRectF(_MARGIN, top, self.area.width() - 2 * _MARGIN, max(0.0, height))

    @property
    def _foot(self) -> QRectF:
        return QRectF(_MARGIN, self.area.height() - _FOOT - _GUTTER, self.area.width() - 2 * _MARGIN, _FOOT)

    def _arrange(self) -> None:
        self.lines.place(self._middle_card.adjusted(1, 8, -1, -8), self.zoom)
        foot, right = self._foot, self._foot.right() - _PADDING
        top = foot.center().y() - BUTTON_HEIGHT / 2
        for button in (self.cancel, self.confirm):
            if not button.isHidden():
                width = button.wanted_width
                button.place(QRectF(right - width, top, width, BUTTON_HEIGHT), self.zoom)
                right -= width + 12
        self._foot_room = right - foot.left() - _PADDING

    _foot_room = 100.0

    def draw(self, canvas: Canvas) -> None:
        colors, room = canvas.palette, self.area.width() - 2 * _MARGIN
        canvas.painter.fillRect(self.area, colors.bg)
        taken = canvas.text(tr("Import file"), _MARGIN, _TITLE / 2, room, _HEADING)
        left = room - taken - 20
        name = metrics(BODY).elidedText(self._file, Qt.TextElideMode.ElideMiddle, left - 4)
        canvas.text(name, _MARGIN + taken + 20, _TITLE / 2 + 3, left, BODY, colors.muted)
        self._draw_counts(canvas)
        canvas.card(self._middle_card, colors.surface, colors.line)
        if self._examined is not None and not self.lines.rows:
            box = self._middle_card.adjusted(_PADDING, 8, -_PADDING, -8)
            canvas.paragraph(nothing_wrong(), box, BODY, colors.muted)
        canvas.card(self._foot, colors.surface, colors.line)
        box = QRectF(self._foot.left() + _PADDING, self._foot.top() + 6, self._foot_room, _FOOT - 12)
        ink = colors.fault if self._is_trouble else colors.text
        canvas.paragraph(self.told, box, BODY, ink, (17, 16, 15, 14, 13, 12))

    @property
    def counts(self) -> Sequence[tuple[str, int | None]]:
        """What is counted, and how many; None while that is not known."""
        one = self._examined
        is_taken = self._taken is not None
        second = self._taken if one is None or is_taken else one.takeable
        values = (one.rows, second, one.already_there, one.refused) if one else (None,) * 4
        taken = tr("Taken") if is_taken else tr("Can be taken")
        captions = (tr("Rows"), taken, tr("Bound already"), tr("Refused"))
        return tuple(zip(captions, values, strict=True))

    def _draw_counts(self, canvas: Canvas) -> None:
        colors, facts = canvas.palette, self.counts
        width = (self.area.width() - 2 * _MARGIN - 3 * _GUTTER) / len(facts)
        for number, (caption, value) in enumerate(facts):
            box = QRectF(_MARGIN + number * (width + _GUTTER), _TITLE, width, _COUNTS)
            canvas.card(box, colors.surface, colors.line)
            left, room = box.left() + 20, width - 40
            canvas.text(caption, left, box.top() + 24, room, CAPTION, colors.muted, smaller=(15, 14))
            ink = colors.fault if value and number == len(facts) - 1 else colors.text
            text = "–" if value is None else count(value)
            canvas.text(text, left, box.top() + 58, room, _NUMBER, ink, smaller=(24, 20))

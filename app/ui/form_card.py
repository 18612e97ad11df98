"""A card with fields in rows, what is said about them, and the button that carries it out.

As in the journal's form no scan can confirm anything: Enter and Space do nothing, Ctrl+Enter and a click do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.correction_form import ConfirmButton
from app.ui.icons import Icon
from app.ui.painted import Painted, Scaled
from app.ui.theme import CAPTION, PAGE_TITLE, Palette, text_width
from app.wording.language import Words, said, tr

PADDING = 24.0
_GUTTER = 16.0
_HEAD, _FOOT = 54.0, 58.0
_CAPTION = 22.0
_FIELD, _LOWEST_FIELD = 46.0, 36.0
_RIGHT = Qt.AlignmentFlag.AlignRight


class FormCard(Painted):
    """A subclass says with `add_row` what stands in it, and carries out in `submit`."""

    closed = Signal()
    answer_height = 76.0
    """For what is told over the buttons."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._rows: list[Sequence[Scaled]] = []
        self._captions: dict[Scaled, str] = {}
        self._hints: dict[Scaled, str] = {}
        self._title = self._told = ""
        self._is_refusal = False
        self._words: Words = ""
        self.confirm = ConfirmButton(palette, self)
        self.cancel = OutlineButton(palette, Icon.CLOSE, self)
        self.confirm.clicked.connect(self._submit)
        self.cancel.clicked.connect(lambda: self.closed.emit())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._submit)
        self.setVisible(False)

    def add_row(self, *parts: Scaled) -> None:
        """Parts side by side, each as wide as the others."""
        self._rows.append(parts)

    def put_in_order(self, *widgets: QWidget) -> None:
        """The Tab key goes through these, then through the buttons."""
        for first, second in pairwise([*widgets, self.confirm, self.cancel]):
            QWidget.setTabOrder(first, second)

    def caption(self, part: Scaled, text: str, hint: str = "") -> None:
        """What stands over a part; `hint` at its right end where there is room."""
        self._captions[part], self._hints[part] = text, hint
        self.update()

    def name(self, title: str, verb: str) -> None:
        self._title, self._told = title, said(self._words)
        self.confirm.setText(verb)
        self.cancel.setText(tr("Cancel"))
        self.say(title, self._told)
        self._arrange()

    def tell(self, text: Words, is_refusal: bool = False) -> None:
        self._words, self._told, self._is_refusal = text, said(text), is_refusal
        self.say(self._title, self._told)
        self.update()

    def show_refusal(self, text: Words) -> None:
        """What was entered stays, so that it can be put right."""
        self.tell(text, is_refusal=True)
        self.confirm.setEnabled(True)

    def allow(self, is_allowed: bool) -> None:
        """Whether a change may be made here; without it there are no buttons."""
        self.confirm.setVisible(is_allowed)
        self.cancel.setVisible(is_allowed)

    def submit(self) -> None:
        """Tells what was entered. Called once: `show_refusal` gives the button back."""
        raise NotImplementedError

    def _submit(self) -> None:
        if self.isVisible() and self.confirm.isEnabled() and not self.confirm.isHidden():
            first = self._rows[0][0] if self._rows else self
            if self.confirm.hasFocus():
                first.setFocus()
            self.confirm.setEnabled(False)
            self.submit()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    @property
    def _row_height(self) -> float:
        room = self.area.height() - _HEAD - self.answer_height - _FOOT
        row = room / max(1, len(self._rows))
        return max(_LOWEST_FIELD + _CAPTION + 2, min(_FIELD + _CAPTION + 12, row))

    def _arrange(self) -> None:
        whole, height = self.area.width() - 2 * PADDING, self._row_height
        field = min(_FIELD, height - _CAPTION - 2)
        for number, parts in enumerate(self._rows):
            width = (whole - _GUTTER * (len(parts) - 1)) / len(parts)
            for place, part in enumerate(parts):
                x, y = PADDING + place * (width + _GUTTER), _HEAD + number * height + _CAPTION
                part.place(QRectF(x, y, width, field), self.zoom)
        foot, wanted = self.area.height() - BUTTON_HEIGHT - 12, self.confirm.wanted_width
        self.confirm.place(QRectF(PADDING, foot, wanted, BUTTON_HEIGHT), self.zoom)
        width = self.cancel.wanted_width
        self.cancel.place(QRectF(PADDING + wanted + 12, foot, width, BUTTON_HEIGHT), self.zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, room = canvas.palette, self.area.width() - 2 * PADDING
        canvas.card(self.area, colors.surface, colors.line)
        canvas.text(self._title, PADDING, 28, room, PAGE_TITLE, smaller=(20, 18, 16))
        for part, text in self._captions.items():
            x, width = part.x() / self.zoom, part.width() / self.zoom
            middle = part.y() / self.zoom - 11
            taken = canvas.text(text, x, middle, width, CAPTION, colors.muted, smaller=(15,))
            hint = self._hints[part]
            if hint and taken + 12 + text_width(hint, CAPTION.sized(15)) <= width:
                canvas.text(hint, x + width, middle, width - taken - 12, CAPTION, colors.text, _RIGHT, (15,))
        top = self.area.height() - _FOOT - self.answer_height
        if not self.confirm.isHidden():
            canvas.painter.fillRect(QRectF(PADDING, self.area.height() - _FOOT - 4, room, 1), colors.line)
        color = colors.fault if self._is_refusal else colors.muted
        canvas.paragraph(
            self._told, QRectF(PADDING, top, room, self.answer_height - 8), CAPTION, color, (15,)
        )

"""The buttons for what a supervisor may put right about the chosen unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.correcting import Correction
from app.core.record import EventKind
from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, OutlineButton
from app.ui.icons import Icon
from app.ui.painted import Painted
from app.ui.theme import CAPTION, Palette
from app.wording.correcting import correction_verb
from app.wording.language import tr

_PADDING = 24.0

_ICONS = {
    EventKind.UNBOUND: Icon.LINK_BROKEN,
    EventKind.SCRAPPED: Icon.BIN,
    EventKind.REINSTATED: Icon.BACK,
    EventKind.SPOILED: Icon.LABEL_TORN,
    EventKind.RELEASED: Icon.KEY,
}


class CorrectionBar(Painted):
    """The buttons for what makes sense, in as many rows as they need; and what was answered last."""

    chosen = Signal(object)
    """A `Correction`."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.buttons: list[OutlineButton] = []
        self.corrections: Sequence[Correction] = ()
        self._done = ""
        self.setVisible(False)

    def show_corrections(self, corrections: Sequence[Correction], done: str = "") -> None:
        """`done` is the sentence of success."""
        if corrections != self.corrections:
            self._build(corrections)
        self._done = done
        self.setVisible(bool(corrections or done))
        self.say(done or tr("Corrections"))
        self.update()

    def _build(self, corrections: Sequence[Correction]) -> None:
        had_focus = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            button.setParent(None)
            button.deleteLater()
        self.corrections, self.buttons = corrections, []
        for correction in corrections:
            button = OutlineButton(self.colors, _ICONS[correction.kind], self)
            button.setText(correction_verb(correction))
            button.clicked.connect(partial(self.chosen.emit, correction))
            button.setVisible(True)
            self.buttons.append(button)
        if had_focus and self.buttons:
            self.buttons[0].setFocus()

    def retranslate(self) -> None:
        for button, correction in zip(self.buttons, self.corrections, strict=True):
            button.setText(correction_verb(correction))
        self._arrange()

    def height_in(self, width: float) -> float:
        if self.isHidden():
            return 0.0
        rows = self._rows(width)
        return 14 + (30 if self._done else 0) + rows * (BUTTON_HEIGHT + 8) + (6 if rows else 0)

    def _rows(self, width: float) -> int:
        return len({y for _, y in self._spots(width)})

    def _spots(self, width: float) -> list[tuple[float, float]]:
        x, y, spots = _PADDING, 12 + (30.0 if self._done else 0.0), []
        for button in self.buttons:
            if x > _PADDING and x + button.wanted_width > width - _PADDING:
                x, y = _PADDING, y + BUTTON_HEIGHT + 8
            spots.append((x, y))
            x += button.wanted_width + 8
        return spots

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        for button, (x, y) in zip(self.buttons, self._spots(self.area.width()), strict=True):
            button.place(QRectF(x, y, button.wanted_width, BUTTON_HEIGHT), self.zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.painter.fillRect(QRectF(0, 0, width, 1), colors.line)
        if self._done:
            canvas.text(
                self._done, _PADDING, 24, width - 2 * _PADDING, CAPTION.bold, colors.passed, smaller=(15,)
            )

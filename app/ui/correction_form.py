"""Putting right what was bound: the form with the reason.

No scan can confirm anything here. Enter and Space do nothing in the form: it is carried out by a click on its
button, or by Ctrl+Enter, which no scanner types.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.correcting import Correction, Named
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.controls import BUTTON_HEIGHT, OutlineButton, Segments
from app.ui.icons import Icon
from app.ui.line_field import LineField
from app.ui.painted import Painted, PaintedButton
from app.ui.theme import CAPTION, CARD_TITLE, Palette, Style, text_width
from app.wording.correcting import correction_meaning, correction_verb, named_word
from app.wording.language import tr

_PADDING = 24.0
_LABEL = Style(17, 600)
_HINT = Style(15, 500)
_KEYS = "Ctrl+Enter"


class ConfirmButton(PaintedButton):
    """Is pressed with the mouse alone; its keys are a shortcut of the form's."""

    @property
    def wanted_width(self) -> float:
        return 36 + text_width(self.text(), _LABEL) + 10 + text_width(_KEYS, _HINT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def draw(self, canvas: Canvas) -> None:
        colors, middle = canvas.palette, self.area.height() / 2
        enabled = self.isEnabled()
        canvas.card(self.area, colors.accent if enabled else colors.inset, colors.control, 1.5, 8)
        ink = colors.surface if enabled else colors.muted
        width = canvas.text(self.text(), 18, middle, self.area.width() - 30, _LABEL, ink)
        canvas.text(_KEYS, 18 + width + 10, middle, self.area.width() - width - 36, _HINT, ink)
        self.draw_focus(canvas, self.area)


class CorrectionForm(Painted):
    """Tells what is to be done and why; shows the answer in place."""

    confirmed = Signal(object, str)
    """A `Correction` and the reason."""
    closed = Signal()
    height_changed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.correction: Correction | None = None
        self._answer, self._is_refusal = "", False
        self.choice = Segments(palette, len(Named), self)
        self.reason = LineField(palette, self, prose=True)
        self.confirm = ConfirmButton(palette, self)
        self.cancel = OutlineButton(palette, Icon.CLOSE, self)
        self._named = Named.BOTH
        self.choice.chosen.connect(self._choose)
        self.reason.typed.connect(lambda _: self._allow())
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.close_form)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._confirm)
        self.setVisible(False)

    def open_form(self, correction: Correction) -> None:
        self.correction, self._named, self._answer = correction, Named.BOTH, ""
        self.choice.setVisible(correction.has_choice)
        self.choice.choose(0)
        self.reason.put("")
        self.retranslate()
        self._allow()
        self.setVisible(True)
        self.reason.edit.setFocus()

    def close_form(self) -> None:
        """Nothing is done."""
        if not self.isHidden():
            focused = self.window().focusWidget()
            self.had_focus = focused is not None and self.isAncestorOf(focused)
            self.setVisible(False)
            self.closed.emit()

    had_focus = False
    """When it was closed."""

    def show_refusal(self, sentence: str) -> None:
        """The reason stays, so that it can be put right."""
        self._answer = sentence
        self._allow()
        self.say(sentence)
        self.height_changed.emit()

    @property
    def wanted_height(self) -> float:
        return 196.0 + self._text_height + (56 if self.correction and self.correction.has_choice else 0)

    @property
    def _text(self) -> str:
        """What the act means, or why it was refused."""
        if self._answer or self.correction is None:
            return self._answer
        return correction_meaning(self.correction)

    @property
    def _text_height(self) -> float:
        return 22.0 * len(broken_into_lines(self._text, CAPTION, self.area.width() - 2 * _PADDING))

    def _choose(self, number: int) -> None:
        self._named = list(Named)[number]

    def _allow(self) -> None:
        self.confirm.setEnabled(bool(self.reason.text.strip()))

    def _confirm(self) -> None:
        """Once: the button comes back with the answer."""
        if self.correction is not None and self.confirm.isEnabled():
            if self.confirm.hasFocus():
                self.reason.setFocus()
            self.confirm.setEnabled(False)
            self.confirmed.emit(self.correction.of(self._named), self.reason.text)

    def retranslate(self) -> None:
        self.choice.name(tr("What is scrapped"), [named_word(named) for named in Named])
        self.reason.name(tr("Reason"))
        self.cancel.setText(tr("Cancel"))
        if self.correction is not None:
            self.confirm.setText(correction_verb(self.correction))
        self._arrange()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, y = self.area.width(), 48.0 + self._text_height
        if not self.choice.isHidden():
            self.choice.place(QRectF(_PADDING, y, width - 2 * _PADDING, 48), self.zoom)
            y += 56
        self._reason_top = y
        self.reason.place(QRectF(_PADDING, y + 24, width - 2 * _PADDING, 44), self.zoom)
        foot = self.area.height() - BUTTON_HEIGHT - 14
        wanted = self.confirm.wanted_width
        self.confirm.place(QRectF(_PADDING, foot, wanted, BUTTON_HEIGHT), self.zoom)
        self.cancel.place(
            QRectF(_PADDING + wanted + 12, foot, self.cancel.wanted_width, BUTTON_HEIGHT), self.zoom
        )

    _reason_top = 72.0

    def draw(self, canvas: Canvas) -> None:
        colors, width = canvas.palette, self.area.width()
        canvas.card(self.area.adjusted(0, -12, 0, 0), colors.inset, radius=11)
        canvas.painter.fillRect(QRectF(0, 0, width, 1), colors.line)
        if self.correction is None:
            return
        room = width - 2 * _PADDING
        canvas.text(correction_verb(self.correction), _PADDING, 24, room, CARD_TITLE)
        color = colors.fault if self._answer else colors.muted
        canvas.paragraph(self._text, QRectF(_PADDING, 38, room, self._text_height), CAPTION, color)
        canvas.text(tr("Reason"), _PADDING, self._reason_top + 12, room, CAPTION, colors.muted)

"""When the station uploads by itself, whose AccessKey it uses, and whether the connection works."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from app.ui.canvas import Canvas
from app.ui.controls import BUTTON_HEIGHT, SEGMENTS_HEIGHT, OutlineButton, Segments
from app.ui.icons import Icon
from app.ui.keys_form import KeysForm
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import BODY, CAPTION, PAGE_TITLE, Palette
from app.wording.language import tr

MINUTES = (0, 0, 5, 15, 60)
"""Between two uploads, as the choices give them; the first is never, the second only at shift close."""
_AT_CLOSE = 1
_PADDING = 24.0


class Keys(Enum):
    """Where AccessKey and AccessSecret are."""

    LOOKING = auto()
    MISSING = auto()
    STORED = auto()
    ENVIRONMENT = auto()
    TROUBLE = auto()


class Answer(Enum):
    """What is said at the foot, and how."""

    NONE = auto()
    WAITS = auto()
    GOOD = auto()
    BAD = auto()


class UploadSettingsCard(Painted):
    """Reports what people press; shows what is so."""

    chosen = Signal(bool, int)
    """Whether at shift close, and the minutes between two uploads (0: not by the clock)."""
    test_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self._may_manage = False
        self._keys, self._trouble = Keys.LOOKING, ""
        self._told, self._answer = "", Answer.NONE
        self.enter = OutlineButton(palette, Icon.KEY, self)
        self.forget = OutlineButton(palette, Icon.BIN, self)
        self.when = Segments(palette, len(MINUTES), self)
        self.test = OutlineButton(palette, Icon.LINK, self)
        self.form = KeysForm(palette, self)
        self.enter.clicked.connect(self.form.begin)
        self.forget.clicked.connect(lambda: self.forget_wanted.emit())
        self.test.clicked.connect(lambda: self.test_wanted.emit())
        self.when.chosen.connect(lambda number: self.chosen.emit(number >= _AT_CLOSE, MINUTES[number]))
        self.retranslate()

    def show_choice(self, at_shift_close: bool, minutes: int) -> None:
        """The nearest choice is shown."""
        number = _AT_CLOSE if at_shift_close else 0
        if minutes:
            later = range(_AT_CLOSE + 1, len(MINUTES))
            number = min(later, key=lambda one: abs(MINUTES[one] - minutes))
        self.when.choose(number)

    def show_keys(self, keys: Keys, trouble: str = "") -> None:
        """`trouble` is why the key store could not be asked."""
        self._keys, self._trouble = keys, trouble
        self.retranslate()

    def show_answer(self, text: str, answer: Answer) -> None:
        self._told, self._answer = text, answer
        self.say(tr("Upload"), text)
        if answer in (Answer.GOOD, Answer.BAD):
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._show()

    def show_rights(self, may_manage: bool) -> None:
        self._may_manage = may_manage
        if not may_manage:
            self.form.end()
        self._show()

    def _show(self) -> None:
        may = self._may_manage
        self.enter.setVisible(may and self._keys not in (Keys.ENVIRONMENT, Keys.LOOKING))
        self.forget.setVisible(may and self._keys is Keys.STORED)
        self.test.setVisible(may)
        self.test.setEnabled(self._answer is not Answer.WAITS)
        self.when.setEnabled(may)
        self._arrange()
        self.update()

    @property
    def keys_text(self) -> str:
        return {
            Keys.LOOKING: tr("The key store of this PC is being asked."),
            Keys.MISSING: tr("Not on this PC yet"),
            Keys.STORED: tr("In the key store of this PC"),
            Keys.ENVIRONMENT: tr("From the environment of this program; it goes before the key store"),
            Keys.TROUBLE: self._trouble,
        }[self._keys]

    def retranslate(self) -> None:
        self.say(tr("Upload"), self._told)
        self.enter.setText(tr("Replace") if self._keys is Keys.STORED else tr("Enter"))
        self.forget.setText(tr("Remove"))
        self.test.setText(tr("Test the connection"))
        minutes = [tr("{count} min").format(count=number) for number in MINUTES[_AT_CLOSE + 1 :]]
        self.when.name(tr("Uploads by itself"), [tr("Never"), tr("At shift close"), *minutes])
        self.form.retranslate()
        self._show()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, zoom, right = self.area.width(), self.zoom, self.area.width() - _PADDING
        self.when.place(QRectF(_PADDING, 78, width - 2 * _PADDING, SEGMENTS_HEIGHT), zoom)
        for button in (self.forget, self.enter):
            if not button.isHidden():
                wanted = button.wanted_width
                button.place(QRectF(right - wanted, 178, wanted, BUTTON_HEIGHT), zoom)
                right -= wanted + 10
        self._keys_room = right - _PADDING - 34
        wanted = self.test.wanted_width
        self.test.place(QRectF(_PADDING, 250, wanted, BUTTON_HEIGHT), zoom)
        self.form.place(self.area, zoom)

    _keys_room = 100.0

    def draw(self, canvas: Canvas) -> None:
        colors, room = canvas.palette, self.area.width() - 2 * _PADDING
        canvas.card(self.area, colors.surface, colors.line)
        canvas.text(tr("Upload"), _PADDING, 28, room, PAGE_TITLE)
        canvas.text(tr("Uploads by itself"), _PADDING, 62, room, CAPTION, colors.muted)
        canvas.text(tr("AccessKey and AccessSecret"), _PADDING, 156, room, CAPTION, colors.muted)
        self._draw_sign(canvas, QPointF(_PADDING + 11, 200), self._sign_of_keys)
        box = QRectF(_PADDING + 34, 164, self._keys_room, 72)
        canvas.paragraph(self.keys_text, box, BODY, colors.text, (17, 16, 15, 14, 13))
        if self._told:
            left, top = _PADDING, 302.0
            if self._answer is not Answer.NONE:
                self._draw_sign(canvas, QPointF(left + 11, top + 44), self._sign_of_answer)
                left += 34
            box = QRectF(left, top, self.area.width() - _PADDING - left, 88)
            canvas.paragraph(self._told, box, BODY, colors.text, (17, 16, 15, 14))

    @property
    def _sign_of_keys(self) -> Mark:
        good = (Keys.STORED, Keys.ENVIRONMENT)
        if self._keys in good:
            return Mark.PASS
        return Mark.WARNING if self._keys is Keys.TROUBLE else Mark.WAITING

    @property
    def _sign_of_answer(self) -> Mark:
        return {Answer.GOOD: Mark.PASS, Answer.BAD: Mark.FAULT}.get(self._answer, Mark.WAITING)

    def _draw_sign(self, canvas: Canvas, center: QPointF, mark: Mark) -> None:
        colors = canvas.palette
        fills = {Mark.PASS: colors.passed, Mark.FAULT: colors.fault, Mark.WARNING: colors.warning_fill}
        sign = colors.text if mark is Mark.WARNING else colors.surface
        canvas.mark(mark, center, 22, fills.get(mark, colors.muted), sign)

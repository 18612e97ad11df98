"""The first start: somebody must be there who may do everything, or nobody signs in at all."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import Reason
from app.station.view import StationView
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.controls import SEGMENTS_HEIGHT, FilledButton, OutlineButton, Segments
from app.ui.notice import NOTICE_HEIGHT, Notice
from app.ui.painted import Painted
from app.ui.person_form import PersonForm
from app.ui.theme import BODY, CAPTION, PAGE_TITLE, Palette
from app.wording import language
from app.wording.language import LANGUAGES, tr
from app.wording.reasons import sentence

_MARGIN, _GUTTER, _PADDING = 24.0, 16.0, 24.0
_BUTTON = 52.0
_FORM_TOP = 100.0
_LEADING = 26.0


class FirstStartPage(Painted):
    """Stands before all others until there is a supervisor, or the workshop works without sign-in."""

    supervisor_entered = Signal(object)
    """A `PersonDraft`."""
    no_sign_in_chosen = Signal()
    language_chosen = Signal(str)
    """A code of `LANGUAGES`."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.form = PersonForm(palette, self, with_role=False)
        self.notice = Notice(palette, self)
        self.begin_button = FilledButton(palette, self)
        self.without = OutlineButton(palette, None, self)
        self.language = Segments(palette, len(LANGUAGES), self)
        self.form.submitted.connect(self._enter)
        self.form.edited.connect(lambda: self.notice.show_text(""))
        self.begin_button.clicked.connect(self._enter)
        self.without.clicked.connect(lambda: self.no_sign_in_chosen.emit())
        codes = list(LANGUAGES)
        self.language.chosen.connect(lambda number: self.language_chosen.emit(codes[number]))
        self.form.begin()
        self.retranslate()

    def _enter(self) -> None:
        if self.begin_button.isEnabled():
            self.begin_button.setEnabled(False)
            self.supervisor_entered.emit(self.form.draft)

    def show_refusal(self, reason: Reason) -> None:
        self.begin_button.setEnabled(True)
        self.notice.show_text(partial(sentence, reason))

    def begin(self) -> None:
        """Nothing is entered yet."""
        self.notice.show_text("")
        self.begin_button.setEnabled(True)
        self.form.begin()
        self.form.focus_first()

    def show_view(self, _view: StationView) -> None:
        """It says the same whatever the station does."""

    def retranslate(self) -> None:
        self.begin_button.setText(tr("Begin as supervisor"))
        self.without.setText(tr("Work without sign-in"))
        self.language.name(tr("Language"), list(LANGUAGES.values()))
        self.language.choose(list(LANGUAGES).index(language.current()))
        self.form.retranslate()
        self.notice.retranslate()
        self._arrange()
        self.update()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        zoom = self.zoom
        left, right = self._cards
        room = left.width() - 2 * _PADDING
        x, bottom = left.left() + _PADDING, left.bottom() - _PADDING + 4
        self.form.place(QRectF(x, _FORM_TOP + left.top(), room, 250), zoom)
        self.begin_button.place(QRectF(x, bottom - _BUTTON, room, _BUTTON), zoom)
        notice = QRectF(x, bottom - _BUTTON - 12 - NOTICE_HEIGHT, room, NOTICE_HEIGHT)
        self.notice.place(notice, zoom)
        room, x = right.width() - 2 * _PADDING, right.left() + _PADDING
        top = right.top() + 76 + len(self._told(room)) * _LEADING + 4
        self.without.place(QRectF(x, top, room, _BUTTON), zoom)
        self.language.place(QRectF(x, bottom - SEGMENTS_HEIGHT, room, SEGMENTS_HEIGHT), zoom)

    @property
    def _cards(self) -> tuple[QRectF, QRectF]:
        whole, height = self.area.width() - 2 * _MARGIN - _GUTTER, self.area.height() - 2 * _GUTTER
        left = QRectF(_MARGIN, _GUTTER, round(whole * 0.58), height)
        return left, QRectF(left.right() + _GUTTER, _GUTTER, whole - left.width(), height)

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.painter.fillRect(self.area, colors.bg)
        left, right = self._cards
        for card in (left, right):
            canvas.card(card, colors.surface, colors.line)
        self._draw_left(canvas, left)
        self._draw_right(canvas, right)

    def _draw_left(self, canvas: Canvas, card: QRectF) -> None:
        x, room = card.left() + _PADDING, card.width() - 2 * _PADDING
        canvas.text(tr("First start: who is the supervisor?"), x, card.top() + 34, room, PAGE_TITLE)
        told = tr("May do everything here, and adds the others.")
        canvas.text(told, x, card.top() + 68, room, BODY, canvas.palette.muted, smaller=(17, 16, 15))

    def _draw_right(self, canvas: Canvas, card: QRectF) -> None:
        colors, x, room = canvas.palette, card.left() + _PADDING, card.width() - 2 * _PADDING
        canvas.text(tr("A workshop of one person?"), x, card.top() + 34, room, PAGE_TITLE, smaller=(20, 18))
        canvas.lines(self._told(room), x, card.top() + 76, _LEADING, room + 1, BODY, colors.muted)
        caption = card.bottom() - _PADDING + 4 - SEGMENTS_HEIGHT - 18
        canvas.text(tr("Language"), x, caption, room, CAPTION.bold, colors.muted)

    def _told(self, room: float) -> list[str]:
        told = tr(
            "Then nobody need sign in. Everybody may do everything, and every record says that nobody "
            "signed in, instead of a name. This can be changed later under People."
        )
        return broken_into_lines(told, BODY, room)

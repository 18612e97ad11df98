"""The card in which somebody is added, changed or retired."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.errors import Reason
from app.station.sign_in import Member
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.controls import BUTTON_HEIGHT, FilledButton, OutlineButton
from app.ui.notice import NOTICE_HEIGHT, Notice
from app.ui.painted import Painted
from app.ui.person_form import PersonForm
from app.ui.theme import BODY, PAGE_TITLE, Palette
from app.wording.language import Words, tr
from app.wording.reasons import sentence

_PADDING = 24.0
_FORM_TOP, _FORM_HEIGHT = 64.0, 340.0
_BETWEEN = 12.0


class Task(Enum):
    """What the card is there for now."""

    NOTHING = auto()
    ADD = auto()
    CHANGE = auto()
    RETIRE = auto()
    """To be confirmed, in its place."""


class PersonEditor(Painted):
    """Takes scans while somebody is added or changed: they are the badge."""

    add_entered = Signal(object)
    """A `PersonDraft`."""
    change_entered = Signal(object)
    """A `PersonDraft`."""
    retire_confirmed = Signal(str)
    closed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.form = PersonForm(palette, self, with_role=True)
        self.notice = Notice(palette, self)
        self.save, self.cancel = FilledButton(palette, self), OutlineButton(palette, None, self)
        self.retire = OutlineButton(palette, None, self)
        self.confirm, self.keep = FilledButton(palette, self), OutlineButton(palette, None, self)
        self.confirm.grave = True
        self._task = Task.NOTHING
        self._member: Member | None = None
        self._connect()
        self.retranslate()
        self.close_form()

    def _connect(self) -> None:
        self.form.submitted.connect(self._save)
        self.form.edited.connect(lambda: self.notice.show_text(""))
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self._cancel)
        self.retire.clicked.connect(lambda: self._begin(Task.RETIRE))
        self.keep.clicked.connect(lambda: self._begin(Task.CHANGE))
        self.confirm.clicked.connect(self._confirm)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(self._save)

    @property
    def is_begun(self) -> bool:
        """Something was entered that is not saved yet."""
        return self.takes_scans and self.form.is_begun

    @property
    def changed(self) -> str | None:
        """Who is changed or retired."""
        return self._member.name if self._member else None

    def keep_entered(self) -> None:
        """Something else is wanted; what was entered here is not thrown away for that."""
        self.notice.show_text(tr("Save first what was entered here, or press Cancel."))
        self.form.focus_first()

    @property
    def takes_scans(self) -> bool:
        return self._task in (Task.ADD, Task.CHANGE)

    # --- what it is there for

    def add(self) -> None:
        self._member = None
        self.form.begin()
        self._begin(Task.ADD)
        self.form.focus_first()

    def change(self, member: Member) -> None:
        self._member = member
        self.form.begin(member)
        self._begin(Task.CHANGE)

    def close_form(self, done: Words = "") -> None:
        """`done` says what was done."""
        self._member = None
        self.form.begin()
        self._begin(Task.NOTHING)
        self.notice.show_text(done, good=True)

    def _begin(self, task: Task) -> None:
        self._task = task
        self._wait(False)
        self.notice.show_text("")
        self.form.setVisible(self.takes_scans)
        self.save.setVisible(self.takes_scans)
        self.cancel.setVisible(self.takes_scans)
        self.retire.setVisible(task is Task.CHANGE)
        for button in (self.confirm, self.keep):
            button.setVisible(task is Task.RETIRE)
        if task is Task.RETIRE:
            self.keep.setFocus()
        self.retranslate()

    def show_refusal(self, reason: Reason) -> None:
        self._wait(False)
        self.notice.show_text(partial(sentence, reason))

    def _wait(self, waiting: bool) -> None:
        """What was entered is entered once."""
        self.save.setEnabled(not waiting)
        self.confirm.setEnabled(not waiting)

    def _save(self) -> None:
        if not self.takes_scans or not self.save.isEnabled():
            return
        if self.save.hasFocus():
            self.form.focus_first()
        self._wait(True)
        (self.add_entered if self._task is Task.ADD else self.change_entered).emit(self.form.draft)

    def _cancel(self) -> None:
        self.close_form()
        self.closed.emit()

    def _confirm(self) -> None:
        if self._member is not None:
            self._wait(True)
            self.retire_confirmed.emit(self._member.name)

    # --- texts and places

    def retranslate(self) -> None:
        self.form.retranslate()
        self.notice.retranslate()
        self.save.setText(tr("Add") if self._task is Task.ADD else tr("Save"))
        self.cancel.setText(tr("Cancel"))
        self.retire.setText(tr("Retire"))
        self.keep.setText(tr("Keep"))
        self.confirm.setText(tr("Retire"))
        self.say(self._title)
        self._arrange()
        self.update()

    @property
    def _title(self) -> str:
        if self._task is Task.ADD:
            return tr("New person")
        return self._member.name if self._member else tr("One person")

    @property
    def _told(self) -> str:
        if self._task is Task.RETIRE:
            return tr(
                "{name} may not sign in any more then. What they did stays on record under their name."
            ).format(name=self._title)
        if self._task is Task.NOTHING:
            return tr("Choose somebody to change, or add a person.")
        return ""

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        zoom, area = self.zoom, self.area
        room, bottom = area.width() - 2 * _PADDING, area.height() - 16
        self.form.place(QRectF(_PADDING, _FORM_TOP, room, _FORM_HEIGHT), zoom)
        top = bottom - BUTTON_HEIGHT
        self.notice.place(QRectF(_PADDING, top - _BETWEEN - NOTICE_HEIGHT, room, NOTICE_HEIGHT), zoom)
        third = (room - 2 * _BETWEEN) / 3
        for number, button in enumerate((self.save, self.cancel, self.retire)):
            button.place(QRectF(_PADDING + number * (third + _BETWEEN), top, third, BUTTON_HEIGHT), zoom)
        half = (room - _BETWEEN) / 2
        for number, button in enumerate((self.confirm, self.keep)):
            box = QRectF(_PADDING + number * (half + _BETWEEN), _FORM_TOP + 128, half, BUTTON_HEIGHT)
            button.place(box, zoom)

    def draw(self, canvas: Canvas) -> None:
        colors, room = canvas.palette, self.area.width() - 2 * _PADDING
        canvas.card(self.area, colors.surface, colors.line)
        canvas.text(self._title, _PADDING, 34, room, PAGE_TITLE)
        if self._told:
            lines = broken_into_lines(self._told, BODY, room)
            canvas.lines(lines, _PADDING, _FORM_TOP + 14, 25, room + 1, BODY, colors.muted)

"""A field into which a number is typed by hand: nothing is pasted, dropped or scanned into it.

The wedge keeps scans from every field; a scanner that is slower than it knows is told by its pace here.
"""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.line_field import LineField
from app.ui.theme import Palette, Style

_HAND_MS = 80
"""People type a key in more than this, scanners in less."""
_KEYS = 6
"""So many keys show a pace."""
_LONGEST = 80
_LETTERS = Style(20, 600, mono=True)


class HandPace:
    """Tells a hand by the time between its keys; one for all fields of a form."""

    def __init__(self) -> None:
        self._times: deque[int] = deque(maxlen=_KEYS)

    def is_too_fast(self, event: QKeyEvent) -> bool:
        """Whether no hand typed this key and those before it."""
        if not event.text() or not event.text().isprintable() or event.isAutoRepeat():
            return False
        self._times.append(event.timestamp())
        return len(self._times) == _KEYS and self._times[-1] - self._times[0] < (_KEYS - 1) * _HAND_MS


class TypedField(LineField):
    """What was typed is covered while another field has the focus: it is read from the label again."""

    too_fast = Signal()

    def __init__(self, palette: Palette, parent: QWidget, pace: HandPace) -> None:
        super().__init__(palette, parent)
        self._pace, self._style = pace, _LETTERS
        self.edit.setMaxLength(_LONGEST)
        self.edit.setAcceptDrops(False)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.installEventFilter(self)
        self.edit.focus_changed.connect(self._cover)

    def put(self, text: str) -> None:
        super().put(text)
        self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Paste):
                return True
            if self._pace.is_too_fast(event):
                self.too_fast.emit()
                return True
        if isinstance(event, QMouseEvent):
            return event.button() == Qt.MouseButton.MiddleButton  # X11 pastes by it
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        shown = self.edit.hasFocus() or not self.text
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

"""Input methods are kept away from scans: composition and dead keys eat keys before any filter sees them."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent

PROSE = "prose"
"""Dynamic property: True on a field in which people write sentences lets their input method in. A scan made
into such a field may not be rebuilt."""


class InputMethodRefusal(QObject):
    """Answers for whatever has the focus that it takes no input method, `strict` also for prose."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._strict = False
        application = cast("QGuiApplication", QGuiApplication.instance())
        application.focusObjectChanged.connect(self._watch)
        self._watch(application.focusObject())

    @property
    def strict(self) -> bool:
        return self._strict

    @strict.setter
    def strict(self, value: bool) -> None:
        self._strict = value
        self._watch(QGuiApplication.focusObject())

    def _watch(self, focus: QObject | None) -> None:
        if focus is not None:
            focus.installEventFilter(self)
            QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImEnabled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QInputMethodQueryEvent) or (watched.property(PROSE) and not self._strict):
            return False
        event.setValue(Qt.InputMethodQuery.ImEnabled, False)
        event.accept()
        return True

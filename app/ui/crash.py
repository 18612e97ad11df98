"""What happens after an error in the window that nobody expected: it is logged, told, and binding stops."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtWidgets import QWidget

from app.station.view import StationView
from app.ui.canvas import Canvas, broken_into_lines
from app.ui.marks import Mark
from app.ui.painted import Painted
from app.ui.theme import INSTRUCTION, SENTENCE, Palette, Style
from app.wording.language import tr

_log = logging.getLogger(__name__)


class CrashGuard(QObject):
    """Takes what no other code has caught; may be called from any thread."""

    crashed = Signal(str)
    """The kind of the error and what it says, for people who will look into it."""

    def install(self) -> None:
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def _take_from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("unexpected error", exc_info=(kind, error, trace))
        self.crashed.emit(f"{kind.__name__}: {error}")


class CrashPage(Painted):
    """Stands in the place of all pages until the program is started again."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._detail = ""

    def show_crash(self, detail: str) -> None:
        """The first error counts: what follows may be its consequence."""
        self._detail = self._detail or detail
        self.say(f"{tr('Binding has stopped')}. {self._what_to_do}", self._detail)
        self.update()

    def show_view(self, _view: StationView) -> None:
        """It says the same whatever the station does."""

    @property
    def _what_to_do(self) -> str:
        return tr(
            "The program met an error. Nothing is bound any more: call help, and start the program again."
        )

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.painter.fillRect(self.area, colors.fault)
        middle = self.area.height() / 2 - 60
        canvas.mark(Mark.FAULT, QPointF(140, middle), 125, colors.surface, colors.fault)
        room = self.area.width() - 246 - 48
        canvas.text(tr("Binding has stopped"), 246, middle - 30, room, INSTRUCTION, colors.surface)
        lines = broken_into_lines(self._what_to_do, SENTENCE, room)
        canvas.lines(lines, 246, middle + 40, 46, room + 1, SENTENCE, colors.surface)
        style = Style(18, 400, mono=True)
        below = middle + 40 + 46 * len(lines) + 14
        canvas.lines(
            broken_into_lines(self._detail, style, room)[:4], 246, below, 26, room + 1, style, colors.surface
        )

"""Long work beside the window: it tells how far it is, and can be called off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

Progress = Callable[[int, int], bool]
"""`progress(done, total)` returns False once somebody called the work off."""


class Background(QObject):
    """One piece of work on a thread of its own. Signals arrive in the thread that made this object."""

    progressed = Signal(int, int)
    """Done so far, of how many."""
    finished = Signal(object)
    """A `Future` with the result or what was raised."""
    _done = Signal(object)

    def __init__(
        self, work: Callable[[Progress], Any], parent: QObject | None = None, *, may_be_left: bool = False
    ) -> None:
        """`may_be_left`: the end of the program does not wait for it. For what waits for others and writes
        nothing."""
        super().__init__(parent)
        self._work = work
        self._result: Future[Any] = Future()
        self._called_off = threading.Event()
        self._thread = threading.Thread(target=self._run, name="background", daemon=may_be_left)
        self._done.connect(self._tell)

    def start(self) -> None:
        """It lives until it has told its end, whoever lets go of it: never is it destroyed by its thread."""
        _running.add(self)
        self._thread.start()

    def cancel(self) -> None:
        """The work learns of it at its next report."""
        self._called_off.set()

    def wait(self, patience: float | None = None) -> None:
        """Returns when the thread has ended, or after so many seconds."""
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        try:
            self._result.set_result(self._work(self._report))
        except Exception as error:  # noqa: BLE001  handed to whoever waits for it
            self._result.set_exception(error)
        self._done.emit(self._result)

    def _report(self, done: int, total: int) -> bool:
        self.progressed.emit(done, total)
        return not self._called_off.is_set()

    @Slot(object)
    def _tell(self, result: Future[Any]) -> None:
        self._thread.join()
        _running.discard(self)
        self.finished.emit(result)


_running: set[Background] = set()

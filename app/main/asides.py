"""Questions to the network and the key store, beside the window: nobody can say how long they take."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from app.core.errors import Reason, StationError
from app.ui.background import Background

_PATIENCE = 1.0
"""Seconds that the end of the program waits for each."""

Result = TypeVar("Result")


class Asides:
    """Any number at a time. The end of the program waits for none of them for long."""

    def __init__(self) -> None:
        self._running: set[Background] = set()
        self._is_over = False

    def do(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """`then` hears what came of it, in the window's thread."""

        def settle(done: Future[Result]) -> None:
            self._running.discard(running)
            if not self._is_over:
                then(done.result())

        running = Background(lambda _: work(), may_be_left=True)
        self._running.add(running)
        running.finished.connect(settle)
        running.start()

    def close(self) -> None:
        self._is_over = True
        for work in tuple(self._running):
            work.wait(_PATIENCE)


def reason_against(work: Callable[[], object]) -> Reason | None:
    """Does it; why that was refused or went wrong."""
    try:
        work()
    except StationError as error:
        return error.reason
    return None

"""Ctrl+C in long works that end between two steps, never within one."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event


@contextmanager
def called_off() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl+C was pressed meanwhile; pressed again it ends the program. For the main thread."""
    pressed = Event()

    def note(_number: int, _frame: object) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, usual)

    usual = signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, usual)

"""How far a long work is, and whether to go on with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.ports.relationship import Cancelled

Progress = Callable[[int, int], bool]
"""Called with what is done and the total; returns False to cancel."""

WHOLE = 1000
"""Parts into which a work of several steps is divided."""

_STEPS_BETWEEN_QUESTIONS = 1_000_000
"""Of SQLite's virtual machine: tens of milliseconds."""


def go_on(done: int, total: int) -> bool:
    """The progress that nobody watches."""
    return True


def part_of(progress: Progress, first: int, last: int) -> Progress:
    """The progress of one step, which takes the whole work from `first` to `last` thousandths."""
    return lambda done, total: progress(first + (last - first) * done // max(1, total), WHOLE)


def ask(progress: Progress, done: int, total: int) -> None:
    """Raises `Cancelled` where the work is not to go on."""
    if not progress(done, total):
        raise Cancelled


@contextmanager
def watched(connection: sqlite3.Connection, progress: Progress) -> Iterator[None]:
    """A question to SQLite that takes long and cannot say how far it is. Raises `Cancelled`."""
    cancelled = False

    def stop() -> bool:
        nonlocal cancelled
        cancelled = not progress(0, 1)
        return cancelled

    connection.set_progress_handler(stop, _STEPS_BETWEEN_QUESTIONS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if cancelled:
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)

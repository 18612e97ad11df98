"""Work on many things, spread over the processor's cores; threads would take turns, so in processes."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from app.core.errors import Faulted, Why, because

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH = 2000
"""Fewer are done before other processes would have started."""
_SMALL_PART, _LARGE_PART = 25, 250
_MOST_PROCESSES = 4


def spread(work: Callable[[list[Item]], Result], items: Collection[Item]) -> Iterator[Result]:
    """The results for one part of the items after the other, in order.

    `work` and what it takes and gives must be picklable, its errors too.

    Raises:
        Faulted: a process was ended from outside, such as by a system that has run out of memory.
    """
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if len(items) < _WORTH or processes == 1:
        yield from map(work, _parts(items, _SMALL_PART))
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _be_a_helper) as pool:
        try:
            yield from _ahead(pool, work, _parts(items, _LARGE_PART), processes + 1)
        except BrokenProcessPool as error:
            raise Faulted(because(Why.CODE_MAKER_ENDED)) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


def _ahead(
    pool: ProcessPoolExecutor, work: Callable[[list[Item]], Result], parts: Iterator[list[Item]], ahead: int
) -> Iterator[Result]:
    """No further ahead than the processes need: progress is seen as it is, and a cancelled work ends soon."""
    waiting: deque[Future[Result]] = deque()
    for part in parts:
        with _interrupts_held():
            waiting.append(pool.submit(work, part))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process that is started meanwhile never sees Ctrl+C: whoever started it decides. Windows has no such
    thing, and needs `_be_a_helper`."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _be_a_helper() -> None:
    """Ctrl+C is not for this process; and it does not outlive the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)

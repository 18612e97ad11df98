"""What holds for every test: no screen is needed, and no thread is left behind."""

from __future__ import annotations

import gc
import itertools
import os
import threading
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# how long an example takes is the machine's matter
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Qt's offscreen platform says this of every window; it is no fault of ours."""
    says = r"This plugin does not support (propagateSizeHints\(\)|raise\(\)|grabbing the keyboard)"
    item.add_marker(pytest.mark.qt_log_ignore(says))


_TESTS_BETWEEN_FULL_COLLECTIONS = 50
_tests_done = itertools.count(1)


def pytest_sessionstart() -> None:
    """As in the window: what belongs to Qt is never destroyed by another thread, see app/ui/garbage.py."""
    gc.disable()


def pytest_runtest_teardown() -> None:
    gc.collect(1 if next(_tests_done) % _TESTS_BETWEEN_FULL_COLLECTIONS else 2)


@pytest.fixture(autouse=True)
def _no_thread_is_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left, f"the test left threads behind: {', '.join(left)}"

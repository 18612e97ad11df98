"""Work beside the window ends in the window's thread, and so does what belongs to Qt."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from concurrent.futures import Future

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.background import Background, Progress
from app.ui.garbage import GarbageCollector, collect_what_is_due

PROGRAM = """
import gc, sys, threading
from PySide6.QtCore import QObject, QTimer
from app.ui.application import Application

application = Application()
for _ in range(200):
    one = QTimer()
    one.start(5)
    one.itself = one  # a cycle, which only the collector takes away
del one
worker = threading.Thread(target=lambda: [[] for _ in range(300_000)] and None)
worker.start()
worker.join()
left = sum(isinstance(one, QTimer) and hasattr(one, "itself") for one in gc.get_objects())
print(left, flush=True)
QTimer.singleShot(1500, application._end)
application.run()
print(sum(isinstance(one, QTimer) and hasattr(one, "itself") for one in gc.get_objects()), flush=True)
"""


def test_cycles_are_left_alone_by_other_threads_and_collected_by_the_window_s() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ["200", "0"]
    assert "another thread" not in done.stderr


def test_what_is_due_is_collected(qtbot: QtBot) -> None:
    collector = GarbageCollector()
    assert not gc.isenabled()
    gc.collect()
    kept = [[] for _ in range(2000)]  # type: ignore[var-annotated]
    collect_what_is_due()
    assert gc.get_count()[0] < 700
    assert len(kept) == 2000
    collector.deleteLater()


def test_work_that_nobody_holds_any_more_lives_until_it_has_told_its_end(qtbot: QtBot) -> None:
    ended: list[tuple[int, str]] = []
    go_on = threading.Event()

    def work(progress: Progress) -> int:
        go_on.wait(10)
        return 7

    def begin() -> None:
        background = Background(work)

        def told(done: Future[int]) -> None:
            ended.append((done.result(), threading.current_thread().name))

        def gone(_gone: QObject | None = None) -> None:
            ended.append((0, threading.current_thread().name))

        background.finished.connect(told)
        background.destroyed.connect(gone)
        background.start()

    begin()
    gc.collect()
    go_on.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended[0] == (7, threading.main_thread().name)

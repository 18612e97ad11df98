"""A million rows out of the window and into it: how long, how alive the window stays, how much memory.

    python -m tests.soak.window_million [--rows 1000000]

Real window (offscreen without DISPLAY), real station, real files. A timer of the window's own thread ticks
every 10 ms: the largest gap between two ticks is the longest that a click would have waited. Goals: gaps that
nobody notices, progress that moves, a cancel that is obeyed and leaves nothing, and at most 300 MB above the
idle window. Each job runs in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.core.relationship import FileKind
from app.core.selection import Selection
from app.main.place import Place
from app.main.window import StationWindow
from app.ui.pages import PageName
from tests.adapters.journals import STAMP
from tests.benchmarks.bulk import make_journal
from tests.benchmarks.imports import HEADER, in_order

_TICK_MS = 10
_GOAL_MB = 300
_STATUS, _FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass
class Watch:
    """Everything that is seen of one piece of work, in the window's own thread."""

    told: Callable[[], str]
    """What the page says of the work."""
    gaps: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def until(self, holds: Callable[[], bool]) -> float:
        """Seconds until it is so."""
        begun = last = time.perf_counter()
        loop, owner = QEventLoop(), QObject()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            self.gaps.append(now - last)
            last = now
            if not self.said or self.said[-1] != self.told():
                self.said.append(self.told())
            if holds():
                loop.quit()

        timer = QTimer(owner, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start()
        loop.exec()
        return time.perf_counter() - begun


def _memory(what: str) -> int:
    """Megabytes: `VmRSS` now, `VmHWM` at most since `_forget`."""
    found = re.search(rf"{what}:\s+(\d+)", _STATUS.read_text())
    return int(found[1]) >> 10 if found else 0


def _forget() -> int:
    """From now on `VmHWM` counts anew. What the window has when it is idle."""
    _FORGET.write_text("5")
    return _memory("VmRSS")


class Job:
    """A window on this folder, with the shift's page in front."""

    def __init__(self, folder: Path) -> None:
        self.place = Place(folder)
        self.place.settings = self.place.settings.__class__(station="7", sign_in=False, language="en")
        self._lock = self.place.alone()
        self._lock.__enter__()
        self.shown = StationWindow(self.place, "")
        self.shown.open()
        self.shown.window.show_page(PageName.SHIFT)
        self.desk = self.shown.shift_desk
        self.until_idle = Watch(lambda: "").until
        self.until_idle(lambda: self.shown.window.view.station == "7")
        begun = time.perf_counter()
        self.until_idle(lambda: time.perf_counter() - begun > 2)
        self.idle = _forget()

    def close(self) -> None:
        self.shown.close()
        self._lock.__exit__(None, None, None)

    def report(self, what: str, seconds: float, watch: Watch) -> None:
        gaps, most = sorted(1e3 * gap for gap in watch.gaps), _memory("VmHWM")
        print(
            f"{what}: {seconds:.1f} s; {len(watch.said)} steps of progress; gaps between ticks: largest "
            f"{gaps[-1]:.0f} ms, 99 % within {gaps[len(gaps) * 99 // 100]:.0f} ms; memory {most} MB at most, "
            f"{most - self.idle} above idle (goal {_GOAL_MB}); at the end: {watch.said[-1]}",
            flush=True,
        )
        self.idle = _forget()


def export(folder: Path, kind: FileKind) -> None:
    """All units into one file; then once more, called off in the middle."""
    job = Job(folder)
    card = job.desk.page.export
    card.choice._choose(Selection())
    for path, is_called_off in ((folder / f"all.{kind}", False), (folder / f"half.{kind}", True)):
        watch = Watch(lambda: card.message)
        job.desk.export.write(path, kind)
        seconds = 0.0
        if is_called_off:
            watch.until(lambda: _percent(card.message) >= 40)
            card.cancel.click()
        seconds += watch.until(lambda: not card.is_writing)
        what = f"export, {kind}" + (", called off: until nothing was left" if is_called_off else "")
        job.report(what, seconds, watch)
        assert path.exists() is not is_called_off, card.message
    assert not [one for one in folder.iterdir() if "half" in one.name]
    job.close()


def import_(folder: Path, rows: int) -> None:
    """A file into an empty journal: called off while it is taken, then taken."""
    file = folder / "in.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, *in_order(rows)])
    job = Job(folder)
    page, desk = job.desk.importing.page, job.desk.importing
    for is_called_off in (True, False):
        watch = Watch(lambda: page.told)
        desk.look_at(file)
        job.report("looking at the file", watch.until(lambda: not page.is_working), watch)
        watch = Watch(lambda: page.told)
        page.confirm.click()
        seconds = 0.0
        if is_called_off:
            watch.until(lambda: _percent(page.told) >= 40 and "coming in" in page.told)
            page.cancel.click()
        seconds += watch.until(lambda: not page.is_working)
        job.report(
            "import, called off: until nothing was left" if is_called_off else "import", seconds, watch
        )
        with job.place.reader() as reader:
            found = reader.relationship_count(None)
        assert found == (0 if is_called_off else rows), found
    job.close()


def _percent(text: str) -> int:
    found = re.search(r"(\d+) ?%", text)
    return int(found[1]) if found else 0


def _work(job: str, folder: Path, rows: int) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    QApplication([])
    if job == "import":
        import_(folder, rows)
    else:
        export(folder, FileKind(job))


def _run(job: str, folder: Path, rows: int) -> None:
    child = [sys.executable, "-m", "tests.soak.window_million", "--job", job, "--folder", str(folder)]
    subprocess.run([*child, "--rows", str(rows)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="where to work")
    chosen = parser.parse_args()
    if chosen.job:
        _work(chosen.job, chosen.folder, chosen.rows)
        return
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        folder = Path(name)
        (folder / "journal.made").write_text(f"{STAMP.at}\n", "ascii")
        make_journal(folder / "journal.db", chosen.rows)
        for kind in FileKind:
            _run(kind, folder, chosen.rows)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        _run("import", Path(name), chosen.rows)


if __name__ == "__main__":
    main()

"""From a scan's last key to a painted PASS, beside the machine's bare append of 200 bytes + fsync.

    python -m tests.benchmarks.painted_pass [--units 300]

Keys go through the real wedge, station, journal and window; with DISPLAY set on a real X server, else on Qt's
offscreen platform.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.adapters.sqlite_journal import SqliteJournal
from app.core.codes import Pair
from app.core.record import Committed, Entry, Stamp, Taken
from app.core.verdicts import Verdict
from app.main.place import Place
from app.main.window import StationWindow
from app.station.view import StationView
from app.ui.simulated_scanner import SimulatedScanner
from tests.e2e.units import imei, qr


@dataclass
class Times:
    """Moments of one unit, in seconds of the monotonic clock."""

    last_key: float = 0.0
    commit_begun: float = 0.0
    commit_returned: float = 0.0
    floor: list[float] = field(default_factory=list)
    painted: list[tuple[float, float, float]] = field(default_factory=list)
    """For each unit: last key to PASS, commit, commit's return to PASS."""


class Timed(SqliteJournal):
    """Notes when a commit began and returned; just before, a bare append is timed in the same thread."""

    times: Times

    def bind(self, stamp: Stamp, entry: Entry, pair: Pair) -> Committed | Taken:
        with (self._file.path.parent / "floor").open("ab", buffering=0) as file:
            begun = time.perf_counter()
            file.write(b"x" * 200)
            os.fsync(file.fileno())
            self.times.floor.append(time.perf_counter() - begun)
        self.times.commit_begun = time.perf_counter()
        result = super().bind(stamp, entry, pair)
        self.times.commit_returned = time.perf_counter()
        return result


class Watch(QObject):
    """Types one unit after the other and notes when its PASS was painted."""

    def __init__(self, shown: StationWindow, times: Times, units: int) -> None:
        super().__init__()
        self._shown, self._times, self._units = shown, times, units
        self._number = 0
        self._seq: int | None = None
        self._scanner = SimulatedScanner(shown.window.windowHandle(), self)
        shown.bridge.published.connect(self._follow)
        shown.window.bind_page.panel.installEventFilter(self)
        shown.wedge.arrived.connect(self._arrived)
        QTimer.singleShot(300, self._next)

    def _next(self) -> None:
        if self._number == self._units:
            QApplication.quit()
            return
        self._scanner.scan(qr(self._number))

    def _arrived(self, _arrival: object) -> None:
        self._times.last_key = time.perf_counter()

    def _follow(self, view: StationView) -> None:
        shown = view.state.shown
        if shown is None:
            return
        if shown.verdict is Verdict.HALF:
            QTimer.singleShot(20, self._scan_label)

    def _scan_label(self) -> None:
        self._scanner.scan(imei(self._number))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = self._shown.window.view.state.shown
        if event.type() != QEvent.Type.Paint or shown is None or shown.verdict is not Verdict.BOUND:
            return False
        if shown.seq != self._seq:
            self._seq = shown.seq
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        now, times = time.perf_counter(), self._times
        times.painted.append(
            (now - times.last_key, times.commit_returned - times.commit_begun, now - times.commit_returned)
        )
        self._number += 1
        QTimer.singleShot(20, self._next)


def measure(units: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times = Times()
        Timed.times = times
        place = Place(folder)
        place.settings = replace(place.settings, sign_in=False)
        application = QApplication([])
        with place.alone():
            shown = StationWindow(place, "")
            shown.station._open_journal = _timed(place)
            shown.open()
            watch = Watch(shown, times, units)
            application.exec()
            watch.deleteLater()
            shown.close()
    _report(times, application.platformName())


def _timed(place: Place) -> Callable[[], SqliteJournal]:
    def open_journal() -> SqliteJournal:
        place._make_journal_if_absent()
        return Timed(place.folder / "journal.db")

    return open_journal


def _report(times: Times, platform: str) -> None:
    bare = statistics.median(times.floor)
    whole, commit, paint = (sorted(column) for column in zip(*times.painted, strict=True))
    print(f"{len(whole)} units on the platform {platform}")
    print(f"append 200 bytes + fsync  {bare * 1000:8.2f} ms = 1")
    for name, column in (("commit", commit), ("commit to PASS", paint), ("last key to PASS", whole)):
        median, late = statistics.median(column), column[int(len(column) * 0.95)]
        ratio = f"{median / bare:6.2f} x the append"
        print(f"{name:24}  {median * 1000:8.2f} ms   95 %: {late * 1000:6.2f} ms   {ratio}")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=300)
    measure(parser.parse_args().units)

"""How long the window takes to open on a large journal, beside an empty one, and how much memory it holds.

    python -m tests.benchmarks.window_opens [--existing 1000000] [--keep FILE] [--rounds 5]

Each round starts the program twice, in turn, from the command to the painted page, then binds units. Goals:
1.5 times an empty journal at ten million bindings, and less than 250 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.bulk import make_journal

_UNITS = 50


def main() -> None:
    options = _options()
    if options.open is not None:
        return _open(options.open, options.existing)
    with tempfile.TemporaryDirectory(dir=options.keep.parent if options.keep else None) as name:
        empty, large = Path(name) / "empty", Path(name) / "large"
        for folder in (empty, large):
            folder.mkdir()
        journal = options.keep or Path(name) / "journal.db"
        if not journal.exists():
            make_journal(journal, options.existing)
        (large / "journal.db").hardlink_to(journal)
        rounds = [(_opened(empty, 0), _opened(large, options.existing)) for _ in range(options.rounds)]
    _report(rounds)
    return None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--existing", type=int, default=1_000_000, help="bindings in the large journal")
    parser.add_argument("--keep", type=Path, help="use this journal; made where there is none, and kept")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _opened(folder: Path, existing: int) -> dict[str, float]:
    """In a process of its own, as the program is started."""
    began = time.monotonic()
    child = [sys.executable, "-m", "tests.benchmarks.window_opens", "--open", str(folder)]
    done = subprocess.run(
        [*child, "--existing", str(existing)], capture_output=True, text=True, check=True, timeout=600
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {"seconds": told["painted"] - began, "memory": told["memory"]}


def _open(folder: Path, existing: int) -> None:
    """Opens the window, notes when its page is painted, binds some units, and tells what it took."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from app.core.verdicts import Verdict
    from app.main.place import Place
    from app.main.window import StationWindow
    from app.station.view import StationView
    from tests.adapters.journals import pair

    class Painted(QObject):
        """Notes the first painting of the station's figures."""

        at = 0.0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if not self.at and event.type() == QEvent.Type.Paint and shown.window.view.station:
                self.at = time.monotonic()
                QTimer.singleShot(0, lambda: scan_next(shown.window.view))
            return False

    units = iter(range(existing * 2 + os.getpid() * 1000, existing * 2 + os.getpid() * 1000 + _UNITS))

    def scan_next(view: StationView) -> None:
        answer = view.state.shown
        if answer is None or answer.verdict is Verdict.BOUND:
            number = next(units, None)
            if number is None:
                QTimer.singleShot(0, application.quit)
                return
            device = pair(number).device
            shown.station.scanned(f"pk={device.pk}&sn={device.sn}&v=1")
            shown.station.scanned(pair(number).imei)

    def follow(view: StationView) -> None:
        if painted.at:
            scan_next(view)

    application = QApplication([])
    place = Place(folder)
    place.settings = replace(place.settings, sign_in=False)
    with place.alone():
        shown, painted = StationWindow(place, ""), Painted()
        shown.window.bind_page.panel.installEventFilter(painted)
        shown.bridge.published.connect(follow)
        shown.open()
        application.exec()
        shown.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"painted": painted.at, "memory": memory}))


def _report(rounds: list[tuple[dict[str, float], dict[str, float]]]) -> None:
    empty, large = (statistics.median(one[side]["seconds"] for one in rounds) for side in (0, 1))
    memory = [max(one[side]["memory"] for one in rounds) for side in (0, 1)]
    print(f"empty journal  {empty:6.2f} s = 1     {memory[0]:4.0f} MB at most")
    print(f"large journal  {large:6.2f} s = {large / empty:4.2f}  {memory[1]:4.0f} MB at most")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    main()

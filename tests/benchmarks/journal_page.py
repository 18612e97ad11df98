"""From Enter to painted rows on the journal's page, beside the bare query that such rows take.

    python -m tests.benchmarks.journal_page [--units 1000000] [--existing FILE] [--keep FILE]

Real window (offscreen without DISPLAY), real station, real journal. `--existing` takes a journal that is
there, such as one of ten million units; it is opened for writing and not changed. What people see at once is
compared with painting the page once more: the bare query takes next to nothing beside that.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.adapters.sqlite_reader import SqliteJournalReader
from app.main.place import Place
from app.main.window import StationWindow
from app.ui.pages import PageName
from tests.adapters.journals import STAMP, pair
from tests.benchmarks.bulk import make_journal

_ROUNDS = 15
_BARE = """
SELECT b.seq, b.sn, b.imei, e.at, e.operator FROM binding AS b JOIN event AS e ON e.seq = b.seq
WHERE b.ended_seq IS NULL ORDER BY b.seq DESC LIMIT 10"""
_BARE_EXACT = """
SELECT b.seq, b.sn, b.imei, e.at, e.operator FROM binding AS b JOIN event AS e ON e.seq = b.seq
WHERE b.imei = ? AND b.ended_seq IS NULL"""
_BARE_PART = "SELECT count(*) FROM binding WHERE instr(sn, ?) OR instr(imei, ?)"


class Page:
    """The page as somebody works with it, with a clock beside."""

    def __init__(self, shown: StationWindow) -> None:
        self.shown, self.page = shown, shown.journal_desk.page
        self.table, self.field = self.page.list.table, self.page.filters.field

    def until(self, holds: Callable[[], bool]) -> float:
        """Seconds until it is so and what is shown is painted."""
        begun, loop, watch = time.perf_counter(), QEventLoop(), QObject()
        timer = QTimer(watch, interval=1, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: loop.quit() if holds() else None)
        timer.start()
        loop.exec()
        self.table.viewport().repaint()
        return time.perf_counter() - begun

    def search(self, text: str, holds: Callable[[], bool]) -> float:
        """From Enter to the rows."""
        self.page.list.table.show_nothing()
        self.field.put(text)
        QTest.keyClick(self.field.edit, Qt.Key.Key_Return)
        return self.until(holds)

    def settle(self) -> float:
        return self.until(lambda: not self.page.list.is_counting)

    def key(self, key: Qt.Key, holds: Callable[[], bool]) -> float:
        QTest.keyClick(self.table, key)
        return self.until(holds)


def measure(folder: Path, units: int) -> None:
    place = Place(folder)
    QApplication([])
    with place.alone():
        shown = StationWindow(place, "")
        shown.open()
        shown.window.show_page(PageName.JOURNAL)
        page = Page(shown)
        page.settle()
        with closing(sqlite3.connect(folder / "journal.db")) as bare:
            _report(page, bare, units)
        shown.close()
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most")


def _report(page: Page, bare: sqlite3.Connection, units: int) -> None:
    lines, table, unit = page.table.model_, page.table, pair(units // 3)
    floor = _median(lambda: _timed(lambda: bare.execute(_BARE).fetchall()))
    print(f"bare query of ten rows      {floor * 1e3:9.3f} ms")
    exact = _median(lambda: _timed(lambda: bare.execute(_BARE_EXACT, (unit.imei,)).fetchall()))
    print(f"bare query of an IMEI       {exact * 1e3:9.3f} ms")
    floor = _median(lambda: _timed(page.page.repaint))
    print(f"painting the page once      {floor * 1e3:9.2f} ms = 1")
    _say("Enter to the newest rows", _median(lambda: page.search("", lambda: len(lines.lines) > 1)), floor)
    page.settle()
    for name, text in (("IMEI", str(unit.imei)), ("SN", str(unit.device.sn))):
        took = _median(lambda: page.search(text, lambda: len(lines.lines) == 1))  # noqa: B023
        _say(f"Enter to the row of an {name}", took, floor)
    page.settle()
    took = _median(lambda: page.search(f"#{units // 2}", lambda: len(lines.lines) == 1))
    _say("Enter to a record's unit", took, floor)
    page.search("", lambda: len(lines.lines) > 1)
    page.settle()
    table.setFocus()
    last = table.total - table.rows
    _say("End to the oldest rows", page.key(Qt.Key.Key_End, lambda: table.first == last), floor)
    _say("Home to the newest rows", page.key(Qt.Key.Key_Home, lambda: table.first == 0), floor)
    jump = _median(lambda: _jump(page))
    _say("a jump anywhere", jump, floor)
    part = "777777"
    whole = _timed(lambda: bare.execute(_BARE_PART, (part, part)).fetchall())
    begun = time.perf_counter()
    first = page.search(part, lambda: bool(lines.lines))
    page.settle()
    print(f"bare scan for a part        {whole * 1e3:9.1f} ms = 1")
    _say("Enter to the first rows", first, whole)
    _say("until all was looked at", time.perf_counter() - begun, whole)


def _jump(page: Page) -> float:
    to = (page.table.first * 7919 + 104_729) % max(1, page.table.total - page.table.rows)
    page.table.scroll_to(to)
    return page.until(lambda: page.table.first == to)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _median(work: Callable[[], float]) -> float:
    return statistics.median(work() for _ in range(_ROUNDS))


def _say(name: str, seconds: float, floor: float) -> None:
    print(f"{name:28}{seconds * 1e3:9.2f} ms   {seconds / floor:8.2f}")


def _folder(name: str, existing: Path | None, units: int, keep: Path | None) -> tuple[Path, int]:
    folder = Path(name)
    (folder / "journal.made").write_text(f"{STAMP.at}\n", "ascii")
    journal = folder / "journal.db"
    if existing is None:
        begun = time.perf_counter()
        make_journal(journal, units)
        print(f"a journal of {units:,} units, made in {time.perf_counter() - begun:.0f} s")
        if keep is not None:
            shutil.copy(journal, keep)
        return folder, units
    os.link(existing, journal)
    with closing(SqliteJournalReader(journal)) as reader:
        return folder, reader.relationship_count(None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--existing", type=Path)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    near = str(chosen.existing.parent) if chosen.existing else None
    with tempfile.TemporaryDirectory(dir=near) as name:
        measure(*_folder(name, chosen.existing, chosen.units, chosen.keep))


if __name__ == "__main__":
    main()

"""What a durable pair costs: `python -m tests.benchmarks.commit [--units N] [--existing N] [--keep FILE]`.

The floor is an append of 200 bytes and an fsync, in the same folder, in turn with the units. Goals: a commit
within 1.5 times the floor (2 times at ten million bindings), at most 1.1 flushes a commit.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.adapters.sqlite_journal import SqliteJournal
from app.adapters.sqlite_reader import SqliteJournalReader
from app.core.record import Committed
from tests.adapters.journals import PK, STAMP, bound, pair
from tests.benchmarks.bulk import make_journal

_TRACED = 500


def main() -> None:
    options = _options()
    if options.only_bind:
        return _bind(options.only_bind, options.units, options.order)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = options.keep or Path(folder) / "journal.db"
        if not path.exists():
            seconds = _timed(lambda: make_journal(path, options.existing))
            print(
                f"made      {options.existing:,} bindings in {seconds:.0f} s, {path.stat().st_size >> 20} MB"
            )
        if options.order:
            _add_order(path, options.order)
        _print_commits(path, Path(folder) / "floor", options.units, options.order)
        _print_questions(path)
        print(f"flushes   {_flushes(path, options.order)} (goal 1.1 a commit)")
        if options.verify:
            _print_verification(path)
    return None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--existing", type=int, default=0, help="bindings that are there before")
    parser.add_argument("--order", help="the units are bound for this work order, which counts them")
    parser.add_argument("--keep", type=Path, help="use this journal; made where there is none, and kept")
    parser.add_argument("--folder", type=Path, help="where to work: its disk is the one that is measured")
    parser.add_argument("--verify", action="store_true", help="also verify the journal")
    parser.add_argument("--only-bind", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _add_order(path: Path, number: str) -> None:
    with closing(SqliteJournal(path)) as journal:
        if number not in journal.bound_by_order():
            journal.add_order(replace(STAMP, work_order=number), PK, None, None)


def _print_commits(path: Path, floor_file: Path, units: int, order: str | None) -> None:
    stamp, floor, commit = replace(STAMP, work_order=order), [], []
    with closing(SqliteJournal(path)) as journal, floor_file.open("ab", buffering=0) as file:
        for unit in map(pair, _new_numbers(journal, units)):
            entry = bound(unit)
            began = time.perf_counter()
            file.write(b"x" * 200)
            os.fsync(file.fileno())
            appended = time.perf_counter()
            result = journal.bind(stamp, entry, unit)
            floor.append(appended - began)
            commit.append(time.perf_counter() - appended)
            assert isinstance(result, Committed)
    print(f"floor     {_summary(floor)}")
    print(f"commit    {_summary(commit)}")
    ratio = statistics.median(commit) / statistics.median(floor)
    print(f"ratio     {ratio:.2f} (goal 1.5; 2 at ten million bindings)")


def _print_questions(path: Path) -> None:
    """On a connection that has just been opened, as when the window opens."""
    with closing(SqliteJournalReader(path)) as reader:
        seconds = _timed(lambda: (reader.current_shift(), reader.recent_units(8)))
        print(f"opened    shift and recent units in {seconds * 1e3:.2f} ms")
        newest = reader.head()[0]
        units = [pair(number) for number in range(0, newest - 2, max(1, newest // 1000))]
        times = [_timed(partial(reader.standing, unit.device, unit.imei)) for unit in units]
        print(f"duplicate {_summary(times)}")


def _print_verification(path: Path) -> None:
    with closing(SqliteJournalReader(path)) as reader:
        began = time.perf_counter()
        check = reader.verify()
        seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    speed = check.events / seconds
    print(f"verify    {seconds:.1f} s, {speed:,.0f} events a second, {check.finding or 'holds'}")
    print(f"memory    {memory} MB at most")


def _flushes(path: Path, order: str | None) -> str:
    """Flushes a commit, with those of opening and closing, as the system counts them."""
    if shutil.which("strace") is None:
        return "not counted, strace is missing"
    child = [
        sys.executable,
        "-m",
        "tests.benchmarks.commit",
        "--only-bind",
        str(path),
        "--units",
        str(_TRACED),
        *(("--order", order) if order else ()),
    ]
    strace = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", *child]
    counted = subprocess.run(strace, capture_output=True, text=True, check=True).stderr
    calls = re.findall(r"^\s*\S+\s+\S+\s+\S+\s+(\d+).*f(?:data)?sync$", counted, re.MULTILINE)
    return f"{sum(map(int, calls)) / _TRACED:.3f} a commit, {_TRACED} commits"


def _bind(path: Path, units: int, order: str | None) -> None:
    stamp = replace(STAMP, work_order=order)
    with closing(SqliteJournal(path)) as journal:
        for unit in map(pair, _new_numbers(journal, units)):
            journal.bind(stamp, bound(unit), unit)


def _new_numbers(journal: SqliteJournal, units: int) -> range:
    newest = journal.head()[0]
    return range(newest, newest + units)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _summary(seconds: list[float]) -> str:
    *_, p95 = statistics.quantiles(seconds, n=20)
    return f"median {statistics.median(seconds) * 1e3:.3f} ms, p95 {p95 * 1e3:.3f} ms"


if __name__ == "__main__":
    main()

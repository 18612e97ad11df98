"""Reading a workbook beside openpyxl, and bringing a file of pairs into an empty journal.

python -m tests.benchmarks.imports --rows 1000000

Goals: a workbook is read at least 10 times as fast as openpyxl's read-only mode reads it; an import never
takes more than 300 MB. Each figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path

from app.adapters.import_stage import ImportStage
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.adapters.table_reader import open_table
from app.station.importing import examine, take
from tests.adapters.journals import STAMP, pair
from tests.adapters.workbooks import write_workbook
from tests.e2e.units import imei, sn

HEADER = ("*DeviceKey", "*ProductKey", "Device SN", "Device Name", "Certificate Fingerprint")


def main() -> None:
    options = _options()
    if options.job:
        JOBS[options.job](options.file)
        print(f"{_most_memory()} MB at most")
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        for kind in ("inline", "shared"):
            _compare(kind, _workbook(folder, kind, min(100_000, options.rows)))
            _run(f"xlsx, {kind}, all rows", "read", _workbook(folder, kind, options.rows))
        for order, rows in (("in order", in_order), ("scattered", scattered)):
            file = folder / f"{order}.csv"
            with file.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([HEADER, *rows(options.rows)])
            _run(f"import, {order}", "import", file)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where to work")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def named_rows(count: int) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        yield imei(number), "p11sf2", sn(number), f"Tracker {number}", "0123456789" * 4


def in_order(count: int) -> Iterator[tuple[str, ...]]:
    return ((imei(number), "p11sf2", sn(number), "", "") for number in range(count))


def scattered(count: int) -> Iterator[tuple[str, ...]]:
    """Every row touches another place of every index."""
    for unit in map(pair, range(count)):
        yield unit.imei, unit.device.pk, unit.device.sn, "", ""


def _most_memory() -> int:
    """Megabytes. What `getrusage` says of a child begins with what its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) >> 10  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _workbook(folder: Path, kind: str, rows: int) -> Path:
    book = folder / f"{kind}.xlsx"
    write_workbook(book, chain([HEADER], named_rows(rows)), shared=kind == "shared")
    return book


def _compare(kind: str, book: Path) -> None:
    """The best of three each, in turn: other work on the machine meets both."""
    ours, theirs = [], []
    for _ in range(3):
        ours.append(_timed(_read, book))
        theirs.append(_timed(_read_with_openpyxl, book))
    unpacked = _timed(_unpack, book)
    print(
        f"xlsx, {kind}: {min(ours):.2f} s; openpyxl {min(theirs):.2f} s, {min(theirs) / min(ours):.1f} times"
        f" (goal 10); unpacking alone {unpacked:.2f} s",
        flush=True,
    )


def _run(what: str, job: str, file: Path) -> None:
    began = time.perf_counter()
    child = [sys.executable, "-m", "tests.benchmarks.imports", "--job", job, "--file", str(file)]
    said = subprocess.run(child, capture_output=True, text=True, check=True).stdout.splitlines()
    print(f"{what}: {time.perf_counter() - began:.1f} s; {'; '.join(said)}", flush=True)


def _timed(job: Callable[[Path], object], file: Path) -> float:
    began = time.perf_counter()
    job(file)
    return time.perf_counter() - began


def _unpack(book: Path) -> None:
    with zipfile.ZipFile(book) as package, package.open("xl/worksheets/sheet1.xml") as sheet:
        while sheet.read(1 << 20):
            pass


def _read(book: Path) -> int:
    with open_table(book) as table:
        return sum(1 for _ in table.rows())


def _read_with_openpyxl(book: Path) -> int:
    import openpyxl

    opened = openpyxl.load_workbook(book, read_only=True)
    try:
        return sum(1 for _ in opened.worksheets[0].iter_rows(values_only=True))
    finally:
        opened.close()


def _import(file: Path) -> None:
    journal_path = file.with_suffix(".db")
    create_journal(journal_path, STAMP)
    with closing(SqliteJournal(journal_path)) as journal, ImportStage() as stage:
        began = time.perf_counter()
        with open_table(file) as table:
            examined = examine(table, file.name, stage, journal)
        looked = time.perf_counter()
        taken = take(examined, stage, journal, STAMP, None)
    print(
        f"{taken:,} rows: looked at in {looked - began:.1f} s, taken in {time.perf_counter() - looked:.1f} s"
    )
    size = sum(one.stat().st_size for one in file.parent.glob(f"{journal_path.name}*"))
    print(f"journal and log {size >> 20} MB")


JOBS: dict[str, Callable[[Path], object]] = {"read": _read, "import": _import}


if __name__ == "__main__":
    main()

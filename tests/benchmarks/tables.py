"""What relationship files cost: `python -m tests.benchmarks.tables [--units N] [--keep FILE]`.

Side by side over the same rows of one journal, each in a process of its own: a bare csv.writer and the
station's CSV, openpyxl's write-only mode and the station's XLSX. The station's times are those of the whole
export: reading the journal twice, fsync, reading the file back and comparing, the side file, the event.
Goals: CSV within 3 times csv.writer, XLSX 8 times as fast as openpyxl, 300 MB.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from operator import itemgetter
from pathlib import Path

from app.adapters.relationship_files import RelationshipFiles
from app.adapters.sqlite_journal import SqliteJournal
from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.xlsx_file import XlsxForm
from app.core.relationship import LAYOUTS, Block, FileKind, Template
from app.core.selection import Selection
from app.station.export import Exporter, FileWanted, _stretches
from tests.adapters.journals import STAMP
from tests.benchmarks.bulk import make_journal

Work = Callable[[Path, Path], float]
"""Takes a journal and a folder; gives seconds."""

_LAYOUT = LAYOUTS[Template.EN]
_FEWER = 10
"""openpyxl is asked for that part of the units only; its time grows with them in a straight line."""


def main() -> None:
    options = _options()
    if options.only:
        return _print_one(_WORKS[options.only], options.keep, options.folder)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        journal = options.keep or Path(folder) / "journal.db"
        if not journal.exists():
            make_journal(journal, options.units)
        seconds = {name: _measured(name, journal, Path(folder)) for name in _WORKS}
    for name, floor, goal in (
        ("csv", "csv.writer", "within 3"),
        ("xlsx", "openpyxl, strings", "8 times as fast"),
        ("xlsx", "openpyxl, text cells", "8 times as fast"),
        ("xlsx", "deflate", ""),
    ):
        ratio = seconds[name] / seconds[floor]
        print(
            f"{name} is {ratio:.2f} times {floor}, {1 / ratio:.1f} times as fast {goal and f'(goal {goal})'}"
        )
    return None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="use this journal; made where there is none, and kept")
    parser.add_argument("--folder", type=Path, help="where to write: its disk is the one that is measured")
    parser.add_argument("--only", choices=sorted(_WORKS), help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(name: str, journal: Path, folder: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.tables", "--only", name]
    files = ["--keep", str(journal), "--folder", str(folder)]
    done = subprocess.run([*command, *files], stdout=subprocess.PIPE, text=True, check=True)
    seconds, memory = json.loads(done.stdout)
    print(f"{name:24}{seconds:7.2f} s, {memory} MB at most", flush=True)
    return float(seconds)


def _print_one(work: Work, journal: Path, folder: Path) -> None:
    seconds = work(journal, folder)
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10]))


def _blocks(journal: Path, part: int = 1) -> Iterator[Block]:
    with closing(SqliteJournalReader(journal)) as reader:
        end = reader.head()[0] // part
        for within in _stretches([(1, end)]):
            yield reader.live_rows(Selection(), within, end)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _rows_alone(journal: Path, folder: Path) -> float:
    return _timed(lambda: sum(map(len, _blocks(journal))))


def _csv_writer(journal: Path, folder: Path) -> float:
    def work() -> None:
        with (folder / "bare.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_LAYOUT.header)
            for block in _blocks(journal):
                writer.writerows(map(itemgetter(1, 2, 3, 4, 5), block))

    return _timed(work)


def _export(kind: FileKind) -> Work:
    def work(journal: Path, folder: Path) -> float:
        with closing(SqliteJournal(journal)) as opened:
            exporter = Exporter(opened, lambda entry: opened.record(STAMP, entry), RelationshipFiles(), STAMP)
            wanted = FileWanted(folder / f"file.{kind}", kind=kind)
            return _timed(lambda: exporter.export(wanted))

    return work


def _openpyxl(number_format: bool) -> Work:
    from openpyxl import Workbook
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    def text_cells(sheet: WriteOnlyWorksheet, texts: Sequence[str]) -> Iterator[Cell]:
        for text in texts:
            cell = WriteOnlyCell(sheet, text)
            cell.number_format = "@"
            yield cell

    def work(journal: Path, folder: Path) -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for block in _blocks(journal, _FEWER):
            for _, *texts in block:
                sheet.append(text_cells(sheet, texts) if number_format else texts)
        book.save(folder / "openpyxl.xlsx")

    return lambda journal, folder: _timed(lambda: work(journal, folder)) * _FEWER


def _deflate(journal: Path, folder: Path) -> float:
    """The floor of any XLSX: its XML, made before, is packed at zlib's usual level."""
    packer = zlib.compressobj()
    sheet = XlsxForm(_LAYOUT)._sheet(_blocks(journal))
    return sum(_timed(partial(packer.compress, piece)) for piece in sheet)


_WORKS: dict[str, Work] = {
    "rows alone": _rows_alone,
    "csv.writer": _csv_writer,
    "csv": _export(FileKind.CSV),
    "deflate": _deflate,
    "openpyxl, strings": lambda *where: _openpyxl(number_format=False)(*where),
    "openpyxl, text cells": lambda *where: _openpyxl(number_format=True)(*where),
    "xlsx": _export(FileKind.XLSX),
}


if __name__ == "__main__":
    main()

"""Rows for relationship files, and programs that read them back."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from app.core.layout import Column, Layout
from app.core.relationship import LAYOUTS, Block, Blocks, FileKind, FileRow, Template, fused
from tests.adapters.journals import pair

Table = list[list[str]]

EN = LAYOUTS[Template.EN]
TURNED = Layout(
    ("SN", "", "名称", "PK", "DK", "fp"),
    (Column.SN, None, Column.NAME, Column.PRODUCT_KEY, Column.DEVICE_KEY, Column.FINGERPRINT),
    "gbk",
    ";",
    "\n",
)
"""Another order, and a column that nobody knows."""


def row(number: int, name: str = "", fingerprint: str = "") -> FileRow:
    unit = pair(number)
    return (number, str(unit.imei), str(unit.device.pk), str(unit.device.sn), name, fingerprint)


def blocks(*rows: Block) -> Blocks:
    def ask() -> Iterator[Block]:
        yield from rows

    return ask


def texts(rows: Sequence[FileRow]) -> Table:
    """As a file in the platform's order holds them."""
    return [list(one[1:]) for one in rows]


def by_csv(path: Path, layout: Layout = EN) -> Table:
    """What a CSV holds, its formulas as they were before they were defused."""
    with path.open(encoding=layout.encoding, newline="") as file:
        return [list(map(fused, cells)) for cells in csv.reader(file, delimiter=layout.delimiter)]


def by_calamine(path: Path) -> Table:
    sheet = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert all(isinstance(cell, str) for cells in rows for cell in cells)
    return [list(map(str, cells)) for cells in rows]


def by_openpyxl(path: Path) -> Table:
    """Every cell must be a text in a text's format."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for cells in sheet.iter_rows() for cell in cells if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    return [[str(cell.value or "") for cell in cells] for cells in sheet.iter_rows()]


def by_libreoffice(path: Path) -> Table:
    """Exported by LibreOffice as CSV, with every cell as it shows it."""
    if sys.platform == "linux" and shutil.which("soffice") is None:
        pytest.fail("soffice not found: install the Debian package libreoffice-calc")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is asked on Linux")
    out = path.parent / "libreoffice"
    comma_quote_utf8_as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        comma_quote_utf8_as_shown,
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    with (out / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


READERS: dict[str, Callable[[Path], Table]] = {
    "calamine": by_calamine,
    "openpyxl": by_openpyxl,
    "LibreOffice": by_libreoffice,
}


def read(path: Path, kind: FileKind) -> Table:
    return by_csv(path) if kind is FileKind.CSV else by_calamine(path)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())

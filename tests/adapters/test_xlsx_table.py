"""Every cell of a workbook arrives as it stands there, whoever wrote it; and no workbook is too strange."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.adapters import xlsx_pieces
from app.adapters.table_reader import open_table
from app.core.cells import text_of
from app.core.errors import Refused, Why
from app.core.remarks import About
from tests.adapters.workbooks import write_frame, write_sheet, write_workbook

HEADER = ("*DeviceKey", "*ProductKey", "设备SN", "Device Name", "Fingerprint")
ROWS: list[tuple[str | float, ...]] = [
    ("863950069494278", "p11sf2", "123456789123456789", "a & <b> ' \" 设备", ""),
    ("", "", "000000000000001", "", "x"),
    (863950069494278, "p11sf2", 1.5, "", ""),
]
EXPECTED = [
    (2, ["863950069494278", "p11sf2", "123456789123456789", "a & <b> ' \" 设备", ""]),
    (3, ["", "", "000000000000001", "", "x"]),
    (4, ["863950069494278", "p11sf2", "1.5", "", ""]),
]


def read(path: Path) -> list[tuple[int, list[str]]]:
    with open_table(path) as table:
        width = len(table.header)
        return [(line, [*map(text_of, cells), *[""] * width][:width]) for line, cells in table.rows()]


def refusal(path: Path) -> Why:
    with pytest.raises(Refused) as refused:
        read(path)
    return refused.value.reason.why


@pytest.fixture(params=["plain", "calamine"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether plain pieces are read as such, or by Calamine too."""
    if request.param == "calamine":
        monkeypatch.setattr(xlsx_pieces.Piece, "plain", lambda _: None)


@pytest.fixture(params=["one piece", "many pieces"])
def _size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "many pieces":
        monkeypatch.setattr(xlsx_pieces, "_PIECE", 64)


@pytest.mark.usefixtures("_way", "_size")
@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("shared", [False, True])
def test_cells_arrive_as_they_stand(tmp_path: Path, shared: bool, prefix: str, numbered: bool) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, [HEADER, *(ROWS if numbered else _filled(ROWS))], shared, prefix, numbered)
    assert read(path) == (EXPECTED if numbered else [(line, _dashed(cells)) for line, cells in EXPECTED])


def _filled(rows: list[tuple[str | float, ...]]) -> list[tuple[str | float, ...]]:
    """Where cells do not say where they lie, none may be left out."""
    return [tuple("-" if cell == "" else cell for cell in row) for row in rows]


def _dashed(cells: list[str]) -> list[str]:
    return ["-" if cell == "" else cell for cell in cells]


@pytest.mark.usefixtures("_way", "_size")
@pytest.mark.parametrize("write_only", [True, False])
def test_what_openpyxl_wrote_is_read(tmp_path: Path, write_only: bool) -> None:
    book: Any = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("relationship", 0)
    for row in [HEADER, *ROWS]:
        sheet.append([cell or None for cell in row])
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert read(path) == EXPECTED


@pytest.mark.usefixtures("_way", "_size")
def test_long_texts_rich_texts_and_empty_ones_keep_their_places(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    items = (
        "<si><t>SN</t></si><si/><si><r><t>12</t></r><r><t>34</t></r></si><si><t></t></si><si><t>last</t></si>"
    )
    cells = [
        f'<row r="{row}"><c r="A{row}" t="s"><v>{text}</v></c></row>'
        for row, text in enumerate((0, 2, 1, 4), 1)
    ]
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{''.join(cells)}</sheetData></worksheet>"
        )
        package.writestr("xl/sharedStrings.xml", f"<sst>{items}</sst>")
        write_frame(package, ["sheet1"], shared=True)
    assert read(path) == [(2, ["1234"]), (4, ["last"])]


@pytest.mark.usefixtures("_way")
def test_thousands_of_rows_come_in_their_order(tmp_path: Path) -> None:
    rows = [(str(number), f"name {number % 7}") for number in range(30_000)]
    for shared in (False, True):
        path = tmp_path / f"{shared}.xlsx"
        write_workbook(path, [("SN", "Name"), *rows], shared)
        expected = [(line, list(row)) for line, row in enumerate(rows, start=2)]
        assert read(path) == expected


def test_empty_rows_and_columns_before_the_table_count(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_sheet(
        path,
        '<row r="3"><c r="C3" t="inlineStr"><is><t>SN</t></is></c></row>'
        '<row r="4"><c r="C4" s="1"/></row>'
        '<row r="5" spans="1:3" x14ac:dyDescent="0.25"><c r="C5" t="str"><f>A1</f><v>12</v></c></row>',
    )
    with open_table(path) as table:
        assert (table.header_row.line, list(table.header)) == (3, ["", "", "SN"])
        assert [(row.line, list(row.cells)) for row in table.rows()] == [(5, ["", "", "12"])]


def test_other_sheets_are_said_aloud_and_hidden_ones_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_sheet(path, '<row r="1"><c r="A1"><v>1</v></c></row>', "second", "third")
    with open_table(path) as table:
        assert [(one.about, dict(one.facts)) for one in table.remarks] == [(About.OTHER_SHEETS, {"count": 2})]
    book = openpyxl.Workbook()
    book.create_sheet("shown").append(["SN"])
    book.worksheets[0].append(["hidden"])
    book.worksheets[0].sheet_state = "hidden"
    book.save(path)
    with open_table(path) as table:
        assert list(table.header) == ["SN"]
        assert list(table.remarks) == []


_FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (f'{_FIRST}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', Why.FILE_TOO_WIDE),
        (f'{_FIRST}<row r="1048576"><c r="B1048576"><v>1</v></c></row>', Why.ROWS_FAR_APART),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A900000"><v>1</v></c></row>', Why.ROWS_FAR_APART),
        ("<row r='1'><c r = 'XFD1'><v>1</v></c></row>", Why.FILE_TOO_WIDE),
        ("<row>" + "<c><v>1</v></c>" * 27 + "</row>", Why.FILE_TOO_WIDE),
        ('<row r="1"><c r="A1"><v>1</v></row>', Why.FILE_DAMAGED),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 9_000_000, Why.FILE_TOO_LARGE),
    ],
)
def test_a_sheet_that_no_memory_could_hold_is_refused(tmp_path: Path, rows: str, why: Why) -> None:
    path = tmp_path / "book.xlsx"
    write_sheet(path, rows)
    assert refusal(path) is why


def test_painted_cells_far_to_the_right_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_sheet(path, '<row r="1"><c r="A1" t="str"><v>SN</v></c><c r="XFD1" s="3"/></row>')
    assert read(path) == []


def test_a_package_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert refusal(path) is Why.FILE_OF_NO_KIND


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_whose_parts_declare_entities_is_refused(tmp_path: Path, part: str) -> None:
    path = tmp_path / "book.xlsx"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(path, "w") as package:
        for name in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}:
            package.writestr(name, bomb if name == part else "<x/>")
    assert refusal(path) is Why.FILE_DAMAGED


@pytest.mark.parametrize("shared", [False, True])
def test_a_damaged_workbook_is_refused_or_reads_as_it_did(tmp_path: Path, shared: bool) -> None:
    """Any byte may be another one: then the same cells come out, or a reason: zip has a check of its own."""
    path = tmp_path / "book.xlsx"
    write_workbook(path, [HEADER, *ROWS * 20], shared)
    whole, sound = path.read_bytes(), read(path)
    chance = random.Random(7)
    for _ in range(300):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        path.write_bytes(content[: chance.choice((len(content), chance.randrange(4, len(content))))])
        assert outcome(path) in (sound, *_REASONS)


@pytest.mark.usefixtures("_way", "_size")
@pytest.mark.parametrize("seed", range(40))
def test_strange_xml_is_refused_or_read(tmp_path: Path, seed: int) -> None:
    """Pieces of it taken out, doubled or changed, under a checksum that is right."""
    path = tmp_path / "book.xlsx"
    chance = random.Random(seed)
    write_workbook(path, [HEADER, *ROWS * 2], chance.random() < 0.5, chance.choice(("", "x:")))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(10):
        name = chance.choice(list(parts))
        with zipfile.ZipFile(path, "w") as package:
            for other, content in parts.items():
                package.writestr(other, _spoiled(content, chance) if other == name else content)
        said = outcome(path)
        assert isinstance(said, list) or said in _REASONS


def _spoiled(content: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        place, other = chance.randrange(len(spoiled) + 1), chance.randrange(len(spoiled) + 1)
        match chance.randrange(3):
            case 0:
                spoiled[place : place + 1] = bytes([chance.choice(b"<>/\"= '&;AZ09rct\x00\xff")])
            case 1:
                del spoiled[place : place + chance.randrange(1, 20)]
            case _:
                spoiled[place:place] = spoiled[other : other + chance.randrange(1, 40)]
    return bytes(spoiled)


_REASONS = (
    Why.FILE_DAMAGED,
    Why.FILE_OF_NO_KIND,
    Why.FILE_IN_OLD_FORM,
    Why.FILE_TOO_LARGE,
    Why.FILE_TOO_WIDE,
    Why.ROWS_FAR_APART,
    Why.FILE_EMPTY,
    Why.FILE_ENCODING,
)


def outcome(path: Path) -> list[tuple[int, list[str]]] | Why:
    try:
        return read(path)
    except Refused as refusal:
        return refusal.reason.why

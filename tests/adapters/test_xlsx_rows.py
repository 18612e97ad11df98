"""Plain rows are read in a way of their own: the same cells as Calamine reads, or none at all."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters import shared_strings, xlsx_pieces, xlsx_rows
from app.adapters.table_reader import open_table
from app.adapters.xlsx_pieces import PieceRead
from app.core.cells import Cell
from app.core.errors import Refused, Why
from tests.adapters.workbooks import write_frame, write_sheet, write_workbook

Table = list[tuple[int, list[Cell]]]
Sheet = list[list[tuple[str, str] | None]]

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5) | st.sampled_from(
    ("SN", "设备", "a & <b> \"'", " ", "", "012", "p11sf2", "a&amp;b", "b ", "]]>", "a\tb\nc")
)
strange_texts = texts | st.sampled_from(("_x0041_", "_xD800_", "a\r\nb"))
styles = st.sampled_from(["", ' s="3"'])
numbers = st.integers(-(10**17), 10**17).map(str) | st.floats(allow_nan=False, allow_infinity=False).map(repr)
plain_values = st.one_of(
    st.integers(0, 3).map(lambda number: f' t="s"><v>{number}</v></c>'),
    st.integers(0, 3).map(lambda number: f' t="s" s="1"><v>{number}</v></c>'),
    texts.map(lambda text: f' t="inlineStr"><is><t>{escape(text.strip())}</t></is></c>'),
    texts.map(lambda text: f' t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'),
    texts.map(lambda text: f' t="str"><v>{escape(text)}</v></c>'),
    numbers.map(lambda number: f"><v>{number}</v></c>"),
    numbers.map(lambda number: f' t="n"><v>{number}</v></c>'),
    st.sampled_from(["/>", " />"]),
)
values = st.one_of(
    plain_values,
    strange_texts.map(lambda text: f' t="inlineStr"><is><t>{escape(text)}</t></is></c>'),
    strange_texts.map(lambda text: f' t="str"><f>A1</f><v>{escape(text)}</v></c>'),
    st.sampled_from(
        ["></c>", ' t="b"><v>1</v></c>', ' t="e"><v>#N/A</v></c>', ' t="s"><v>4</v></c>', "><v>1.</v></c>"]
    ),
)


def _sheets(cells: st.SearchStrategy[str]) -> st.SearchStrategy[Sheet]:
    return st.lists(st.lists(st.none() | st.tuples(styles, cells), max_size=4), min_size=1, max_size=6)


def _rows(sheet: Sheet, first: int) -> str:
    return "".join(
        f'<row r="{line}" spans="1:3">'
        + "".join(
            f'<c r="{letter}{line}"{cell[0]}{cell[1]}'
            for letter, cell in zip("ABCD", row, strict=False)
            if cell is not None
        )
        + "</row>\n"
        for line, row in enumerate(sheet, first)
    )


def _write(path: Path, rows: str, texts: Iterable[str]) -> None:
    kept = ' xml:space="preserve"'
    items = (f"<si><t{kept * (text != text.strip())}>{escape(text)}</t></si>\n" for text in texts)
    _write_xml(path, rows, "".join(items))


def _write_xml(path: Path, rows: str, items: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
        package.writestr("xl/sharedStrings.xml", f"<sst>{items}</sst>")
        write_frame(package, ["sheet1"], shared=True)


def _read(path: Path) -> Table | Why:
    try:
        with open_table(path) as table:
            first = [(table.header_row.line, _trimmed(table.header_row.cells))]
            return first + [(line, _trimmed(cells)) for line, cells in table.rows()]
    except Refused as refusal:
        return refusal.reason.why


def _trimmed(cells: Any) -> list[Cell]:
    """How far a row goes on with empty cells means nothing."""
    row = list(cells)
    while row and row[-1] == "":
        row.pop()
    return row


@settings(max_examples=400, deadline=None)
@given(
    _sheets(plain_values) | _sheets(values),
    st.lists(texts, min_size=4, max_size=4) | st.lists(strange_texts, min_size=4, max_size=4),
    st.sampled_from([2, 2, 2, 3]),
)
def test_a_plain_row_says_what_calamine_reads(
    tmp_path_factory: pytest.TempPathFactory, sheet: Sheet, shared: list[str], first: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "book.xlsx"
    header = '<row r="1"><c r="A1" t="str"><v>SN</v></c><c r="D1" s="1"/></row>'
    _write(path, header + _rows(sheet, first), shared)
    found = _read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_pieces.Piece, "plain", lambda _: None)
        assert found == _read(path)


@pytest.mark.parametrize("text", [" a", "a ", "\na", "a\t"])
def test_blanks_around_a_text_stay_only_where_it_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "book.xlsx"
    kept = ' xml:space="preserve"'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t{0}>{1}</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    for form, wanted in (("", "a"), (kept, text)):
        _write_xml(path, row.format(form, text), f"<si><t{form}>{text}</t></si>")
        assert _read(path) == [(1, [wanted, wanted])]


def _never(_: object) -> PieceRead:
    raise AssertionError("not plain")


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_what_programs_write_is_plain(
    tmp_path: Path, shared: bool, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it would be read at half the speed."""
    path = tmp_path / "book.xlsx"
    rows: list[tuple[str | int, str]] = [("SN", "名称"), ("012", "a & b"), (8639, ""), ("x", "y")]
    write_workbook(path, rows, shared, prefix)
    monkeypatch.setattr(xlsx_rows, "read_with_calamine", _never)
    monkeypatch.setattr(shared_strings, "read_with_calamine", _never)
    wanted: Table = [(1, ["SN", "名称"]), (2, ["012", "a & b"]), (3, [8639.0]), (4, ["x", "y"])]
    assert _read(path) == wanted
    book = openpyxl.Workbook(write_only=not shared)
    sheet = book.create_sheet("first", 0)
    for row in rows:
        sheet.append([cell or None for cell in row])
    book.save(path)
    assert _read(path) == wanted


def test_what_spreadsheets_write_around_cells_is_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsx"
    rows = (
        '<row r="1" spans="1:3" ht="14.25" customHeight="1" x14ac:dyDescent="0.2">'
        '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/><c r="C1" t="s" s="1"><v>1</v></c></row>\n'
        '<row r="2">\n<c r="A2"><v>5</v></c><c r="B2" s="2" /><c r="C2" s="2"><v>8.6E14</v></c></row>'
    )
    phonetic = '<phoneticPr fontId="1" type="noConversion"/>'
    _write_xml(path, rows, f"<si><t>设备</t>{phonetic}</si><si><t>b</t></si>")
    monkeypatch.setattr(xlsx_rows, "read_with_calamine", _never)
    monkeypatch.setattr(shared_strings, "read_with_calamine", _never)
    assert _read(path) == [(1, ["设备", "", "b"]), (2, [5.0, "", 8.6e14])]


@pytest.mark.parametrize("way", ["plain", "calamine"])
def test_texts_are_found_in_any_order_with_few_of_them_unpacked(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_strings, "_UNPACKED_MOST", 1000)
    if way == "calamine":
        monkeypatch.setattr(xlsx_pieces.Piece, "plain", lambda _: None)
    path = tmp_path / "book.xlsx"
    texts = ["SN", *(f"设备{number}" for number in range(9_999))]
    order = [0, *random.Random(5).choices(range(10_000), k=20_000)]
    rows = (
        f'<row r="{line}"><c r="A{line}" t="s"><v>{text}</v></c></row>' for line, text in enumerate(order, 1)
    )
    _write(path, "".join(rows), texts)
    assert _read(path) == [(line, [texts[text]]) for line, text in enumerate(order, 1)]


@pytest.mark.parametrize("way", ["plain", "calamine"])
@pytest.mark.parametrize(
    ("number", "items"), [("2", "<si><t>a</t></si>" * 2), ("64", "<si><t/></si>" * 64), ("0", "")]
)
def test_a_text_that_is_not_there_is_damage(
    tmp_path: Path, way: str, number: str, items: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "calamine":
        monkeypatch.setattr(xlsx_pieces.Piece, "plain", lambda _: None)
    path = tmp_path / "book.xlsx"
    _write_xml(path, f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>', items)
    assert _read(path) is Why.FILE_DAMAGED


def test_texts_that_hold_what_lies_between_them_are_damage(tmp_path: Path) -> None:
    """Else every text behind it would be taken for the one before."""
    path = tmp_path / "book.xlsx"
    _write_xml(path, '<row r="1"><c r="A1" t="s"><v>1</v></c></row>', "<si><t>a\0b</t></si><si><t>c</t></si>")
    assert _read(path) is Why.FILE_DAMAGED


def test_one_strange_row_among_thousands_changes_nothing_around_it(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = ['t="str"><v>a</v>', 't="str"><f>A1</f><v>b</v>']
    rows = [
        f'<row r="{line}"><c r="A{line}" {cells[line % 2_500 == 0]}</c></row>' for line in range(1, 20_001)
    ]
    write_sheet(path, "".join(rows))
    assert _read(path) == [(line, ["b" if line % 2_500 == 0 else "a"]) for line in range(1, 20_001)]


@pytest.mark.parametrize("text", ["\ue0000", "&#xE000;0", "&#57344;0", "_xE000_0"])
def test_a_text_that_looks_like_the_number_of_another_one_is_damage(tmp_path: Path, text: str) -> None:
    """Only beside a cell that is not plain are numbers marked."""
    path = tmp_path / "book.xlsx"
    strange = '<row r="1"><c r="A1" cm="1" t="s"><v>0</v></c><c r="B1" t="str"><v>{}</v></c></row>'
    _write_xml(path, strange.format("SN"), "<si><t>of another unit</t></si>")
    assert _read(path) == [(1, ["of another unit", "SN"])]
    _write_xml(path, strange.format(text), "<si><t>of another unit</t></si>")
    assert _read(path) is Why.FILE_DAMAGED

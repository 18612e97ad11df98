"""Relationship files of both kinds: what other programs read in them, and what is never put in place."""

from __future__ import annotations

import hashlib
import itertools
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.csv_file import CsvForm
from app.adapters.relationship_files import RelationshipFiles
from app.adapters.xlsx_file import CELL_MAX, ROWS_MAX, XlsxForm
from app.core.errors import Faulted, Refused, Why
from app.core.layout import Layout
from app.core.relationship import LAYOUTS, Block, Blocks, FileKind, Template, row_picker
from tests.adapters.tables import EN, READERS, TURNED, blocks, by_csv, names, read, row, texts

NAMES = (
    "",
    "=1+1",
    "-",
    "@x",
    "'=quoted",
    "'s",
    " spaces ",
    'a "quoted", name; <b>&',
    "中文€😀",
    "两\n行",
    "1.50",
)
NAMED = [row(number, name, "AB" * 20 * (number % 2)) for number, name in enumerate(NAMES)]
PLAIN = [row(number) for number in range(100, 130)]

both_kinds = pytest.mark.parametrize("kind", FileKind)


def write(
    path: Path, asked: Blocks, kind: FileKind = FileKind.CSV, layout: Layout = EN, replace: bool = False
) -> str:
    with RelationshipFiles().together(replace) as files:
        digest = files.write(path, kind, layout, asked)
        files.place()
    return digest


def refusal_of(
    path: Path, asked: Blocks, kind: FileKind, layout: Layout = EN
) -> tuple[Why, dict[str, object]]:
    with pytest.raises(Refused) as refused:
        write(path, asked, kind, layout)
    assert names(path.parent) == []
    return refused.value.reason.why, dict(refused.value.reason.facts)


@both_kinds
def test_a_file_holds_every_field_and_says_its_digest(tmp_path: Path, kind: FileKind) -> None:
    path = tmp_path / f"file.{kind}"
    digest = write(path, blocks(PLAIN, NAMED, PLAIN), kind)
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read(path, kind) == [list(EN.header), *texts([*PLAIN, *NAMED, *PLAIN])]
    assert names(tmp_path) == [path.name]


@both_kinds
def test_the_same_rows_make_the_same_bytes(tmp_path: Path, kind: FileKind) -> None:
    one = write(tmp_path / "one", blocks(PLAIN, NAMED), kind)
    assert write(tmp_path / "other", blocks([*PLAIN, *NAMED]), kind) == one


@both_kinds
def test_a_file_without_units_has_its_header(tmp_path: Path, kind: FileKind) -> None:
    write(tmp_path / "file", blocks(), kind)
    assert read(tmp_path / "file", kind) == [list(EN.header)]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("template", Template)
def test_every_cell_of_a_workbook_is_text_to_the_digit(
    tmp_path: Path, reader: str, template: Template
) -> None:
    path = tmp_path / "file.xlsx"
    rows = [*PLAIN, *NAMED]
    write(path, blocks(PLAIN, NAMED), FileKind.XLSX, LAYOUTS[template])
    assert READERS[reader](path) == [list(LAYOUTS[template].header), *texts(rows)]


def test_columns_stand_in_the_order_of_the_layout(tmp_path: Path) -> None:
    rows = [row(1, "名"), row(2)]
    write(tmp_path / "file.csv", blocks(rows), layout=TURNED)
    lines = "".join(f"{sn};;{name};{pk};{imei};\n" for _, imei, pk, sn, name, _ in rows)
    assert (tmp_path / "file.csv").read_bytes() == f"SN;;名称;PK;DK;fp\n{lines}".encode("gbk")
    write(tmp_path / "file.xlsx", blocks(rows), FileKind.XLSX, TURNED)
    expected = [list(TURNED.header), *(list(row_picker(TURNED.columns)(one)) for one in rows)]
    assert read(tmp_path / "file.xlsx", FileKind.XLSX) == expected


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("gbk", b""), ("gb18030", b"")],
)
def test_an_encoding_is_kept_with_its_mark_and_once(tmp_path: Path, encoding: str, mark: bytes) -> None:
    layout = Layout(LAYOUTS[Template.ZH].header, EN.columns, encoding)
    write(tmp_path / "file.csv", blocks(PLAIN, [row(1, "设备")]), layout=layout)
    content = (tmp_path / "file.csv").read_bytes()
    assert content.startswith(mark)
    assert content.decode(encoding).count("\ufeff") == 0
    assert by_csv(tmp_path / "file.csv", layout) == [list(layout.header), *texts([*PLAIN, row(1, "设备")])]


def test_the_header_line_of_a_template_is_kept_to_the_byte(tmp_path: Path) -> None:
    line = '"*DeviceKey", *ProductKey ,"Device ""SN"""'
    layout = Layout(
        ("*DeviceKey", " *ProductKey ", 'Device "SN"'), EN.columns[:3], line_end="\n", header_line=line
    )
    write(tmp_path / "file.csv", blocks(PLAIN), layout=layout)
    assert (tmp_path / "file.csv").read_bytes().startswith(f"{line}\n8".encode())


@pytest.mark.parametrize("before", [[], PLAIN])
def test_a_character_without_room_is_refused_with_its_line(tmp_path: Path, before: Block) -> None:
    rows = [*before, row(1), row(2, "名 😀")]
    why, facts = refusal_of(tmp_path / "f", blocks(before, rows[len(before) :]), FileKind.CSV, TURNED)
    assert why is Why.CHARACTER_UNWRITABLE
    assert facts == {"line": len(rows) + 1, "character": "😀", "code": "U+1F600", "encoding": "GBK"}


def test_what_no_workbook_can_hold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    why, facts = refusal_of(path, blocks([row(1), row(2, "a\x00")]), FileKind.XLSX)
    assert (why, facts["line"], facts["code"]) == (Why.CHARACTER_UNWRITABLE, 3, "U+0000")
    why, facts = refusal_of(path, blocks([row(1, "a" * (CELL_MAX + 1))]), FileKind.XLSX)
    assert (why, facts["line"], facts["length"]) == (Why.CELL_TOO_LONG, 2, CELL_MAX + 1)
    write(path, blocks([row(1, "a" * CELL_MAX)]), FileKind.XLSX)


def test_a_sheet_ends_where_excel_says(tmp_path: Path) -> None:
    most = [row(1)] * ROWS_MAX
    last = list(XlsxForm(EN)._sheet([most]))[1]
    assert last.endswith(b"</row>")
    assert b'<row r="1048576">' in last[-500:]
    why, facts = refusal_of(tmp_path / "file", blocks(most, [row(2)]), FileKind.XLSX)
    assert (why, facts) == (Why.TOO_LONG_FOR_XLSX, {"most": 1_048_575})


@both_kinds
@pytest.mark.parametrize(
    "second",
    [
        [PLAIN[:-1]],
        [PLAIN, [row(1)]],
        [[*PLAIN[:-1], row(1)]],
        [[*PLAIN[:-1], (*PLAIN[-1][:4], "name", "")]],
        [],
    ],
)
def test_a_file_that_is_not_as_the_journal_says_is_not_put_in_place(
    tmp_path: Path, kind: FileKind, second: list[Block]
) -> None:
    path = tmp_path / "file"
    path.write_text("old", "utf-8")
    answers = iter([blocks(PLAIN), blocks(*second)])
    with pytest.raises(Faulted) as fault:
        write(path, lambda: next(answers)(), kind, replace=True)
    assert fault.value.reason.why is Why.FILE_NOT_AS_WRITTEN
    wanted = [one for block in second for one in block]
    same = len(list(itertools.takewhile(lambda two: two[0] == two[1], zip(PLAIN, wanted, strict=False))))
    assert fault.value.reason.facts["line"] == 2 + same
    assert path.read_text("utf-8") == "old"
    assert names(tmp_path) == ["file"]


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_changed_byte_of_a_csv_is_overlooked(
    place: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("changed") / "file"
    form = CsvForm(EN)
    with path.open("wb") as file:
        form.write(file, [NAMED])
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    if form.first_difference(path, [NAMED]) is None:  # such as the line end of a line
        assert by_csv(path) == [list(EN.header), *texts(NAMED)]


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_changed_byte_of_a_workbooks_content_is_overlooked(
    place: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("changed") / "file"
    form = XlsxForm(EN)
    with path.open("wb") as file:
        form.write(file, [NAMED])
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    if form.first_difference(path, [NAMED]) is None:  # such as the time of a part
        with zipfile.ZipFile(path) as package:
            assert {name: package.read(name) for name in package.namelist()} == parts

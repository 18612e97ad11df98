"""A table as text is read in whatever encoding and with whatever separator it was written."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.adapters.csv_table import CsvTable
from app.adapters.table_reader import open_table
from app.core.cells import is_damaged_text
from app.core.errors import Refused, Why
from app.core.importing import FileRow
from app.core.remarks import About

HEADER = "*设备DeviceKey,*产品ProductKey,设备SN,设备名称,证书指纹"
ROW = "863950069494278,p11sf2,123456789123456789,追踪器 7,"
CELLS = ROW.split(",")


def table(content: bytes) -> CsvTable:
    return CsvTable(io.BytesIO(content))


def rows(content: bytes) -> list[FileRow]:
    return [FileRow(line, list(cells)) for line, cells in table(content).rows()]


def refusal(content: bytes) -> Why:
    with pytest.raises(Refused) as refused:
        list(table(content).rows())
    return refused.value.reason.why


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("codec", "known_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gbk"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_every_encoding_of_a_factory_is_read(codec: str, known_as: str, end: str) -> None:
    read = table(end.join((HEADER, ROW, ROW)).encode(codec))
    assert (read.encoding, read.line_end, read.separator) == (known_as, end, ",")
    assert read.header == HEADER.split(",")
    assert list(read.rows()) == [FileRow(2, CELLS), FileRow(3, CELLS)]
    said = [one.about for one in read.remarks]
    assert said == ([] if known_as.startswith("utf-8") else [About.ENCODING])


def test_a_file_in_big_endian_utf16_with_a_mark_is_read() -> None:
    assert rows(b"\xfe\xff" + f"{HEADER}\n{ROW}".encode("utf-16-be")) == [FileRow(2, CELLS)]


def test_characters_that_only_the_newer_chinese_encoding_has_are_read() -> None:
    read = table(f"{HEADER}\n{ROW.replace('追', '𠮷')}".encode("gb18030"))
    assert read.encoding == "gb18030"
    assert next(read.rows()).cells[3] == "𠮷踪器 7"


def test_chinese_names_under_an_english_header_are_read() -> None:
    content = f"DeviceKey,ProductKey,SN,Device Name\n{ROW}\n".encode("gbk")
    assert rows(content)[0].cells[3] == "追踪器 7"


def test_bytes_that_do_not_fit_damage_their_own_line_alone() -> None:
    lines = [line.encode() for line in (HEADER, ROW, ROW, ROW)]
    lines[2] = lines[2].replace("器".encode(), b"\xe5\x99")
    read = list(table(b"\n".join(lines)).rows())
    assert [[is_damaged_text(str(cell)) for cell in row.cells].count(True) for row in read] == [0, 1, 0]
    assert read[1].cells[0] == CELLS[0]


@pytest.mark.parametrize(("separator", "name"), [(";", ";"), ("\t", "tab"), ("|", "|")])
def test_another_separator_is_read_and_said_aloud(separator: str, name: str) -> None:
    read = table(f"{HEADER}\r\n{ROW}\r\n".replace(",", separator).encode())
    assert list(read.rows()) == [FileRow(2, CELLS)]
    assert [(one.about, dict(one.facts)) for one in read.remarks] == [(About.SEPARATOR, {"separator": name})]


def test_a_hint_of_a_spreadsheet_is_no_header() -> None:
    read = table(f"sep=;\r\n{HEADER}\r\n{ROW}".replace(",", ";").encode())
    assert read.header == HEADER.split(",")
    assert list(read.rows()) == [FileRow(3, CELLS)]


def test_lines_are_counted_as_an_editor_does() -> None:
    content = f'\n{HEADER}\n\n1,2,3,"a\nb",\n , ,,,\n{ROW}\n\x1a'.encode()
    assert [(row.line, row.cells[0]) for row in rows(content)] == [(4, "1"), (7, CELLS[0])]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.FILE_EMPTY),
        (f"{HEADER}\n".encode() + b'1,"2,3\n' + b"x" * 140_000, Why.QUOTE_NEVER_CLOSED),
        (b"x" * 3_000_000, Why.FILE_OF_NO_KIND),
        (b"\xff\xff\xff,\xff\n1,2\n", Why.FILE_ENCODING),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, why: Why) -> None:
    assert refusal(content) is why


def test_a_quote_that_is_never_closed_is_named_by_its_line() -> None:
    with pytest.raises(Refused) as refused:
        rows(f"{HEADER}\n{ROW}\n".encode() + b'1,"2,3\n' + b"x\n" * 140_000)
    assert refused.value.reason.facts == {"line": 3}


@pytest.mark.parametrize(
    ("start", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Why.FILE_IN_OLD_FORM),
        (b"%PDF-1.7\n1,2\n", Why.FILE_OF_NO_KIND),
        (b"\x89PNG\r\n\x1a\n", Why.FILE_OF_NO_KIND),
        (b"PK\x03\x04", Why.FILE_DAMAGED),
        (b"SQLite format 3\0", Why.FILE_DAMAGED),
    ],
)
def test_a_file_of_another_kind_is_known_by_its_first_bytes(tmp_path: Path, start: bytes, why: Why) -> None:
    path = tmp_path / "named.csv"
    path.write_bytes(start + b"\0" * 100)
    with pytest.raises(Refused) as refused, open_table(path) as read:
        list(read.rows())
    assert refused.value.reason.why is why


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(Refused) as refused, open_table(path):
            pass
        assert refused.value.reason.why is Why.FILE_UNREADABLE


@given(st.binary(max_size=300) | st.text(max_size=120).map(lambda text: text.encode("utf-16")))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"sep=")
@example(b'"\r"')
def test_any_bytes_are_rows_or_a_reason(content: bytes) -> None:
    assert reason_of(content) in {
        None,
        Why.FILE_EMPTY,
        Why.FILE_ENCODING,
        Why.FILE_OF_NO_KIND,
        Why.QUOTE_NEVER_CLOSED,
    }


def reason_of(content: bytes) -> Why | None:
    try:
        for row in table(content).rows():
            assert all(isinstance(cell, str) for cell in row.cells)
    except Refused as refusal:
        return refusal.reason.why
    return None


@given(
    st.lists(st.lists(st.text("ab,;\"' 设\t1", min_size=1), min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_csv_writer_wrote_is_read_back(cells: list[list[str]], codec: str) -> None:
    import csv

    written = [row for row in cells if "".join(row).strip(" \t")]
    text = io.StringIO()
    csv.writer(text).writerows([["SN", "PK"], *written])
    assert [list(row.cells) for row in rows(text.getvalue().encode(codec))] == written

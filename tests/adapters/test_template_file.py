"""The layout of a template as the factory downloaded it."""

from __future__ import annotations

import codecs
from pathlib import Path

import openpyxl
import pytest

from app.adapters.relationship_files import RelationshipFiles
from app.adapters.template_file import read_layout
from app.core.errors import Refused, Why
from app.core.layout import Layout
from app.core.relationship import LAYOUTS, FileKind, Template
from tests.adapters.tables import blocks, row

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
EN, ZH = LAYOUTS[Template.EN], LAYOUTS[Template.ZH]
TURNED = "Device SN;Batch;*Product Key;*DEVICEKEY"


def header_line(layout: Layout) -> str:
    return ",".join(layout.header)


@pytest.mark.parametrize(
    ("sample", "layout", "encoding"),
    [
        ("template_en.csv", EN, "utf-8"),
        ("template_zh_bom.csv", ZH, "utf-8-sig"),
        ("template_zh_gbk.csv", ZH, "gbk"),
    ],
)
def test_a_file_made_from_a_sample_begins_with_the_sample(
    tmp_path: Path, sample: str, layout: Layout, encoding: str
) -> None:
    found = read_layout(SAMPLES / sample)
    assert found == Layout(layout.header, layout.columns, encoding, header_line=header_line(layout))
    assert begins_with(tmp_path, found, (SAMPLES / sample).read_bytes())


def begins_with(folder: Path, layout: Layout, template: bytes) -> bool:
    with RelationshipFiles().together(replace=False) as files:
        files.write(folder / "out.csv", FileKind.CSV, layout, blocks([row(1)]))
        files.place()
    return (folder / "out.csv").read_bytes().startswith(template)


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "gb18030"),
    ],
)
@pytest.mark.parametrize("line", [TURNED, '"设备SN"\t产品ProductKey\t"设备 DeviceKey"'])
def test_any_header_is_kept_to_the_byte(
    tmp_path: Path, line: str, mark: bytes, codec: str, line_end: str
) -> None:
    template = mark + f"{line}{line_end}".encode(codec)
    (tmp_path / "template.csv").write_bytes(template)
    found = read_layout(tmp_path / "template.csv")
    assert (found.delimiter, found.line_end) == (";" if line == TURNED else "\t", line_end)
    assert begins_with(tmp_path, found, template)


def test_a_workbook_gives_its_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(ZH.header))
    book.save(tmp_path / "template.xlsx")
    assert read_layout(tmp_path / "template.xlsx") == ZH


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, Why.TEMPLATE_FILE_UNREADABLE),
        (b"\xff\xff\xff", Why.TEMPLATE_FILE_UNREADABLE),
        (b"", Why.TEMPLATE_FILE_COLUMNS),
        (b"hello", Why.TEMPLATE_FILE_COLUMNS),
        (b"DeviceKey,ProductKey,SN,SN", Why.COLUMN_TWICE),
        (b"PK\x05\x06" + bytes(18), Why.TEMPLATE_FILE_UNREADABLE),
    ],
)
def test_what_is_no_template_is_refused(tmp_path: Path, content: bytes | None, why: Why) -> None:
    path = tmp_path / "template"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_layout(path)
    assert refused.value.reason.why is why

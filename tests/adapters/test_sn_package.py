"""Issued SNs come from a list or from pictures; where the two differ, from what is printed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.adapters import sn_package
from app.adapters.sn_package import read_issued
from app.core.errors import Refused, Why
from app.core.issued import IssuedSn, IssuedSns
from app.core.payload import PLATFORM_FORMAT
from app.core.remarks import About
from app.core.template import parse_template
from app.ports.relationship import Cancelled
from tests.adapters.workbooks import write_workbook

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "sn_package.zip"
SNS = [str(100020003000400 + number) for number in range(12)]
PK = "p11sf2"


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(SAMPLE) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(path: Path, content: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, one in content.items():
            package.writestr(name, one)
    return path


def picture(text: str) -> bytes:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    out = io.BytesIO()
    Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4)).save(out, "PNG")
    return out.getvalue()


def sns(found: IssuedSns) -> list[str]:
    return [str(one.sn) for one in found.sns]


def whys(found: IssuedSns) -> list[Why]:
    return [one.reason.why for one in found.problems]


def test_the_platforms_package_is_read_off_its_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sn_package, "read_device", None)  # no picture is looked at
    found = read_issued(SAMPLE)
    assert sns(found) == SNS
    assert {one.pk for one in found.sns} == {PK}
    assert (found.problems, found.warnings, found.remarks) == ((), (), ())


def test_without_a_list_the_pictures_are_read(tmp_path: Path) -> None:
    content = members()
    del content["SN_list.csv"]
    found = read_issued(packed(tmp_path / "package.zip", content))
    assert sns(found) == SNS
    assert {one.pk for one in found.sns} == {PK}
    assert [one.about for one in found.remarks] == [About.LIST_MISSING]


def test_where_the_list_disagrees_the_pictures_count_and_the_difference_is_told(tmp_path: Path) -> None:
    content = members()
    content["SN_list.csv"] = content["SN_list.csv"].replace(SNS[3].encode(), b"100020003000999")
    found = read_issued(packed(tmp_path / "package.zip", content))
    assert sns(found) == SNS
    assert [(one.reason.why, one.value) for one in found.problems] == [
        (Why.SN_ONLY_IN_LIST, "100020003000999")
    ]
    assert [(one.reason.why, one.value) for one in found.warnings] == [(Why.SN_ONLY_ON_PICTURE, SNS[3])]
    assert [one.about for one in found.remarks] == [About.PICTURES_READ]


def test_a_spreadsheet_that_had_the_list_is_made_good_by_the_pictures(tmp_path: Path) -> None:
    content = members()
    content["SN_list.csv"] = b"ProductKey,SN\r\n" + b"p11sf2,1.0002E+14\r\n" * 12
    found = read_issued(packed(tmp_path / "package.zip", content))
    assert sns(found) == SNS
    assert whys(found) == [Why.NUMBER_DAMAGED] * 12


def test_pictures_of_any_name_agree_by_what_they_show(tmp_path: Path) -> None:
    texts = [f"pk={PK}&sn={one}&v=1" for one in SNS[:2]]
    content = {
        "1.png": picture(texts[0]),
        "2.png": picture(texts[1]),
        "list.txt": "\n".join(SNS[:2]).encode(),
    }
    found = read_issued(packed(tmp_path / "package.zip", content))
    assert (sns(found), found.problems, found.warnings) == (SNS[:2], (), ())


def test_a_picture_without_a_code_and_one_that_is_there_twice_are_told(tmp_path: Path) -> None:
    blank = io.BytesIO()
    Image.new("1", (100, 100), 1).save(blank, "PNG")
    text = f"pk={PK}&sn=77&v=1"
    content = {
        "a.png": picture(text),
        "b.png": picture(text),
        "c.png": blank.getvalue(),
        "d.png": b"\x89PNG\r\n\x1a\n broken",
        "e.png": picture("https://example.com"),
        "__MACOSX/._a.png": b"",
    }
    found = read_issued(packed(tmp_path / "package.zip", content))
    assert sns(found) == ["77"]
    told = sorted((one.column, one.reason.why) for one in found.problems)
    assert told == [
        ("b.png", Why.PICTURE_TWICE),
        ("c.png", Why.PICTURE_UNREADABLE),
        ("d.png", Why.PICTURE_UNREADABLE),
        ("e.png", Why.PICTURE_UNREADABLE),
    ]


def test_pictures_of_a_products_own_format_are_read(tmp_path: Path) -> None:
    own = parse_template("ABCPK={pk}+SN={sn}ABC")
    path = packed(tmp_path / "package.zip", {"1.png": picture("ABCPK=p1+SN=55ABC")})
    assert read_issued(path, (PLATFORM_FORMAT, own)).sns[0].pk == "p1"
    assert whys(read_issued(path)) == [Why.PICTURE_UNREADABLE]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("SN\n1\n2\n", [("1", None), ("2", None)]),
        ("1\n2\n", [("1", None), ("2", None)]),
        ("设备SN;产品PK\n1;p11sf2\n", [("1", PK)]),
        ("p11sf2\t1\n", [("1", PK)]),
        ("pk=p11sf2&sn=1&v=1\nv=1&sn=2&pk=p11sf2\n", [("1", PK), ("2", PK)]),
        ("*DeviceKey,*ProductKey,Device SN,Device Name\n,p11sf2,1,\n", [("1", PK)]),
    ],
)
def test_every_kind_of_list_is_read(
    tmp_path: Path, content: str, expected: list[tuple[str, str | None]]
) -> None:
    path = tmp_path / "list.txt"
    path.write_text(content, "utf-8")
    assert [(one.sn, one.pk) for one in read_issued(path).sns] == expected


def test_a_list_in_a_workbook_is_read_and_its_rounded_numbers_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_workbook(path, [("ProductKey", "SN"), (PK, "123456789123456789"), (PK, 123456789123456789.0)])
    found = read_issued(path)
    assert found.sns == (IssuedSn(found.sns[0].sn, found.sns[0].pk),)
    assert sns(found) == ["123456789123456789"]
    assert [(one.line, one.reason.why) for one in found.problems] == [(3, Why.NUMBER_DAMAGED)]


def test_duplicates_inside_a_list_are_told_with_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("SN\n1\n2\n1\n", "utf-8")
    found = read_issued(path)
    assert sns(found) == ["1", "2"]
    assert [(one.line, one.reason.why, one.reason.facts["line"]) for one in found.problems] == [
        (4, Why.SN_LISTED_TWICE, 2)
    ]


def refusal(path: Path) -> Why:
    with pytest.raises(Refused) as refused:
        read_issued(path)
    return refused.value.reason.why


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b,c\n1,2,3\n", "utf-8")
    assert refusal(path) is Why.COLUMNS_MISSING
    path.write_text("ProductKey,Name\np11sf2,x\n", "utf-8")
    assert refusal(path) is Why.COLUMNS_MISSING
    assert refusal(packed(tmp_path / "empty.zip", {"readme.md": b"x"})) is Why.FILE_OF_NO_KIND


def test_a_package_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = packed(tmp_path / "bomb.zip", {"1.png": b"\0" * (9 << 20)})
    assert bomb.stat().st_size < 20_000
    assert refusal(bomb) is Why.FILE_TOO_LARGE
    monkeypatch.setattr(sn_package, "_MOST_MEMBERS", 12)
    assert refusal(SAMPLE) is Why.FILE_TOO_LARGE


def test_a_picture_of_too_many_dots_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (15_000, 15_000)).save(out, "PNG")
    found = read_issued(packed(tmp_path / "package.zip", {"1.png": out.getvalue()}))
    assert whys(found) == [Why.PICTURE_UNREADABLE]


def test_a_package_with_a_password_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "locked.zip", {"1.png": b"x"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert refusal(path) is Why.FILE_IN_OLD_FORM


def test_reading_pictures_says_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    content = members()
    del content["SN_list.csv"]
    path = packed(tmp_path / "package.zip", content)
    said: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        said.append((done, total))
        return done < 5

    with pytest.raises(Cancelled):
        read_issued(path, progress=progress)
    assert said == [(done, 12) for done in range(6)]


@given(st.binary(max_size=200))
def test_any_bytes_in_a_package_are_sns_or_a_reason(content: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("list.csv", content)
        package.writestr("no-sn.png", b"\x89PNG\r\n\x1a\n" + content)
    with zipfile.ZipFile(out) as package:
        found = sn_package._Package(package, (PLATFORM_FORMAT,), lambda done, total: True).read()
    assert Why.PICTURE_UNREADABLE in whys(found)

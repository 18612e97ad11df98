"""What an import takes of a row, and what it refuses or warns about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.cells import Cell
from app.core.codes import is_imei
from app.core.columns import recognise
from app.core.errors import Why
from app.core.import_conflicts import repeated_imeis, repeated_sns
from app.core.importing import FileRow, Finding, Judge, PairRow
from app.core.layout import Column
from tests.e2e.units import imei, sn

HEADER = ["*DeviceKey", "*ProductKey", "Device SN", "Device Name", "Certificate Fingerprint"]
IMEI, PK, SN = "863950069494278", "p11sf2", "123456789123456789"
FULL_WIDTH = "８６３９５００６９４９４２７８"
FINGERPRINT = "0123456789abcdefABCD0123456789abcdefABCD"


def judge(released: frozenset[str] = frozenset()) -> Judge:
    return Judge(HEADER, recognise(HEADER), released)


def taken(*cells: Cell) -> PairRow:
    row = judge().take(FileRow(7, list(cells)))
    assert isinstance(row, PairRow), row
    return row


def refused(*cells: Cell) -> list[tuple[str, Why]]:
    findings = judge().take(FileRow(7, list(cells)))
    assert isinstance(findings, list), findings
    assert all(one.refuses and one.line == 7 for one in findings)
    return [(one.column, one.reason.why) for one in findings]


def test_a_row_of_the_platform_is_taken_as_it_is() -> None:
    assert taken(IMEI, PK, SN, "Tracker 7", FINGERPRINT) == PairRow(7, IMEI, PK, SN, "Tracker 7", FINGERPRINT)
    assert taken(IMEI, PK, SN) == PairRow(7, IMEI, PK, SN)
    assert taken(IMEI, PK, SN, "", "", "", " ") == PairRow(7, IMEI, PK, SN)


@pytest.mark.parametrize(
    "protected",
    [
        f" {IMEI}\t",
        f'="{IMEI}"',
        f"'{IMEI}",
        f"\ufeff{IMEI}\u3000",
        "８６３９５００６９４９４２７８",
        float(IMEI),
    ],
)
def test_what_protects_a_number_from_spreadsheets_is_taken_off(protected: Cell) -> None:
    assert taken(protected, PK, SN).imei == IMEI


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        (("", PK, SN), "*DeviceKey", Why.CELL_EMPTY),
        ((IMEI, " ", SN), "*ProductKey", Why.CELL_EMPTY),
        ((IMEI, PK), "Device SN", Why.CELL_EMPTY),
        (("8.63950E+14", PK, SN), "*DeviceKey", Why.NUMBER_DAMAGED),
        (("8,6395e+14", PK, SN), "*DeviceKey", Why.NUMBER_DAMAGED),
        (("863950069494278.0", PK, SN), "*DeviceKey", Why.NUMBER_DAMAGED),
        ((IMEI, PK, "1.23457E+17"), "Device SN", Why.NUMBER_DAMAGED),
        ((IMEI, PK, "1E+17"), "Device SN", Why.NUMBER_DAMAGED),
        ((IMEI, PK, 123456789123456789.0), "Device SN", Why.NUMBER_DAMAGED),
        ((IMEI, PK, 1.5), "Device SN", Why.NUMBER_DAMAGED),
        ((IMEI, PK, float("nan")), "Device SN", Why.NUMBER_DAMAGED),
        ((IMEI, PK, True), "Device SN", Why.NUMBER_DAMAGED),
        ((float(10928003889650), PK, SN), "*DeviceKey", Why.IMEI_LENGTH),
        (("86395006949427", PK, SN), "*DeviceKey", Why.IMEI_LENGTH),
        (("8639500694942788", PK, SN), "*DeviceKey", Why.IMEI_LENGTH),
        (("863950069494279", PK, SN), "*DeviceKey", Why.IMEI_CHECK_DIGIT),
        (("000000000000000", PK, SN), "*DeviceKey", Why.IMEI_PLACEHOLDER),
        (("IMEI863950069494278", PK, SN), "*DeviceKey", Why.IMEI_CHARACTERS),
        ((IMEI, "p11 sf2", SN), "*ProductKey", Why.PK_CHARACTERS),
        ((IMEI, PK, "12-34"), "Device SN", Why.SN_CHARACTERS),
        ((IMEI, PK, "1" * 65), "Device SN", Why.SN_LENGTH),
        ((IMEI, PK, SN, "a\x07b"), "Device Name", Why.DEVICE_NAME_UNUSABLE),
        ((IMEI, PK, SN, "x" * 257), "Device Name", Why.DEVICE_NAME_UNUSABLE),
        ((IMEI, PK, SN, "caf\udce9"), "Device Name", Why.ENCODING_DAMAGED),
        ((IMEI, PK, SN, "\ufffd"), "Device Name", Why.ENCODING_DAMAGED),
        ((IMEI, PK, SN, "", "abc"), "Certificate Fingerprint", Why.FINGERPRINT_UNUSABLE),
        ((IMEI, PK, SN, "", "", "more"), "", Why.CELLS_TOO_MANY),
        ((f"{IMEI};{PK};{SN};",), "", Why.OTHER_SEPARATOR),
        ((f"{IMEI}\t{PK}\t{SN}", "", ""), "", Why.OTHER_SEPARATOR),
    ],
)
def test_what_is_wrong_with_a_row_is_said_of_its_cell(cells: Sequence[Cell], column: str, why: Why) -> None:
    assert refused(*cells) == [(column, why)]


def test_everything_that_is_wrong_with_a_row_is_told_at_once() -> None:
    assert refused("8.6E+14", "", "1.2E+17", "\x00") == [
        ("*DeviceKey", Why.NUMBER_DAMAGED),
        ("*ProductKey", Why.CELL_EMPTY),
        ("Device SN", Why.NUMBER_DAMAGED),
        ("Device Name", Why.DEVICE_NAME_UNUSABLE),
    ]


def test_an_imei_whose_zero_a_spreadsheet_dropped_is_told_as_such() -> None:
    whole = next(text for number in range(10) if is_imei(text := f"01092800388965{number}"))
    assert refused(whole[1:], PK, SN) == [("*DeviceKey", Why.ZEROS_LOST)]
    assert refused(float(whole), PK, SN) == [("*DeviceKey", Why.ZEROS_LOST)]


def test_a_released_imei_passes_with_its_wrong_check_digit() -> None:
    wrong = "863950069494279"
    row = judge(frozenset({wrong})).take(FileRow(2, [wrong, PK, SN]))
    assert isinstance(row, PairRow)


@pytest.mark.parametrize("name", ["=1+1", "+86", "-x", "@x", "'=x", "''=x", "'tis", "O'Brien", " 设备 "])
def test_a_name_comes_back_as_it_was_before_a_file_defused_it(name: str) -> None:
    defused = f"'{name}" if name.lstrip("'")[0] in "=+-@" else name
    assert taken(IMEI, PK, SN, defused).name == name


def test_colons_in_a_fingerprint_are_taken_out() -> None:
    spread = ":".join(FINGERPRINT[place : place + 2] for place in range(0, 40, 2))
    assert taken(IMEI, PK, SN, "", spread).fingerprint == FINGERPRINT


# --- the file as a whole ----------------------------------------------------------------------------------


def second_looks(*rows: Sequence[Cell]) -> list[tuple[int, Why, bool]]:
    one = judge()
    pairs = [one.take(FileRow(line, cells)) for line, cells in enumerate(rows, start=2)]
    doubts = [one.second_look(pair) for pair in pairs if isinstance(pair, PairRow)]
    told = [(doubt.line, doubt.reason.why, doubt.refuses) for doubt in doubts if doubt]
    assert one.evidence.needs_second_look or not told
    return told


ROUNDED = "123456789123456000"


def test_an_sn_that_ends_in_zeros_is_warned_about_where_nothing_else_is_wrong() -> None:
    assert second_looks((IMEI, PK, ROUNDED)) == [(2, Why.SN_MAYBE_ROUNDED, False)]
    assert second_looks((IMEI, PK, "1234567891234560")) == [(2, Why.SN_MAYBE_ROUNDED, False)]
    assert second_looks((IMEI, PK, "123456789123000")) == [], "15 digits are not rounded"
    assert second_looks((IMEI, PK, "A23456789123456000")) == [], "no spreadsheet takes this for a number"


@pytest.mark.parametrize("damage", [("8.6395E+14", PK, SN), (imei(1), PK, "1.2E+17"), (imei(1), PK, 1e17)])
def test_an_sn_that_ends_in_zeros_is_refused_where_another_row_shows_damage(damage: Sequence[Cell]) -> None:
    assert second_looks((IMEI, PK, ROUNDED), damage) == [(2, Why.SN_ROUNDED, True)]
    assert second_looks(damage, (IMEI, PK, ROUNDED)) == [(3, Why.SN_ROUNDED, True)]


def test_an_sn_like_1e17_is_refused_only_where_another_row_shows_damage() -> None:
    assert second_looks((IMEI, PK, "1E17")) == []
    assert second_looks((IMEI, PK, "1E17"), ("8.6E+14", PK, SN)) == [(2, Why.NUMBER_DAMAGED, True)]


def test_zeros_are_lost_where_others_still_have_them() -> None:
    whole = ["000000000000123", "000000000004567"]
    rows = [(imei(number), PK, one) for number, one in enumerate([*whole, "89", "456", "12345"])]
    assert second_looks(*rows) == [
        (4, Why.ZEROS_LOST, True),
        (5, Why.ZEROS_LOST, True),
        (6, Why.ZEROS_MAYBE_LOST, False),
    ]


def test_shorter_sns_are_warned_about_within_one_product_alone() -> None:
    rows = [(imei(number), PK, sn(number)) for number in range(1, 4)]
    assert second_looks(*rows, (imei(4), PK, "123456")) == [(5, Why.ZEROS_MAYBE_LOST, False)]
    assert second_looks(*rows, (imei(4), "other1", "123456")) == []
    assert second_looks(*rows, (imei(4), PK, "123456"), ("8.6E+14", PK, "1")) == [(5, Why.ZEROS_LOST, True)]


def test_an_ordinary_file_needs_no_second_look() -> None:
    one = judge()
    for number in range(50):
        one.take(FileRow(number, [imei(number + 1), PK, sn(number + 1)]))
    assert not one.evidence.needs_second_look


# --- rows against one another -----------------------------------------------------------------------------


def repeated(*pairs: tuple[str, str, str]) -> list[tuple[int, str, Why, object]]:
    rows = [PairRow(line, *pair) for line, pair in enumerate(pairs, start=2)]
    by_imei = sorted(rows, key=lambda row: (row.imei, row.line))
    by_sn = sorted(rows, key=lambda row: (row.sn, row.pk, row.line))
    findings: list[Finding] = [*repeated_imeis(by_imei, judge().head), *repeated_sns(by_sn, judge().head)]
    return sorted((one.line, one.column, one.reason.why, one.reason.facts["line"]) for one in findings)


def test_the_same_row_twice_is_refused_the_second_time() -> None:
    assert repeated((IMEI, PK, SN), (imei(1), PK, sn(1)), (IMEI, PK, SN)) == [
        (4, "*DeviceKey", Why.ROW_TWICE, 2)
    ]


def test_of_two_rows_that_contradict_each_other_neither_is_taken() -> None:
    assert repeated((IMEI, PK, SN), (IMEI, PK, sn(1))) == [
        (2, "*DeviceKey", Why.IMEI_TWICE, 3),
        (3, "*DeviceKey", Why.IMEI_TWICE, 2),
    ]
    assert repeated((IMEI, PK, SN), (imei(1), PK, SN), (IMEI, PK, SN)) == [
        (2, "Device SN", Why.SN_TWICE, 3),
        (3, "Device SN", Why.SN_TWICE, 2),
        (4, "*DeviceKey", Why.ROW_TWICE, 2),
    ]


def test_one_sn_of_two_products_is_no_repetition() -> None:
    assert repeated((IMEI, PK, SN), (imei(1), "other1", SN)) == []


cells = st.lists(
    st.text(max_size=70) | st.floats() | st.booleans() | st.sampled_from([IMEI, PK, SN]), max_size=8
)


@given(st.lists(cells, max_size=6))
def test_any_row_is_a_pair_or_has_its_reasons(rows: list[list[Cell]]) -> None:
    one = judge()
    for line, row in enumerate(rows):
        result = one.take(FileRow(line, row))
        if isinstance(result, PairRow):
            assert is_imei(result.imei)
            assert result.sn.isalnum()
            one.second_look(result)
        else:
            assert result
            assert one.head(Column.SN) == "Device SN"

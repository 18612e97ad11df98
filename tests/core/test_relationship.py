"""What stands in a relationship file's cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.layout import Column
from app.core.relationship import (
    LAYOUTS,
    REQUIRED,
    defused,
    fused,
    has_free_text,
    missing_columns,
    row_picker,
    without_formulas,
)

ROW = (7, "863950069494278", "p11sf2", "123", "=name", "fp")

names = st.text() | st.text("'=+-@\t\r\n＝a", max_size=6)


@given(names)
def test_a_defused_text_is_no_formula_and_can_be_had_back(text: str) -> None:
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert fused(defused(text)) == text


@given(names, names)
def test_no_two_texts_become_the_same(one: str, other: str) -> None:
    assert (defused(one) == defused(other)) is (one == other)


@pytest.mark.parametrize(
    ("text", "written"),
    [("", ""), ("Tracker", "Tracker"), ("=1+1", "'=1+1"), ("'=1", "''=1"), ("'s", "'s"), ("-5", "'-5")],
)
def test_only_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text: str, written: str) -> None:
    assert defused(text) == written


def test_free_texts_are_defused_and_nothing_else() -> None:
    plain = [(1, "863950069494278", "p11sf2", "123", "", "")]
    assert without_formulas(plain) is plain
    assert not has_free_text(plain)
    assert without_formulas([*plain, ROW]) == [*plain, (*ROW[:4], "'=name", "fp")]


def test_fields_come_under_their_columns() -> None:
    layout = next(iter(LAYOUTS.values()))
    assert row_picker(layout.columns)(ROW) == ROW[1:]
    assert row_picker([Column.SN, None, Column.DEVICE_KEY])(ROW) == ("123", "", "863950069494278")


def test_every_layout_of_the_platform_has_what_is_required() -> None:
    assert [missing_columns(layout.columns) for layout in LAYOUTS.values()] == [[], []]
    assert missing_columns([Column.SN, Column.SN, Column.NAME]) == list(REQUIRED)

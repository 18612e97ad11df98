"""Which files held a binding, and what is new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.selection import BindingRow, Coverage, Export, Selection, export_of, files_with

BINDING = BindingRow(5, "863950069494278", "p11sf2", "123", shift=2, order="WO-7", ended_seq=None)


def export(end_seq: int, *ranges: tuple[int, int], file: str = "a.csv", **selection: object) -> Export:
    return Export(end_seq + 1, end_seq, Selection(**selection), ranges, file)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "covers"),
    [
        (export(9, (1, 9)), True),
        (export(9, (5, 5)), True),
        (export(9, (1, 4), (6, 9)), False),
        (export(9), False),
        (export(9, (1, 9), shift=2, order="WO-7", product="p11sf2"), True),
        (export(9, (1, 9), shift=1), False),
        (export(9, (1, 9), order="WO-8"), False),
        (export(9, (1, 9), product="p08kx1"), False),
    ],
)
def test_a_file_holds_what_its_selection_fits_in_its_stretches(one: Export, covers: bool) -> None:
    assert one.covers(BINDING) is covers
    assert Coverage([one]).covers(5, 2, "WO-7", "p11sf2") is covers
    assert one.covers(replace(BINDING, ended_seq=10)) is covers
    assert not one.covers(replace(BINDING, ended_seq=9))


@pytest.mark.parametrize(
    "detail", [None, "", "nonsense", "[]", "{}", '{"first_seq": null, "last_seq": null}']
)
def test_an_event_that_tells_of_no_rows_holds_none(detail: str | None) -> None:
    assert export_of(9, detail) == Export(9, 9, Selection(), (), "")


def test_an_event_tells_what_its_side_file_says() -> None:
    detail = (
        '{"first_seq": 3, "last_seq": 8, "end_seq": 12, "shift": 2, "new": true, "file": "a.csv", "x": 1}'
    )
    assert export_of(13, detail) == Export(13, 12, Selection(shift=2, new=True), ((3, 8),), "a.csv")
    stretches = '{"first_seq": 3, "last_seq": 8, "end_seq": 12, "ranges": [[1, 4], [7, 9]]}'
    assert export_of(13, stretches).ranges == ((1, 4), (7, 9))


def test_a_file_of_what_is_new_holds_only_that() -> None:
    whole, new = export(9, (1, 9)), export(12, (1, 12), new=True)
    assert files_with(BINDING, [whole, new]) == [whole]
    assert files_with(replace(BINDING, seq=11), [whole, new]) == [new]

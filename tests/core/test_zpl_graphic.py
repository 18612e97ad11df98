"""Packed graphics are read back dot by dot."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.core.zpl_graphic import graphic_field, unpacked


def rows_of(across: int) -> st.SearchStrategy[list[str]]:
    """Of all kinds that are packed in a way of their own; `across` is bytes."""
    digits = 2 * across
    runs = st.builds(
        lambda digit, at: ("0" * at + digit * digits)[:digits], st.sampled_from("0F8"), st.integers(0, 40)
    )
    any_row = st.text("0123456789ABCDEF", min_size=digits, max_size=digits)
    return st.lists(runs | any_row, min_size=1, max_size=30)


rows_of_dots = st.integers(1, 120).flatmap(rows_of)


@given(rows_of_dots)
def test_what_is_packed_is_unpacked_the_same(rows: list[str]) -> None:
    found = re.fullmatch(r"\^GFA,(\d+),(\d+),(\d+),(.*)", graphic_field(rows))
    assert found is not None
    size, _, across = (int(found[number]) for number in (1, 2, 3))
    assert (size, across) == (len(rows) * len(rows[0]) // 2, len(rows[0]) // 2)
    assert unpacked(found[4], across) == rows


def test_counts_are_written_as_the_language_has_them() -> None:
    """The guide's own examples: `M6` is seven, `hB` is forty, `MhB` and `hMB` both 40 and 7."""
    assert graphic_field(["6" * 7 + "1"]).endswith(",M61")
    assert graphic_field(["B" * 40]).endswith(",hB")
    assert graphic_field(["B" * 47 + "1"]).endswith(",hMB1")
    assert unpacked("M61", 4) == ["66666661"]
    assert unpacked("F!,:", 1) == ["FF", "00", "00"]

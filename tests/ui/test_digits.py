"""SN and IMEI in groups of five."""

from __future__ import annotations

import pytest

from app.ui.digits import differing, paint_value, value_lines, value_width
from app.ui.theme import VALUE, Palette
from tests.ui.scenes import IMEI, LONG_SN, OTHER_IMEI, SN
from tests.ui.written import Written, hear


def painted(palette: Palette, value: str, room: float, marked: frozenset[int] = frozenset()) -> list[Written]:
    return hear(palette, lambda canvas: paint_value(canvas, value, 0, 50, room, VALUE, marked)).heard


def test_a_value_is_written_in_groups_with_a_painted_gap(palette: Palette) -> None:
    groups = painted(palette, IMEI, 600)
    assert [group.text for group in groups] == ["86395", "00694", "94278"]
    gap = groups[1].box.left() - groups[0].box.left() - value_width("00000", VALUE)
    assert gap == pytest.approx(0.25 * VALUE.size, abs=0.5)


def test_marked_digits_are_written_apart_from_the_others(palette: Palette) -> None:
    groups = painted(palette, IMEI, 600, differing(IMEI, OTHER_IMEI))
    assert [group.text for group in groups] == ["86395", "00694", "9", "4278"]


def test_what_differs_are_places_not_sets_of_digits() -> None:
    assert differing("94278", "91084") == {1, 2, 3, 4}
    assert differing("9427", "942") == {3}
    assert differing(SN, SN) == frozenset()


@pytest.mark.parametrize(("length", "size", "lines"), [(18, 40, 1), (22, 32, 1), (27, 26, 1), (50, 26, 2)])
def test_a_longer_value_is_first_smaller_then_on_two_lines(
    fonts: None, length: int, size: int, lines: int
) -> None:
    style, cut = value_lines("8" * length, VALUE, 447, (40, 32, 26))
    assert (style.size, len(cut)) == (size, lines)


def test_the_longest_sn_stands_in_a_slot_whole_and_cut_between_groups(fonts: None) -> None:
    _, cut = value_lines(LONG_SN, VALUE, 428, (37, 32, 26))
    assert "".join(cut) == LONG_SN
    assert len(cut) == 2
    assert len(cut[0]) % 5 == 0

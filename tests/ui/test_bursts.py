"""A scanner or a hand, told by the times of the keys."""

import pytest

from app.ui.bursts import Arrival, Bursts, Judged, Stroke


def typed(text: str, gap: int) -> tuple[Bursts, int]:
    bursts, now = Bursts(gap_ms=50, silence_ms=100, minimum=6), 1000
    for character in text:
        now += gap
        bursts.advance(now)
        bursts.add(Stroke(now, character, character))
    return bursts, now


def test_a_key_that_is_held_is_a_hand_however_its_repeats_arrive() -> None:
    bursts, now = typed("x" * 20, gap=40)
    assert bursts.advance(now + 1000) is Judged.HAND
    assert bursts.settle() is Judged.HAND


@pytest.mark.parametrize("text", ["xxxxxy", "863950069494278"])
def test_a_code_is_a_burst(text: str) -> None:
    bursts, now = typed(text, gap=8)
    found = bursts.advance(now + 1000)
    assert isinstance(found, Arrival)
    assert found.rebuilt == text


def test_one_character_again_and_again_is_a_scan_where_an_end_follows() -> None:
    bursts, now = typed("111111", gap=8)
    found = bursts.add(Stroke(now + 8, "\r", "\r"))
    assert isinstance(found, Arrival)
    assert found.rebuilt == "111111"

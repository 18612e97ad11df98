"""How quickly units are bound."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.station.pace import Pace

START = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def at(minutes: float) -> str:
    return (START + timedelta(minutes=minutes)).isoformat(timespec="milliseconds")


def test_before_the_first_unit_there_is_no_pace() -> None:
    assert (Pace().per_hour(at(0)), Pace().curve(at(0))) == (0, ())


def test_one_unit_a_minute_makes_sixty_an_hour_from_the_tenth_minute_on() -> None:
    pace = Pace()
    for minute in range(300):
        pace.note(at(minute))
        if minute >= 9:
            assert pace.per_hour(at(minute + 0.5)) in (57, 58, 59, 60, 61, 62, 63)
    assert pace.per_hour(at(299.5)) == 60
    assert pace.curve(at(299.5)) == (60,) * 12


def test_a_quarter_of_an_hour_makes_two_steps_of_the_curve() -> None:
    pace = Pace([at(0), at(1), at(14)])
    assert pace.curve(at(15)) == (12, 6)
    assert pace.per_hour(at(15)) == 12


def test_an_hour_without_a_unit_is_seen() -> None:
    pace = Pace([at(minute) for minute in range(30)])
    assert pace.per_hour(at(95)) == 0
    assert pace.curve(at(95))[-6:] == (0,) * 6


@given(st.lists(st.floats(0, 600), max_size=60), st.floats(0, 600))
def test_no_unit_counts_twice_whatever_the_clock_does(minutes: list[float], now: float) -> None:
    pace = Pace()
    for minute in minutes:
        pace.note(at(minute))
    assert 0 <= sum(pace.curve(at(now))) <= 6 * len(minutes)
    assert pace.per_hour(at(now)) <= 6 * len(minutes)

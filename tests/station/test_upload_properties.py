"""Whatever fails in whatever order, with restarts in between: outbox and platform agree in the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.upload_item import UploadState
from app.station.upload import Upload
from tests.e2e.units import imei, sn
from tests.station.uploads import PK, Killed, MemoryOutbox, Mishap, ModelPlatform, waiting

OTHER_PK = "p08kx1"
S = UploadState

numbers = st.sets(st.integers(0, 80), max_size=4)
sizes = st.integers(1, 80)
mishaps = st.lists(st.sampled_from(Mishap), max_size=40)


def scripted(mishaps: list[Mishap]) -> Callable[[], Mishap]:
    left = iter(mishaps)
    return lambda: next(left, Mishap.NONE)


def run_until_all_is_known(outbox: MemoryOutbox, platform: ModelPlatform) -> None:
    """Runs and restarts; a person has everything tried again that a missing permission blocked."""
    for _ in range(200):
        try:
            end = Upload(outbox, platform).run()
        except Killed:
            continue
        if end.reason is None and not outbox.products() and not end.stopped:
            return
        outbox.mark([item.again() for item in outbox.kept.values() if item.answer and item.answer.stops])
    pytest.fail("never ends")


def assert_they_agree(outbox: MemoryOutbox, platform: ModelPlatform) -> None:
    for item in outbox.kept.values():
        there = platform.held.get((item.pk, item.imei)) == item.sn
        assert (item.state is S.CONFIRMED) == there, item
        assert item.live or item.state in (S.CONFIRMED, S.WITHDRAWN, S.CONFLICT, S.BLOCKED), item
    assert max(platform.created.values(), default=0) <= 1


@settings(max_examples=150)
@given(
    sizes,
    mishaps,
    numbers,
    numbers,
    numbers,
    numbers,
    st.booleans(),
    st.booleans(),
    st.sampled_from([3, 100]),
)
def test_each_binding_ends_confirmed_exactly_where_the_platform_holds_it(
    count: int,
    mishaps: list[Mishap],
    same: set[int],
    other: set[int],
    elsewhere: set[int],
    bad: set[int],
    partial: bool,
    has_list: bool,
    page_size: int,
) -> None:
    outbox = MemoryOutbox(waiting(number) for number in range(count))
    held = {(OTHER_PK, imei(number)): sn(number) for number in elsewhere}
    held |= {(PK, imei(number)): "1" for number in other - elsewhere}
    held |= {(PK, imei(number)): sn(number) for number in same - other - elsewhere}
    platform = ModelPlatform(
        held,
        partial,
        frozenset(map(sn, bad - elsewhere)),
        page_size=page_size,
        has_list=has_list,
        mishap=scripted(mishaps),
    )
    run_until_all_is_known(outbox, platform)
    assert_they_agree(outbox, platform)
    there = set(range(count))
    assert outbox.in_state(S.CONFLICT) == (other | elsewhere) & there
    assert outbox.in_state(S.BLOCKED) <= bad


@settings(max_examples=150)
@given(st.lists(st.sampled_from([*Mishap] * 2 + ["unbind"]), max_size=60), st.integers(2, 30), st.booleans())
def test_what_is_unbound_at_any_moment_ends_withdrawn_or_known_to_be_there(
    events: list[Mishap | str], count: int, take_off: bool
) -> None:
    outbox = MemoryOutbox(waiting(number) for number in range(count))
    left, next_unbound = iter(events), iter(range(count))

    def mishap() -> Mishap:
        event = next(left, Mishap.NONE)
        if isinstance(event, Mishap):
            return event
        number = next(next_unbound, None)
        if number is not None:
            outbox.unbind(number)
        return Mishap.NONE

    platform = ModelPlatform(mishap=mishap)
    run_until_all_is_known(outbox, platform)
    assert_they_agree(outbox, platform)
    if take_off:
        ended = [item for item in outbox.kept.values() if not item.live and item.state is S.CONFIRMED]
        outbox.mark([item.to_be_withdrawn() for item in ended])
        run_until_all_is_known(outbox, platform)
        assert_they_agree(outbox, platform)
        assert not {item.imei for item in ended} & {key for _, key in platform.held}


@settings(max_examples=15)
@given(
    st.integers(501, 1300),
    st.lists(st.sampled_from(Mishap), max_size=20),
    st.sets(st.integers(0, 500), max_size=3),
)
def test_lots_of_500_go_the_same_way(count: int, mishaps: list[Mishap], bad: set[int]) -> None:
    outbox = MemoryOutbox(waiting(number) for number in range(count))
    platform = ModelPlatform(bad_sns=frozenset(map(sn, bad)), page_size=100, mishap=scripted(mishaps))
    run_until_all_is_known(outbox, platform)
    assert_they_agree(outbox, platform)
    assert outbox.in_state(S.BLOCKED) == bad

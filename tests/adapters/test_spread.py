"""Work that is spread over processes comes back in order, and so do its errors."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator

import pytest

from app.adapters.spread import spread
from app.core.errors import Faulted, Refused, StationError, Why, because

MANY = range(2500)


def doubled(part: list[int]) -> tuple[int, list[int]]:
    return os.getpid(), [2 * one for one in part]


def refused_at_the_end(part: list[int]) -> int:
    if 2499 in part:
        raise Refused(because(Why.CODE_TOO_LONG, text="x", length=3000))
    return len(part)


def test_many_things_are_spread_and_stay_in_order() -> None:
    found = list(spread(doubled, MANY))
    assert [one for _, part in found for one in part] == [2 * one for one in MANY]
    if (os.cpu_count() or 1) > 1:
        assert os.getpid() not in {process for process, _ in found}


def test_few_things_are_done_here() -> None:
    assert {process for process, _ in spread(doubled, range(100))} == {os.getpid()}


def test_an_error_of_another_process_is_the_same_error() -> None:
    with pytest.raises(Refused) as refused:
        list(spread(refused_at_the_end, MANY))
    assert refused.value.reason == because(Why.CODE_TOO_LONG, text="x", length=3000)


def ended_at_the_end(part: list[int]) -> int:
    if 2499 in part:
        os._exit(9)
    return len(part)


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor does it all here")
def test_a_process_that_dies_is_told_as_what_it_is() -> None:
    with pytest.raises(Faulted) as faulted:
        list(spread(ended_at_the_end, MANY))
    assert faulted.value.reason.why is Why.CODE_MAKER_ENDED


def test_who_stops_asking_ends_the_work() -> None:
    class Counted(list[int]):
        taken = 0

        def __iter__(self) -> Iterator[int]:
            for one in super().__iter__():
                type(self).taken += 1
                if one == 300:
                    raise KeyError
                yield one

    with pytest.raises(KeyError):
        list(spread(doubled, Counted(MANY)))
    assert Counted.taken == 301


@pytest.mark.parametrize("kind", [Refused, Faulted])
def test_an_expected_error_can_be_sent(kind: type[StationError]) -> None:
    error = kind(because(Why.CODE_NOT_READ_BACK, text="x", output="png"))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.reason, str(again)) == (kind, error.reason, str(error))

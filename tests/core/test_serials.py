"""SNs for labels: counted, by pattern, listed; never one twice and never one that was there before."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.iso7064 import mod_37_36

from app.core.codes import SerialNumber
from app.core.errors import Refused, Why
from app.core.serial_pattern import Digits, parse_pattern
from app.core.serials import (
    LABELS_AT_ONCE,
    SerialStanding,
    by_pattern,
    in_a_row,
    part_of,
    require_new,
    require_printed_before,
)
from tests.labelled import Book, device


def drawn(seed: int = 1) -> Digits:
    source = random.Random(seed)
    return lambda count: "".join(source.choice("0123456789") for _ in range(count))


def never(some: Sequence[SerialNumber]) -> list[bool]:
    return [False] * len(some)


def why(refused: pytest.ExceptionInfo[Refused]) -> Why:
    return refused.value.reason.why


def test_the_digits_at_the_end_are_counted_on_and_keep_their_zeros() -> None:
    assert in_a_row("AB098", 4) == ["AB098", "AB099", "AB100", "AB101"]
    assert in_a_row("T1X", 1) == ["T1X"]


@pytest.mark.parametrize(
    ("first", "count", "reason"),
    [
        ("AB98", 3, Why.SERIALS_RUN_OUT),
        ("9", 2, Why.SERIALS_RUN_OUT),
        ("ABC", 2, Why.SERIAL_NO_NUMBER),
        ("A-1", 2, Why.SN_CHARACTERS),
        ("1", 0, Why.LABEL_COUNT),
        ("1", LABELS_AT_ONCE + 1, Why.LABEL_COUNT),
    ],
)
def test_a_range_that_cannot_be_is_refused(first: str, count: int, reason: Why) -> None:
    with pytest.raises(Refused) as refused:
        in_a_row(first, count)
    assert why(refused) is reason


def test_a_pattern_counts_and_adds_check_digits() -> None:
    serials = by_pattern(parse_pattern("86{n:4}{luhn}"), 3, 7, drawn(), never)
    assert [serial[:6] for serial in serials] == ["860007", "860008", "860009"]
    assert all(luhn.is_valid(serial) for serial in serials)
    checked = by_pattern(parse_pattern("T{n:3}{mod37}"), 2, 1, drawn(), never)
    assert all(mod_37_36.is_valid(serial) for serial in checked)


def test_a_counter_passes_over_what_is_taken() -> None:
    taken = {"A2", "A3"}
    passed = by_pattern(parse_pattern("A{n:1}"), 3, 1, drawn(), lambda some: [sn in taken for sn in some])
    assert passed == ["A1", "A4", "A5"]


@given(st.integers(0, 2**32), st.integers(1, 60))
def test_random_sns_never_repeat_and_begin_with_no_zero(seed: int, count: int) -> None:
    serials = by_pattern(parse_pattern("{r:4}"), count, 1, drawn(seed), never)
    assert len(set(serials)) == count
    assert all(len(serial) == 4 and serial[0] != "0" for serial in serials)


@pytest.mark.parametrize("text", ["A{n:1}", "{r:1}", "ABC"])
def test_a_pattern_that_has_not_so_many_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        by_pattern(parse_pattern(text), 11, 1, drawn(), never)
    assert why(refused) is Why.SERIALS_RUN_OUT


@pytest.mark.parametrize(
    "text",
    ["A{m:3}", "A{n}", "A-{n:3}", "{n:3}{n:3}", "a{n:3}{mod37}", "A{n:3}{luhn}", "{n:65}", "{", "{r:0}"],
)
def test_a_wrong_pattern_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_pattern(text)
    assert why(refused) is Why.SERIAL_PATTERN


@given(st.text("0123456789ABab{}:nrluhmod37-", max_size=24))
def test_any_pattern_makes_sns_or_is_refused(text: str) -> None:
    try:
        pattern = parse_pattern(text)
    except Refused:
        return
    serial = pattern.write(1, drawn())
    assert SerialNumber(serial) == serial


LIST = [SerialNumber(str(number)) for number in range(101, 111)]


def test_a_part_of_a_list_is_what_it_says_or_refused() -> None:
    assert part_of(LIST, None, None) == LIST
    assert part_of(LIST, "103", 2) == ["103", "104"]
    assert part_of(LIST, "109", None) == ["109", "110"]
    for first, count, reason in (
        ("999", 1, Why.SERIAL_NOT_LISTED),
        ("110", 2, Why.SERIAL_LIST_SHORT),
    ):
        with pytest.raises(Refused) as refused:
            part_of(LIST, first, count)
        assert why(refused) is reason
    with pytest.raises(Refused) as too_many:
        part_of([SerialNumber(str(number)) for number in range(10_001)], None, None)
    assert why(too_many) is Why.LABEL_COUNT


def test_what_an_order_lists_is_new_from_a_list_alone() -> None:
    book = Book({"1": SerialStanding.LISTED})
    require_new([device("1")], book, of_list=True)
    with pytest.raises(Refused) as twice:
        require_new([device("1"), device("1")], book, of_list=True)
    assert why(twice) is Why.SERIAL_USED


def test_a_long_row_of_what_is_taken_is_passed_over() -> None:
    found = by_pattern(parse_pattern("{n:5}"), 2, 0, drawn(), lambda some: [int(sn) < 950 for sn in some])
    assert found == ["00950", "00951"]


@pytest.mark.parametrize("standing", list(SerialStanding))
def test_new_and_printed_again_exclude_each_other(standing: SerialStanding) -> None:
    book, wanted = Book({"1": standing}), [device("2"), device("1")]
    if standing is SerialStanding.FREE:
        require_new(wanted, book)
    else:
        with pytest.raises(Refused) as refused:
            require_new(wanted, book)
        own = {SerialStanding.LISTED: Why.SERIAL_LISTED, SerialStanding.SEEN: Why.SERIAL_SEEN}
        assert why(refused) is own.get(standing, Why.SERIAL_USED)
    if standing in (SerialStanding.ISSUED, SerialStanding.BOUND):
        require_printed_before([device("1")], book)
        with pytest.raises(Refused):
            require_new(wanted, book, of_list=True)
    else:
        with pytest.raises(Refused):
            require_printed_before([device("1")], book)

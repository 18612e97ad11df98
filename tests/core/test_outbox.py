"""The states of a binding on its way, and what is done next."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.amending import after_taking_off, before_taking_off
from app.core.errors import Why, because
from app.core.outbox import (
    Ask,
    Drop,
    Send,
    TakeOff,
    after_asking,
    after_sending,
    next_step,
    smaller_lot,
)
from app.core.platform import (
    MAX_LOT,
    AnswerUnknown,
    Held,
    LotAccepted,
    LotOutcome,
    LotRefused,
    NeverLeft,
    Refusal,
)
from app.core.upload_item import MOVES, OPEN, Item, UploadState
from tests.station.uploads import DENIED, IN_USE, PARAMETER, sent, waiting

S = UploadState
LOST = AnswerUnknown(because(Why.PLATFORM_SLOW))


def states(items: tuple[Item, ...]) -> list[UploadState]:
    return [item.state for item in items]


def refused(numbers: range, refusal: Refusal = IN_USE) -> tuple[Item, ...]:
    return after_sending(sent(map(waiting, numbers)), LotRefused(refusal))


def nothing_held(lot: tuple[Item, ...]) -> dict[str, Held | None]:
    return dict.fromkeys(item.imei for item in lot)


def test_a_lot_has_at_most_500_devices_of_those_that_wait() -> None:
    step = next_step([waiting(number) for number in range(MAX_LOT + 1)])
    assert isinstance(step, Send)
    assert len(step.items) == MAX_LOT


def test_no_lot_holds_a_device_key_twice() -> None:
    step = next_step([waiting(1), waiting(2), waiting(3, of_imei=1)])
    assert step == Send((waiting(1), waiting(2)))


def test_what_has_left_is_asked_for_before_anything_is_sent_lot_by_lot() -> None:
    first, second = sent([waiting(1)], batch=1), sent([waiting(2)], batch=2)
    assert next_step([*first, *second, waiting(3)]) == Ask(first)


def test_what_was_unbound_before_it_was_sent_is_not_sent() -> None:
    ended = waiting(1)._replace(live=False)
    assert next_step([ended, waiting(2)]) == Drop((ended,))


def test_nothing_is_done_where_nothing_is_open() -> None:
    assert next_step([]) is None
    closed = [waiting(1)._replace(state=state) for state in S if state not in OPEN]
    assert next_step(closed) is None


def test_a_200_confirms_its_lot_and_nothing_else_does() -> None:
    lot = sent([waiting(1), waiting(2)])
    assert states(after_sending(lot, LotAccepted())) == [S.CONFIRMED, S.CONFIRMED]
    others: list[LotOutcome] = [LOST, NeverLeft(because(Why.PLATFORM_NAME)), LotRefused(IN_USE)]
    for outcome in others:
        assert S.CONFIRMED not in states(after_sending(lot, outcome))


def test_a_lost_answer_leaves_the_lot_sent_and_a_lot_that_never_left_waits() -> None:
    lot = sent([waiting(1)])
    assert after_sending(lot, LOST) == lot
    assert states(after_sending(lot, NeverLeft(because(Why.PLATFORM_NAME)))) == [S.WAITING]


@pytest.mark.parametrize("code", [61016, 70017, 70089, 91005, 91006, 91007, 90047])
def test_a_code_that_needs_a_person_blocks_the_lot(code: int) -> None:
    (item,) = after_sending(sent([waiting(1)]), LotRefused(Refusal(code)))
    assert item.state is S.BLOCKED
    trouble = item.trouble()
    assert trouble is not None
    assert trouble.facts["code"] == code


def test_asking_confirms_the_same_sn_and_makes_a_conflict_of_another() -> None:
    lot = sent([waiting(1), waiting(2)])
    found: dict[str, Held | None] = {lot[0].imei: Held(lot[0].sn), lot[1].imei: Held("1")}
    same, other = after_asking(lot, found)
    assert same.state is S.CONFIRMED
    assert (other.state, other.held) == (S.CONFLICT, Held("1"))
    assert other.trouble() == because(Why.DEVICE_OTHER_SN, imei=other.imei, sn=other.sn, held="1")


def test_what_the_platform_does_not_hold_after_a_lost_answer_is_sent_again_as_before() -> None:
    lot = sent([waiting(1), waiting(2)])
    again = after_asking(lot, nothing_held(lot))
    assert states(again) == [S.WAITING, S.WAITING]
    assert {item.largest_lot for item in again} == {MAX_LOT}


def test_the_rest_of_a_refused_lot_goes_again_in_one_lot_where_the_culprits_were_found() -> None:
    lot = refused(range(100))
    found = nothing_held(lot) | {lot[7].imei: Held(lot[7].sn), lot[8].imei: Held("other")}
    after = after_asking(lot, found)
    assert states(after[7:9]) == [S.CONFIRMED, S.CONFLICT]
    rest = [item for item in after if item.state is S.WAITING]
    assert next_step([*rest, waiting(1000)]) == Send(tuple(rest))


def test_a_refused_lot_without_a_culprit_in_sight_is_cut_into_parts() -> None:
    lot = refused(range(500), PARAMETER)
    rest = after_asking(lot, nothing_held(lot))
    step = next_step(rest)
    assert isinstance(step, Send)
    assert len(step.items) == 22


def test_who_is_refused_alone_is_in_conflict_or_blocked() -> None:
    (used,), (wrong,) = refused(range(1)), refused(range(1), PARAMETER)
    (conflict,) = after_asking((used,), {used.imei: None})
    (blocked,) = after_asking((wrong,), {wrong.imei: None})
    assert (conflict.state, blocked.state) == (S.CONFLICT, S.BLOCKED)
    assert conflict.trouble() == because(Why.DEVICE_IN_USE, imei=conflict.imei, pk=conflict.pk)
    assert blocked.trouble() == because(Why.PLATFORM_REFUSED, code=50005, message="parameter error")


def test_while_a_part_of_the_lot_is_not_asked_for_only_what_is_held_is_decided() -> None:
    lot = refused(range(3))
    after = after_asking(lot, {lot[0].imei: Held(lot[0].sn), lot[1].imei: None})
    assert states(after) == [S.CONFIRMED, S.SENT, S.SENT]


def test_what_was_unbound_meanwhile_and_is_not_held_is_withdrawn() -> None:
    (item,) = sent([waiting(1)])
    (gone,) = after_asking([item._replace(live=False)], {item.imei: None})
    assert gone.state is S.WITHDRAWN


def test_tried_again_means_asked_for_first() -> None:
    (item,) = refused(range(1), DENIED)
    again = item.again()
    assert next_step([again]) == Ask((again,))
    assert again.trouble() is None


def test_only_a_device_with_the_same_sn_is_taken_off_the_platform() -> None:
    item = waiting(1)._replace(state=S.WITHDRAWING, live=False)
    assert next_step([waiting(2), item]) == TakeOff(item)
    assert before_taking_off(item, None, is_bound=False).state is S.WITHDRAWN
    assert before_taking_off(item, Held(item.sn), is_bound=False) is item
    assert before_taking_off(item, Held("other"), is_bound=False).state is S.CONFLICT


@pytest.mark.parametrize("held", [None, Held("other"), Held(waiting(1).sn)])
def test_what_is_bound_again_by_now_is_never_taken_off(held: Held | None) -> None:
    item = waiting(1)._replace(state=S.WITHDRAWING, live=False)
    assert before_taking_off(item, held, is_bound=True).state is S.WITHDRAWN


def test_a_device_that_is_held_without_an_sn_is_told_so() -> None:
    reason = waiting(1)._replace(state=S.CONFLICT, held=Held("")).trouble()
    assert reason is not None
    assert reason.why is Why.DEVICE_WITHOUT_SN


def test_a_deletion_counts_once_the_platform_says_so() -> None:
    item = waiting(1)._replace(state=S.WITHDRAWING, live=False)
    assert after_taking_off(item, LotAccepted()).state is S.WITHDRAWN
    assert after_taking_off(item, LotRefused(Refusal(70130))).state is S.WITHDRAWN
    assert after_taking_off(item, LOST) is item
    assert after_taking_off(item, LotRefused(DENIED)).state is S.BLOCKED


def test_what_is_confirmed_withdrawn_or_handled_cannot_be_sent() -> None:
    for state in (S.CONFIRMED, S.WITHDRAWN, S.HANDLED):
        with pytest.raises(ValueError, match=f"{state} -> sent"):
            waiting(1)._replace(state=state).left(2)


def test_every_state_can_be_reached_and_none_moves_to_itself() -> None:
    assert set(MOVES) == set(S)
    assert set().union(*MOVES.values()) == set(S)
    assert not [state for state, others in MOVES.items() if state in others]


@given(st.integers(2, MAX_LOT))
def test_parts_of_a_refused_lot_are_always_smaller(size: int) -> None:
    assert 1 <= smaller_lot(size) < size


def test_the_moves_are_those_of_the_document() -> None:
    text = (Path(__file__).parents[2] / "docs" / "upload.md").read_text("utf-8")
    written = dict(re.findall(r"^\| `([a-z]+)` \|.*\|([^|]*)\|$", text, re.MULTILINE))
    assert {state: set(re.findall("`([a-z]+)`", moves)) for state, moves in written.items()} == {
        state: set(moves) for state, moves in MOVES.items()
    }

"""What a supervisor decides about uploads that did not go through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core.errors import Refused, Why
from app.core.people import Person, Role
from app.core.platform import Held
from app.core.record import EventKind, StoredEvent
from app.core.upload_item import UploadState
from app.station.upload_acts import UploadActs
from tests.adapters.journals import STAMP
from tests.station.upload_journal import UploadJournal, upload_journal
from tests.station.uploads import DENIED, IN_USE, PARAMETER, waiting

S = UploadState
SUPERVISOR = Person("Zhao Min", Role.SUPERVISOR)
OPERATOR = Person("Chen Jing", Role.OPERATOR)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[UploadJournal]:
    """0 confirmed, 1 in conflict with another SN, 2 in use elsewhere, 3 refused, 4 stopped, 5 waiting."""
    with upload_journal(tmp_path / "journal.db") as outbox:
        outbox.put(waiting(number) for number in range(6))
        zero, one, two, three, four = outbox.depart([outbox.item(number) for number in range(5)])
        outbox.mark(
            [
                zero._replace(state=S.CONFIRMED),
                one._replace(state=S.CONFLICT, held=Held("1")),
                two._replace(state=S.CONFLICT, answer=IN_USE, refused_among=1),
                three._replace(state=S.BLOCKED, answer=PARAMETER, refused_among=1),
                four._replace(state=S.BLOCKED, answer=DENIED),
            ]
        )
        outbox.acts = UploadActs(outbox.journal, STAMP, SUPERVISOR)
        yield outbox


def newest(outbox: UploadJournal) -> StoredEvent:
    event = outbox.journal.event(outbox.journal.head()[0])
    assert event is not None
    return event


EVERYTHING = range(6)


def test_what_is_in_conflict_or_refused_is_asked_for_again(outbox: UploadJournal) -> None:
    assert outbox.acts.try_again(outbox.seqs(*EVERYTHING)) == 4
    assert outbox.in_state(S.SENT) == [1, 2, 3, 4]
    assert {item.answer for item in outbox.items()} == {None}
    event = newest(outbox)
    assert (event.entry.kind, event.stamp.approver) == (EventKind.UPLOAD_AGAIN, "Zhao Min")


def test_only_what_stopped_goes_on(outbox: UploadJournal) -> None:
    assert outbox.acts.go_on() == 1
    assert outbox.in_state(S.SENT) == [4]
    assert outbox.acts.go_on() == 0


def test_what_was_handled_stays_so_with_its_reason(outbox: UploadJournal) -> None:
    assert outbox.acts.handle(outbox.seqs(*EVERYTHING), " sold to another account ") == 4
    assert outbox.in_state(S.HANDLED) == [1, 2, 3, 4]
    assert newest(outbox).entry.reason == "sold to another account"
    assert outbox.journal.upload_problems(9) == []


def test_only_a_conflict_with_another_sn_can_be_replaced(outbox: UploadJournal) -> None:
    assert outbox.acts.replace(outbox.seqs(*EVERYTHING), "a label was printed twice") == 1
    assert outbox.in_state(S.REPLACING) == [1]
    assert newest(outbox).entry.kind is EventKind.UPLOAD_REPLACING


def test_what_is_bound_is_never_taken_off(outbox: UploadJournal) -> None:
    outbox.unbind(0)
    outbox.unbind(3)
    assert outbox.acts.take_off(outbox.seqs(*range(5)), "scrapped") == 2
    assert outbox.in_state(S.WITHDRAWING) == [0, 3]
    assert newest(outbox).entry.kind is EventKind.UPLOAD_WITHDRAWING


def test_what_is_bound_again_is_not_taken_off_with_its_earlier_record(outbox: UploadJournal) -> None:
    earlier = outbox.seqs(0)
    outbox.unbind(0)
    outbox.put([waiting(0)])
    assert outbox.acts.take_off(earlier, "a mistake") == 0


Act = Callable[[UploadActs, list[int]], int]
ACTS: list[Act] = [
    lambda acts, seqs: acts.try_again(seqs),
    lambda acts, seqs: acts.handle(seqs, "x"),
    lambda acts, seqs: acts.replace(seqs, "x"),
    lambda acts, seqs: acts.take_off(seqs, "x"),
    lambda acts, seqs: acts.go_on(),
]


@pytest.mark.parametrize("act", ACTS)
def test_an_operator_decides_nothing(outbox: UploadJournal, act: Act) -> None:
    before = outbox.items()
    with pytest.raises(Refused) as refused:
        act(UploadActs(outbox.journal, STAMP, OPERATOR), list(outbox.seqs(*EVERYTHING)))
    assert refused.value.reason.why is Why.NOT_ALLOWED
    assert outbox.items() == before


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_without_a_reason_nothing_is_handled(outbox: UploadJournal, reason: str) -> None:
    for act in (outbox.acts.handle, outbox.acts.replace, outbox.acts.take_off):
        with pytest.raises(Refused) as refused:
            act(outbox.seqs(1), reason)
        assert refused.value.reason.why is Why.REASON_NEEDED
    assert outbox.in_state(S.CONFLICT) == [1, 2]

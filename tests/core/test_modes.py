"""Verify mode, and the cards for modes and for the end of a shift."""

from __future__ import annotations

import pytest

from app.core.cards import Card, card_text
from app.core.errors import Why
from app.core.people import Person, Role
from app.core.record import EventKind
from app.core.unit import ImeiSource, Mode, Rules
from app.core.verdicts import Verdict
from tests.core.bench import Bench, verdict

A, B, C = "863950069494278", "863950069494286", "863950069494294"
VERIFY, BIND, UNDO, SHIFT_END = map(card_text, (Card.VERIFY_MODE, Card.BIND_MODE, Card.UNDO, Card.SHIFT_END))
QA, OPERATOR = Person("Wang", Role.QA), Person("Chen", Role.OPERATOR)
SUPERVISOR = Person("Zhao", Role.SUPERVISOR)


def qr(number: int) -> str:
    return f"pk=p11sf2&sn={100000 + number}&v=1"


@pytest.fixture
def verifying() -> Bench:
    """Units 1 with A and 2 with B are bound; the station verifies, and a fault does not latch."""
    bench = Bench(Rules(latching=False))
    for number, imei in ((1, A), (2, B)):
        bench.scan(qr(number))
        bench.scan(imei)
    answer = bench.scan(VERIFY)
    assert answer is not None
    assert (answer.verdict, answer.mode, bench.state.mode) == (Verdict.MODE, Mode.VERIFY, Mode.VERIFY)
    return bench


@pytest.mark.parametrize("halves", [(qr(1), A), (A, qr(1))])
def test_a_unit_that_is_bound_like_this_matches(verifying: Bench, halves: tuple[str, str]) -> None:
    half = verifying.scan(halves[0])
    assert half is not None
    assert (half.verdict, half.earlier) == (Verdict.HALF, verifying.live[0])
    answer = verifying.scan(halves[1])
    assert answer is not None
    assert (answer.verdict, answer.earlier) == (Verdict.MATCHES, verifying.live[0])
    assert verifying.entries[-1].kind is EventKind.VERIFIED


@pytest.mark.parametrize("half", [qr(3), C])
def test_what_is_not_bound_is_told_at_once(verifying: Bench, half: str) -> None:
    assert verdict(verifying.scan(half)) is Verdict.NOT_BOUND
    assert verifying.entries[-1].kind is EventKind.VERIFIED


def test_a_unit_that_differs_names_both_records(verifying: Bench) -> None:
    verifying.scan(qr(1))
    answer = verifying.scan(B)
    assert answer is not None
    assert answer.verdict is Verdict.DIFFERS
    assert (answer.earlier, answer.earlier_imei) == tuple(verifying.live)
    verifying.scan(qr(1))
    answer = verifying.scan(C)
    assert answer is not None
    assert (answer.verdict, answer.earlier, answer.earlier_imei) == (Verdict.DIFFERS, verifying.live[0], None)
    verifying.scan(B)
    answer = verifying.scan(qr(3))
    assert answer is not None
    assert (answer.verdict, answer.earlier, answer.earlier_imei) == (Verdict.DIFFERS, verifying.live[1], None)


def test_nothing_latches_in_verify_mode_but_faults_of_the_scan() -> None:
    bench = Bench()
    bench.scan(VERIFY)
    assert verdict(bench.scan(qr(1))) is Verdict.NOT_BOUND
    assert bench.state.latch is None
    assert verdict(bench.scan("nonsense")) is Verdict.UNKNOWN_CODE
    assert bench.state.latch is not None


def test_nothing_is_bound_or_undone_in_verify_mode(verifying: Bench) -> None:
    for text in (qr(3), C, qr(3), C):
        verifying.scan(text)
    answer = verifying.scan(UNDO)
    assert answer is not None
    assert answer.reason is not None
    assert (answer.verdict, answer.reason.why) == (Verdict.NOTHING_TO_UNDO, Why.UNDO_WHILE_VERIFYING)
    assert len(verifying.live) == 2


def test_a_unit_is_verified_on_the_fixture() -> None:
    bench = Bench(Rules(has_port=True, imei_from=ImeiSource.SERIAL, final_answers=True, latching=False), A)
    assert verdict(bench.scan(qr(1))) is Verdict.BOUND
    bench.lift()
    bench.scan(VERIFY)
    bench.module = A
    assert verdict(bench.scan(qr(1))) is Verdict.MATCHES
    bench.lift()
    bench.module = B
    assert verdict(bench.scan(qr(1))) is Verdict.DIFFERS
    bench.module = None
    assert verdict(bench.scan(qr(1))) is Verdict.MODULE_FAULT


def test_the_module_is_waited_for_before_a_label_is_believed() -> None:
    bench = Bench(Rules(has_port=True, imei_from=ImeiSource.BOTH, latching=False), A)
    bench.scan(A)
    assert verdict(bench.scan(qr(1))) is Verdict.BOUND
    bench.lift()
    bench.scan(VERIFY)
    bench.module = B
    bench.scan(A)
    assert verdict(bench.scan(qr(1))) is Verdict.IMEI_MISMATCH


def test_a_label_does_where_the_module_does_not_answer() -> None:
    bench = Bench(Rules(has_port=True, imei_from=ImeiSource.EITHER, latching=False))
    bench.scan(qr(1))
    assert verdict(bench.scan(A)) is Verdict.BOUND
    bench.scan(VERIFY)
    bench.scan(qr(1))
    assert verdict(bench.scan(A)) is Verdict.MATCHES


def test_a_change_of_mode_drops_the_half_and_is_on_record() -> None:
    bench = Bench()
    bench.scan(qr(1))
    answer = bench.scan(VERIFY)
    assert answer is not None
    assert answer.dropped is not None
    assert answer.dropped.reason.why is Why.DROPPED_MODE
    entry = bench.entries[-1]
    assert (entry.kind, entry.before, entry.after) == (EventKind.MODE_CHANGED, "bind", "verify")
    assert verdict(bench.scan(BIND)) is Verdict.MODE
    bench.scan(qr(1))
    assert verdict(bench.scan(A)) is Verdict.BOUND


def test_a_mode_that_cannot_be_put_on_record_is_not_changed() -> None:
    bench = Bench()
    bench.journal_works = False
    assert verdict(bench.scan(VERIFY)) is Verdict.JOURNAL_FAULT
    assert bench.state.mode is Mode.BIND


def signed_in(person: Person) -> Bench:
    bench = Bench(Rules(people=(QA, OPERATOR, SUPERVISOR), latching=False))
    bench.sign_in(person)
    return bench


def test_qa_verifies_and_binds_nothing() -> None:
    bench = signed_in(QA)
    assert verdict(bench.scan(qr(1))) is Verdict.NO_OPERATOR
    assert verdict(bench.scan(VERIFY)) is Verdict.MODE
    assert verdict(bench.scan(qr(1))) is Verdict.NOT_BOUND
    assert verdict(bench.scan(BIND)) is Verdict.MODE
    assert verdict(bench.scan(qr(1))) is Verdict.NO_OPERATOR


def test_whoever_signs_in_begins_in_bind_mode() -> None:
    bench = signed_in(QA)
    bench.scan(VERIFY)
    bench.sign_in(OPERATOR)
    assert verdict(bench.scan(qr(1))) is Verdict.HALF
    bench.scan(VERIFY)
    bench.scan(card_text(Card.SIGN_OUT))
    assert bench.state.mode is Mode.BIND
    assert verdict(bench.scan(VERIFY)) is Verdict.NO_OPERATOR


def test_the_shift_end_card_asks_and_changes_nothing() -> None:
    bench = Bench()
    bench.scan(qr(1))
    entries = len(bench.entries)
    assert verdict(bench.scan(SHIFT_END)) is Verdict.SHIFT_END
    assert len(bench.entries) == entries
    assert verdict(bench.scan(A)) is Verdict.BOUND


def test_only_a_supervisor_ends_a_shift() -> None:
    assert verdict(signed_in(SUPERVISOR).scan(SHIFT_END)) is Verdict.SHIFT_END
    answer = signed_in(OPERATOR).scan(SHIFT_END)
    assert answer is not None
    assert answer.reason is not None
    assert (answer.verdict, answer.reason.why) == (Verdict.NO_OPERATOR, Why.NOT_ALLOWED)
    assert answer.reason.facts["act"] == "manage"


def test_whoever_may_not_end_a_shift_is_shown_that_and_keeps_the_half_in_hand() -> None:
    bench = signed_in(OPERATOR)
    bench.scan(qr(1))
    answer = bench.scan(SHIFT_END)
    assert bench.state.shown == answer
    assert bench.state.unit.device is not None
    assert verdict(bench.scan(A)) is Verdict.BOUND


def test_a_mode_that_is_chosen_does_what_its_card_does() -> None:
    by_key, by_card = Bench(Rules(people=(OPERATOR,))), Bench(Rules(people=(OPERATOR,)))
    for bench in (by_key, by_card):
        bench.sign_in(OPERATOR)
        bench.scan(qr(1))
    for mode, card in ((Mode.VERIFY, VERIFY), (Mode.BIND, BIND)):
        assert by_key.choose(mode) == by_card.scan(card)
        assert by_key.state.mode is mode
    assert by_key.entries == by_card.entries


def test_a_mode_that_holds_already_is_not_chosen_again(verifying: Bench) -> None:
    before = list(verifying.entries)
    assert verifying.choose(Mode.VERIFY) is None
    assert verifying.entries == before


def test_no_mode_is_chosen_while_a_fault_is_shown() -> None:
    bench = Bench()
    bench.scan("what is this")
    assert bench.choose(Mode.VERIFY) is None
    assert bench.state.mode is Mode.BIND


def test_nobody_chooses_a_mode_before_signing_in() -> None:
    bench = Bench(Rules(people=(OPERATOR,)))
    answer = bench.choose(Mode.VERIFY)
    assert answer is not None
    assert (answer.verdict, bench.state.mode) == (Verdict.NO_OPERATOR, Mode.BIND)

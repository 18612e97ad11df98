"""What the station decides, from scan to answer."""

import pytest

from app.core.cards import Card, card_text
from app.core.errors import Why
from app.core.events import AskModule, ModuleAnswered, SignedIn, Touched
from app.core.people import Person, Role
from app.core.record import Capture, EventKind
from app.core.unit import EMPTY_UNIT, Answer, ImeiSource, Rules
from app.core.verdicts import Verdict
from tests.core.bench import Bench, verdict

A, B, C = "863950069494278", "863950069494286", "863950069494294"
CONTINUE, CANCEL = card_text(Card.CONTINUE), card_text(Card.CANCEL)


def qr(number: int) -> str:
    return f"pk=p11sf2&sn={100000 + number}&v=1"


def serial_bench(module: str | None = None, source: ImeiSource = ImeiSource.SERIAL) -> Bench:
    return Bench(Rules(imei_from=source, has_port=True), module)


def final_bench(module: str | None = None, source: ImeiSource = ImeiSource.EITHER) -> Bench:
    return Bench(Rules(imei_from=source, has_port=True, final_answers=True), module)


def bound(bench: Bench, number: int, imei: str) -> None:
    assert verdict(bench.scan(qr(number))) is Verdict.HALF
    assert verdict(bench.scan(imei)) is Verdict.BOUND


# --- two halves, in any order ---------------------------------------------------------------------


@pytest.mark.parametrize("order", [(qr(1), A), (A, qr(1))])
def test_two_halves_in_any_order_are_bound(order: tuple[str, str]) -> None:
    bench = Bench()
    assert verdict(bench.scan(order[0])) is Verdict.HALF
    answer = bench.scan(order[1])
    assert verdict(answer) is Verdict.BOUND
    assert [(r.sn, r.imei) for r in bench.live] == [("100001", A)]
    assert answer is not None
    assert answer.seq == bench.live[0].seq
    assert bench.state.unit == EMPTY_UNIT


def test_the_same_code_again_is_the_same_half() -> None:
    bench = Bench()
    bench.scan(qr(1))
    answer = bench.scan(qr(1))
    assert verdict(answer) is Verdict.HALF
    assert answer is not None
    assert answer.dropped is None
    assert verdict(bench.scan(A)) is Verdict.BOUND


def test_another_device_code_replaces_the_half_and_says_so() -> None:
    bench = Bench()
    bench.scan(qr(1))
    answer = bench.scan(qr(2))
    assert answer is not None
    assert answer.dropped is not None
    assert answer.dropped.unit.device is not None
    assert answer.dropped.unit.device.sn == "100001"
    assert verdict(bench.scan(A)) is Verdict.BOUND
    assert bench.live[0].sn == "100002"


def test_a_half_that_is_bound_already_says_so() -> None:
    bench = Bench()
    bound(bench, 1, A)
    answer = bench.scan(qr(1))
    assert verdict(answer) is Verdict.HALF
    assert answer is not None
    assert answer.earlier == bench.live[0]


def test_a_half_is_dropped_after_its_time_and_the_next_answer_carries_it() -> None:
    bench = Bench()
    bench.scan(qr(1))
    assert bench.wait(59.9) is None
    assert bench.state.unit != EMPTY_UNIT
    bench.wait(0.2)
    assert bench.state.unit == EMPTY_UNIT
    answer = bench.scan(A)
    assert verdict(answer) is Verdict.HALF
    assert answer is not None
    assert answer.dropped is not None
    assert answer.dropped.reason.why is Why.DROPPED_TIME_OUT
    assert bench.entries[0].kind is EventKind.DROPPED


@pytest.mark.parametrize("by_key", [True, False])
def test_cancel_drops_the_half(by_key: bool) -> None:
    bench = Bench()
    bench.scan(qr(1))
    answer = bench.press_cancel() if by_key else bench.scan(CANCEL)
    assert verdict(answer) is Verdict.CANCELLED
    assert answer is not None
    assert answer.dropped is not None
    assert bench.state.unit == EMPTY_UNIT
    assert bench.live == []


# --- what stands in the way -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "imei", "expected", "earlier", "earlier_imei"),
    [
        (1, A, Verdict.ALREADY_BOUND, 0, None),
        (1, C, Verdict.SN_TAKEN, 0, None),
        (3, A, Verdict.IMEI_TAKEN, 0, None),
        (1, B, Verdict.CROSSED, 0, 1),
    ],
)
def test_what_is_bound_already_is_judged_and_the_earlier_record_named(
    number: int, imei: str, expected: Verdict, earlier: int, earlier_imei: int | None
) -> None:
    bench = Bench()
    bound(bench, 1, A)
    bound(bench, 2, B)
    before = list(bench.live)
    bench.scan(qr(number))
    answer = bench.scan(imei)
    assert verdict(answer) is expected
    assert answer is not None
    assert answer.earlier == before[earlier]
    assert answer.earlier_imei == (before[earlier_imei] if earlier_imei is not None else None)
    assert bench.live == before


def test_an_invalid_imei_ends_the_unit_in_hand() -> None:
    bench = Bench()
    bench.scan(qr(1))
    answer = bench.scan("863950069494270")
    assert verdict(answer) is Verdict.IMEI_INVALID
    assert answer is not None
    assert answer.imei_text == "863950069494270"
    assert answer.unit.device is not None
    entry = bench.entries[-1]
    assert (entry.kind, entry.label_imei, entry.sn) == (EventKind.FAULTED, "863950069494270", "100001")


def test_an_unknown_code_is_answered_with_its_text_on_record() -> None:
    bench = Bench()
    bench.scan(qr(1))
    answer = bench.scan("6901234567892")
    assert verdict(answer) is Verdict.UNKNOWN_CODE
    assert answer is not None
    assert answer.dropped is not None
    assert bench.entries[-1].raw == "6901234567892"


# --- latching -------------------------------------------------------------------------------------


def test_a_fault_latches_and_swallows_and_counts_every_scan() -> None:
    bench = Bench()
    bench.scan("nonsense")
    for text in (qr(1), A, "nonsense", CANCEL):
        assert verdict(bench.scan(text)) is Verdict.IGNORED
    assert bench.state.latch is not None
    assert bench.state.latch.ignored == 4
    assert bench.live == []


@pytest.mark.parametrize("by_key", [True, False])
def test_continue_ends_the_latch_and_leaves_both_slots_empty(by_key: bool) -> None:
    bench = Bench()
    bench.scan(qr(1))
    bench.scan("863950069494270")
    answer = bench.press_continue() if by_key else bench.scan(CONTINUE)
    assert verdict(answer) is Verdict.CONTINUED
    assert bench.state.latch is None
    assert verdict(bench.scan(A)) is Verdict.HALF


def test_continue_without_a_fault_changes_nothing() -> None:
    bench = Bench()
    bench.scan(qr(1))
    assert bench.press_continue() is None
    assert verdict(bench.scan(A)) is Verdict.BOUND


def test_without_latching_a_fault_ends_at_once() -> None:
    bench = Bench(Rules(latching=False))
    assert verdict(bench.scan("nonsense")) is Verdict.UNKNOWN_CODE
    bound(bench, 1, A)


def test_a_journal_fault_latches_until_the_journal_can_be_written() -> None:
    bench = Bench()
    bench.scan(qr(1))
    bench.journal_works = False
    assert verdict(bench.scan(A)) is Verdict.JOURNAL_FAULT
    assert verdict(bench.press_continue()) is Verdict.JOURNAL_FAULT
    assert verdict(bench.scan(qr(1))) is Verdict.IGNORED
    bench.journal_works = True
    assert verdict(bench.press_continue()) is Verdict.CONTINUED
    assert bench.live == []
    bound(bench, 1, A)


# --- double triggers ------------------------------------------------------------------------------


def test_the_same_text_within_a_second_is_a_double_trigger() -> None:
    bench = Bench()
    bench.scan(qr(1))
    assert verdict(bench.scan(qr(1), after=0.9)) is Verdict.REPEATED
    assert verdict(bench.scan(qr(1), after=1.1)) is Verdict.HALF


def test_an_empty_frame_gets_no_answer() -> None:
    bench = Bench()
    assert bench.scan("\r\n") is None


# --- the module over serial -----------------------------------------------------------------------


def test_a_device_code_is_bound_to_the_module_on_the_fixture() -> None:
    bench = serial_bench(module=A)
    assert verdict(bench.scan(qr(1))) is Verdict.BOUND
    assert bench.entries[-1].capture is Capture.SERIAL


def test_a_module_that_came_first_is_read_again_when_its_code_is_scanned() -> None:
    bench = serial_bench()
    assert verdict(bench.put_on(A)) is Verdict.HALF
    bench.module = B  # swapped behind a bridge, unseen
    assert verdict(bench.scan(qr(1))) is Verdict.BOUND
    assert bench.live[0].imei == B


def test_the_last_unit_on_the_fixture_is_never_bound_to_the_next_code() -> None:
    bench = serial_bench(module=A)
    bench.scan(qr(1))
    assert bench.scan(qr(2)) is None
    assert bench.state.lifting
    bench.lift()
    assert not bench.state.lifting
    assert verdict(bench.put_on(B)) is Verdict.BOUND
    assert [(r.sn, r.imei) for r in bench.live] == [("100001", A), ("100002", B)]


def test_the_same_unit_scanned_again_on_the_fixture_is_already_bound() -> None:
    bench = serial_bench(module=A)
    bench.scan(qr(1))
    assert verdict(bench.scan(qr(1))) is Verdict.ALREADY_BOUND


def test_a_module_that_has_been_away_is_taken() -> None:
    bench = serial_bench(module=A)
    bench.scan(qr(1))
    bench.lift()
    bench.put_on(A)
    assert verdict(bench.scan(qr(2))) is Verdict.IMEI_TAKEN


def test_scan_with_a_port_waits_only_so_long_for_the_last_unit_to_be_lifted() -> None:
    bench = final_bench(module=A)
    bench.scan(qr(1))
    assert bench.scan(qr(2)) is None
    assert bench.wait(24.0) is None
    answer = bench.wait(2.0)
    assert verdict(answer) is Verdict.MODULE_FAULT
    assert answer is not None
    assert answer.reason is not None
    assert answer.reason.why is Why.MODULE_NOT_LIFTED


def test_scan_with_a_port_answers_each_device_code_finally() -> None:
    assert verdict(final_bench(module=A).scan(qr(1))) is Verdict.BOUND
    assert verdict(final_bench(module=None).scan(qr(1))) is Verdict.MODULE_FAULT
    assert verdict(final_bench(module="863950069494270").scan(qr(1))) is Verdict.IMEI_INVALID


def test_with_either_source_a_silent_fixture_leaves_the_half_waiting_for_the_label() -> None:
    bench = serial_bench(source=ImeiSource.EITHER)
    assert verdict(bench.scan(qr(1))) is Verdict.HALF
    answer = bench.scan(A)
    assert verdict(answer) is Verdict.BOUND
    assert bench.entries[-1].capture is Capture.LABEL


def test_with_both_sources_label_and_chip_must_agree() -> None:
    bench = final_bench(module=A, source=ImeiSource.BOTH)
    assert verdict(bench.scan(qr(1))) is Verdict.HALF
    assert verdict(bench.scan(A)) is Verdict.BOUND
    assert bench.entries[-1].capture is Capture.BOTH
    bench.lift()
    bench.module = B
    bench.scan(qr(2))
    answer = bench.scan(C)
    assert verdict(answer) is Verdict.IMEI_MISMATCH
    assert (bench.entries[-1].label_imei, bench.entries[-1].chip_imei) == (C, B)


def test_a_label_that_was_scanned_although_serial_was_wanted_must_agree_too() -> None:
    bench = serial_bench(module=A)
    bench.scan(B)
    assert verdict(bench.scan(qr(1))) is Verdict.IMEI_MISMATCH


def test_lifting_the_module_drops_its_half() -> None:
    bench = serial_bench()
    bench.put_on(A)
    bench.lift()
    assert bench.state.unit == EMPTY_UNIT
    assert bench.state.dropped is not None
    assert bench.state.dropped.reason.why is Why.DROPPED_MODULE_GONE


def test_lifting_the_faulted_module_while_latched_is_on_record_and_no_ignored_scan() -> None:
    bench = serial_bench()
    bench.put_on("863950069494270")
    assert bench.state.latch is not None
    bench.lift()
    assert bench.entries[-1].kind is EventKind.FIXTURE_CHANGED
    assert bench.state.latch.ignored == 0


def test_after_continue_the_fixture_is_looked_at_afresh_and_the_faulted_module_does_not_count() -> None:
    bench = serial_bench()
    bench.put_on("863950069494270")
    bench.press_continue()
    assert bench.state.latch is None
    assert bench.state.unit == EMPTY_UNIT
    bench.scan("nonsense")
    bench.put_on(A)
    bench.press_continue()
    assert bench.state.unit.chip == A


def test_after_a_journal_fault_the_module_on_the_fixture_may_be_bound_without_lifting_it() -> None:
    bench = serial_bench(module=A)
    bench.journal_works = False
    assert verdict(bench.scan(qr(1))) is Verdict.JOURNAL_FAULT
    bench.journal_works = True
    bench.press_continue()
    assert verdict(bench.scan(qr(1))) is Verdict.BOUND


# --- what a slow module makes possible ------------------------------------------------------------


class SlowBench(Bench):
    """A module that has not answered yet."""

    def _ask(self, action: AskModule) -> None:  # type: ignore[override]  # the answer comes later
        self.asked = action.ask

    def answer(self, ask: int, imei: str) -> Answer | None:
        self.module = imei
        return self._happen(ModuleAnswered(at=self._later(0.1), ask=ask, imei_text=imei))


def slow_bench() -> SlowBench:
    return SlowBench(Rules(imei_from=ImeiSource.SERIAL, has_port=True))


def test_the_module_of_a_unit_that_was_refused_during_its_reading_is_never_bound_to_the_next_code() -> None:
    bench = slow_bench()
    bench.put_on(A)
    bench.scan(qr(1))
    assert verdict(bench.scan("863950069494270")) is Verdict.IMEI_INVALID
    assert bench.answer(bench.asked, A) is None
    bench.press_continue()
    assert bench.state.unit == EMPTY_UNIT
    bench.scan(qr(2))
    assert bench.answer(bench.asked, A) is None
    assert bench.state.lifting
    assert bench.live == []


def test_the_late_answer_of_a_unit_that_its_label_bound_is_no_new_unit() -> None:
    bench = SlowBench(Rules(imei_from=ImeiSource.EITHER, has_port=True))
    bench.scan(qr(1))
    assert verdict(bench.scan(A)) is Verdict.BOUND
    assert bench.answer(bench.asked, A) is None
    assert bench.state.unit == EMPTY_UNIT


def test_an_answer_to_a_question_that_nobody_waits_for_any_more_still_shows_the_module() -> None:
    bench = slow_bench()
    bench.scan(qr(1))
    bench.press_cancel()
    assert verdict(bench.answer(bench.asked, A)) is Verdict.HALF
    assert bench.state.unit.chip == A


def test_a_question_that_is_never_answered_ends_all_the_same() -> None:
    bench = slow_bench()
    bench.scan(qr(1))
    assert bench.state.wake_at is not None
    assert bench.wait(29.0) is None
    assert verdict(bench.wait(2.0)) is Verdict.MODULE_FAULT
    assert bench.state.wake_at is None


def test_the_same_code_may_be_scanned_at_once_after_the_cancel_key() -> None:
    bench = Bench()
    bench.scan(qr(1))
    bench.press_cancel()
    assert verdict(bench.scan(qr(1), after=0.1)) is Verdict.HALF


def test_signing_in_or_out_never_ends_a_red_screen() -> None:
    person = Person("Zhao Min", Role.SUPERVISOR)
    bench = Bench(Rules(people=(person,), idle_seconds=10.0))
    bench._happen(SignedIn(at=bench.now, person=person))
    bench.scan("nonsense")
    bench.wait(60.0)
    assert bench.state.latch is not None
    bench._happen(SignedIn(at=bench.now, person=person))
    assert bench.state.latch is not None


def test_whoever_does_nothing_is_signed_out() -> None:
    person = Person("Chen Jing", Role.OPERATOR)
    bench = Bench(Rules(people=(person,), idle_seconds=10.0))
    bench._happen(SignedIn(at=bench.now, person=person))
    assert bench.wait(9.0) is None
    assert verdict(bench.wait(2.0)) is Verdict.SIGNED_OUT
    assert bench.state.operator is None


def test_whoever_works_on_another_page_is_not_idle() -> None:
    person = Person("Zhao Min", Role.SUPERVISOR)
    bench = Bench(Rules(people=(person,), idle_seconds=10.0))
    bench._happen(SignedIn(at=bench.now, person=person))
    assert bench.wait(9.0) is None
    bench._happen(Touched(at=bench.now))
    assert bench.wait(9.0) is None
    assert verdict(bench.wait(2.0)) is Verdict.SIGNED_OUT

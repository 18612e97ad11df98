"""Whatever happens in whatever order, the rules hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.cards import Card, card_text
from app.core.record import EventKind
from app.core.unit import ImeiSource, Rules
from app.core.verdicts import Verdict
from tests.core.bench import Bench

IMEIS = ["863950069494278", "863950069494286", "863950069494294"]
CODES = [f"pk=p11sf2&sn={number}&v=1" for number in (1, 2, 3)]
ODD = ["863950069494270", "nonsense", card_text(Card.CONTINUE), card_text(Card.CANCEL), "", "\r"]

scans = st.tuples(st.just("scan"), st.sampled_from(IMEIS + CODES + ODD), st.sampled_from([0.1, 2.0, 70.0]))
modules = st.tuples(st.just("put on"), st.sampled_from([*IMEIS, "863950069494270"]), st.just(0.0))
others = st.tuples(
    st.sampled_from(["lift", "continue", "cancel", "wait", "journal fails", "journal works"]),
    st.just(""),
    st.just(61.0),
)
rules = st.builds(
    Rules,
    imei_from=st.sampled_from(list(ImeiSource)),
    has_port=st.booleans(),
    final_answers=st.booleans(),
    latching=st.booleans(),
)


def happen(bench: Bench, what: str, text: str, seconds: float) -> None:
    match what:
        case "scan":
            bench.scan(text, after=seconds)
        case "put on":
            bench.put_on(text)
        case "lift":
            bench.lift()
        case "continue":
            bench.press_continue()
        case "cancel":
            bench.press_cancel()
        case "wait":
            bench.wait(seconds)
        case _:
            bench.journal_works = what == "journal works"


@settings(max_examples=400)
@given(rules, st.lists(st.one_of(scans, scans, modules, others), max_size=30))
def test_no_order_of_events_makes_a_wrong_pair(chosen: Rules, events: list[tuple[str, str, float]]) -> None:
    bench = Bench(chosen)
    for what, text, seconds in events:
        was_latched, answers, bindings = bench.state.latch is not None, len(bench.answers), len(bench.live)
        happen(bench, what, text, seconds)
        new = bench.answers[answers:]
        assert all(answer.verdict is not Verdict.BOUND or answer.seq is not None for answer in new)
        assert len(bench.live) - bindings == sum(answer.verdict is Verdict.BOUND for answer in new)
        if was_latched:
            assert len(bench.live) == bindings
        assert bench.state.pending is None
    assert len({r.imei for r in bench.live}) == len(bench.live)
    assert len({(r.pk, r.sn) for r in bench.live}) == len(bench.live)
    assert sum(entry.kind is EventKind.BOUND for entry in bench.entries) == len(bench.live)


@settings(max_examples=300)
@given(st.booleans(), st.lists(scans, max_size=30))
def test_without_a_port_every_frame_is_answered_exactly_once(
    latching: bool, events: list[tuple[str, str, float]]
) -> None:
    bench = Bench(Rules(latching=latching))
    for _, text, seconds in events:
        answers = len(bench.answers)
        bench.scan(text, after=seconds)
        assert len(bench.answers) - answers == (1 if text.strip("\r") else 0)


@given(st.lists(scans, max_size=30))
def test_a_bound_pair_is_made_of_the_last_code_and_the_last_label_scanned(
    events: list[tuple[str, str, float]],
) -> None:
    bench = Bench(Rules(latching=False))
    code = label = ""
    for _, text, seconds in events:
        bench.scan(text, after=seconds)
        code = text if text in CODES else code
        label = text if text in IMEIS else label
        if bench.answers and bench.answers[-1].verdict is Verdict.BOUND and text.strip():
            assert f"pk=p11sf2&sn={bench.live[-1].sn}&v=1" == code
            assert bench.live[-1].imei == label

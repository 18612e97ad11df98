"""Whatever happens in whatever order, the rules hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.cards import Card, card_text
from app.core.codes import ProductKey
from app.core.orders import WorkOrder
from app.core.products import Product
from app.core.record import BoundRecord, Entry, EventKind
from app.core.unit import ImeiSource, Mode, Rules
from app.core.verdicts import Verdict
from tests.core.bench import Bench

IMEIS = ["863950069494278", "863950069494286", "863950069494294"]
OTHER_TYPE = "869487066634998"
CODES = [f"pk=p11sf2&sn={number}&v=1" for number in (1, 2, 3)]
OTHER_CODES = [f"pk=p08kx1&sn={number}&v=1" for number in (1, 2)]
CARDS = [card_text(card) for card in Card if card is not Card.UNDO]
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


ISSUED = {"1": {"1", "2"}, "2": {"2", "3"}, "3": {"1"}}
orders = st.lists(
    st.builds(
        lambda number, pk, issued: WorkOrder(number, ProductKey(pk), None, issued, int(number), ""),
        st.sampled_from(sorted(ISSUED)),
        st.sampled_from(["p11sf2", "p11sf2", "p08kx1"]),
        st.none() | st.just(2),
    ),
    max_size=3,
    unique_by=lambda order: order.number,
).map(lambda chosen: tuple(sorted(chosen, key=lambda order: order.opened_seq)))
products = st.lists(
    st.builds(
        Product,
        st.sampled_from([ProductKey("p11sf2"), ProductKey("p08kx1")]),
        imei_from=st.none() | st.sampled_from(list(ImeiSource)),
        tacs=st.sampled_from([(), ("86395006",), ("86948706", "35868800")]),
    ),
    max_size=2,
    unique_by=lambda product: product.pk,
).map(tuple)
rules_with_orders = st.builds(replace, rules, orders=orders, products=products)
scans_of_orders = st.tuples(
    st.just("scan"),
    st.sampled_from([*IMEIS, OTHER_TYPE, *CODES, *OTHER_CODES]),
    st.just(2.0),
)
cards = st.tuples(st.just("scan"), st.sampled_from(CARDS), st.just(2.0))
units = st.tuples(st.sampled_from([*CODES, *OTHER_CODES]), st.sampled_from([*IMEIS, OTHER_TYPE])).map(
    lambda halves: [("scan", half, 2.0) for half in halves]
)
work = st.lists(
    st.one_of(
        units,
        units,
        *(st.lists(one, min_size=1, max_size=1) for one in (scans_of_orders, modules, others, cards)),
    )
).map(lambda pieces: [event for piece in pieces for event in piece])


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


def takes(chosen: Rules, record: BoundRecord, order: str | None, entry: Entry) -> bool:
    """What the rules say of a bound pair, in words of their own."""
    wanting = [one for one in chosen.orders if one.pk == record.pk]
    holding = [one for one in wanting if one.issued is not None and record.sn in ISSUED[one.number]]
    goes_to = next(iter(holding or wanting), None)
    product = next((one for one in chosen.products if one.pk == record.pk), Product(record.pk))
    source = product.imei_from or chosen.imei_from
    return (
        (goes_to.number if goes_to else None) == order
        and (not chosen.orders or goes_to is not None)
        and (goes_to is None or goes_to.issued is None or goes_to in holding)
        and (not product.tacs or record.imei[:8] in product.tacs)
        and (entry.chip_imei is not None or source in (ImeiSource.LABEL, ImeiSource.EITHER))
        and (entry.label_imei is not None or source in (ImeiSource.SERIAL, ImeiSource.EITHER))
    )


@settings(max_examples=400)
@given(rules_with_orders, work)
def test_no_order_of_events_binds_what_no_order_asks_for(
    chosen: Rules, events: list[tuple[str, str, float]]
) -> None:
    bench = Bench(chosen)
    bench.issued = ISSUED
    for what, text, seconds in events:
        mode, bindings = bench.state.mode, len(bench.live)
        happen(bench, what, text, seconds)
        if mode is Mode.VERIFY:
            assert len(bench.live) == bindings
        assert bench.state.pending is None
    for record in bench.live:
        assert takes(chosen, record, bench.orders_of[record.seq], bench.entries[record.seq - 1])


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

"""What is typed in by hand: where the product allows it, twice, and marked for ever."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.core.codes import ProductKey
from app.core.errors import Refused, Why
from app.core.people import Person, Role
from app.core.products import ImeiSource, Product
from app.core.record import Capture, EventKind
from app.core.template import parse_template
from app.core.typed_entry import checked_imei, checked_sn, wanted
from app.core.unit import Half, Mode, Rules
from app.core.verdicts import Verdict
from tests.core.bench import Bench
from tests.core.test_orders import order

PK, SN, IMEI = "p11sf2", "123456789123456789", "863950069494278"
QR = f"pk={PK}&sn={SN}&v=1"
PRODUCT = Product(ProductKey(PK), typed=True)
RULES = Rules(imei_from=ImeiSource.LABEL, products=(PRODUCT,))


def bench_with(**change: object) -> Bench:
    return Bench(replace(RULES, products=(replace(PRODUCT, **change),)))  # type: ignore[arg-type]


def type_sn(bench: Bench, sn: str = SN, again: str | None = None) -> None:
    bench.type_sn(PK, sn, again)


def type_imei(bench: Bench, imei: str = IMEI, again: str | None = None) -> None:
    bench.type_imei(imei, again)


def test_a_unit_whose_codes_cannot_be_scanned_is_typed_and_bound() -> None:
    bench = Bench(RULES)
    type_sn(bench)
    type_imei(bench)
    assert [one.verdict for one in bench.answers] == [Verdict.HALF, Verdict.BOUND]
    (entry,) = [one for one in bench.entries if one.kind is EventKind.BOUND]
    assert (entry.pk, entry.sn, entry.label_imei, entry.capture) == (PK, SN, IMEI, Capture.TYPED)
    assert json.loads(entry.detail or "") == {"typed": "sn imei"}


def test_only_what_was_typed_is_told_as_typed() -> None:
    bench = Bench(RULES)
    bench.scan(QR)
    type_imei(bench)
    assert bench.entries[-1].capture is Capture.TYPED
    assert json.loads(bench.entries[-1].detail or "") == {"typed": "imei"}
    bench.scan(QR.replace("789&", "780&"))
    bench.scan("869487066634998")
    assert (bench.entries[-1].capture, bench.entries[-1].detail) == (Capture.LABEL, None)


def test_what_was_typed_stays_typed_though_it_is_scanned_afterwards() -> None:
    bench = Bench(RULES)
    type_sn(bench)
    bench.scan(QR)
    bench.scan(IMEI)
    assert bench.answers[-1].verdict is Verdict.BOUND
    assert bench.entries[-1].capture is Capture.TYPED


def test_another_device_code_forgets_what_was_typed_of_the_one_before() -> None:
    bench = Bench(RULES)
    type_sn(bench)
    bench.scan(QR.replace("789&", "780&"))
    bench.scan(IMEI)
    assert bench.entries[-1].capture is Capture.LABEL


@pytest.mark.parametrize("change", [{"typed": False}, {"pk": ProductKey("p08kx1")}])
def test_a_product_that_does_not_allow_it_takes_nothing_typed(change: dict[str, object]) -> None:
    bench = bench_with(**change)
    type_sn(bench)
    assert (bench.answers, bench.entries) == ([], [])
    bench.scan(QR)
    type_imei(bench)
    assert [one.verdict for one in bench.answers] == [Verdict.HALF]


def test_two_entries_that_differ_are_refused_and_change_nothing() -> None:
    bench = Bench(RULES)
    type_sn(bench, again=SN[:-1] + "0")
    assert bench.answers == []
    with pytest.raises(Refused) as refusal:
        checked_sn(bench.state, PK, SN, SN[:-1])
    assert refusal.value.reason.why is Why.TYPED_DIFFER
    bench.scan(QR)
    type_imei(bench, again="869487066634998")
    with pytest.raises(Refused) as refusal:
        checked_imei(bench.state, IMEI, "")
    assert refusal.value.reason.why is Why.TYPED_DIFFER
    assert [one.verdict for one in bench.answers] == [Verdict.HALF]


def test_a_number_may_be_typed_in_groups() -> None:
    bench = Bench(RULES)
    type_sn(bench, "12345 67891 23456 789", SN)
    type_imei(bench, "86395 00694 94278", IMEI)
    assert bench.answers[-1].verdict is Verdict.BOUND


def test_an_sn_that_no_qr_code_of_the_product_holds_is_refused() -> None:
    bench = bench_with(format=parse_template("PK={pk}+SN={sn:[0-9]{15}}"))
    with pytest.raises(Refused) as refusal:
        checked_sn(bench.state, PK, SN, SN)
    assert refusal.value.reason.why is Why.TYPED_NOT_A_CODE
    assert checked_sn(bench.state, PK, SN[:15], SN[:15]).sn == SN[:15]


def test_a_wrong_check_digit_is_the_units_fault_unless_it_was_released() -> None:
    bench = Bench(RULES)
    bench.scan(QR)
    type_imei(bench, "863950069494275")
    assert bench.answers[-1].verdict is Verdict.IMEI_INVALID
    entry = bench.entries[-1]
    assert (entry.label_imei, entry.capture) == ("863950069494275", Capture.TYPED)
    assert json.loads(entry.detail or "")["typed"] == "imei"


@pytest.mark.parametrize("imei", ["86395006949427", "86395006949427X", "000000000000000"])
def test_what_can_be_no_imei_is_refused_before_it_is_one_of_the_unit(imei: str) -> None:
    bench = Bench(RULES)
    bench.scan(QR)
    with pytest.raises(Refused):
        checked_imei(bench.state, imei, imei)
    type_imei(bench, imei)
    assert [one.verdict for one in bench.answers] == [Verdict.HALF]


def test_a_typed_imei_must_agree_with_the_chip_where_both_are_wanted() -> None:
    bench = Bench(replace(RULES, imei_from=ImeiSource.BOTH, has_port=True), module="869487066634998")
    bench.scan(QR)
    type_imei(bench)
    assert bench.answers[-1].verdict is Verdict.IMEI_MISMATCH


def test_where_the_module_must_be_read_no_imei_is_typed() -> None:
    bench = Bench(replace(RULES, imei_from=ImeiSource.SERIAL))
    type_sn(bench)
    assert bench.state.unit.device is not None
    assert wanted(bench.state) is None
    type_imei(bench)
    assert [one.verdict for one in bench.answers] == [Verdict.HALF]


def test_the_sn_of_an_ordered_product_alone_is_wanted() -> None:
    other = Product(ProductKey("p08kx1"), typed=True)
    rules = replace(RULES, products=(PRODUCT, other), orders=(order("1"),))
    asked = wanted(Bench(rules).state)
    assert asked is not None
    assert (asked.half, asked.products) == (Half.SN, (PRODUCT,))


def test_nothing_is_typed_while_a_fault_is_latched_or_nobody_is_signed_in() -> None:
    bench = Bench(RULES)
    bench.scan("https://example.com")
    type_sn(bench)
    assert wanted(bench.state) is None
    assert len(bench.answers) == 1
    guarded = Bench(replace(RULES, people=(Person("Wang Fang", Role.QA),)))
    type_sn(guarded)
    assert (wanted(guarded.state), guarded.answers) == (None, [])


def test_a_scanner_cannot_type_a_bare_sn() -> None:
    bench = Bench(RULES)
    answer = bench.scan(SN)
    assert answer is not None
    assert answer.verdict is Verdict.UNKNOWN_CODE


def test_a_product_that_allows_it_no_more_drops_what_was_typed() -> None:
    bench = Bench(RULES)
    type_sn(bench)
    bench.change_rules(replace(RULES, products=(replace(PRODUCT, typed=False),)))
    assert bench.state.unit.device is None
    assert bench.entries[-1].kind is EventKind.DROPPED
    assert json.loads(bench.entries[-1].detail or "") == {"typed": "sn", "why": Why.DROPPED_TYPED}


def test_a_typed_unit_is_compared_in_verify_mode_and_marked() -> None:
    bench = Bench(RULES)
    bench.choose(Mode.VERIFY)
    type_sn(bench)
    assert bench.answers[-1].verdict is Verdict.NOT_BOUND
    assert (bench.entries[-1].kind, bench.entries[-1].capture) == (EventKind.VERIFIED, Capture.TYPED)

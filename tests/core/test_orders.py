"""Products and work orders: which units the station takes, and for which order."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Refused, Why
from app.core.orders import WorkOrder, checked_number, checked_quantity, digest_of
from app.core.products import ImeiSource, Product, product_of
from app.core.template import parse_template
from app.core.unit import Answer, Rules
from app.core.verdicts import Verdict
from tests.core.bench import Bench, verdict

A, B = "863950069494278", "863950069494286"
OTHER_TYPE = "869487066634998"
T1, G2 = ProductKey("p11sf2"), ProductKey("p08kx1")


def qr(sn: int, pk: str = T1) -> str:
    return f"pk={pk}&sn={sn}&v=1"


def order(number: str, pk: ProductKey = T1, issued: int | None = None) -> WorkOrder:
    return WorkOrder(number, pk, None, issued, int(number), "2026-01-01T00:00:00.000Z")


def bench(*orders: WorkOrder, products: tuple[Product, ...] = (), rules: Rules | None = None) -> Bench:
    rules = rules or Rules(latching=False)
    return Bench(replace(rules, orders=orders, products=products))


def why(answer: Answer | None) -> Why | None:
    return answer.reason.why if answer and answer.reason else None


# --- which order ------------------------------------------------------------------------------------


def test_where_no_order_is_open_every_product_is_accepted() -> None:
    station = bench()
    station.scan(qr(1, G2))
    assert verdict(station.scan(A)) is Verdict.BOUND
    assert station.orders_of == {1: None}


def test_a_product_that_no_open_order_asks_for_is_refused_at_once() -> None:
    station = bench(order("1"))
    station.scan(A)
    answer = station.scan(qr(1, G2))
    assert (verdict(answer), why(answer)) == (Verdict.WRONG_PRODUCT, Why.PRODUCT_NOT_ORDERED)
    assert answer is not None
    assert answer.reason is not None
    assert dict(answer.reason.facts) == {"pk": G2, "wanted": T1}


def test_what_is_wanted_is_told_by_its_first_names() -> None:
    others = [order(str(number), ProductKey(f"p{number}")) for number in range(1, 6)]
    answer = bench(*others).scan(qr(1))
    assert answer is not None
    assert answer.reason is not None
    assert answer.reason.facts["wanted"] == "p1, p2, p3, …"


def test_a_device_code_goes_to_the_order_with_its_product() -> None:
    station = bench(order("1"), order("2", G2))
    station.scan(qr(1, G2))
    station.scan(A)
    assert station.orders_of == {1: "2"}


def test_a_device_code_goes_to_the_order_whose_list_holds_it() -> None:
    station = bench(order("1"), order("2", issued=1), order("3", issued=1))
    station.issued = {"2": {"77"}, "3": {"88"}}
    for sn, imei in (("88", A), ("99", B)):
        station.scan(qr(int(sn)))
        station.scan(imei)
    assert station.orders_of == {1: "3", 2: "1"}


def test_an_sn_on_no_list_goes_to_the_order_that_was_opened_first_and_is_refused_where_that_has_one() -> None:
    station = bench(order("1", issued=1), order("2"))
    station.issued = {"1": {"77"}}
    answer = station.scan(qr(99))
    assert (verdict(answer), why(answer)) == (Verdict.SN_NOT_ISSUED, Why.SN_NOT_ON_LIST)
    assert station.orders_of == {1: "1"}


def test_of_an_sn_on_no_list_every_order_with_a_list_for_it_is_named() -> None:
    station = bench(order("1", issued=1), order("2", issued=1), order("3"), order("4", G2, issued=1))
    answer = station.scan(qr(99))
    assert answer is not None
    assert answer.reason is not None
    assert answer.reason.facts["order"] == "1, 2"


def test_the_list_of_another_product_issues_nothing() -> None:
    station = bench(order("1", issued=1), order("2", G2, issued=1))
    station.issued = {"1": {"77"}, "2": {"77"}}
    assert verdict(station.scan(qr(77))) is Verdict.HALF
    station.issued = {"1": {"76"}, "2": {"77"}}
    assert verdict(station.scan(qr(77))) is Verdict.SN_NOT_ISSUED


# --- module types -----------------------------------------------------------------------------------

LISTED = Product(T1, tacs=("86395006",))


def test_a_module_of_another_type_is_refused_when_both_halves_are_there() -> None:
    station = bench(products=(LISTED,))
    station.scan(qr(1))
    answer = station.scan(OTHER_TYPE)
    assert (verdict(answer), why(answer)) == (Verdict.TAC_NOT_ALLOWED, Why.TAC_NOT_ALLOWED)
    station.scan(qr(1))
    assert verdict(station.scan(A)) is Verdict.BOUND


def test_a_module_alone_is_refused_where_no_open_order_could_take_it() -> None:
    assert verdict(bench(order("1"), products=(LISTED,)).scan(OTHER_TYPE)) is Verdict.TAC_NOT_ALLOWED
    for orders in ((), (order("1"), order("2", G2))):
        station = bench(*orders, products=(LISTED,))
        assert verdict(station.scan(OTHER_TYPE)) is Verdict.HALF
        assert verdict(station.scan(qr(1))) is Verdict.TAC_NOT_ALLOWED


def test_the_order_of_the_verdicts_is_that_of_the_rules() -> None:
    rules = Rules(has_port=True, imei_from=ImeiSource.BOTH, latching=False)
    station = bench(order("1", issued=1), products=(LISTED,), rules=rules)
    station.issued = {"1": {"77"}}
    station.module = OTHER_TYPE
    assert verdict(station.scan(qr(1, G2))) is Verdict.WRONG_PRODUCT
    assert verdict(station.scan(qr(1))) is Verdict.SN_NOT_ISSUED
    station.scan(qr(77))
    assert verdict(station.answers[-1]) is Verdict.TAC_NOT_ALLOWED
    station = bench(order("1"), products=(LISTED,), rules=rules)
    station.scan(A)
    station.module = OTHER_TYPE
    assert verdict(station.scan(qr(1))) is Verdict.IMEI_MISMATCH, "label and chip differ, and the chip's type"


# --- the product decides where the IMEI comes from --------------------------------------------------


@pytest.mark.parametrize("source", list(ImeiSource))
def test_the_product_decides_where_the_imei_comes_from(source: ImeiSource) -> None:
    rules = Rules(has_port=True, imei_from=ImeiSource.SERIAL, final_answers=True, latching=False)
    station = bench(products=(Product(T1, imei_from=source),), rules=rules)
    station.module = A
    answer = station.scan(qr(1))
    if source in (ImeiSource.SERIAL, ImeiSource.EITHER):
        assert verdict(answer) is Verdict.BOUND
    else:
        assert verdict(answer) is Verdict.HALF
        assert verdict(station.scan(A)) is Verdict.BOUND
    assert station.entries[-1].capture == {"serial": "serial", "either": "serial"}.get(source, source)


def test_label_and_module_must_agree_where_the_product_wants_both() -> None:
    station = bench(
        products=(Product(T1, imei_from=ImeiSource.BOTH),), rules=Rules(has_port=True, latching=False)
    )
    station.module = A
    station.scan(qr(1))
    assert verdict(station.scan(B)) is Verdict.IMEI_MISMATCH


def test_a_product_that_does_not_say_takes_what_the_settings_say() -> None:
    rules = Rules(imei_from=ImeiSource.BOTH, products=(Product(T1, imei_from=ImeiSource.LABEL), Product(G2)))
    sources = {
        pk: rules.for_unit(DeviceCode(ProductKey(pk), SerialNumber("1"))).imei_from for pk in (T1, G2, "p3")
    }
    assert sources == {T1: ImeiSource.LABEL, G2: ImeiSource.BOTH, "p3": ImeiSource.BOTH}


def test_before_there_is_a_device_code_the_open_orders_say_where_the_imei_comes_from() -> None:
    products = (Product(T1, imei_from=ImeiSource.LABEL), Product(G2, imei_from=ImeiSource.SERIAL))
    rules = Rules(products=products, orders=(order("1"),))
    assert rules.for_unit(None).imei_from is ImeiSource.LABEL
    assert replace(rules, orders=(order("1"), order("2", G2))).for_unit(None).imei_from is ImeiSource.EITHER


def test_a_module_on_the_fixture_is_not_read_for_a_product_that_goes_by_its_label() -> None:
    rules = Rules(has_port=True, latching=False)
    station = bench(order("1"), products=(Product(T1, imei_from=ImeiSource.LABEL),), rules=rules)
    assert station.put_on(B) is None
    assert verdict(station.scan(qr(1))) is Verdict.HALF
    assert station.put_on(B) is None
    assert verdict(station.scan(A)) is Verdict.BOUND
    assert [record.imei for record in station.live] == [A]


# --- payload formats --------------------------------------------------------------------------------


def test_every_products_format_is_tried_beside_the_platforms() -> None:
    own = Product(T1, format=parse_template("ABCPK={pk}+SN={sn}ABC"))
    station = bench(products=(own,))
    assert verdict(station.scan("ABCPK=p11sf2+SN=1ABC")) is Verdict.HALF
    assert verdict(station.scan(qr(1))) is Verdict.HALF
    assert station.state.dropped is None
    assert verdict(bench().scan("ABCPK=p11sf2+SN=1ABC")) is Verdict.UNKNOWN_CODE


# --- orders that change -----------------------------------------------------------------------------


def test_a_half_in_hand_is_judged_again_when_the_orders_change() -> None:
    station = bench(order("1"))
    station.scan(qr(1))
    assert verdict(station.change_rules(replace(station.state.rules, orders=(order("2", G2),)))) is (
        Verdict.WRONG_PRODUCT
    )
    station.scan(qr(1, G2))
    station.change_rules(replace(station.state.rules, orders=(order("3", G2),)))
    station.scan(A)
    assert station.orders_of[len(station.entries)] == "3"


# --- what can be a product and an order -------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": "x" * 65}, Why.PRODUCT_NAME),
        ({"name": "a\nb"}, Why.PRODUCT_NAME),
        ({"tacs": ("8639500",)}, Why.TAC_DIGITS),
        ({"tacs": ("86395006", "8639500６")}, Why.TAC_DIGITS),
        ({"target": -1}, Why.TARGET_RANGE),
        ({"device_name": "{serial}"}, Why.DEVICE_NAME),
        ({"device_name": "{sn.x}"}, Why.DEVICE_NAME),
        ({"device_name": "{sn!r}"}, Why.DEVICE_NAME),
        ({"device_name": "{sn:>99}"}, Why.DEVICE_NAME),
        ({"device_name": "{"}, Why.DEVICE_NAME),
        ({"device_name": "{}"}, Why.DEVICE_NAME),
    ],
)
def test_what_cannot_be_a_product_is_refused(change: dict[str, object], reason: Why) -> None:
    with pytest.raises(Refused) as refused:
        replace(Product(T1), **change)  # type: ignore[arg-type]
    assert refused.value.reason.why is reason


def test_a_device_name_follows_the_products_pattern() -> None:
    pair = Pair(DeviceCode(T1, SerialNumber("12")), Imei(A))
    assert Product(T1, device_name="T {{1}} {pk}-{sn} {imei}").device_name_of(pair) == f"T {{1}} {T1}-12 {A}"
    assert Product(T1).device_name_of(pair) == ""


def test_a_product_comes_back_as_it_was_kept() -> None:
    own = Product(
        T1,
        "Tracker",
        ImeiSource.BOTH,
        ("86395006", "86948706"),
        parse_template("PK={pk}+SN={sn}"),
        True,
        "{sn}",
        62,
    )
    for product in (own, Product(G2)):
        facts = product.facts()
        tacs = facts["tacs"]
        assert isinstance(tacs, list)
        assert product_of(product.pk, {**facts, "tacs": " ".join(tacs)}) == product


def test_what_cannot_be_an_order_is_refused() -> None:
    assert checked_number(" 24-1107 ") == "24-1107"
    assert checked_quantity(None) is None
    for text in ("", "  ", "x" * 65, "a\tb"):
        with pytest.raises(Refused):
            checked_number(text)
    for quantity in (0, 10**9):
        with pytest.raises(Refused):
            checked_quantity(quantity)


def test_the_digest_of_a_list_does_not_depend_on_its_order() -> None:
    one, other = digest_of(["b", "10", "9"]), digest_of(["9", "b", "10"])
    assert (one.count, one.sha256) == (other.count, other.sha256)
    assert one.sha256 == sha256(b"10\n9\nb\n").hexdigest()
    assert digest_of(["b", "109"]).sha256 != one.sha256

"""Whether every label of a shift is accounted for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.codes import ProductKey
from app.core.errors import Refused, Why
from app.core.orders import WorkOrder
from app.core.reconciliation import LabelCount, Reconciliation, ShiftReport, orders_counted
from app.core.record import OpenShift, UnitRow
from app.core.verdicts import Verdict

counts = st.integers(0, 10**6)


@given(counts, counts, counts, st.none() | counts)
def test_issued_is_bound_and_spoiled_and_left_and_missing(
    issued: int, bound: int, spoiled: int, left: int | None
) -> None:
    facts = Reconciliation(LabelCount(issued, bound, spoiled), left).facts()
    assert facts["issued"] == bound + spoiled + (left or 0) + (facts["missing"] or 0)


@pytest.mark.parametrize("left", [None, 2, 0])
def test_a_sum_that_does_not_close_needs_an_explanation(left: int | None) -> None:
    total = Reconciliation(LabelCount(10, 6, 1), left)
    with pytest.raises(Refused) as refused:
        total.require_explained("")
    assert refused.value.reason.why is Why.LABELS_MISSING
    assert refused.value.reason.facts["missing"] == total.missing == 3 - (left or 0)
    total.require_explained("fell into the machine")


def test_more_labels_than_were_issued_need_one_too() -> None:
    with pytest.raises(Refused) as refused:
        Reconciliation(LabelCount(10, 6, 1), 4).require_explained("")
    assert (refused.value.reason.why, refused.value.reason.facts["more"]) == (Why.LABELS_TOO_MANY, 1)


def test_a_sum_that_closes_needs_none_nor_do_labels_that_nobody_listed() -> None:
    Reconciliation(LabelCount(10, 6, 1), 3).require_explained("")
    unlisted = Reconciliation(None, 3)
    unlisted.require_explained("")
    assert unlisted.missing is None


@pytest.mark.parametrize("left", [-1, 10**9])
def test_a_count_that_cannot_be_is_refused(left: int) -> None:
    with pytest.raises(Refused) as refused:
        Reconciliation(None, left)
    assert refused.value.reason.why is Why.LEFT_RANGE


def order(number: str, issued: int | None, closed: int | None = None) -> WorkOrder:
    return WorkOrder(number, ProductKey("p11sf2"), None, issued, 1, "2026-01-01T00:00:00.000Z", closed)


ORDERS = [order("A", 5), order("B", None), order("C", 5, closed=9), order("D", 5, closed=9)]


@pytest.mark.parametrize(
    ("chosen", "touched", "counted"),
    [
        (None, set(), ("A",)),
        (None, {"B", "C"}, ("A", "C")),
        ("A", {"C"}, ("A",)),
        ("B", {"A"}, ()),
        ("D", set(), ("D",)),
    ],
)
def test_the_labels_of_the_chosen_order_are_counted_else_of_all_that_lie_at_the_station(
    chosen: str | None, touched: set[str], counted: tuple[str, ...]
) -> None:
    assert orders_counted(OpenShift(1, 2, "", work_order=chosen), ORDERS, touched) == counted


def test_a_report_is_kept_as_json() -> None:
    report = ShiftReport(
        OpenShift(7, 2, ""),
        ("A",),
        Reconciliation(LabelCount(5, 3, 1), 1),
        passes=3,
        faults={Verdict.SN_TAKEN: 2},
        by_hour={"2026-03-09T10:00": 3},
        on_hold=(UnitRow(9, "", Verdict.SN_TAKEN, "p11sf2", "1", None),),
    )
    kept = json.loads(json.dumps(report.facts()))
    assert kept["reconciliation"] == {"issued": 5, "bound": 3, "spoiled": 1, "left": 1, "missing": 0}
    assert (kept["faults"], kept["by_hour"]) == ({"sn-taken": 2}, {"2026-03-09T10:00": 3})
    assert kept["on_hold"] == [
        {"seq": 9, "when": "", "verdict": "sn-taken", "pk": "p11sf2", "sn": "1", "imei": None}
    ]

"""What is told of an SN that no list holds."""

from __future__ import annotations

from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.judging import judge
from app.core.orders import WorkOrder
from app.core.record import Standing
from app.core.unit import Rules, Unit

ONE, OTHER = ProductKey("p11sf2"), ProductKey("p08kx1")


def test_every_open_order_whose_list_was_looked_at_is_named() -> None:
    orders = (
        WorkOrder("A", ONE, None, 5, 1, ""),
        WorkOrder("B", ONE, 9, None, 2, ""),
        WorkOrder("C", OTHER, None, 5, 3, ""),
        WorkOrder("D", ONE, None, 5, 4, ""),
    )
    unit = Unit(DeviceCode(ONE, SerialNumber("123")))
    answer = judge(unit, Rules(orders=orders), Standing())
    assert answer is not None
    assert answer.reason is not None
    assert answer.reason.facts["order"] == "A, D"

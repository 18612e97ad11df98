"""What a unit shows by itself: whether an order wants it, its label was issued, or it is retired."""

from __future__ import annotations

from app.core.codes import DeviceCode, Imei, few
from app.core.errors import Reason, Why, because
from app.core.orders import WorkOrder
from app.core.record import Standing
from app.core.unit import Answer, Rules, Unit
from app.core.verdicts import Verdict

_Fault = tuple[Verdict, Reason]


def order_of(device: DeviceCode, rules: Rules, standing: Standing) -> WorkOrder | None:
    """The open order whose list holds the code, else the one with its PK that was opened first."""
    wanting = [order for order in rules.orders if order.pk == device.pk]
    listed = (order for order in wanting if order.number == standing.issued)
    return next(listed, wanting[0] if wanting else None)


def judge(unit: Unit, rules: Rules, standing: Standing) -> Answer | None:
    """The first fault in the order of the verdicts, or None. The pair itself is the database's to judge."""
    for fault in (
        _not_ordered(unit, rules, standing),
        _retired(standing),
        _differing(unit),
        _of_wrong_type(unit, rules),
    ):
        if fault is not None:
            return Answer(fault[0], unit, fault[1])
    return None


def _not_ordered(unit: Unit, rules: Rules, standing: Standing) -> _Fault | None:
    device = unit.device
    if device is None:
        return None
    order = order_of(device, rules, standing)
    if rules.orders and order is None:
        wanted = few({one.pk for one in rules.orders})
        return Verdict.WRONG_PRODUCT, because(Why.PRODUCT_NOT_ORDERED, pk=device.pk, wanted=wanted)
    if order is not None and order.issued is not None and standing.issued != order.number:
        return Verdict.SN_NOT_ISSUED, because(
            Why.SN_NOT_ON_LIST, sn=device.sn, order=_looked_at(device, rules)
        )
    if standing.spoiled is not None:
        return Verdict.SN_NOT_ISSUED, because(Why.SN_SPOILED, seq=standing.spoiled)
    return None


def _looked_at(device: DeviceCode, rules: Rules) -> str:
    """Every open order whose list could have held it."""
    return few([one.number for one in rules.orders if one.pk == device.pk and one.issued is not None])


def _retired(standing: Standing) -> _Fault | None:
    reason = scrapped(standing)
    return (Verdict.RETIRED, reason) if reason is not None else None


def scrapped(standing: Standing) -> Reason | None:
    """What was scrapped, and by which record."""
    if standing.device_scrapped is not None:
        return because(Why.SN_RETIRED, seq=standing.device_scrapped)
    if standing.imei_scrapped is not None:
        return because(Why.IMEI_RETIRED, seq=standing.imei_scrapped)
    return None


def retired(standing: Standing) -> Reason | None:
    """Why this will not be bound any more: it was scrapped, or its label was destroyed."""
    spoiled = standing.spoiled
    return because(Why.SN_SPOILED, seq=spoiled) if spoiled is not None else scrapped(standing)


def _differing(unit: Unit) -> _Fault | None:
    reason = label_and_chip_differ(unit) if unit.device is not None else None
    return (Verdict.IMEI_MISMATCH, reason) if reason is not None else None


def label_and_chip_differ(unit: Unit) -> Reason | None:
    if unit.label is None or unit.chip is None or unit.label == unit.chip:
        return None
    return because(Why.LABEL_AND_CHIP_DIFFER, label=unit.label, chip=unit.chip)


def _of_wrong_type(unit: Unit, rules: Rules) -> _Fault | None:
    """A module alone is judged only where each product that may come lists its types."""
    if unit.imei is None:
        return None
    allowed = _allowed_types(unit.device, unit.imei, rules)
    if allowed is None:
        return None
    return Verdict.TAC_NOT_ALLOWED, because(Why.TAC_NOT_ALLOWED, tac=unit.imei.tac, wanted=allowed)


def _allowed_types(device: DeviceCode | None, imei: Imei, rules: Rules) -> str | None:
    """The types that would be right, where this one is not."""
    expected = rules.expected(device)
    if not expected or any(product is None or product.takes(imei) for product in expected):
        return None
    return few({tac for product in expected if product for tac in product.tacs})

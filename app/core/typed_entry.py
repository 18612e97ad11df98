"""What is typed in by hand where it cannot be scanned: only where the product allows it, and only twice.

The page asks these functions before it posts what was typed, and `advance()` asks them again: what they
refuse changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.deciding import look_up_release, take_device, take_label
from app.core.endings import drop
from app.core.errors import Refused, Why, because
from app.core.events import ImeiTyped, SnTyped
from app.core.payload import PLATFORM_FORMAT
from app.core.products import ImeiSource, Product
from app.core.record import Capture
from app.core.state import State, Step
from app.core.unit import Half


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may be typed now: the SN of one of these products, or the IMEI of the unit in hand."""

    half: Half
    products: tuple[Product, ...]
    device: DeviceCode | None = None


def wanted(state: State) -> Wanted | None:
    """None where nothing may be typed. The IMEI comes after the device code, whose product says whether."""
    if state.latch is not None or not state.may_work:
        return None
    device = state.unit.device
    if device is None:
        products = tuple(one for one in state.rules.products if one.typed and _is_ordered(state, one))
        return Wanted(Half.SN, products) if products else None
    product = state.rules.product(device.pk)
    if product is None or not product.typed:
        return None
    label_will_do = state.at_hand.imei_from is not ImeiSource.SERIAL and state.unit.label is None
    return Wanted(Half.IMEI, (product,), device) if label_will_do else None


def _is_ordered(state: State, product: Product) -> bool:
    orders = state.rules.orders
    return not orders or any(order.pk == product.pk for order in orders)


def checked_sn(state: State, pk: str, sn: str, again: str) -> DeviceCode:
    """
    Raises:
        Refused: TYPED_NOT_WANTED, TYPED_NOT_ALLOWED, TYPED_DIFFER; or it can be no SN of this product.
    """
    asked = wanted(state)
    if asked is None or asked.half is not Half.SN:
        raise Refused(because(Why.TYPED_NOT_WANTED))
    product = next((one for one in asked.products if one.pk == pk), None)
    if product is None:
        raise Refused(because(Why.TYPED_NOT_ALLOWED, pk=pk))
    device = DeviceCode(ProductKey(pk), SerialNumber(_same(sn, again)))
    _require_a_code_of(product, device)
    return device


def checked_imei(state: State, imei: str, again: str) -> str:
    """Its check digit may be wrong: a label that says so is a fault of the unit, unless it was released.

    Raises:
        Refused: TYPED_NOT_WANTED, TYPED_DIFFER; or it is wrong in another way.
    """
    asked = wanted(state)
    if asked is None or asked.half is not Half.IMEI:
        raise Refused(because(Why.TYPED_NOT_WANTED))
    return Imei.released(_same(imei, again))


def _same(text: str, again: str) -> str:
    """Blanks are how people read numbers, and part of none."""
    text, again = ("".join(one.split()) for one in (text, again))
    if text != again:
        raise Refused(because(Why.TYPED_DIFFER))
    return text


def _require_a_code_of(product: Product, device: DeviceCode) -> None:
    """What no QR code of this product can say is no SN of it."""
    payload = product.format or PLATFORM_FORMAT
    try:
        payload.read(payload.write(device))
    except Refused as refusal:
        raise Refused(because(Why.TYPED_NOT_A_CODE, sn=device.sn, format=payload.template)) from refusal


def sn_typed(state: State, event: SnTyped) -> Step:
    try:
        device = checked_sn(state, event.pk, event.sn, event.again)
    except Refused:
        return state, ()
    return take_device(_touched(state, event.at), device, frozenset({Half.SN}))


def imei_typed(state: State, event: ImeiTyped) -> Step:
    try:
        text = checked_imei(state, event.imei, event.again)
    except Refused:
        return state, ()
    state, typed = _touched(state, event.at), frozenset({Half.IMEI})
    try:
        imei = Imei(text)
    except Refused as refusal:
        state = replace(state, unit=replace(state.unit, typed=state.unit.typed | typed))
        return look_up_release(state, refusal.reason, text, Capture.TYPED, None)
    return take_label(state, imei, typed)


def _touched(state: State, at: float) -> State:
    return replace(state, shown=None, last_act=at, last_text="")


def is_allowed(state: State) -> bool:
    """Whether what was typed of the unit in hand may still be: products change."""
    device = state.unit.device
    product = state.rules.product(device.pk) if device else None
    return not state.unit.typed or (product is not None and product.typed)


def forbid(state: State) -> Step:
    return drop(state, because(Why.DROPPED_TYPED))

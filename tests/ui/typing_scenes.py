"""Typing in what cannot be scanned, in the states that people meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.binding import State
from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.errors import Why, because
from app.core.products import Product
from app.core.unit import Half, Unit
from app.station.view import StationView
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.typing_page import TypingPage
from tests.ui.scenes import IMEI, LONG_SN, RULES, SN, device, half, passed, view

T1 = Product(ProductKey("p11sf2"), "Tracker T1", typed=True)
TYPED_RULES = replace(RULES, products=(T1, Product(ProductKey("p08kx1"), "Gateway G2", typed=True)))
WAITING = view(State(rules=TYPED_RULES))


def _passed() -> StationView:
    shown = passed()
    answer = shown.state.shown
    if answer is None:
        return shown
    unit = replace(answer.unit, label=IMEI, chip=None, typed=frozenset(Half))
    return replace(shown, state=replace(shown.state, shown=replace(answer, unit=unit)))


def typing_stages(window: MainWindow) -> Iterator[str]:
    page = window.add_page(PageName.TYPING, TypingPage)
    window.show_view(WAITING)
    window.show_binding()
    yield "typing-hint"
    window.show_page(PageName.TYPING)
    page.begin()
    yield "typing-sn"
    page.form.first.put(SN)
    page.form.again.edit.setFocus()
    page.form.again.put(SN[:9])
    page.form.again.typed.emit("")
    yield "typing-sn-again"
    page.form._refuse(because(Why.TYPED_DIFFER))
    yield "typing-differ"
    window.show_binding()
    window.show_view(half(Unit(device(), typed=frozenset({Half.SN})), TYPED_RULES))
    yield "typing-half"
    window.show_page(PageName.TYPING)
    page.begin()
    yield "typing-imei"
    window.show_binding()
    long = DeviceCode(ProductKey("p11sf2"), SerialNumber(LONG_SN))
    window.show_view(half(Unit(long), TYPED_RULES))
    window.show_page(PageName.TYPING)
    page.begin()
    page.form._refuse(because(Why.TYPED_TOO_FAST))
    yield "typing-too-fast"
    window.show_view(_passed())
    window.show_binding()
    yield "typing-pass"

"""Typing in what cannot be scanned: the SN of a housing, or the IMEI of the unit in hand, each twice."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QWidget

from app.core.codes import DeviceCode
from app.core.errors import Reason, Refused, Why, because
from app.core.products import Product
from app.core.state import State
from app.core.typed_entry import Wanted, checked_imei, checked_sn, wanted
from app.core.unit import Half
from app.station.view import StationView
from app.ui.canvas import Canvas
from app.ui.digits import paint_found, tail
from app.ui.form_card import FormCard
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.painted import Painted
from app.ui.pick_menu import Choice, open_menu
from app.ui.theme import CODE, Palette
from app.ui.typed_field import HandPace, TypedField
from app.wording.language import tr
from app.wording.reasons import sentence

_MARGIN, _GUTTER = 24.0, 16.0
_WIDTH, _HEIGHT = 760.0, 440.0


class _DeviceShown(Painted):
    """Of which unit the IMEI is wanted."""

    device: DeviceCode | None = None

    def draw(self, canvas: Canvas) -> None:
        canvas.card(self.area, canvas.palette.inset, radius=8)
        if self.device is not None:
            middle, room = self.area.height() / 2, self.area.width() - 28
            left = 14 + canvas.text(self.device.pk, 14, middle, room / 3, CODE) + 20
            sn = tail(self.device.sn, CODE, room + 14 - left)
            paint_found(canvas, sn, left, middle, CODE, canvas.palette.text, ())


class TypingForm(FormCard):
    """Says at once what cannot be taken; what was typed is dropped with each refusal, for it is a doubt."""

    sn_entered = Signal(str, str, str)
    """PK, SN, and the SN again."""
    imei_entered = Signal(str, str)

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.product = PickButton(palette, Icon.QR, self)
        self.device = _DeviceShown(palette, self)
        pace = HandPace()
        self.first, self.again = TypedField(palette, self, pace), TypedField(palette, self, pace)
        self.wanted: Wanted | None = None
        self.state = State()
        self._pk = ""
        self.product.clicked.connect(self._open_products)
        for field in (self.first, self.again):
            field.typed.connect(lambda _: self._check())
            field.too_fast.connect(partial(self._refuse, because(Why.TYPED_TOO_FAST)))
        self.put_in_order(self.product, self.first.edit, self.again.edit)

    def open_form(self, asked: Wanted) -> None:
        """Empty."""
        self.wanted = asked
        self._pk = str(asked.products[0].pk)
        self.device.device = asked.device
        is_sn = asked.half is Half.SN
        self.product.setVisible(is_sn)
        self.device.setVisible(not is_sn)
        self._rows = [(self.product if is_sn else self.device,), (self.first,), (self.again,)]
        self._captions.clear()
        self._empty()
        self.retranslate()
        self._check()
        self.setVisible(True)
        self.first.edit.setFocus()

    def submit(self) -> None:
        first, again = self.first.text, self.again.text
        try:
            if self.wanted is not None and self.wanted.half is Half.SN:
                checked_sn(self.state, self._pk, first, again)
                self.sn_entered.emit(self._pk, first, again)
            else:
                checked_imei(self.state, first, again)
                self.imei_entered.emit(first, again)
        except Refused as refusal:
            self._refuse(refusal.reason)

    def _refuse(self, reason: Reason) -> None:
        self._empty()
        self.tell(sentence(reason), is_refusal=True)
        self.confirm.setEnabled(False)
        self.first.edit.setFocus()

    def _empty(self) -> None:
        for field in (self.first, self.again):
            field.put("")

    def _check(self) -> None:
        self.confirm.setEnabled(bool(self.first.text.strip() and self.again.text.strip()))
        self.tell(tr("Read it from the label each time. It stays on record that it was typed."))

    def _open_products(self) -> None:
        products = self.wanted.products if self.wanted else ()
        chosen = next((place for place, one in enumerate(products) if one.pk == self._pk), None)
        choices: list[Choice] = [(_named(one), partial(self._choose, str(one.pk))) for one in products]
        open_menu(self.product, choices, chosen)

    def _choose(self, pk: str) -> None:
        self._pk = pk
        self.retranslate()

    def retranslate(self) -> None:
        is_sn = self.wanted is None or self.wanted.half is Half.SN
        self.name(tr("Type the SN") if is_sn else tr("Type the IMEI"), tr("Take it"))
        products = self.wanted.products if self.wanted else ()
        chosen = next((one for one in products if one.pk == self._pk), None)
        self.product.setText(_named(chosen) if chosen else "")
        self.product.setAccessibleDescription(tr("Product"))
        self.caption(self.product if is_sn else self.device, tr("Product") if is_sn else tr("Of this unit"))
        name = tr("SN") if is_sn else tr("IMEI, 15 digits")
        for field, text in ((self.first, name), (self.again, tr("The same again"))):
            self.caption(field, text)
            field.name(text)


def _named(product: Product) -> str:
    return f"{product.pk} {product.name}".rstrip()


class TypingPage(Painted):
    """One thing at a time: what the unit in hand lacks. A scan goes to Binding as from any page."""

    outdated = Signal()
    """Something else is wanted by now, or nothing."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.form = TypingForm(palette, self)
        self._view = StationView()

    def begin(self) -> None:
        asked = wanted(self._view.state)
        if asked is not None:
            self.form.open_form(asked)

    def show_view(self, view: StationView) -> None:
        self._view = view
        self.form.state = view.state
        if self.isVisible() and wanted(view.state) != self.form.wanted:
            self.outdated.emit()

    def retranslate(self) -> None:
        self.form.retranslate()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        area = self.area
        width = min(_WIDTH, area.width() - 2 * _MARGIN)
        height = min(_HEIGHT, area.height() - 2 * _GUTTER)
        left = (area.width() - width) / 2
        self.form.place(QRectF(left, min(64.0, area.height() - height - _GUTTER), width, height), zoom)

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.bg)

"""Adding a work order: number, product, quantity, and the list of the SNs that were issued for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.issued import IssuedSns
from app.core.orders import QUANTITY_MAX, checked_number, checked_quantity
from app.core.products import Product
from app.ui.controls import OutlineButton
from app.ui.form_card import FormCard
from app.ui.icons import Icon
from app.ui.line_field import LineField
from app.ui.numbers import count
from app.ui.theme import Palette
from app.wording.language import Words, ntr, said, tr
from app.wording.reasons import sentence

_SHOWN_TWICE = 3


@dataclass(frozen=True, slots=True)
class IssuedList:
    """A file that was read."""

    name: str
    found: IssuedSns


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What was entered."""

    number: str
    pk: ProductKey
    quantity: int | None
    issued: tuple[SerialNumber, ...] | None


def whole_number(text: str, refused: Refused) -> int | None:
    """None where nothing was entered. Raises `refused` where it is no number."""
    text = text.strip().replace(",", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 12:
        raise refused
    return int(text)


class OrderForm(FormCard):
    """Tells what was entered; shows the answer in place."""

    entered = Signal(object)
    """A `NewOrder`."""
    list_wanted = Signal()
    """The file with the list is to be chosen."""
    answer_height = 124.0

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.number, self.quantity = LineField(palette, self), LineField(palette, self)
        self.pk = LineField(palette, self)
        self.choose = OutlineButton(palette, Icon.FILE, self)
        self.without = OutlineButton(palette, Icon.CLOSE, self)
        self.list: IssuedList | None = None
        self.opening = 0
        """Counts how often the form was opened: a list that was chosen before belongs to none of these."""
        self._is_reading = False
        self._refusal: Words = ""
        """Why the list that was chosen is none. No order is opened with it, nor by oversight without one."""
        self._products: Sequence[Product] = ()
        for field in (self.number, self.quantity, self.pk):
            field.typed.connect(lambda _: self._check())
        self.choose.clicked.connect(lambda: self.list_wanted.emit())
        self.without.clicked.connect(lambda: self.show_list(None))
        self.add_row(self.number, self.pk)
        self.add_row(self.quantity)
        self.add_row(self.choose, self.without)
        edits = (self.number.edit, self.pk.edit, self.quantity.edit)
        self.put_in_order(*edits, self.choose, self.without)

    def open_form(self, products: Sequence[Product]) -> None:
        """Empty."""
        self._products, self._is_reading, self._refusal = products, False, ""
        self.opening += 1
        for field in (self.number, self.quantity, self.pk):
            field.put("")
        self.list = None
        self.retranslate()
        self.setVisible(True)
        self.number.edit.setFocus()

    def take_product(self, pk: str) -> None:
        """A device code was scanned; what was typed stays."""
        if not self.pk.text.strip():
            self.pk.put(pk)
            self._check()

    def begin_list(self) -> None:
        """A file is being read; until then no order is opened."""
        self._is_reading, self._refusal = True, ""
        self.retranslate()

    def show_list(self, issued: IssuedList | None) -> None:
        self.list, self._is_reading, self._refusal = issued, False, ""
        self.retranslate()

    def refuse_list(self, text: Words) -> None:
        """No order is opened until another file is chosen, or *No list*."""
        self.list, self._is_reading, self._refusal = None, False, text
        self.retranslate()

    def show_refusal(self, text: Words) -> None:
        super().show_refusal(text)
        self.confirm.setEnabled(self._has_list_or_none)

    @property
    def _has_list_or_none(self) -> bool:
        return not self._is_reading and not self._refusal

    def submit(self) -> None:
        try:
            self.entered.emit(self._order())
        except Refused as refused:
            self.show_refusal(sentence(refused.reason))

    def _order(self) -> NewOrder:
        refused = Refused(because(Why.ORDER_QUANTITY, high=QUANTITY_MAX))
        quantity = checked_quantity(whole_number(self.quantity.text, refused))
        number, pk = checked_number(self.number.text), ProductKey(self.pk.text.strip())
        issued = tuple(self.list.found.of_product(pk)) if self.list else None
        return NewOrder(number, pk, quantity, issued)

    def _check(self) -> None:
        """Tells what is wrong with what was entered, once anything was."""
        pk = self.pk.text.strip()
        named = next((one.name for one in self._products if one.pk == pk), "")
        self.caption(self.pk, tr("PK of the product"), named)
        is_begun = bool(self.number.text.strip() and pk)
        self.confirm.setEnabled(is_begun and self._has_list_or_none)
        if self._is_reading:
            self.tell(tr("The list is being read."))
            return
        if self._refusal:
            self.tell(self._about_refusal, is_refusal=True)
            return
        if not is_begun:
            self.tell(tr("Enter the number and the product key, or scan a device QR for the key."))
            return
        try:
            issued = self._order().issued
        except Refused as refused:
            self.tell(sentence(refused.reason), is_refusal=True)
            self.confirm.setEnabled(False)
        else:
            self.tell(self._about_list(issued or ()))

    @property
    def _about_refusal(self) -> str:
        without = tr("Without a list every SN of the product is accepted for this order.")
        then = tr("Choose another file, or press No list. {without}").format(without=without)
        return tr("{first} {second}").format(first=said(self._refusal), second=then)

    def _about_list(self, issued: Sequence[SerialNumber]) -> str:
        if self.list is None:
            return tr("Without a list every SN of the product is accepted for this order.")
        found = ntr("{count} SN in {file}.", "{count} SNs in {file}.", len(issued))
        found = found.format(count=count(len(issued)), file=self.list.name)
        twice = self._about_duplicates(tuple(self.list.found.named_twice()))
        return tr("{first} {second}").format(first=found, second=twice)

    def _about_duplicates(self, twice: Sequence[str]) -> str:
        if not twice:
            return tr("Only the SNs on the list are accepted; each stands there once.")
        few = ", ".join(twice[:_SHOWN_TWICE]) + ", …" * (len(twice) > _SHOWN_TWICE)
        text = ntr(
            "{count} SN stands in the list more than once; it counts once: {sns}",
            "{count} SNs stand in the list more than once; each counts once: {sns}",
            len(twice),
        )
        return text.format(count=count(len(twice)), sns=few)

    def retranslate(self) -> None:
        self.name(tr("New work order"), tr("Open the order"))
        self.caption(self.number, tr("Number"))
        self.number.name(tr("Number"))
        self.pk.name(tr("PK of the product"))
        self.caption(self.quantity, tr("Quantity"), tr("empty: as many as the list has"))
        self.quantity.name(tr("Quantity"))
        self.choose.setText(tr("Choose a file…"))
        self.without.setText(tr("No list"))
        self.without.setVisible(self.list is not None or bool(self._refusal))
        self.caption(self.choose, tr("Issued SNs"))
        self._check()

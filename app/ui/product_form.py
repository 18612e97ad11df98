"""One product: what it is called, what its units must have, how its QR code reads."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.payload import PLATFORM_FORMAT
from app.core.products import TARGET_MAX, ImeiSource, Product
from app.core.template import parse_template
from app.ui.controls import Segments
from app.ui.form_card import FormCard
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.line_field import LineField
from app.ui.order_form import whole_number
from app.ui.pick_menu import Choice, open_menu
from app.ui.theme import Palette
from app.wording.language import tr
from app.wording.reasons import sentence

_EXAMPLE = (SerialNumber("123456789123456789"), Imei("863950069494278"))


class ProductForm(FormCard):
    """Every change is tried at once; the refusal of what cannot be taken stands under the fields."""

    entered = Signal(object)
    """A `Product`."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.pk = LineField(palette, self, mono=True)
        self.product_name = LineField(palette, self, prose=True)
        self.source = PickButton(palette, Icon.CHIP, self)
        self.target, self.tacs = LineField(palette, self), LineField(palette, self)
        self.typed = Segments(palette, 2, self)
        self.template = LineField(palette, self, mono=True)
        self.device_name = LineField(palette, self, mono=True)
        self.shown: Product | None = None
        self._source: ImeiSource | None = None
        self._is_typed = self._may_change = False
        self._message = ""
        self._build()

    @property
    def fields(self) -> tuple[LineField, ...]:
        return (self.pk, self.product_name, self.target, self.tacs, self.template, self.device_name)

    def _build(self) -> None:
        for field in self.fields:
            field.typed.connect(lambda _: self._check())
        self.source.clicked.connect(self._open_sources)
        self.typed.chosen.connect(self._choose_typed)
        self.add_row(self.pk, self.product_name)
        self.add_row(self.source, self.target)
        self.add_row(self.tacs, self.typed)
        self.add_row(self.template)
        self.add_row(self.device_name)
        first = (self.pk.edit, self.product_name.edit, self.source, self.target.edit, self.tacs.edit)
        self.put_in_order(*first, *self.typed.segments, self.template.edit, self.device_name.edit)

    def show_product(self, product: Product | None, message: str = "") -> None:
        """None for a new one."""
        self.shown, self._message = product, message
        kept = product or Product(ProductKey("x"))
        self.pk.put(kept.pk if product else "")
        self.product_name.put(kept.name)
        self.target.put(str(kept.target) if kept.target else "")
        self.tacs.put(" ".join(kept.tacs))
        self.template.put(kept.format.template if kept.format else "")
        self.device_name.put(kept.device_name)
        for field in self.fields:
            field.edit.setCursorPosition(0)
        self._source, self._is_typed = kept.imei_from, kept.typed
        self.typed.choose(1 if kept.typed else 0)
        self.show_rights(self._may_change)
        self.setVisible(True)

    def show_rights(self, may_change: bool) -> None:
        self._may_change = may_change
        self.allow(may_change)
        for field in self.fields:
            field.set_read_only(not may_change)
        self.pk.set_read_only(not may_change or self.shown is not None)
        for part in (self.source, *self.typed.segments):
            part.setEnabled(may_change)
        self.retranslate()

    @property
    def is_begun(self) -> bool:
        """Something else stands in it than what was shown."""
        try:
            return self._product() != self.shown
        except Refused:
            return any(field.text.strip() for field in self.fields)

    def take_product(self, pk: str) -> None:
        """A device code was scanned; what was typed stays."""
        if self._may_change and self.shown is None and not self.pk.text.strip():
            self.pk.put(pk)
            self._check()

    def submit(self) -> None:
        try:
            self.entered.emit(self._product())
        except Refused as refused:
            self.show_refusal(sentence(refused.reason))

    def _product(self) -> Product:
        template = self.template.text
        refused = Refused(because(Why.TARGET_RANGE, high=TARGET_MAX))
        return Product(
            pk=ProductKey(self.pk.text.strip()),
            name=self.product_name.text.strip(),
            imei_from=self._source,
            tacs=tuple(dict.fromkeys(self.tacs.text.replace(",", " ").split())),
            format=parse_template(template) if template else None,
            typed=self._is_typed,
            device_name=self.device_name.text,
            target=whole_number(self.target.text, refused) or 0,
        )

    def _check(self) -> None:
        self.caption(self.device_name, tr("Device Name on the platform"), "")
        if not self.pk.text.strip():
            self.confirm.setEnabled(False)
            self.tell(tr("Enter the product key, or scan the QR code of a device."))
            return
        try:
            product = self._product()
        except Refused as refused:
            self.confirm.setEnabled(False)
            self.tell(sentence(refused.reason), is_refusal=True)
            return
        self.confirm.setEnabled(product != self.shown)
        self._show_examples(product)

    def _show_examples(self, product: Product) -> None:
        device, imei = DeviceCode(product.pk, _EXAMPLE[0]), _EXAMPLE[1]
        named = product.device_name_of(Pair(device, imei)) if product.device_name else tr("none")
        self.caption(self.device_name, tr("Device Name on the platform"), named)
        try:
            code = (product.format or PLATFORM_FORMAT).write(device)
        except Refused:  # the example's SN does not fit this format
            code = ""
        example = tr("A QR code reads like {code}").format(code=code) if code else ""
        self.tell(self._message if product == self.shown and self._message else example)

    def _choose_typed(self, number: int) -> None:
        self._is_typed = bool(number)
        self._check()

    def _choose_source(self, source: ImeiSource | None) -> None:
        self._source = source
        self.retranslate()

    def _open_sources(self) -> None:
        sources = (None, *ImeiSource)
        choices: list[Choice] = [(source_word(one), partial(self._choose_source, one)) for one in sources]
        open_menu(self.source, choices, sources.index(self._source))

    def retranslate(self) -> None:
        title = tr("Product {pk}").format(pk=self.shown.pk) if self.shown else tr("New product")
        self.name(title, tr("Set the product"))
        for field, text, hint in (
            (self.pk, tr("PK of the product"), tr("cannot be changed") if self.shown else ""),
            (self.product_name, tr("Name of the product"), ""),
            (self.target, tr("Target per hour"), tr("empty: none")),
            (self.tacs, tr("TACs of its modules"), tr("empty: all")),
            (self.template, tr("Text of its QR code"), tr("empty: the platform's")),
            (self.device_name, tr("Device Name on the platform"), ""),
        ):
            self.caption(field, text, hint)
            field.name(text)
        self.caption(self.source, tr("IMEI comes from"))
        self.source.setText(source_word(self._source))
        self.caption(self.typed, tr("SN and IMEI typed in"))
        self.typed.name(tr("SN and IMEI typed in"), [tr("Never"), tr("Allowed")])
        self._check()


def source_word(source: ImeiSource | None) -> str:
    return {
        None: tr("As in the settings"),
        ImeiSource.SERIAL: tr("Module, by serial"),
        ImeiSource.LABEL: tr("Label scan"),
        ImeiSource.EITHER: tr("Either"),
        ImeiSource.BOTH: tr("Both must agree"),
    }[source]

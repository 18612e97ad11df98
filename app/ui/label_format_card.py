"""What the QR codes of labels say: product key, template, and how the first one reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.errors import Refused
from app.core.labels import make_label
from app.core.payload import PLATFORM_TEMPLATE, PayloadFormat
from app.core.products import Product
from app.core.template import parse_template
from app.ui.canvas import Canvas
from app.ui.controls import IconButton
from app.ui.icons import Icon
from app.ui.journal_filters import PickButton
from app.ui.line_field import LineField
from app.ui.marks import Mark, own_color
from app.ui.painted import Painted
from app.ui.pick_menu import open_menu
from app.ui.template_field import TemplateField
from app.ui.theme import BODY, CAPTION, CARD_TITLE, Palette, Style, metrics, text_width
from app.wording.language import tr
from app.wording.reasons import sentence

HEIGHT = 180.0
PADDING = 24.0
_EXAMPLE = SerialNumber("123456789123456789")
_CODE = Style(17, 500, mono=True)
_PIECES = ("{pk}", "{sn}", "{v}", "{sn:[0-9]{15}}")


class FormatCard(Painted):
    """Says at once whether a station would read what is typed."""

    changed = Signal()

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.pk = LineField(palette, self, mono=True)
        self.products = IconButton(palette, Icon.CHEVRON, self)
        self.template = TemplateField(palette, self)
        self.insert = PickButton(palette, Icon.QR, self.template)
        self._known: Sequence[Product] = ()
        self._formats: Sequence[PayloadFormat] = ()
        self._first = self._said = ""
        self._mark = Mark.WAITING
        self._is_own = False
        """Somebody typed a template; until then it is the product's."""
        self.template.put(PLATFORM_TEMPLATE)
        self.pk.typed.connect(lambda _: self._choose(self.pk.text.strip()))
        self.products.clicked.connect(self._open_products)
        self.template.typed.connect(self._typed)
        self.insert.clicked.connect(self._open_pieces)

    @property
    def format(self) -> PayloadFormat:
        """Raises `Refused` where it is none."""
        return parse_template(self.template.text)

    def show_products(self, products: Sequence[Product], formats: Sequence[PayloadFormat]) -> None:
        """`formats` are those that this station reads."""
        if (products, formats) == (self._known, self._formats):
            return
        self._known, self._formats = products, formats
        if not self.pk.text and len(products) == 1:
            self.take_product(products[0].pk)
        self._check()

    def product(self) -> Product | None:
        return next((one for one in self._known if one.pk == self.pk.text.strip()), None)

    def take_product(self, pk: str) -> None:
        """What was typed stays."""
        if not self.pk.text.strip():
            self.use_product(pk)

    def use_product(self, pk: str) -> None:
        """Whatever stands there."""
        self.pk.put(pk)
        self._choose(pk)

    def show_first(self, sn: str) -> None:
        """The SN of the first label; empty while none is known."""
        if sn != self._first:
            self._first = sn
            self._check()

    def _choose(self, pk: str) -> None:
        product = next((one for one in self._known if one.pk == pk), None)
        if not self._is_own:
            self.template.put(product.format.template if product and product.format else PLATFORM_TEMPLATE)
        self._check()
        self.changed.emit()

    def _typed(self) -> None:
        self._is_own = True
        self._check()
        self.changed.emit()

    def _open_products(self) -> None:
        choices = [
            (f"{one.pk}  {one.name}".rstrip(), partial(self.use_product, one.pk)) for one in self._known
        ]
        open_menu(self.products, choices or [(tr("No product was set"), lambda: None)])

    def _open_pieces(self) -> None:
        open_menu(self.insert, [(one, partial(self.template.insert, one)) for one in _PIECES])

    # --- what is said

    @property
    def said(self) -> str:
        return self._said

    @property
    def first_label(self) -> str:
        """The text of the first label's code; empty while it cannot be written."""
        try:
            pk = ProductKey(self.pk.text.strip())
            return self.format.write(DeviceCode(pk, SerialNumber(self._first or _EXAMPLE)))
        except Refused:
            return ""

    def _check(self) -> None:
        try:
            self._mark, self._said = self._judged()
        except Refused as refused:
            self._mark, self._said = Mark.FAULT, sentence(refused.reason)
        self.say(tr("QR format"), f"{self.first_label} {self._said}")
        self.update()

    def _judged(self) -> tuple[Mark, str]:
        format = self.format
        if not self.pk.text.strip():
            return Mark.WAITING, tr("Enter the product key, or scan the QR code of a device.")
        device = DeviceCode(ProductKey(self.pk.text.strip()), SerialNumber(self._first or _EXAMPLE))
        make_label(device, format, self._formats)
        if format not in self._formats:
            return Mark.WARNING, tr("Has PK and SN. Stations must be told this format before they read it.")
        return Mark.PASS, tr("Has PK and SN. Read back and compared.")

    # --- places

    def retranslate(self) -> None:
        self.pk.name(tr("PK of the product"))
        self.products.setAccessibleName(tr("Products"))
        self.template.name(tr("QR format"))
        self.insert.setText(tr("Insert"))
        self._check()

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        width = box.width()
        top = 12 - 0.4 * self._low
        self.pk.place(QRectF(width - PADDING - 212, top, 172, 36), zoom)
        self.products.place(QRectF(width - PADDING - 34, top, 34, 36), zoom)
        wide = 47 + text_width(self.insert.text(), BODY) + 46
        self.template.keep_free(wide + 8)
        low, high = self._low, 50 - 0.2 * self._low
        self.template.place(QRectF(PADDING, 54 - 0.4 * low, width - 2 * PADDING, high), zoom)
        self.insert.place(QRectF(width - 2 * PADDING - wide - 7, 7, wide, high - 14), zoom)

    @property
    def _low(self) -> float:
        """How much of the full height is missing."""
        return HEIGHT - self.area.height()

    def draw(self, canvas: Canvas) -> None:
        colors, room = canvas.palette, self.area.width() - 2 * PADDING
        canvas.card(self.area, colors.surface, colors.line)
        right = self.area.width() - PADDING - 220
        title = canvas.text(
            tr("QR format"), PADDING, 30 - 0.4 * self._low, right - PADDING, CARD_TITLE, smaller=(20, 18)
        )
        align = Qt.AlignmentFlag.AlignRight
        canvas.text(
            tr("Product"),
            right,
            30 - 0.4 * self._low,
            right - PADDING - title - 8,
            CAPTION,
            colors.muted,
            align,
            (15,),
        )
        line, sign_at = 124 - 0.9 * self._low, 154 - self._low
        caption = canvas.text(tr("First label"), PADDING, line, 150, CAPTION, colors.muted, smaller=(15,))
        left = PADDING + caption + 16
        room_left = PADDING + room - left
        text, middle = self.first_label or "–", Qt.TextElideMode.ElideMiddle
        canvas.text(metrics(_CODE).elidedText(text, middle, room_left - 2), left, line, room_left, _CODE)
        sign = colors.text if self._mark is Mark.WARNING else colors.surface
        canvas.mark(self._mark, QPointF(PADDING + 10, sign_at), 20, own_color(self._mark, colors), sign)
        box = QRectF(PADDING + 30, sign_at - 18, room - 30, 38)
        color = colors.fault if self._mark is Mark.FAULT else colors.text
        canvas.paragraph(self._said, box, Style(17, 500), color, (16, 15, 14, 13, 12))

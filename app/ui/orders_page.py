"""The page of work orders and products: the lists, and on the right what is chosen or added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.core.people import Act
from app.core.products import Product
from app.station.order_list import OrderBook, OrderLine
from app.station.view import StationView
from app.ui.bind_page import FULL_WIDTH
from app.ui.canvas import Canvas
from app.ui.controls import SEGMENTS_HEIGHT, OutlineButton, Segments
from app.ui.form_card import FormCard
from app.ui.icons import Icon
from app.ui.order_card import OrderCard
from app.ui.order_form import OrderForm
from app.ui.order_rows import ROW_HEIGHT, order_painter, order_spoken, paint_product, product_spoken
from app.ui.painted import Painted
from app.ui.painted_list import PaintedList
from app.ui.product_form import ProductForm
from app.ui.theme import BODY, Palette
from app.wording.language import tr

_MARGIN, _GUTTER = 24.0, 16.0
_LIST, _NARROW_LIST = 600.0, 452.0
_CHOICES = 380.0


class _ListCard(Painted):
    """The ground of a list, and what is said where the list is empty."""

    message = ""

    def draw(self, canvas: Canvas) -> None:
        colors = canvas.palette
        canvas.card(self.area, colors.surface, colors.line)
        box = QRectF(24, 20, self.area.width() - 48, 100)
        canvas.paragraph(self.message, box, BODY, colors.muted, (16, 15))


class OrdersPage(Painted):
    """Tells what people enter through its cards; shows what was read."""

    def __init__(self, palette: Palette, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(palette, parent)
        self.choice = Segments(palette, 2, self)
        self.add = OutlineButton(palette, Icon.FILE, self)
        self._ground = _ListCard(palette, self)
        paint_order = order_painter(now)
        self.orders = PaintedList[OrderLine](palette, ROW_HEIGHT, order_spoken, paint_order, self._ground)
        self.products = PaintedList[Product](palette, ROW_HEIGHT, product_spoken, paint_product, self._ground)
        self.order_card = OrderCard(palette, now, self)
        self.order_form, self.product_form = OrderForm(palette, self), ProductForm(palette, self)
        self.book = OrderBook()
        self._may_change = False
        self._trouble = ""
        self._order = self._product = self._done = ""
        self._connect()
        self.choice.choose(0)
        self._show_card(self.order_card)

    def _connect(self) -> None:
        self.choice.chosen.connect(lambda _: self._change_list())
        self.add.clicked.connect(self._open_new)
        self.orders.chosen.connect(self._choose_order)
        self.products.chosen.connect(self._choose_product)
        self.order_form.closed.connect(self._show_list)
        self.product_form.closed.connect(self._show_list)

    @property
    def shows_products(self) -> bool:
        return self.choice.segments[1].isChecked()

    @property
    def card(self) -> FormCard:
        """The one that is shown."""
        return next(card for card in self._cards if not card.isHidden())

    @property
    def _cards(self) -> tuple[FormCard, ...]:
        return self.order_card, self.order_form, self.product_form

    # --- what was read

    def show_book(self, book: OrderBook) -> None:
        """What is being entered stays as it is."""
        self.book, self._trouble = book, ""
        numbers, keys = [one.order.number for one in book.orders], [str(one.pk) for one in book.products]
        self._order = self._order if self._order in numbers else next(iter(numbers), "")
        self._product = self._product if self._product in keys else next(iter(keys), "")
        self.orders.show_rows(book.orders, numbers.index(self._order) if numbers else None)
        self.products.show_rows(book.products, keys.index(self._product) if keys else None)
        self._say_what_is_empty()
        if self.card is self.order_card and not self.shows_products:
            self._show_order()
        elif self.card is self.product_form and not self.product_form.is_begun:
            self._show_product()
        elif self.card is self.order_card and self.shows_products:
            self._show_list()

    def show_trouble(self, text: str) -> None:
        """The journal could not be read."""
        self._trouble = text
        self.orders.show_rows((), None)
        self.products.show_rows((), None)
        self._say_what_is_empty()

    def order_added(self, number: str, text: str) -> None:
        """It is chosen, once it is in the list; `text` says its record."""
        self._order, self._done = number, text
        self._show_order()

    def order_closed(self, text: str) -> None:
        self._done = text
        self._show_order()

    def product_set(self, product: Product, text: str) -> None:
        self._product, self._done = str(product.pk), text
        self.product_form.show_product(product, text)

    # --- what people do

    def take_product(self, pk: str) -> None:
        """A device code was scanned: it goes into an empty field for the product, else nowhere."""
        if self.card is self.order_form:
            self.order_form.take_product(pk)
        elif self.card is self.product_form:
            self.product_form.take_product(pk)

    def enter(self) -> None:
        self._list.setFocus()

    @property
    def _list(self) -> QWidget:
        return self.products if self.shows_products else self.orders

    def leave(self) -> None:
        """What was begun is dropped."""
        self._done = ""
        self._show_list()

    def _open_new(self) -> None:
        if self.shows_products:
            self._show_card(self.product_form)
            self.product_form.show_product(None)
            self.product_form.pk.edit.setFocus()
        else:
            self._show_card(self.order_form)
            self.order_form.open_form(self.book.products)

    def _choose_order(self, line: OrderLine) -> None:
        self._order, self._done = line.order.number, ""
        self._show_list()

    def _choose_product(self, product: Product) -> None:
        self._product, self._done = str(product.pk), ""
        self._show_list()

    def _change_list(self) -> None:
        self._done = ""
        self._show_list()

    def _show_list(self) -> None:
        self.retranslate()
        if self.shows_products and self.book.products:
            self._show_product()
        else:
            self._show_order()

    def _show_product(self) -> None:
        self._show_card(self.product_form)
        found = next((one for one in self.book.products if one.pk == self._product), None)
        self.product_form.show_product(found, self._done)

    def _show_order(self) -> None:
        self._show_card(self.order_card)
        found = next((one for one in self.book.orders if one.order.number == self._order), None)
        self.order_card.show_order(None if self.shows_products else found, self._done)

    def _show_card(self, card: FormCard) -> None:
        """The focus of a card that goes is the list's."""
        focused = self.window().focusWidget()
        if focused is not None and any(one.isAncestorOf(focused) for one in self._cards if one is not card):
            self._list.setFocus()
        for one in self._cards:
            one.setVisible(one is card)

    def _say_what_is_empty(self) -> None:
        empty = not (self.book.products if self.shows_products else self.book.orders)
        text = tr("There is no work order; every product is accepted.")
        if self.shows_products:
            text = tr("No product was set; every one takes the platform's format.")
        self.orders.setVisible(bool(self.orders.rows) and not self.shows_products)
        self.products.setVisible(bool(self.products.rows) and self.shows_products)
        self._ground.message = self._trouble or (text if empty else "")
        self._ground.say(self._ground.message)
        self._ground.update()

    # --- who may do what

    def show_view(self, view: StationView) -> None:
        may_change = view.state.may(Act.MANAGE)
        if may_change is not self._may_change:
            self._may_change = may_change
            self.order_card.show_rights(may_change)
            self.product_form.show_rights(may_change)
            self.order_form.allow(may_change)
            self.add.setVisible(may_change)
            if not may_change:
                self.leave()

    def retranslate(self) -> None:
        self.choice.name(tr("What is listed"), [tr("Work orders"), tr("Products")])
        self.add.setText(tr("Add a product") if self.shows_products else tr("Add a work order"))
        self.add.setVisible(self._may_change)
        self.orders.setAccessibleName(tr("Work orders"))
        self.products.setAccessibleName(tr("Products"))
        for card in self._cards:
            card.retranslate()
        self._say_what_is_empty()
        self._arrange()

    # --- places

    def place(self, box: QRectF, zoom: float) -> None:
        super().place(box, zoom)
        self._arrange()

    def _arrange(self) -> None:
        width, height, zoom = self.area.width(), self.area.height(), self.zoom
        list_width = _LIST if width >= FULL_WIDTH else _NARROW_LIST
        self.choice.place(QRectF(_MARGIN, _GUTTER, min(_CHOICES, list_width), SEGMENTS_HEIGHT), zoom)
        wanted = self.add.wanted_width
        self.add.place(QRectF(width - _MARGIN - wanted, _GUTTER + 5, wanted, 42), zoom)
        top = 2 * _GUTTER + SEGMENTS_HEIGHT
        box = QRectF(_MARGIN, top, list_width, height - top - _GUTTER)
        self._ground.place(box, zoom)
        for part in (self.orders, self.products):
            part.place(QRectF(1, 8, box.width() - 2, box.height() - 16), zoom)
        left = box.right() + _GUTTER
        for card in self._cards:
            card.place(QRectF(left, top, width - _MARGIN - left, box.height()), zoom)

    def draw(self, canvas: Canvas) -> None:
        canvas.painter.fillRect(self.area, canvas.palette.bg)

"""The page of work orders and products, wired to the station."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from app.core.errors import Reason, StationError
from app.core.people import Act
from app.core.products import Product
from app.core.record import Committed
from app.core.scan import ScannedDevice
from app.main.page_scans import for_a_page
from app.main.place import Place
from app.station.desk import Desk
from app.station.order_list import OrderBook, read_orders
from app.station.orders import Orders
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.bridge import Bridge
from app.ui.form_card import FormCard
from app.ui.main_window import MainWindow, this_moment
from app.ui.order_form import IssuedList, NewOrder
from app.ui.orders_page import OrdersPage
from app.ui.pages import PageName
from app.ui.save_dialog import ask_which_file
from app.wording.language import Words, said, tr
from app.wording.reasons import sentence

_LISTS = ("csv", "xlsx", "txt", "zip")


class OrdersDesk:
    """Lives as long as the window. Reads journal and lists beside it, each time on a new thread."""

    def __init__(self, window: MainWindow, station: Station, bridge: Bridge, place: Place) -> None:
        self._window, self._station, self._bridge, self._place = window, station, bridge, place
        self.page = window.add_page(
            PageName.ORDERS, lambda palette, parent: OrdersPage(palette, this_moment, parent)
        )
        self._works: set[Background] = set()
        self._reading = 0
        page = self.page
        page.order_form.entered.connect(self._add_order)
        page.order_form.list_wanted.connect(self._choose_list)
        page.order_card.close_confirmed.connect(self._close_order)
        page.product_form.entered.connect(self._set_product)
        window.page_shown.connect(self._show_page)

    def close(self) -> None:
        """Returns when nothing is read any more."""
        for work in self._works:
            work.wait()

    # --- scans

    def takes_scan(self, text: str) -> bool:
        """A device code fills an empty field for the product. Cards and badges act as everywhere."""
        if self._window.page is not PageName.ORDERS:
            return False
        scan = for_a_page(text, self._window.view.state.rules)
        if scan is None:
            return False
        if isinstance(scan, ScannedDevice):
            self.page.take_product(str(scan.device.pk))
        return True

    def takes_misread(self, reason: Reason) -> bool:
        """A scan that could not be rebuilt is said on this page, and goes nowhere."""
        if self._window.page is not PageName.ORDERS:
            return False
        self.page.card.tell(sentence(reason), is_refusal=True)
        return True

    # --- reading

    def _show_page(self, name: str) -> None:
        if name == PageName.ORDERS:
            self.page.enter()
            self._read()
        else:
            self.page.leave()

    def _read(self) -> None:
        self._reading += 1
        self._beside(self._read_book, partial(self._show_book, self._reading))

    def _read_book(self, _progress: Progress) -> OrderBook:
        with self._place.reader() as journal:
            return read_orders(journal)

    def _show_book(self, reading: int, done: Future[OrderBook]) -> None:
        """What another reading has replaced comes too late."""
        if reading != self._reading:
            return
        told = _refusal(done)
        if told:
            self.page.show_trouble(said(told))
        else:
            self.page.show_book(done.result())

    def _beside(self, work: Callable[[Progress], Any], then: Callable[[Future[Any]], None]) -> None:
        made = Background(work)
        self._works.add(made)

        def finish(done: Future[Any]) -> None:
            self._works.discard(made)
            then(done)

        made.finished.connect(finish)
        made.start()

    # --- the list of issued SNs

    def _choose_list(self) -> None:
        ask_which_file(self._window, tr("Issued SNs"), _LISTS, self.read_list)

    def read_list(self, path: Path) -> None:
        """The file that was chosen."""
        form = self.page.order_form
        form.begin_list()
        self._beside(partial(self._read_list, path), partial(self._show_list, form.opening))

    def _read_list(self, path: Path, _progress: Progress) -> IssuedList:
        found = self._place.issued_sns(path)
        found.require_whole()
        return IssuedList(path.name, found)

    def _show_list(self, opening: int, done: Future[IssuedList]) -> None:
        told, form = _refusal(done), self.page.order_form
        if opening != form.opening:
            return
        if told:
            form.refuse_list(told)
        else:
            form.show_list(done.result())

    # --- changes

    def _add_order(self, new: NewOrder) -> None:
        def done(seq: str) -> None:
            self.page.order_added(new.number, tr("Open from now on, record #{seq}.").format(seq=seq))

        self._change(partial(_add, new), self.page.order_form, done)

    def _close_order(self, number: str) -> None:
        def done(seq: str) -> None:
            self.page.order_closed(tr("Closed, record #{seq}.").format(seq=seq))

        self._change(partial(_close, number), self.page.order_card, done)

    def _set_product(self, product: Product) -> None:
        def done(seq: str) -> None:
            self.page.product_set(product, tr("Counts from now on, record #{seq}.").format(seq=seq))

        self._change(partial(_set, product), self.page.product_form, done)

    def _change(self, act: Callable[[Desk], Committed], card: FormCard, then: Callable[[str], None]) -> None:
        """On the station's thread, in the name of whoever is signed in; the answer stands on the card."""

        def take_over(done: Future[Committed]) -> None:
            told = _refusal(done)
            if told:
                card.show_refusal(told)
            else:
                then(f"{done.result().seq:,}")
                self._read()

        self._bridge.when_done(self._station.at_desk(act, Act.MANAGE), take_over)


def _add(new: NewOrder, desk: Desk) -> Committed:
    return _orders(desk).add(new.number, new.pk, new.quantity, new.issued)


def _close(number: str, desk: Desk) -> Committed:
    return _orders(desk).close(number)


def _set(product: Product, desk: Desk) -> Committed:
    return _orders(desk).set_product(product)


def _orders(desk: Desk) -> Orders:
    return Orders(desk.journal, desk.stamp, desk.person)


def _refusal(done: Future[Any]) -> Words:
    """The sentence of what was refused or failed; empty where it was done. A bug is raised."""
    error = done.exception()
    if isinstance(error, StationError):
        return partial(sentence, error.reason)
    if error is not None:
        raise error
    return ""

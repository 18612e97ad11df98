"""The Labels page, wired to the station: what is wanted becomes a plan, and a plan becomes labels."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from app.core.errors import Reason, Refused, StationError, Why, because
from app.core.labels import names_field
from app.core.scan import ScannedDevice, ScannedLabel, Unknown
from app.main.label_jobs import LabelJobs
from app.main.label_lists import LabelLists, SnList
from app.main.label_planning import LabelPlanning, Planned, wanted_of, what_is_missing
from app.main.label_printing import LabelPrinting
from app.main.page_scans import for_a_page
from app.main.place import Place
from app.station.station import Station
from app.ui.bridge import Bridge
from app.ui.label_source_card import Entered
from app.ui.label_wish import LabelWish, LayoutChoice, SnSource
from app.ui.labels_page import LabelsPage
from app.ui.main_window import MainWindow
from app.ui.pages import PageName
from app.ui.save_dialog import ask_which_file
from app.wording.language import tr
from app.wording.reasons import sentence

_LISTS = ("zip", "csv", "xlsx", "txt")


class LabelsDesk:
    """Lives as long as the window."""

    def __init__(self, window: MainWindow, station: Station, bridge: Bridge, place: Place) -> None:
        self._window = window
        self._is_over = False
        self._entered: Entered | None = None
        """What stood there when the batch began whose list is read again."""
        self.page = window.add_page(PageName.LABELS, LabelsPage)
        self.jobs = LabelJobs(place)
        self.lists = LabelLists(place, self._show_list)
        self._planning = LabelPlanning(place, self._show_plan)
        self.printing = LabelPrinting(self.page, window, self.jobs, (station, bridge, place), self._printed)
        self._connect()

    def _connect(self) -> None:
        page = self.page
        page.settled.connect(self.plan)
        page.source.file_wanted.connect(self._choose_list)
        page.source.order_chosen.connect(self._choose_order)
        page.layout_.file_wanted.connect(self._choose_layout)
        page.preview.page_wanted.connect(self._turn)
        self._window.page_shown.connect(self._show_page)

    def close(self) -> None:
        """What is being made is called off; what is being printed is printed. Nothing is shown any more."""
        self._is_over = True
        self.printing.close()
        self._planning.close()
        self.lists.close()

    # --- scans

    def takes_scan(self, text: str) -> bool:
        """A device code fills what is empty. Cards and badges act as everywhere; nothing else is taken."""
        if self._window.page is not PageName.LABELS:
            return False
        scan = for_a_page(text, self._window.view.state.rules)
        if scan is None:
            return False
        if not self.printing.is_busy and not self._takes_device(scan):
            unused = sentence(because(Why.LABEL_SCAN_UNUSED, text=text))
            self.page.preview.show_told(unused, is_trouble=True)
        return True

    def _takes_device(self, scan: ScannedDevice | ScannedLabel | Unknown) -> bool:
        return isinstance(scan, ScannedDevice) and self.page.take_device(
            str(scan.device.pk), str(scan.device.sn)
        )

    def takes_misread(self, reason: Reason) -> bool:
        """A scan that could not be rebuilt is said on this page, and goes nowhere."""
        if self._window.page is not PageName.LABELS:
            return False
        if not self.printing.is_busy:
            self.page.preview.show_told(sentence(reason), is_trouble=True)
        return True

    # --- what is wanted

    def _show_page(self, name: str) -> None:
        if name == PageName.LABELS:
            self.page.enter()
            self.page.layout_.show_layouts(self.layouts())
            self.plan()
        else:
            self._planning.drop()
            self.printing.leave()

    def layouts(self) -> list[LayoutChoice]:
        """The factory's own and the program's; a wrong one with what is wrong."""
        return [self._layout(name) for name in self.jobs.parts.layouts()]

    def _layout(self, name: str) -> LayoutChoice:
        try:
            return LayoutChoice(name, self.jobs.parts.layout(name))
        except Refused as refused:
            return LayoutChoice(name, None, refused.reason)

    def plan(self) -> None:
        """Anew, from what stands on the page."""
        if self.printing.is_begun or self._is_over:
            return
        self.printing.leave()
        try:
            wish = self.page.wish
            found = self.lists.of(wish.source)
            self._suggest(wish)
            if found and found.source is SnSource.ORDER and found.of_units is not self._is_of_units:
                self._read_order(found.name, found.pk)
                found = None
            missing = what_is_missing(wish, found is not None)
            if missing:
                self._show_nothing(missing, is_trouble=False)
                return
            wanted = wanted_of(self.page.wish, found.sns if found else None)
        except Refused as refused:
            self._show_nothing(sentence(refused.reason))
            return
        self._planning.begin(wanted, self._window.view.state.rules.every_format)

    def _show_nothing(self, text: str, is_trouble: bool = True) -> None:
        self._planning.drop()
        self.page.format.show_first("")
        self.page.preview.show_refusal(text, is_trouble)

    def _suggest(self, wish: LabelWish) -> None:
        """The product's name, and the work order that they are for, where nobody typed another.

        An order with a list of its own has no other SNs than those.
        """
        rules = self._window.view.state.rules
        product = rules.product(wish.pk)
        found = self.lists.of(wish.source)
        orders = [one for one in rules.orders if one.pk == wish.pk]
        is_of_order = found is not None and found.source is SnSource.ORDER
        listed = found.name if found is not None and is_of_order else None
        order = listed or (orders[0].number if len(orders) == 1 and orders[0].issued is None else "")
        self.page.preview.details.suggest({"product": product.name if product else "", "order": order})

    def _show_plan(self, done: Future[Planned]) -> None:
        error = done.exception()
        if isinstance(error, StationError):
            self._show_nothing(sentence(error.reason))
        elif error is not None:
            raise error
        else:
            plan, page = done.result()
            self.page.format.show_first(str(plan.labels[0].device.sn))
            self.page.preview.show_plan(plan, self.page.layout_.target)
            self.page.preview.show_page(page)

    def _turn(self, page: int) -> None:
        plan = self.page.preview.plan
        if plan is not None:
            self._planning.turn(plan, page)

    # --- lists and layouts

    def _choose_list(self) -> None:
        ask_which_file(self._window, tr("SNs of labels"), _LISTS, self.read_list)

    def read_list(self, path: Path) -> None:
        """The file that was chosen."""
        self.page.source.begin_list(path.name)
        self.lists.drop(self.page.source.source)
        self.lists.read_file(path, self.page.wish.pk)
        self.plan()

    def _choose_order(self, number: str) -> None:
        orders = self._window.view.state.rules.orders
        order = next((one for one in orders if one.number == number), None)
        if order is not None:
            self.page.source.begin_list(number)
            self.page.format.use_product(str(order.pk))
            self._read_order(number, str(order.pk))
            self.plan()

    def _read_order(self, number: str, pk: str) -> None:
        self.lists.drop(SnSource.ORDER)
        self.lists.read_order(number, pk, self._is_of_units)

    @property
    def _is_of_units(self) -> bool:
        chosen = self.page.layout_.chosen
        return chosen is not None and chosen.layout is not None and names_field(chosen.layout, "imei")

    def _show_list(self, done: Future[SnList]) -> None:
        if self._is_over:
            return
        error = done.exception()
        if isinstance(error, StationError):
            self.page.source.show_no_list(sentence(error.reason))
            self._show_nothing(sentence(error.reason))
        elif error is not None:
            raise error
        else:
            found = done.result()
            self.page.format.take_product(found.pk)
            source, before, self._entered = self.page.source, self._entered, None
            keeps = before is not None and source.entered != before
            source.show_list(found.name, len(found.sns), found.left, found.first, found.of_units, keeps)
            self.plan()

    def _choose_layout(self) -> None:
        ask_which_file(self._window, tr("Layout file"), ("toml",), self.use_layout)

    def use_layout(self, path: Path) -> None:
        """A layout in a file of its own."""
        self.page.layout_.show_layout(self._layout(str(path)))

    # --- afterwards

    def _printed(self, last: str, entered: Entered) -> None:
        """Their SNs are used: the next ones are shown, unless something else was `entered` meanwhile."""
        self._planning.digits.forget()
        source = self.page.source
        found = self.lists.of(source.source)
        if found is not None and not found.of_units:
            self._entered = entered
            self.lists.look_again(source.source)
        else:
            if source.entered == entered:
                source.go_on_after(last)
            self.plan()

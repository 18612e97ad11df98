"""Lists of SNs for labels, from a file, the platform's package or a work order; read beside the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.adapters.sn_package import read_issued
from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.selection import Selection
from app.main.place import Place
from app.station.label_book import JournalBook
from app.station.label_order import bound_serials, unprinted
from app.ui.background import Background, Progress
from app.ui.label_wish import SnSource

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class SnList:
    """SNs of one product, and how many of them were not printed yet."""

    source: SnSource
    name: str
    pk: str
    sns: tuple[SerialNumber, ...]
    left: int
    first: str
    """The first of those that were not; empty where all were."""
    of_units: bool = False
    """They are bound: for labels that tell their IMEI, such as those of boxes."""


class LabelLists:
    """The list of each source that was chosen last."""

    def __init__(self, place: Place, then: Callable[[Future[SnList]], None]) -> None:
        """`then` hears of a list that was read."""
        self._place, self._then = place, then
        self._lists: dict[SnSource, SnList] = {}
        self._newest: Background | None = None
        self._works: set[Background] = set()

    def close(self) -> None:
        for work in list(self._works):
            work.wait()

    def of(self, source: SnSource) -> SnList | None:
        return self._lists.get(source)

    def drop(self, source: SnSource) -> None:
        self._lists.pop(source, None)

    def read_file(self, path: Path, pk: str) -> None:
        """Where no product is chosen yet the list says which."""
        self._begin(partial(self._of_file, path, pk))

    def read_order(self, number: str, pk: str, of_units: bool) -> None:
        """The SNs of its list that are neither bound nor spoiled, or its units that are bound."""
        self._begin(partial(self._of_units if of_units else self._of_order, number, pk))

    def look_again(self, source: SnSource) -> None:
        """Some were printed since."""
        found = self._lists.get(source)
        if found is not None and not found.of_units:
            self._begin(lambda: self._judged(source, found.name, found.pk, list(found.sns)))

    def _begin(self, work: Callable[[], SnList]) -> None:
        def do(_progress: Progress) -> SnList:
            return work()

        background = Background(do)
        self._newest = background
        self._works.add(background)
        background.finished.connect(partial(self._finish, background))
        background.start()

    def _finish(self, background: Background, done: Future[SnList]) -> None:
        self._works.discard(background)
        if background is self._newest:
            if done.exception() is None:
                self._lists[done.result().source] = done.result()
            self._then(done)

    # --- on a thread of its own

    def _of_file(self, path: Path, pk: str) -> SnList:
        found = read_issued(path, self._place.settings.rules().formats)
        pks = {one.pk for one in found.sns if one.pk is not None}
        product = ProductKey(pk or (pks.pop() if len(pks) == 1 else ""))
        return self._judged(SnSource.FILE, path.name, product, list(found.of_product(product)))

    def _of_order(self, number: str, pk: str) -> SnList:
        with self._place.reader() as journal:
            sns = [SerialNumber(one) for one in journal.labels_not_bound([number], _MOST)]
        return self._judged(SnSource.ORDER, number, pk, sns)

    def _of_units(self, number: str, pk: str) -> SnList:
        with self._place.reader() as journal:
            sns = bound_serials(journal, Selection(order=number, product=pk))
        if not sns:
            raise Refused(because(Why.SERIAL_LIST_EMPTY, pk=pk))
        return SnList(SnSource.ORDER, number, pk, tuple(sns), len(sns), str(sns[0]), of_units=True)

    def _judged(self, source: SnSource, name: str, pk: str, sns: list[SerialNumber]) -> SnList:
        if not sns:
            raise Refused(because(Why.SERIAL_LIST_EMPTY, pk=pk))
        with self._place.reader() as journal:
            left = unprinted(ProductKey(pk), sns, JournalBook(journal, lambda _: None))
        return SnList(source, name, pk, tuple(sns), len(left), str(left[0]) if left else "")

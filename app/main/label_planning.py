"""From what stands on the Labels page to the labels that would be printed, beside the working window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from app.adapters.label_fonts import LabelFonts
from app.adapters.qr_code import ZxingEncoder
from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.label_drawing import Drawing
from app.core.label_layout import LabelLayout
from app.core.labels import require_places
from app.core.payload import PayloadFormat
from app.core.serials import LABELS_AT_ONCE
from app.core.template import parse_template
from app.main.place import Place
from app.main.steady_digits import SteadyDigits
from app.paths import resource
from app.station.label_book import JournalBook
from app.station.label_order import LabelOrder
from app.station.label_plan import DrawnPage, LabelPlan, PlanDropped, Planner, draw_page
from app.ui.background import Background, Progress
from app.ui.label_wish import LabelWish, SnSource, Target
from app.wording.language import tr

Planned = tuple[LabelPlan, DrawnPage]
Then = Callable[[Future[Planned]], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wish whose texts mean something."""

    order: LabelOrder
    layout: LabelLayout
    start_at: int


def wanted_of(wish: LabelWish, rows: Sequence[SerialNumber] | None) -> Wanted:
    """`rows` is the list that was chosen, where the SNs come from one.

    Raises:
        Refused: something is missing or makes no sense; the reason says what.
    """
    layout = _layout(wish)
    require_places(layout, wish.own_texts)
    listed = wish.source in (SnSource.FILE, SnSource.ORDER)
    of_pattern = wish.source is SnSource.PATTERN
    order = LabelOrder(
        pk=ProductKey(wish.pk),
        count=_whole(wish.count, 1, LABELS_AT_ONCE),
        first=None if of_pattern or (listed and not wish.first) else wish.first,
        rows=(rows or ()) if listed else None,
        pattern=wish.pattern,
        start=_whole(wish.counter, 0, 10**18),
        format=parse_template(wish.template),
        values=wish.texts,
    )
    most = layout.sheet.labels if layout.sheet else 1
    return Wanted(order, layout, _whole(wish.start_at, 1, most) if layout.sheet else 1)


def _layout(wish: LabelWish) -> LabelLayout:
    choice, code = wish.layout, wish.code
    if choice is None:
        raise Refused(because(Why.LAYOUT_UNKNOWN, layout="–", known="–"))
    if choice.layout is None:
        raise Refused(choice.refusal or because(Why.LAYOUT_UNKNOWN, layout=choice.name, known="–"))
    dpi = wish.dpi if wish.target is Target.ZPL else None
    return choice.layout.with_code(code.level, code.quiet_zone, code.size, dpi)


def _whole(text: str, low: int, high: int) -> int:
    plain = text.replace(",", "")
    if not (plain.isascii() and plain.isdecimal()) or len(plain) > 18 or not low <= int(plain) <= high:
        raise Refused(because(Why.LABEL_NUMBER, value=text, low=str(low), high=str(high)))
    return int(plain)


def what_is_missing(wish: LabelWish, has_list: bool) -> str:
    """What is to be entered next; empty where a plan can be made."""
    if not wish.pk:
        return tr("Enter the product key, or scan the QR code of a device.")
    if wish.source is SnSource.RANGE and not wish.first:
        return tr("Enter the first SN.")
    if wish.source is SnSource.FILE and not has_list:
        return tr("Choose a file of SNs, or the platform's package.")
    if wish.source is SnSource.ORDER and not has_list:
        return tr("Choose a work order.")
    return "" if wish.count else tr("Enter how many labels.")


class LabelPlanning:
    """One plan at a time; what a newer one has replaced is dropped."""

    def __init__(self, place: Place, then: Then) -> None:
        self._place, self._then = place, then
        self._fonts = LabelFonts(resource("fonts"))
        self.digits = SteadyDigits()
        self._newest = 0
        self._works: set[Background] = set()

    def close(self) -> None:
        """Returns when nothing is planned any more."""
        self.drop()
        for work in list(self._works):
            work.wait()

    def drop(self) -> None:
        """What is being planned is of no interest any more."""
        self._newest += 1

    def begin(self, wanted: Wanted, formats: Sequence[PayloadFormat]) -> None:
        self._start(partial(self._plan, wanted, tuple(formats)))

    def turn(self, plan: LabelPlan, page: int) -> None:
        """Another page of the same plan."""
        self._start(lambda _goes_on: (plan, self._draw(plan, page)))

    def _start(self, work: Callable[[Callable[[], bool]], Planned]) -> None:
        self.drop()
        number = self._newest

        def do(_progress: Progress) -> Planned:
            return work(lambda: number == self._newest)

        background = Background(do)
        self._works.add(background)
        background.finished.connect(partial(self._finish, background, number))
        background.start()

    def _finish(self, background: Background, number: int, done: Future[Planned]) -> None:
        self._works.discard(background)
        if number == self._newest and not isinstance(done.exception(), PlanDropped):
            self._then(done)

    def _plan(
        self, wanted: Wanted, formats: tuple[PayloadFormat, ...], goes_on: Callable[[], bool]
    ) -> Planned:
        """On a thread of its own, with a reader of its own; nothing is recorded."""
        with self._place.reader() as journal:
            book = JournalBook(journal, lambda _: None)
            planner = Planner(formats, book, ZxingEncoder(), self.digits.from_the_first())
            plan = planner.plan(wanted.order, wanted.layout, wanted.start_at, goes_on)
        return plan, self._draw(plan, 0)

    def _draw(self, plan: LabelPlan, page: int) -> DrawnPage:
        return draw_page(plan, page, Drawing(plan.layout, plan.layout.dpi, ZxingEncoder(), self._fonts))

"""What would be printed, and what stands in its way."""

from __future__ import annotations

import pytest

from app.adapters.qr_code import ZxingEncoder
from app.core.errors import Refused, Why
from app.core.label_drawing import Drawing
from app.core.labels import Label
from app.core.payload import PLATFORM_FORMAT
from app.core.serials import SerialStanding, in_a_row
from app.station.label_order import LabelOrder
from app.station.label_plan import LabelPlan, PlanDropped, Planner, draw_page
from tests.labelled import FIRST, FONTS, PK, Book, layout


def planner(book: Book) -> Planner:
    return Planner([PLATFORM_FORMAT], book, ZxingEncoder(), lambda count: "7" * count)


def planned(count: int, book: Book | None = None, name: str = "a4-24-70x37", start_at: int = 1) -> LabelPlan:
    order = LabelOrder(PK, count, FIRST)
    return planner(book or Book()).plan(order, layout(name), start_at)


def sns(labels: list[Label]) -> list[str]:
    return [str(label.device.sn) for label in labels]


@pytest.mark.parametrize(
    ("count", "start_at", "pages", "on_last"),
    [(1, 1, 1, 1), (24, 1, 1, 24), (25, 1, 2, 1), (24, 2, 2, 1), (3, 24, 2, 2), (520, 1, 22, 16)],
)
def test_sheets_are_counted_from_where_the_first_begins(
    count: int, start_at: int, pages: int, on_last: int
) -> None:
    plan = planned(count, start_at=start_at)
    assert (plan.pages, plan.on_last_page) == (pages, on_last)


@pytest.mark.parametrize("start_at", [1, 2, 24])
def test_every_label_is_drawn_on_one_page_in_its_order(start_at: int) -> None:
    plan = planned(60, start_at=start_at)
    drawing = Drawing(plan.layout, plan.layout.dpi, ZxingEncoder(), FONTS)
    pages = [draw_page(plan, number, drawing) for number in range(plan.pages)]
    drawn = [label.codes[0].text for page in pages for _, _, label in page.labels]
    assert drawn == [label.payload for label in plan.labels]
    assert pages[0].labels[0][:2] == pages[0].places[start_at - 1]
    assert all(place[:2] in page.places for page in pages for place in page.labels)


def test_labels_that_were_made_before_are_a_reprint_as_a_whole_or_nothing() -> None:
    made = {str(sn): SerialStanding.ISSUED for sn in in_a_row(FIRST, 2)}
    whole, part = planned(2, Book(dict(made))), planned(3, Book(dict(made)))
    whole.require_possible()
    assert whole.is_again
    assert whole.run("pdf", "torn").reprint == "torn"
    assert planned(1).run("pdf", "torn").reprint is None
    with pytest.raises(Refused) as refusal:
        part.require_possible()
    assert refusal.value.reason.why is Why.LABELS_MADE_BEFORE


def test_an_sn_that_was_only_scanned_is_no_reprint() -> None:
    with pytest.raises(Refused) as refusal:
        planned(1, Book({FIRST: SerialStanding.SEEN}))
    assert refusal.value.reason.why is Why.SERIAL_SEEN


def test_an_sn_that_is_retired_is_never_printed() -> None:
    plan = planned(2, Book({FIRST: SerialStanding.RETIRED}))
    with pytest.raises(Refused) as refusal:
        plan.require_possible()
    assert (refusal.value.reason.why, refusal.value.reason.facts["sn"]) == (Why.LABELS_RETIRED, FIRST)


def test_an_sn_of_a_work_orders_list_is_counted_into_no_range() -> None:
    with pytest.raises(Refused) as refusal:
        planned(2, Book({FIRST: SerialStanding.LISTED}))
    assert refusal.value.reason.why is Why.SERIAL_LISTED
    serials = in_a_row(FIRST, 2)
    order = LabelOrder(PK, None, None, rows=serials)
    plan = planner(Book({FIRST: SerialStanding.LISTED})).plan(order, layout())
    plan.require_possible()
    assert sns(list(plan.labels)) == serials


def test_a_plan_that_nobody_wants_any_more_is_dropped() -> None:
    with pytest.raises(PlanDropped):
        planner(Book()).plan(LabelOrder(PK, 2, FIRST), layout(), goes_on=lambda: False)


def test_a_sheet_has_no_label_of_that_number() -> None:
    with pytest.raises(Refused) as refusal:
        planned(1, start_at=25)
    assert refusal.value.reason.why is Why.LABEL_START


def test_a_code_that_has_no_room_in_its_layout_is_refused() -> None:
    assert layout().with_code(None, 2, 20, 300).qr.size == 20
    with pytest.raises(Refused) as refusal:
        layout().with_code(None, None, 36, None)
    assert refusal.value.reason.why is Why.LABEL_CODE_SIZE

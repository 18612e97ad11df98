"""What would be printed: the labels of an order with what stands in their way, before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.core.codes import DeviceCode, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.label_drawing import Drawing, DrawnLabel, Encoder, qr_on
from app.core.label_layout import LabelLayout, Marks, dots, millimetres
from app.core.labels import Label, names_field
from app.core.payload import PayloadFormat
from app.core.serial_pattern import Digits
from app.core.serials import LabelRegister, SerialStanding, is_unprinted, require_not_only_seen
from app.station.label_order import LabelOrder, labels_of
from app.station.labels import LabelRun

GoesOn = Callable[[], bool]
_LOOKED_UP = 500
"""SNs in one go; then somebody may have called it off."""


class PlanDropped(Exception):
    """Something else is wanted by now."""


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """Labels in the order of printing, and what became of their SNs so far."""

    labels: tuple[Label, ...]
    layout: LabelLayout
    start_at: int
    smallest_module: float
    """Millimetres."""
    made_before: tuple[SerialNumber, ...] = ()
    """Their labels were made, or they are bound."""
    retired: tuple[SerialNumber, ...] = ()
    of_list: bool = False
    """Somebody else issued the SNs."""

    @property
    def pages(self) -> int:
        return self.layout.pages(len(self.labels), self.start_at)

    @property
    def on_last_page(self) -> int:
        """How many labels the last sheet gets."""
        a_sheet = self.layout.sheet.labels if self.layout.sheet else 1
        left = (len(self.labels) + self.start_at - 1) % a_sheet or a_sheet
        return min(left, len(self.labels))

    @property
    def is_of_units(self) -> bool:
        """Labels of units that are bound, such as those of boxes: their SNs are not new."""
        return names_field(self.layout, "imei")

    @property
    def is_again(self) -> bool:
        """Every one was made before: this can only be a reprint."""
        return len(self.made_before) == len(self.labels)

    def require_possible(self) -> None:
        """Raises `Refused` where some of the SNs have no place on these labels."""
        if self.retired:
            raise Refused(because(Why.LABELS_RETIRED, count=len(self.retired), sn=self.retired[0]))
        if self.made_before and not self.is_again:
            some, first = len(self.made_before), self.made_before[0]
            raise Refused(because(Why.LABELS_MADE_BEFORE, count=some, labels=len(self.labels), sn=first))

    def run(self, output: str, reprint: str | None) -> LabelRun:
        """What `run_labels` takes; `output` as there, `reprint` the reason where it is one."""
        why = reprint if self.is_again else None
        return LabelRun(self.labels, self.layout, output, why, of_list=self.of_list, bound=self.is_of_units)


@dataclass(frozen=True, slots=True)
class Planner:
    """Looks things up for a plan; nothing is written."""

    formats: Sequence[PayloadFormat]
    """Those that stations know."""
    register: LabelRegister
    encoder: Encoder
    digits: Digits

    def plan(
        self, order: LabelOrder, layout: LabelLayout, start_at: int = 1, goes_on: GoesOn = lambda: True
    ) -> LabelPlan:
        """
        Raises:
            Refused: as `labels_of`; a sheet has no label of this number; or no code fits.
            PlanDropped: `goes_on` said so.
        """
        next(iter(layout.places(1, start_at)))
        labels = labels_of(order, layout, (*self.formats, order.format), self.register, self.digits)
        before, retired = list[SerialNumber](), list[SerialNumber]()
        for device, standing in self._standings([label.device for label in labels], goes_on):
            if standing is SerialStanding.LISTED and order.rows is None:
                raise Refused(because(Why.SERIAL_LISTED, sn=device.sn, pk=device.pk))
            require_not_only_seen(device, standing)
            if standing is SerialStanding.RETIRED:
                retired.append(device.sn)
            elif self._was_made(device, standing, layout):
                before.append(device.sn)
        longest = max(labels, key=lambda label: len(label.payload))
        module = millimetres(qr_on(longest, layout, layout.dpi, self.encoder).dots, layout.dpi)
        listed = order.rows is not None
        return LabelPlan(tuple(labels), layout, start_at, module, tuple(before), tuple(retired), listed)

    def _standings(
        self, devices: Sequence[DeviceCode], goes_on: GoesOn
    ) -> Iterator[tuple[DeviceCode, SerialStanding]]:
        for start in range(0, len(devices), _LOOKED_UP):
            if not goes_on():
                raise PlanDropped
            some = devices[start : start + _LOOKED_UP]
            yield from zip(some, self.register.standings(some), strict=True)

    def _was_made(self, device: DeviceCode, standing: SerialStanding, layout: LabelLayout) -> bool:
        if names_field(layout, "imei"):
            return self.register.has_label(device, layout.name)
        return not is_unprinted(standing)


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page in dots, as it will be printed."""

    number: int
    """From 0."""
    width: int
    height: int
    label: tuple[int, int]
    """Width and height of one."""
    labels: tuple[tuple[int, int, DrawnLabel], ...]
    """Left and top of each."""
    places: tuple[tuple[int, int], ...]
    """Left and top of every place, used or not."""
    marks: Marks


def draw_page(plan: LabelPlan, number: int, drawing: Drawing) -> DrawnPage:
    """Raises `Refused` where a label of this page does not fit."""
    layout, dpi = plan.layout, drawing.dpi
    a_sheet = layout.sheet.labels if layout.sheet else 1
    first = max(0, number * a_sheet - plan.start_at + 1)
    places = layout.places(len(plan.labels), plan.start_at)
    here = ((left, top) for page, left, top in islice(places, first, first + a_sheet) if page == number)
    labels = [
        (dots(left, dpi), dots(top, dpi), drawing.draw(label))
        for label, (left, top) in zip(plan.labels[first:], here, strict=False)
    ]
    width, height = layout.page
    every = tuple((dots(left, dpi), dots(top, dpi)) for _, left, top in layout.places(a_sheet))
    size = dots(layout.width, dpi), dots(layout.height, dpi)
    marks = layout.sheet.marks if layout.sheet else Marks.NONE
    return DrawnPage(number, dots(width, dpi), dots(height, dpi), size, tuple(labels), every, marks)

"""What can be read from a journal, also while a station binds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from app.core.codes import DeviceCode, Imei
from app.core.importing import PairRow
from app.core.orders import WorkOrder
from app.core.people import Person
from app.core.products import Product
from app.core.reconciliation import LabelCount
from app.core.record import (
    BoundRecord,
    ChainCheck,
    InTheWay,
    OpenShift,
    ShiftSummary,
    Standing,
    StoredEvent,
    Tally,
    UnitRow,
)
from app.core.relationship import Block
from app.core.selection import BindingRow, Coverage, Export, Range, Selection
from app.core.serials import SerialStanding
from app.core.unit_list import UnitLine, UnitQuery, UnitSpan, UnitStory
from app.core.verdicts import Verdict
from app.ports.upload_reads import UploadReader


class OrdersReader(Protocol):
    """Products and work orders. Every method raises `Faulted` where the file cannot be read."""

    def products(self) -> Sequence[Product]:
        """By their PK."""
        ...

    def orders(self) -> Sequence[WorkOrder]:
        """Open and closed ones, as they were opened."""
        ...

    def bound_by_order(self) -> Mapping[str, int]:
        """How many units of each order are bound, however they came in: counted as events are written.

        Orders are added meanwhile and never taken away: it knows those that `orders` named before.
        """
        ...

    def orders_of(self, shift: OpenShift) -> frozenset[str]:
        """The orders of which units were bound in this shift."""
        ...

    def label_count(self, orders: Sequence[str], shift: OpenShift) -> LabelCount:
        """What became of the labels on the lists of these orders. A label that was scrapped counts as
        spoiled."""
        ...

    def labels_not_bound(self, orders: Sequence[str], limit: int) -> Sequence[str]:
        """SNs on these lists that are neither bound nor spoiled."""
        ...


class ShiftsReader(Protocol):
    """Shifts and their figures. Every method raises `Faulted` where the file cannot be read."""

    def current_shift(self) -> OpenShift | None:
        """The open shift of this station."""
        ...

    def shift(self, id: int | None = None) -> OpenShift | None:
        """The shift with this number; without one the open or else the last shift."""
        ...

    def shifts(self, limit: int) -> Sequence[ShiftSummary]:
        """The newest first."""
        ...

    def tally(self, shift: OpenShift) -> Tally: ...

    def bound_times(self, shift: OpenShift, since: str = "") -> Sequence[str]:
        """When each unit of the shift was bound, from `since` on (UTC as in `Stamp.at`), oldest first."""
        ...

    def faults_by_kind(self, shift: OpenShift) -> Mapping[Verdict, int]: ...

    def bound_by_hour(self, shift: OpenShift) -> Mapping[str, int]:
        """Hours on the PC's clock, such as `2026-03-09T10:00`; those without any are left out."""
        ...

    def on_hold(self, limit: int) -> Sequence[UnitRow]:
        """Units that stand as `UnitState.ON_HOLD`, of whatever shift, the newest first."""
        ...


class LabelsReader(Protocol):
    """SNs and labels. Every method raises `Faulted` where the file cannot be read."""

    def serial_standings(self, devices: Sequence[DeviceCode]) -> Sequence[SerialStanding]:
        """What became of each of these SNs so far."""
        ...

    def has_label(self, device: DeviceCode, layout: str) -> bool:
        """Whether a label of the layout with this name was made for it."""
        ...

    def labels_lost(self) -> Sequence[DeviceCode]:
        """Bound units without a label, and without a word why, of those that were bound since labels after
        PASS are wanted and after the last one that got its label: the program ended before their turn."""
        ...


class JournalReader(OrdersReader, ShiftsReader, LabelsReader, UploadReader, Protocol):
    """Reads for screens, files and questions. Any number at a time, beside a working station.

    Every method raises `Faulted` where the file cannot be read.
    """

    def standing(self, device: DeviceCode | None, imei: Imei | None) -> Standing: ...

    def in_the_way(self, rows: Sequence[PairRow]) -> InTheWay:
        """What `standing` would say of these, some hundred at once."""
        ...

    def released_imeis(self) -> frozenset[str]:
        """Whose check digit a supervisor let pass, and which were not used since."""
        ...

    def live_of_sn(self, sn: str) -> Sequence[BoundRecord]:
        """The live bindings of this SN, of whatever product."""
        ...

    def retired_codes(self, sn: str) -> Sequence[DeviceCode]:
        """The device codes of this SN, of whatever product, that were scrapped or whose label was spoiled."""
        ...

    def recent_units(self, limit: int) -> Sequence[UnitRow]:
        """The newest units first."""
        ...

    def row_count(self, selection: Selection, within: Range, end: int) -> int:
        """How many rows `live_rows` would give, whether they have gone out before or not."""
        ...

    def relationship_count(self, shift: OpenShift | None) -> int:
        """Live pairs; of every shift where none is given."""
        ...

    def row_ranges(self, selection: Selection, end: int) -> tuple[Range, ...]:
        """Where the rows of this selection lie, up to the event `end`: its shift, and its times."""
        ...

    def live_rows(
        self, selection: Selection, within: Range, end: int, gone_out: Coverage | None = None
    ) -> Block:
        """The pairs of these records that were live at the event `end`, in the order of binding.

        The same answer at any later time. `selection.new` is left to `gone_out`, whose units are left out.
        """
        ...

    def exports(self, after: int = 0) -> Sequence[Export]:
        """Every relationship file that was exported after this event, oldest first."""
        ...

    def ended_bindings(self, until: int) -> Sequence[BindingRow]:
        """Those that ended by the event `until`, in the order of binding."""
        ...

    def released_bindings(self, until: int) -> Sequence[BindingRow]:
        """Those that a release let pass with a wrong check digit, by the event `until`."""
        ...

    def bindings_of(self, imei: str) -> Sequence[BindingRow]: ...

    def last_bound(self, station: str, operator: str | None) -> BoundRecord | None:
        """What this operator bound last at this station; None where that is live no more, or hours ago."""
        ...

    def exported_since(self, record: BoundRecord) -> bool:
        """Whether a relationship file went out that holds this live binding."""
        ...

    def people(self) -> Sequence[Person]:
        """Everybody who may sign in, by name."""
        ...

    def head(self) -> tuple[int, str]:
        """Newest sequence number and its hash, as kept apart from the events."""
        ...

    def event(self, seq: int) -> StoredEvent | None: ...

    def events_of(self, sn_or_imei: str) -> Sequence[StoredEvent]:
        """Everything that names this SN or IMEI, every file and lot that held it, oldest first."""
        ...

    def verify(self, progress: Callable[[int, int], bool] | None = None) -> ChainCheck:
        """Recompute the whole chain. `progress(done, total)` returns False to cancel."""
        ...

    def close(self) -> None: ...


class UnitReader(JournalReader, Protocol):
    """The journal as the list of units reads it."""

    def operators(self) -> Sequence[str]:
        """Everybody who may or might sign in, by name."""
        ...

    def spans(self, query: UnitQuery) -> Iterator[UnitSpan]:
        """How many units are found, stretch by stretch from the newest event to the oldest.

        Each stretch takes some milliseconds.
        """
        ...

    def lines(self, query: UnitQuery, span: UnitSpan, skip: int, limit: int) -> Sequence[UnitLine]:
        """The units of a stretch, the newest first."""
        ...

    def exactly(self, query: UnitQuery) -> Sequence[UnitLine]:
        """Units whose whole SN or IMEI is the wanted part: by the indexes, so at once; twenty at most."""
        ...

    def line_of(self, seq: int) -> UnitLine | None:
        """The unit that this event names, as it stands now."""
        ...

    def story(self, unit: UnitLine) -> UnitStory: ...

    def records_of(self, unit: UnitLine) -> Sequence[int]:
        """The numbers of the events that name it, oldest first."""
        ...

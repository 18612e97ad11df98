"""How the shift stands: all that its page shows, read from the journal beside a working station."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.orders import WorkOrder
from app.core.products import Product
from app.core.reconciliation import LabelCount, Reconciliation, ShiftReport
from app.core.record import OpenShift, UnitRow
from app.core.relationship import FileKind
from app.core.selection import Selection
from app.core.verdicts import Verdict
from app.ports.journal_reads import JournalReader
from app.station.export import count_rows
from app.station.shifts import report_of

_FILES = 50
"""At most so many files are looked at, the newest."""


@dataclass(frozen=True, slots=True)
class FileMade:
    """A relationship file that went out."""

    seq: int
    file: str
    at: str
    """UTC as in `Stamp.at`."""
    by: str | None
    count: int
    kind: str
    """A `FileKind`."""
    selection: Selection


@dataclass(frozen=True, slots=True)
class ShiftPicture:
    """The open shift, else the last one."""

    report: ShiftReport | None = None
    """None where no shift was opened yet."""
    closed_at: str | None = None
    """UTC as in `Stamp.at`; None while it is open."""
    rows: int = 0
    """Its live pairs."""
    target: int = 0
    """Units per hour; 0 is none."""
    orders: tuple[str, ...] = ()
    """The open ones."""
    products: tuple[Product, ...] = ()
    files: tuple[FileMade, ...] = ()
    """The newest first."""
    closed_by: str | None = None
    chosen: Selection | None = None
    """What was chosen for a file, where that is not the shift; and how many units such a file would hold."""
    chosen_rows: int = 0
    kept: ShiftReport | None = None
    """As it was put on record when the shift was closed, whatever became of its units since."""

    @property
    def is_open(self) -> bool:
        return self.report is not None and self.closed_at is None

    @property
    def closing_file(self) -> FileMade | None:
        """The file that was made when the shift was closed."""
        if self.report is None or self.report.shift.closed_seq is None:
            return None
        closed, of_shift = self.report.shift.closed_seq, Selection(shift=self.report.shift.id)
        made = [one for one in self.files if one.seq > closed and one.selection == of_shift]
        return made[-1] if made else None

    def newest_file(self, selection: Selection, kind: FileKind, one_each: bool = False) -> FileMade | None:
        """The last one of this kind that was asked for in the same way. `one_each`: the last one of each
        product, told as one: when the oldest of them was made, and the rows of all."""
        if one_each and selection.product is None:
            return self._newest_of_each(selection, kind)
        return next((one for one in self.files if (one.selection, one.kind) == (selection, kind)), None)

    def _newest_of_each(self, selection: Selection, kind: FileKind) -> FileMade | None:
        newest: dict[str, FileMade] = {}
        for one in self.files:
            product = one.selection.product
            if product and one.kind == kind and replace(one.selection, product=None) == selection:
                newest.setdefault(product, one)
        oldest = min(newest.values(), key=lambda one: one.seq, default=None)
        return replace(oldest, count=sum(one.count for one in newest.values())) if oldest else None


def picture_of(journal: JournalReader, chosen: Selection | None = None) -> ShiftPicture:
    """Raises `Faulted` where the journal cannot be read."""
    shift = journal.shift()
    orders = [order for order in journal.orders() if order.is_open]
    picture = ShiftPicture(
        orders=tuple(order.number for order in orders),
        products=tuple(journal.products()),
        files=tuple(_files(journal)),
        chosen=chosen,
        chosen_rows=count_rows(journal, chosen) if chosen else 0,
    )
    if shift is None:
        return picture
    closed = journal.event(shift.closed_seq) if shift.closed_seq is not None else None
    report = report_of(journal, shift)
    facts = _facts(closed.entry.detail) if closed else {}
    return replace(
        picture,
        report=_as_closed(report, facts) if closed else report,
        closed_at=closed.stamp.at if closed else None,
        closed_by=closed.stamp.approver or closed.stamp.operator if closed else None,
        kept=_as_kept(report, facts) if closed else None,
        rows=journal.relationship_count(shift),
        target=_target(shift, orders, picture.products),
    )


def _as_kept(report: ShiftReport, facts: dict[str, Any]) -> ShiftReport:
    """All of it as it was then; a shift that a demonstration closed kept nothing. Events of earlier versions
    call the labels `labels_left`, which they were not: missing ones are among them."""
    report = _as_closed(report, facts)
    if "passes" not in facts:
        return report
    return replace(
        report,
        passes=facts["passes"],
        bound=facts.get("bound", facts["passes"]),
        rescans=facts["rescans"],
        faults={Verdict(verdict): count for verdict, count in facts["faults"].items()},
        by_hour=facts["by_hour"],
        on_hold=[UnitRow(**{**unit, "verdict": Verdict(unit["verdict"])}) for unit in facts["on_hold"]],
        labels_not_bound=facts.get("labels_not_bound", facts.get("labels_left", ())),
    )


def _as_closed(report: ShiftReport, facts: dict[str, Any]) -> ShiftReport:
    """Labels are told as they were counted then."""
    total = facts.get("reconciliation") or {}
    labels = None
    if total.get("issued") is not None:
        labels = LabelCount(total["issued"], total["bound"], total["spoiled"])
    return replace(
        report,
        orders=tuple(facts.get("orders", ())),
        reconciliation=Reconciliation(labels, total.get("left")),
        explanation=facts.get("explanation", ""),
    )


def _target(shift: OpenShift, orders: Sequence[WorkOrder], products: Sequence[Product]) -> int:
    """Of the order that was chosen for the shift, else of the one that was opened first."""
    chosen = [order for order in orders if order.number == shift.work_order] or orders
    targets = {one.pk: one.target for one in products}
    return targets.get(chosen[0].pk, 0) if chosen else 0


def _files(journal: JournalReader) -> Iterator[FileMade]:
    for export in journal.exports()[: -_FILES - 1 : -1]:
        event = journal.event(export.seq)
        if event is None:
            continue
        facts = _facts(event.entry.detail)
        yield FileMade(
            export.seq,
            export.file,
            event.stamp.at,
            event.stamp.approver or event.stamp.operator,
            facts.get("count", 0),
            facts.get("kind", FileKind.CSV),
            export.selection,
        )


def _facts(detail: str | None) -> dict[str, Any]:
    facts = json.loads(detail or "{}")
    return facts if isinstance(facts, dict) else {}

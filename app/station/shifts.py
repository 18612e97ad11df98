"""Shifts: opened, handed over, and closed with a reconciliation and the relationship file."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import Faulted, Refused, Why, because
from app.core.people import NO_SIGN_IN, Act, Person, checked_name
from app.core.reconciliation import Reconciliation, ShiftReport, orders_counted
from app.core.record import Committed, Entry, EventKind, OpenShift, Stamp
from app.core.selection import Selection
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.ports.relationship import RelationshipWriter
from app.station.corrections import REASON_MAX
from app.station.export import Exporter, FileWanted
from app.station.orders import open_order
from app.station.side_file import side_path, withdrawn_path
from app.station.sign_in import require

LISTED = 100
"""At most so many units on hold, and labels, are named in a report."""

WriteFile = Callable[[OpenShift, Stamp, Path], None]
"""Writes the relationship file of a shift and its side file to this path, where there is none yet."""


def relationship_file(
    journal: Journal,
    writer: RelationshipWriter,
    may_not_be_written: Callable[[Path], bool] = lambda path: False,
) -> WriteFile:
    """The file that the platform takes, made out of this journal."""

    def write(shift: OpenShift, stamp: Stamp, path: Path) -> None:
        exporter = Exporter(
            journal, lambda entry: journal.record(stamp, entry), writer, stamp, may_not_be_written
        )
        exporter.export(FileWanted(path, Selection(shift=shift.id), may_be_empty=True))

    return write


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """What closing a shift left behind."""

    report: ShiftReport
    seq: int
    file: Path


class Shifts:
    """The shifts of one station. Refusal of every method that writes: NOT_ALLOWED."""

    def __init__(self, journal: Journal, stamp: Stamp, person: Person | None) -> None:
        """`person` is None only in a workshop without sign-in."""
        self._journal, self._person = journal, person
        name = person.name if person else NO_SIGN_IN
        self._stamp = replace(stamp, operator=name, approver=person.name if person else None)

    def open(self, order: str | None = None, operator: str | None = None) -> OpenShift:
        """In the name of this operator, else of who gives the command.

        Refusals: SHIFT_IS_OPEN, ORDER_NOT_OPEN, NO_SUCH_PERSON.
        """
        require(self._person, Act.MANAGE)
        shift = self._journal.current_shift()
        if shift is not None:
            raise Refused(because(Why.SHIFT_IS_OPEN, shift=shift.id))
        stamp = replace(self._stamp, work_order=self._order(order))
        return self._journal.open_shift(replace(stamp, operator=self._name(operator) or stamp.operator))

    def hand_over(self, order: str | None = None, operator: str | None = None) -> OpenShift:
        """Somebody else is in charge from now on, or another order is worked on; what is not named stays.

        Refusals: SHIFT_NOT_OPEN, ORDER_NOT_OPEN, NO_SUCH_PERSON.
        """
        require(self._person, Act.MANAGE)
        shift = self._open()
        after = replace(
            shift,
            work_order=self._order(order) or shift.work_order,
            operator=self._name(operator) or shift.operator,
        )
        entry = Entry(EventKind.SHIFT_HANDED_OVER, before=shift.operator, after=after.operator)
        self._journal.record(replace(self._stamp, shift=shift.id, work_order=after.work_order), entry)
        return after

    def hand_over_to(self, receiver: Person) -> OpenShift:
        """As `hand_over`, to somebody who has shown who they are.

        Refusals: also ALREADY_IN_CHARGE, and NOT_ALLOWED of the receiver, who must be one that binds.
        """
        require(self._person, Act.MANAGE)
        receiver.require(Act.BIND)
        if self._open().operator == receiver.name:
            raise Refused(because(Why.ALREADY_IN_CHARGE, name=receiver.name))
        return self.hand_over(operator=receiver.name)

    def close(self, left: int | None, explanation: str, folder: Path, write_file: WriteFile) -> ClosedShift:
        """Event, file and side file, all of them or none.

        Raises:
            Refused: SHIFT_NOT_OPEN; LEFT_RANGE; LABELS_MISSING where the sum does not close and nothing
                explains it; REASON_NEEDED where the explanation is too long.
            Faulted: SHIFT_NOT_CLOSED; the shift is open as before, and no file is left.
        """
        require(self._person, Act.MANAGE)
        report = report_of(self._journal, self._open(), left, _checked(explanation))
        report.reconciliation.require_explained(report.explanation)
        shift, path = report.shift, _free_path(folder, report.shift, self._stamp)
        stamp = replace(self._stamp, shift=shift.id, work_order=shift.work_order)
        entry = Entry(
            EventKind.SHIFT_CLOSED,
            reason=report.explanation or None,
            detail=json.dumps(report.facts(), sort_keys=True),
        )
        committed = self._close_with_file(shift, stamp, entry, path, write_file)
        return ClosedShift(report, committed.seq, path)

    def _close_with_file(
        self, shift: OpenShift, stamp: Stamp, entry: Entry, path: Path, write_file: WriteFile
    ) -> Committed:
        """The file is made inside the transaction: it holds the end hash of the closed shift, and where
        anything fails nothing was closed and no file stays."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._journal.one_act():
                committed = self._journal.close_shift(stamp, entry)
                write_file(replace(shift, closed_seq=committed.seq), stamp, path)
        except Refused:
            raise  # before anything was written, such as where somebody else made a file of this name
        except BaseException as error:
            _take_back(path)
            if isinstance(error, Faulted | OSError):
                raise _not_closed(path, error) from error
            raise
        return committed

    def _open(self) -> OpenShift:
        shift = self._journal.current_shift()
        if shift is None:
            raise Refused(because(Why.SHIFT_NOT_OPEN))
        return shift

    def _order(self, number: str | None) -> str | None:
        return open_order(self._journal, number).number if number is not None else None

    def _name(self, name: str | None) -> str | None:
        """Where people sign in, somebody who may."""
        if name is None:
            return None
        name = checked_name(name)
        if self._person is not None and all(one.name != name for one in self._journal.people()):
            raise Refused(because(Why.NO_SUCH_PERSON, name=name))
        return name


def report_of(
    journal: JournalReader, shift: OpenShift, left: int | None = None, explanation: str = ""
) -> ShiftReport:
    """How the shift stands now. Raises `Refused` (LEFT_RANGE)."""
    orders = orders_counted(shift, journal.orders(), journal.orders_of(shift))
    labels = journal.label_count(orders, shift) if orders else None
    tally = journal.tally(shift)
    return ShiftReport(
        shift=shift,
        orders=orders,
        reconciliation=Reconciliation(labels, left),
        passes=tally.bound,
        bound=journal.relationship_count(shift),
        rescans=tally.rescanned,
        faults=journal.faults_by_kind(shift),
        by_hour=journal.bound_by_hour(shift),
        on_hold=journal.on_hold(LISTED),
        labels_not_bound=journal.labels_not_bound(orders, LISTED) if orders else (),
        explanation=explanation,
    )


def _checked(explanation: str) -> str:
    explanation = explanation.strip()
    if len(explanation) > REASON_MAX:
        raise Refused(because(Why.REASON_NEEDED, most=REASON_MAX))
    return explanation


def _free_path(folder: Path, shift: OpenShift, stamp: Stamp) -> Path:
    """What was written before is never written over, nor what stands beside it."""
    name = f"shift-{shift.id:04}-{stamp.at[:10]}"
    path, number = folder / f"{name}.csv", 2
    while any(one.exists() for one in _files(path)):
        path, number = folder / f"{name}-{number}.csv", number + 1
    return path


def _files(path: Path) -> tuple[Path, ...]:
    return path, side_path(path), withdrawn_path(path)


def _take_back(path: Path) -> None:
    for one in _files(path):
        with suppress(OSError):
            one.unlink(missing_ok=True)


def _not_closed(path: Path, error: Faulted | OSError) -> Faulted:
    facts = error.reason.facts if isinstance(error, Faulted) else {"detail": str(error)}
    where, detail = facts.get("path", str(path)), facts.get("detail", "")
    return Faulted(because(Why.SHIFT_NOT_CLOSED, path=where, detail=detail))

"""`shift`: opened, handed over, and closed with a reconciliation and the relationship file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from app.cli.speaking import Run, as_user, common, tell_owed_backup
from app.cli.tools import Workplace
from app.core.errors import Faulted, Reason, Refused, Why
from app.core.people import Person
from app.core.reconciliation import LEFT_MAX, ShiftReport
from app.core.record import OpenShift, ShiftSummary
from app.ports.backups import BackupMade
from app.ports.journal import Journal
from app.station.backups import back_up
from app.station.shifts import ClosedShift, Shifts, relationship_file, report_of
from app.station.side_file import side_path
from app.wording.backups import backup_made
from app.wording.language import tr
from app.wording.reasons import sentence
from app.wording.shifts import report_text

_LISTED = 1000


@contextmanager
def _shifts(run: Run, place: Workplace) -> Iterator[tuple[Shifts, Journal, Person | None]]:
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        yield Shifts(journal, place.stamp(), person), journal, person


@click.group("shift")
@common
def shift_group() -> None:
    """The work of one station from opening to closing."""


_order = click.option("--order", metavar="NUMBER", help="The work order whose labels lie at the station.")
_operator = click.option("--operator", metavar="NAME", help="Who is in charge.")


@shift_group.command("open")
@_order
@_operator
@as_user
@common
@click.pass_obj
def open_shift(run: Run, order: str | None, operator: str | None) -> None:
    """Opens a shift; without this one opens by itself with the first unit."""
    place = run.workplace()
    with _shifts(run, place) as (shifts, journal, _):
        shift = shifts.open(order, operator)
        tell_owed_backup(place, journal)
    run.emit(_of_shift(shift), tr("Shift {id} is open.").format(id=shift.id))


@shift_group.command("hand-over")
@_order
@_operator
@as_user
@common
@click.pass_obj
def hand_over(run: Run, order: str | None, operator: str | None) -> None:
    """Somebody else is in charge of the open shift from now on, or another order is worked on."""
    if order is None and operator is None:
        raise click.UsageError(tr("--order or --operator is needed."))
    with _shifts(run, run.workplace()) as (shifts, _, _):
        shift = shifts.hand_over(order, operator)
    run.emit(_of_shift(shift), tr("Shift {id} is handed over.").format(id=shift.id))


@shift_group.command("close")
@click.option("--left", type=click.IntRange(0, LEFT_MAX), metavar="N", help="Labels left, counted by hand.")
@click.option("--explain", default="", metavar="TEXT", help="Why labels are missing; it stays on record.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the relationship file goes.",
)
@as_user
@common
@click.pass_obj
def close(run: Run, left: int | None, explain: str, out: Path | None) -> None:
    """Closes the shift: the reconciliation is printed and kept, the relationship file is made."""
    place = run.workplace()
    folder = out.absolute() if out is not None else place.folder / "files"
    with _shifts(run, place) as (shifts, journal, person):
        write_file = relationship_file(journal, place.relationship_writer(), place.owns)
        try:
            closed = shifts.close(left, explain, folder, write_file)
        except Refused as refusal:
            _refuse(run, journal, left, refusal)
        backup = _back_up(place, journal, person)
    _tell(run, closed, backup)


def _refuse(run: Run, journal: Journal, left: int | None, refusal: Refused) -> NoReturn:
    """Where labels are missing the whole reconciliation is told."""
    shift = journal.current_shift()
    if refusal.reason.why not in (Why.LABELS_MISSING, Why.LABELS_TOO_MANY) or shift is None:
        raise refusal
    report = report_of(journal, shift, left)
    if not run.json:
        click.echo(report_text(report))
    run.refuse(refusal.reason, **_of_report(report))


def _back_up(place: Workplace, journal: Journal, person: Person | None) -> BackupMade | Reason:
    """The shift is closed and stays closed, whatever comes of this."""
    try:
        return back_up(place.backups(), journal, place.stamp(approver=person))
    except Faulted as fault:
        return fault.reason


def _tell(run: Run, closed: ClosedShift, backup: BackupMade | Reason) -> None:
    files = {"file": str(closed.file), "side_file": str(side_path(closed.file))}
    told = [report_text(closed.report)]
    told.append(tr("The shift is closed. Relationship file: {file}").format(file=closed.file))
    if isinstance(backup, BackupMade):
        trouble, path = backup.second_trouble, str(backup.path)
        told.append(backup_made(backup))
    else:
        trouble, path = backup, None
    backup_facts = {"backup": path, "backup_why": sentence(trouble) if trouble else None}
    facts = {"seq": closed.seq, **_of_report(closed.report), **files, **backup_facts}
    run.emit(facts, "\n".join(told))
    if trouble is not None:
        click.echo(sentence(trouble), err=True)


def _of_report(report: ShiftReport) -> dict[str, Any]:
    """The sum stands on top: issued = bound + spoiled + left + missing."""
    facts = report.facts()
    total = report.reconciliation.facts()
    return {**facts, **total, "bound": report.bound if total["bound"] is None else total["bound"]}


@shift_group.command("list")
@common
@click.pass_obj
def list_shifts(run: Run) -> None:
    """The newest shifts first."""
    with run.workplace().reader() as journal:
        shifts = [_of_summary(one) for one in journal.shifts(_LISTED)]
    if run.json:
        run.emit({"shifts": shifts})
        return
    for one in shifts:
        until = one["closed_at"] or tr("open")
        shown = (one["shift"], one["opened_at"], until, one["operator"] or "", one["bound"])
        click.echo("\t".join(str(part) for part in shown))
    if not shifts:
        click.echo(tr("No shift was opened yet."))


def _of_shift(shift: OpenShift) -> dict[str, Any]:
    return {
        "shift": shift.id,
        "seq": shift.opened_seq,
        "opened_at": shift.opened_at,
        "order": shift.work_order,
        "operator": shift.operator,
    }


def _of_summary(one: ShiftSummary) -> dict[str, Any]:
    return {
        **_of_shift(one.shift),
        "open": one.shift.closed_seq is None,
        "closed_at": one.closed_at,
        "closed_by": one.closed_by,
        "bound": one.bound,
    }

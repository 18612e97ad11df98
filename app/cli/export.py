"""`export`: relationship files, each with its side file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from app.cli.speaking import Run, as_user, common, counted_on_a_terminal
from app.cli.tools import Workplace
from app.core.codes import ProductKey
from app.core.errors import Refused, Why, because
from app.core.people import Act
from app.core.record import OpenShift
from app.core.relationship import LAYOUTS, FileKind, Template
from app.core.selection import Selection
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.station.export import Exporter, FileWanted
from app.station.side_file import SideFile, side_path, withdrawn_path
from app.station.sign_in import require
from app.wording.exporting import export_made
from app.wording.language import tr

_LARGEST_INTEGER = 2**63 - 1
_DATE = click.DateTime(["%Y-%m-%d"])


@click.command("export")
@click.option("--shift", "shift_id", type=int, metavar="ID", help="A shift's number.")
@click.option("--all", "every_shift", is_flag=True, help="Every shift.")
@click.option("--order", metavar="NUMBER", help="A work order.")
@click.option("--product", metavar="PK", help="A product.")
@click.option("--from", "since", type=_DATE, metavar="DATE", help="Bound on this day or later: 2026-11-30.")
@click.option("--to", "until", type=_DATE, metavar="DATE", help="Bound on this day or earlier.")
@click.option("--since-last", "new", is_flag=True, help="Only what has gone out in no earlier file.")
@click.option("--one-each", is_flag=True, help="One file for each product, its PK in the name.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option(
    "--as",
    "kind",
    type=click.Choice([str(one) for one in FileKind]),
    help="By default as the file's name ends.",
)
@click.option("--template", default=Template.EN, metavar="en|zh|FILE", help="FILE: as the platform gave it.")
@click.option("--replace", is_flag=True, help="Overwrite files that exist.")
@as_user
@common
@click.pass_obj
def export_command(run: Run, /, out: Path, one_each: bool, **options: Any) -> None:
    """The relationship file, rows in the order of binding, and its side file FILE.json.

    Without a choice the open or last shift.
    """
    place = run.workplace()
    wanted = _wanted(place, out, options)
    with _exporting(run, place, wanted, options) as (exporter, chosen):
        sides = exporter.export_each(chosen) if one_each else [exporter.export(chosen)]
    for side in sides:
        _tell(run, out.with_name(side.file), side)


def _wanted(place: Workplace, out: Path, options: dict[str, Any]) -> FileWanted:
    """What is wanted, but for the shift."""
    if options["shift_id"] is not None and options["every_shift"]:
        raise click.UsageError(tr("--shift and --all exclude each other."))
    product = options["product"]
    selection = Selection(
        order=options["order"],
        product=ProductKey(product) if product is not None else None,
        since=_midnight(options["since"]),
        until=_midnight(options["until"], days_later=1),
        new=options["new"],
    )
    template = options["template"]
    known = template in list(Template)
    return FileWanted(
        out.absolute(),
        selection,
        FileKind(options["kind"] or (FileKind.XLSX if out.suffix.lower() == ".xlsx" else FileKind.CSV)),
        LAYOUTS[Template(template)] if known else place.layout_of(Path(template)),
        template if known else Path(template).name,
        options["replace"],
    )


def _midnight(day: datetime | None, days_later: int = 0) -> str | None:
    """The beginning of that day on this PC's clock, in UTC."""
    if day is None:
        return None
    begins: date = day.date() + timedelta(days=days_later)
    moment = datetime.combine(begins, time()).astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


@contextmanager
def _exporting(
    run: Run, place: Workplace, wanted: FileWanted, options: dict[str, Any]
) -> Iterator[tuple[Exporter, FileWanted]]:
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        require(person, Act.MANAGE)
        shift = _shift(journal, wanted.selection, options)
        stamp = place.stamp(shift.id if shift else None, person)
        exporter = Exporter(
            journal,
            lambda entry: journal.record(stamp, entry),
            place.relationship_writer(),
            stamp,
            place.owns,
            counted_on_a_terminal() or (lambda done, total: True),
        )
        chosen = replace(wanted.selection, shift=shift.id if shift else None)
        try:
            yield exporter, replace(wanted, selection=chosen)
        except KeyboardInterrupt as interrupt:
            raise Refused(because(Why.EXPORT_CANCELLED)) from interrupt


def _shift(journal: Journal, selection: Selection, options: dict[str, Any]) -> OpenShift | None:
    if options["shift_id"] is None and (options["every_shift"] or selection != Selection()):
        return None
    return known_shift(journal, options["shift_id"])


def known_shift(journal: JournalReader, shift_id: int | None) -> OpenShift:
    """The shift with this number; without one the open or else the last shift.

    Raises:
        Refused: NO_SHIFT.
    """
    known = shift_id is None or shift_id <= _LARGEST_INTEGER
    shift = journal.shift(shift_id) if known else None
    if shift is None:
        raise Refused(because(Why.NO_SHIFT, shift=shift_id if shift_id is not None else ""))
    return shift


def _tell(run: Run, out: Path, side: SideFile) -> None:
    withdrawn = str(withdrawn_path(out)) if side.withdrawn else None
    paths = {"path": str(out), "side_file": str(side_path(out)), "withdrawn_file": withdrawn}
    run.emit({**side.facts(), **paths}, export_made(out, side.count, len(side.withdrawn)))

"""`init`, `journal`: the folder and what it holds."""

from __future__ import annotations

from dataclasses import asdict

import click

from app.cli import facts
from app.cli.people import new_pin
from app.cli.speaking import REFUSED, Run, common, counted_on_a_terminal
from app.core.errors import Why, because
from app.core.people import Role
from app.core.record import StoredEvent
from app.ports.journal_reads import JournalReader
from app.station.sign_in import add_person
from app.wording.findings import finding
from app.wording.language import tr


@click.command("init")
@click.option("--station", metavar="NAME", help="The station's name on every record.")
@click.option("--supervisor", metavar="NAME", help="The first supervisor.")
@click.option("--no-sign-in", is_flag=True, help="A single-person workshop: nobody signs in.")
@common
@click.pass_obj
def init(run: Run, station: str | None, supervisor: str | None, no_sign_in: bool) -> None:
    """Makes a new data folder; refuses one that exists."""
    if station is not None and not (station.strip() and station.isprintable()):
        raise click.UsageError(tr("--station needs a name that can be printed."))
    place = run.tools.workplace(run.data)
    if supervisor is not None and no_sign_in:
        raise click.UsageError(tr("--supervisor and --no-sign-in exclude each other."))
    pin = new_pin(wanted=True) if supervisor is not None else None
    place.make(station, sign_in=not no_sign_in)
    if supervisor is not None:
        with place.alone(), place.journal() as journal:
            formats = place.settings.rules().formats
            add_person(journal, place.pins(), place.stamp(), formats, supervisor, Role.SUPERVISOR, None, pin)
    text = tr("Station {station} is ready in {folder}.")
    name = place.settings.station
    run.emit(
        {"station": name, "data": str(place.folder)}, text.format(station=name, folder=str(place.folder))
    )


@click.group("journal")
@common
def journal_group() -> None:
    """Reads and proves the journal, beside a working station."""


@journal_group.command("show")
@click.argument("what", metavar="X")
@common
@click.pass_obj
def show(run: Run, what: str) -> None:
    """One event by its number, or everything about an SN or an IMEI."""
    with run.workplace().reader() as journal:
        events = _events(journal, what)
    if not events:
        run.refuse(because(Why.NOT_IN_JOURNAL, what=what))
    for event in events:
        run.emit(facts.of_event(event))


_LONGEST_SEQUENCE_NUMBER = 12


def _events(journal: JournalReader, what: str) -> list[StoredEvent]:
    """A short number may be an event's and an SN too: then both are shown, the event first."""
    found = list(journal.events_of(what))
    if what.isascii() and what.isdigit() and len(what) <= _LONGEST_SEQUENCE_NUMBER and what[0] != "0":
        event = journal.event(int(what))
        if event is not None:
            return [event, *(one for one in found if one.seq != event.seq)]
    return found


@journal_group.command("verify")
@common
@click.pass_obj
def verify(run: Run) -> None:
    """Recomputes the hash chain; names the first event that does not hold."""
    with run.workplace().reader() as journal:
        check = journal.verify(counted_on_a_terminal())
    holds = check.finding is None
    result = {
        "ok": holds,
        "events": check.events,
        "first_bad": check.first_bad,
        "finding": check.finding,
        "head_hash": check.head_hash,
    }
    run.emit(result, finding(check))
    if not holds:
        raise SystemExit(REFUSED)


@journal_group.command("stats")
@common
@click.pass_obj
def stats(run: Run) -> None:
    """What the journal holds, in figures."""
    run.emit(asdict(run.workplace().stats()))


@journal_group.command("search")
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, metavar="N", help="At most so many.")
@common
@click.pass_obj
def search(run: Run, text: str, limit: int) -> None:
    """Units whose SN or IMEI contains TEXT, newest first."""
    found = run.workplace().search(text, limit)
    if not found:
        run.refuse(because(Why.NOT_IN_JOURNAL, what=text))
    for unit in found:
        run.emit(asdict(unit))

"""`upload`: what is bound goes to Developer Center."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from app.cli.export import known_shift
from app.cli.speaking import Run, as_user, common
from app.cli.tools import Workplace
from app.cli.upload_told import Standing, standing
from app.core.errors import Faulted, Refused, Why, because
from app.core.people import Act, Person
from app.core.record import OpenShift, Stamp
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.station.outbox import JournalOutbox
from app.station.sign_in import require
from app.station.upload import Upload
from app.station.upload_acts import UploadActs, problems_of
from app.station.upload_end import UploadEnd
from app.wording.language import tr

Result = TypeVar("Result")

_KEYS = {"BINDING_STATION_ACCESS_KEY": "AccessKey", "BINDING_STATION_ACCESS_SECRET": "AccessSecret"}


@click.command("upload")
@click.option("--shift", "shift_id", type=int, metavar="ID", help="Only what was bound in this shift.")
@click.option("--base-url", metavar="URL", help="Another Developer Center than the settings say.")
@click.option("--dry-run", is_flag=True, help="Only say what waits; nothing is sent.")
@click.option("--try-again", is_flag=True, help="Also what is in conflict or was refused.")
@click.option(
    "--device-key", "keys", multiple=True, metavar="IMEI", help="Which units the next three are for."
)
@click.option("--handled", metavar="REASON", help="Somebody has seen to these, as the reason says.")
@click.option("--replace", metavar="REASON", help="Our SN is written over the one that is there.")
@click.option("--take-off", metavar="REASON", help="What was unbound is deleted there.")
@click.option("--check", is_flag=True, help="Only say whether the platform lets this station in.")
@click.option("--keep-keys", is_flag=True, help="Only ask for the keys, and put them into the key store.")
@as_user
@common
@click.pass_obj
def upload(run: Run, /, check: bool, keep_keys: bool, **options: Any) -> None:
    """Sends to Developer Center what is not there yet, and makes sure that it arrived.

    AccessKey and AccessSecret come from the system's key store, or from BINDING_STATION_ACCESS_KEY and
    BINDING_STATION_ACCESS_SECRET.
    """
    place = run.workplace()
    if keep_keys:
        _keep_keys(run, place)
    elif check:
        _check(run, place, options["base_url"])
    elif options["dry_run"]:
        with place.reader() as journal:
            told = standing(journal, _chosen(journal, options["shift_id"]), dry_run=True)
        run.emit(told.facts(UploadEnd()), told.text(UploadEnd()))
    else:
        _upload_and_tell(run, place, **options)


def _upload_and_tell(
    run: Run, place: Workplace, shift_id: int | None, base_url: str | None, try_again: bool, **wanted: Any
) -> None:
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        require(person, Act.MANAGE)
        shift = _chosen(journal, shift_id)
        _decide(journal, UploadActs(journal, place.stamp(), person), **wanted)
        end, confirmed = _upload(place, journal, person, shift, base_url, try_again)
        told = standing(journal, shift, confirmed)
    _end(run, end, told)


def _decide(journal: JournalReader, acts: UploadActs, keys: Sequence[str], **reasons: Any) -> None:
    """What a person has decided about some units: each with its reason, on record before anything is sent."""
    named = [*(one.item for one in journal.upload_problems(-1)), *journal.upload_left_behind(-1)]
    seqs = [item.row.seq for item in named if item.imei in keys]
    acts_by_name = {"handled": acts.handle, "replace": acts.replace, "take_off": acts.take_off}
    for name, act in acts_by_name.items():
        if reasons[name] is not None and not (seqs and act(seqs, reasons[name])):
            raise Refused(because(Why.NOTHING_NAMED))


def _keep_keys(run: Run, place: Workplace) -> None:
    """From the environment, or asked for on a terminal; never as arguments, which others can read."""
    with place.alone(), place.journal() as journal:
        require(run.person(place, journal), Act.MANAGE)
    place.keep_keys(*(_secret(variable, name) for variable, name in _KEYS.items()))
    run.emit({"kept": True}, tr("AccessKey and AccessSecret are in the system's key store."))


def _secret(variable: str, name: str) -> str:
    given = os.environ.get(variable, "")
    if given or not sys.stdin.isatty():
        return given
    return str(click.prompt(name, hide_input=True, err=True))


def _check(run: Run, place: Workplace, base_url: str | None) -> None:
    try:
        place.try_platform(base_url)
    except Refused as refused:
        run.refuse(refused.reason, connected=False)
    except Faulted as fault:
        run.fault(fault.reason, connected=False)
    run.emit({"connected": True}, tr("Developer Center lets this station in."))


def _chosen(journal: JournalReader, shift_id: int | None) -> OpenShift | None:
    return None if shift_id is None else known_shift(journal, shift_id)


def _upload(
    place: Workplace,
    journal: Journal,
    person: Person | None,
    shift: OpenShift | None,
    base_url: str | None,
    try_again: bool,
) -> tuple[UploadEnd, int]:
    """What a person had to act upon is tried again: this command says that they have."""

    def write(do: Callable[[Journal, Stamp], Result]) -> Result:
        return do(journal, place.stamp(approver=person))

    outbox = JournalOutbox(journal, write, shift.id if shift else None)
    with place.platform(base_url, threading.Event().wait) as platform:
        acts = UploadActs(journal, place.stamp(), person)
        acts.go_on(shift)
        if try_again:
            acts.try_again(problem.item.row.seq for problem in problems_of(journal, shift))
        try:
            end = Upload(outbox, platform).run()
        except KeyboardInterrupt as interrupt:
            raise Refused(because(Why.UPLOAD_PAUSED)) from interrupt
    return end, outbox.confirmed


def _end(run: Run, end: UploadEnd, told: Standing) -> None:
    """Tells what came of it; the exit code says whether everything is where it should be."""
    facts = told.facts(end)
    if not run.json:
        click.echo(told.text(end))
    if end.reason is not None:
        (run.fault if end.silent else run.refuse)(end.reason, **facts)
    if end.stopped:
        (run.fault if end.silent else run.refuse)(next(iter(end.stopped.values())), **facts)
    if told.problem_count:
        run.refuse(because(Why.UPLOAD_PROBLEMS, count=told.problem_count), **facts)
    if run.json:
        run.emit(facts)

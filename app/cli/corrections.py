"""`unbind`, `scrap`, `reinstate`, `spoil`, `release`, `journal rebuild`: each an event of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from app.cli.records import journal_group
from app.cli.speaking import Run, as_user, common
from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.people import Act
from app.core.record import Committed
from app.station.corrections import Corrections
from app.station.sign_in import require
from app.wording.language import tr

Command = TypeVar("Command", bound=Callable[..., Any])


def _correction(command: Command) -> Command:
    """What every correction takes besides what it names."""
    with_reason = click.option("--reason", required=True, metavar="TEXT", help="Why; it stays on record.")
    return with_reason(as_user(common(command)))


def _device(required: bool) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        with_sn = click.option("--sn", required=required, metavar="SN")(command)
        return click.option("--pk", required=required, metavar="PK")(with_sn)

    return decorate


@contextmanager
def _corrections(run: Run) -> Iterator[Corrections]:
    place = run.workplace()
    with place.alone(), place.journal() as journal:
        approver = run.person(place, journal)
        yield Corrections(journal, run.stamp(place, journal, approver), approver)


def _named(pk: str | None, sn: str | None) -> DeviceCode | None:
    if (pk is None) != (sn is None):
        raise click.UsageError(tr("--pk and --sn belong together."))
    return DeviceCode(ProductKey(pk), SerialNumber(sn)) if pk is not None and sn is not None else None


def _done(run: Run, committed: Committed) -> None:
    run.emit({"seq": committed.seq}, tr("On record as #{seq}.").format(seq=committed.seq))


@click.command("unbind")
@_device(required=True)
@_correction
@click.pass_obj
def unbind(run: Run, pk: str, sn: str, reason: str) -> None:
    """Ends a binding; the IMEI and the SN may be bound again."""
    device = DeviceCode(ProductKey(pk), SerialNumber(sn))
    with _corrections(run) as corrections:
        _done(run, corrections.unbind(device, reason))


@click.command("scrap")
@click.option("--imei", metavar="IMEI")
@_device(required=False)
@_correction
@click.pass_obj
def scrap(run: Run, imei: str | None, pk: str | None, sn: str | None, reason: str) -> None:
    """Retires an IMEI, an SN, or both; what is bound is unbound."""
    device, module = _named(pk, sn), Imei.released(imei) if imei is not None else None
    with _corrections(run) as corrections:
        _done(run, corrections.scrap(device, module, reason))


@click.command("reinstate")
@click.option("--imei", metavar="IMEI")
@_device(required=False)
@_correction
@click.pass_obj
def reinstate(run: Run, imei: str | None, pk: str | None, sn: str | None, reason: str) -> None:
    """Takes back a mistaken scrap, named as it was, or a spoiled label."""
    device, module = _named(pk, sn), Imei.released(imei) if imei is not None else None
    with _corrections(run) as corrections:
        _done(run, corrections.reinstate(device, module, reason))


@click.command("spoil")
@_device(required=True)
@_correction
@click.pass_obj
def spoil(run: Run, pk: str, sn: str, reason: str) -> None:
    """A label is destroyed: its SN is refused from now on."""
    device = DeviceCode(ProductKey(pk), SerialNumber(sn))
    with _corrections(run) as corrections:
        _done(run, corrections.spoil(device, reason))


@click.command("release")
@click.option("--imei", required=True, metavar="IMEI")
@_correction
@click.pass_obj
def release(run: Run, imei: str, reason: str) -> None:
    """Lets exactly this IMEI with a wrong check digit pass once."""
    with _corrections(run) as corrections:
        _done(run, corrections.release(imei, reason))


@journal_group.command("rebuild")
@as_user
@common
@click.pass_obj
def rebuild(run: Run) -> None:
    """Makes the live tables again from the events alone, and says how many rows were different."""
    place = run.workplace()
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        require(person, Act.PROVE)
        result = journal.rebuild(place.stamp(approver=person))
    text = tr("{events} events read again; rows that were different: {differences}.")
    facts = {"events": result.events, "differences": result.differences}
    run.emit(facts, text.format(**facts))

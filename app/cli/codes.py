"""`recognise`, `read-imei`, `ports`, `cards`: what needs no folder."""

from __future__ import annotations

import math
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.cli import facts
from app.cli.speaking import REFUSED, Run, as_user, common
from app.core.cards import Card, card_text
from app.core.codes import Imei
from app.core.errors import Faulted, Reason, Refused, Why, because
from app.core.payload import PLATFORM_FORMAT
from app.core.people import Act
from app.core.scan import Scan, ScannedCard, ScannedDevice, ScannedLabel, Unknown, recognise
from app.core.template import parse_template
from app.ports.fixture import ModuleTrouble
from app.station.badge_giving import give_badges
from app.station.sign_in import require
from app.wording.language import tr
from app.wording.reasons import sentence


@click.command("recognise")
@click.argument("text")
@click.option(
    "--format", "templates", multiple=True, metavar="TEMPLATE", help="Adds to the platform's format."
)
@common
@click.pass_obj
def recognise_command(run: Run, text: str, templates: tuple[str, ...]) -> None:
    """What a scanned text is. TEXT - reads standard input as one frame."""
    formats = [PLATFORM_FORMAT, *(parse_template(template) for template in templates)]
    scan = recognise(_frame(run, text), formats)
    run.emit(_of_scan(scan))
    if isinstance(scan, Unknown):
        click.echo(sentence(scan.reason), err=True)
        raise SystemExit(REFUSED)


def _frame(run: Run, text: str) -> str:
    if text != "-":
        return text
    if sys.stdin is None:
        raise Faulted(because(Why.NO_INPUT))
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError:
        reason = because(Why.NOT_UTF8)
        run.refuse(reason, kind="unknown", looks_like=None)


def _of_scan(scan: Scan) -> dict[str, Any]:
    match scan:
        case ScannedDevice(device=device, v=v, template=template):
            return {"kind": "device", "pk": device.pk, "sn": device.sn, "v": v, "format": template}
        case ScannedLabel(imei=imei, fields=fields):
            return {"kind": "module", "imei": imei, "fields": list(fields)}
        case ScannedCard(card=card):
            return {"kind": "card", "card": str(card)}
        case Unknown(reason=reason, looks_like=looks_like):
            return {"kind": "unknown", "why": sentence(reason), "looks_like": looks_like}


def _finite(_context: click.Context, _parameter: click.Parameter, seconds: float | None) -> float | None:
    if seconds is not None and math.isnan(seconds):
        raise click.BadParameter(tr("A number of seconds is needed."))
    return seconds


@click.command("read-imei")
@click.option("--port", required=True, metavar="URL", help="A device name, socket://… or rfc2217://…")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=86400),
    callback=_finite,
    metavar="S",
    help="Seconds for the whole question.",
)
@common
@click.pass_obj
def read_imei(run: Run, port: str, timeout: float | None) -> None:
    """Asks the module on a port for its IMEI, twice."""
    found = run.tools.read_imei(port, timeout)
    replies = facts.of_exchanges(found.exchanges)
    if isinstance(found, ModuleTrouble):
        run.fault(found.reason, imei=None, command=None, replies=replies)
    refusal = _refusal(found.imei)
    if refusal is not None:
        run.refuse(refusal, imei=None, seen=found.imei, command=found.command, replies=replies)
    run.emit({"imei": found.imei, "command": found.command, "replies": replies})


def _refusal(imei_text: str) -> Reason | None:
    try:
        Imei(imei_text)
    except Refused as refused:
        return refused.reason
    return None


@click.command("ports")
@common
@click.pass_obj
def ports(run: Run) -> None:
    """The serial ports with what is known of each."""
    found = list(run.tools.ports())
    if run.json:
        run.emit({"ports": [asdict(one) for one in found]})
        return
    for one in found:
        mark = tr("likely the AT port") if one.likely_at else ""
        click.echo("\t".join((one.port, one.description, one.location, mark)))
    if not found:
        click.echo(tr("No serial port is there."))


@click.command("cards")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--badges", is_flag=True, help="New badges for everybody who has none, instead of the cards.")
@click.option(
    "--for",
    "names",
    multiple=True,
    metavar="NAME",
    help="With --badges: gets a new one; the old one ends.",
)
@as_user
@common
@click.pass_obj
def cards(run: Run, out: Path, badges: bool, names: tuple[str, ...]) -> None:
    """The command cards, or badges, as a PDF to print and cut."""
    if names and not badges:
        raise click.UsageError(tr("--for needs --badges."))
    if badges:
        _badges(run, out, names)
        return
    run.tools.write_cards(out.absolute(), list(Card))
    payloads = [{"card": str(card), "text": card_text(card)} for card in Card]
    run.emit({"file": str(out), "cards": payloads}, tr("The cards are in {file}.").format(file=str(out)))


def _badges(run: Run, out: Path, names: tuple[str, ...]) -> None:
    place, path = run.workplace(), out.absolute()
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        require(person, Act.MANAGE)
        stamp = place.stamp(approver=person)
        given = give_badges(journal, stamp, names, lambda badges: run.tools.write_badges(path, badges))
    badges = [{"name": one.person.name, "role": str(one.person.role), "text": one.text} for one in given]
    run.emit({"file": str(out), "badges": badges}, tr("The badges are in {file}.").format(file=str(out)))

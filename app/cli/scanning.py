"""`scan`: the station for scripts and for other systems on the floor."""

from __future__ import annotations

import os
import queue
import re
import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from app.cli import facts
from app.cli.speaking import FAULT, Run, common, put_line, tell_owed_backup
from app.cli.tools import Workplace
from app.core.errors import Faulted, Why, because
from app.core.scan import FRAME_ENDS, is_empty
from app.core.unit import Answer, ImeiSource, Rules
from app.core.verdicts import Verdict
from app.station.orders import informed
from app.station.station import Station
from app.station.view import StationView
from app.wording.language import tr
from app.wording.reasons import sentence

_ENDS = re.compile(f"[{FRAME_ENDS}]".encode("ascii"))
_LONGEST = 65536


@click.command("scan")
@click.option("--port", metavar="URL", help="Read the module over serial after each device code.")
@click.option(
    "--imei-from", type=click.Choice([str(one) for one in ImeiSource]), help="Where the IMEI comes from."
)
@click.option("--no-latch", is_flag=True, help="A fault ends at once.")
@common
@click.pass_obj
def scan(run: Run, port: str | None, imei_from: str | None, no_latch: bool) -> None:
    """Reads frames from standard input, one a line, and answers each with one JSON line."""
    if port is None and imei_from in (ImeiSource.SERIAL, ImeiSource.BOTH):
        raise click.UsageError(tr("--imei-from {source} needs --port.").format(source=imei_from))
    if port == "":
        raise click.UsageError(tr("--port needs a name or an address."))
    place = run.workplace()
    rules = _rules(place.settings.rules(), port, imei_from, no_latch)
    if rules.lacks_port:
        raise click.UsageError(tr("The settings say that the IMEI comes from the module: --port is needed."))
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    views: list[StationView] = []

    def keep_last(view: StationView) -> None:
        views[:] = [view]

    with place.alone():
        _tell_beforehand(place, rules)
        station = place.station(rules, port, keep_last, answers.put)
        station.start()
        try:
            _answer_all(station, answers)
        finally:
            station.stop()
    if _stopped(views[0]):
        raise SystemExit(FAULT)


def _rules(settings: Rules, port: str | None, imei_from: str | None, no_latch: bool) -> Rules:
    rules = replace(
        settings,
        has_port=port is not None,
        never_a_port=port is None,
        final_answers=port is not None,
        latching=not no_latch,
    )
    return replace(rules, imei_from=ImeiSource(imei_from)) if imei_from else rules


def _tell_beforehand(place: Workplace, rules: Rules) -> None:
    """What is known to be in the way of some units; others can be bound all the same."""
    with place.journal() as journal:
        tell_owed_backup(place, journal)
        rules = informed(rules, journal)
    if rules.never_a_port:
        _tell_what_lacks_a_port(rules)


def _tell_what_lacks_a_port(rules: Rules) -> None:
    """Of the products that are ordered, else of all."""
    ordered = {order.pk for order in rules.orders} or {product.pk for product in rules.products}
    for product in rules.products:
        if product.pk in ordered and product.imei_from in (ImeiSource.SERIAL, ImeiSource.BOTH):
            click.echo(sentence(because(Why.NO_PORT_GIVEN, pk=product.pk)), err=True)


def _answer_all(station: Station, answers: queue.SimpleQueue[Answer]) -> None:
    if sys.stdin is None:
        raise Faulted(because(Why.NO_INPUT))
    for frame in frames(sys.stdin.fileno()):
        _forget_unasked(answers)
        try:
            text = frame.decode("utf-8")
        except UnicodeDecodeError:
            station.scan_refused(because(Why.NOT_UTF8), frame.decode("utf-8", "surrogateescape"))
        else:
            if is_empty(text):
                continue
            station.scanned(text)
        put_line(facts.of_answer(_answer(station, answers)))


def _answer(station: Station, answers: queue.SimpleQueue[Answer]) -> Answer:
    while True:
        try:
            return answers.get(timeout=1.0)
        except queue.Empty:
            if not station.is_alive:
                raise Faulted(because(Why.UNEXPECTED, detail="station")) from None


def frames(descriptor: int) -> Iterator[bytes]:
    """Frames as they arrive, whatever ends them; the last one needs no end."""
    rest = b""
    while chunk := os.read(descriptor, 65536):
        *whole, rest = _ENDS.split(rest + chunk)
        yield from (frame for frame in whole if frame)
        rest = rest[
            :_LONGEST
        ]  # longer than any code: its answer comes at its end, and no tail of it is a code
    if rest:
        yield rest


def _forget_unasked(answers: queue.SimpleQueue[Answer]) -> None:
    """What the station said by itself, such as a journal fault, is not this frame's answer."""
    while not answers.empty():
        answers.get()


def _stopped(view: StationView) -> bool:
    latch = view.state.latch
    journal_fault = latch is not None and latch.answer.verdict is Verdict.JOURNAL_FAULT
    return journal_fault or view.journal_trouble is not None

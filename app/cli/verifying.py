"""`check`: verify mode for a single text."""

from __future__ import annotations

from dataclasses import replace

import click

from app.cli import facts
from app.cli.speaking import REFUSED, Run, as_user, common
from app.core.people import NO_SIGN_IN, Act
from app.core.verdicts import Verdict
from app.station.checking import check as check_text
from app.station.orders import informed
from app.station.sign_in import require
from app.wording.verdicts import say


@click.command("check")
@click.argument("text")
@as_user
@common
@click.pass_obj
def check(run: Run, text: str) -> None:
    """Whether a device QR's text, an SN or an IMEI is bound; it is put on record as verified."""
    place = run.workplace()
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        require(person, Act.VERIFY)
        stamp = replace(run.stamp(place, journal), operator=person.name if person else NO_SIGN_IN)
        formats = informed(place.settings.rules(), journal).every_format
        answer = check_text(journal, stamp, text, formats)
    run.emit(facts.of_answer(answer), say(answer))
    if answer.verdict is not Verdict.MATCHES:
        raise SystemExit(REFUSED)

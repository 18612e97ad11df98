"""`user`: who may sign in."""

from __future__ import annotations

import os
import sys

import click

from app.cli.speaking import Run, as_user, common
from app.core.errors import Refused, Why, because
from app.core.people import Act, Role
from app.station.orders import informed
from app.station.sign_in import add_person, require
from app.wording.language import tr
from app.wording.people import role_name

NEW_PIN = "BINDING_STATION_NEW_PIN"


@click.group("user")
@common
def user_group() -> None:
    """Who may sign in at this station."""


@user_group.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([str(one) for one in Role]))
@click.option("--badge", metavar="TEXT", help="The text on the badge, as a scanner delivers it.")
@as_user
@common
@click.pass_obj
def add(run: Run, name: str, role: str, badge: str | None) -> None:
    """Somebody new. The first one must be a supervisor; from then on people sign in."""
    place = run.workplace()
    with place.alone(), place.journal() as journal:
        approver = run.person(place, journal)
        require(approver, Act.MANAGE)
        pin = new_pin(wanted=badge is None)
        formats = informed(place.settings.rules(), journal).every_format
        done = add_person(
            journal, place.pins(), place.stamp(approver=approver), formats, name, Role(role), badge, pin
        )
    text = tr("{name} may sign in as {role}.").format(name=name.strip(), role=role_name(Role(role)))
    run.emit({"seq": done.seq, "name": name.strip(), "role": role}, text)


def new_pin(wanted: bool) -> str | None:
    """From the environment, or asked for twice on a terminal; one who has a badge needs none."""
    pin = os.environ.get(NEW_PIN)
    if pin is not None:
        return pin
    if not wanted:
        return None
    if not sys.stdin.isatty():
        raise Refused(because(Why.NEW_PIN_NEEDED))
    return str(
        click.prompt(tr("New PIN"), hide_input=True, confirmation_prompt=tr("The same again"), err=True)
    )


@user_group.command("list")
@common
@click.pass_obj
def list_people(run: Run) -> None:
    """Everybody who may sign in."""
    with run.workplace().reader() as journal:
        people = [
            {"name": one.name, "role": one.role, "badge": one.badge is not None} for one in journal.people()
        ]
    if run.json:
        run.emit({"people": people})
        return
    for one in people:
        click.echo(f"{one['name']}\t{role_name(Role(str(one['role'])))}")
    if not people:
        click.echo(tr("Nobody signs in at this station."))


@user_group.command("retire")
@click.argument("name")
@as_user
@common
@click.pass_obj
def retire(run: Run, name: str) -> None:
    """From now on this person may not sign in; what they did stays on record."""
    place = run.workplace()
    with place.alone(), place.journal() as journal:
        approver = run.person(place, journal)
        require(approver, Act.MANAGE)
        done = journal.retire_person(place.stamp(approver=approver), name)
    run.emit({"seq": done.seq, "name": name}, tr("{name} may not sign in any more.").format(name=name))

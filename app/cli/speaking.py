"""How every command speaks: JSON on standard output, sentences for people, and the exit code."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from app.cli.tools import Tools, Workplace
from app.core.errors import Faulted, Reason, Refused, Why, because
from app.core.people import Person
from app.core.record import Stamp
from app.ports.journal import Journal
from app.station.backups import owed
from app.station.sign_in import sign_in
from app.wording import language
from app.wording.language import tr
from app.wording.reasons import sentence

PIN = "BINDING_STATION_PIN"

DONE, REFUSED, USAGE, FAULT = 0, 1, 2, 3

Command = TypeVar("Command", bound=Callable[..., Any])


class OutputGoneError(Exception):
    """Nobody can read what the command has to say."""


@dataclass
class Run:
    """One call of the command line."""

    tools: Tools
    data: Path | None = None
    json: bool = False
    as_user: str | None = None

    def workplace(self) -> Workplace:
        place = self.tools.workplace(self.data)
        if place.settings.language:
            language.use(place.settings.language)
        return place

    def person(self, place: Workplace, journal: Journal) -> Person | None:
        """Who gives this command; None where nobody signs in at this station.

        Raises:
            Refused: somebody must sign in and did not, or could not.
        """
        if not place.settings.sign_in or not journal.people():
            return None
        if self.as_user is None:
            raise Refused(because(Why.AS_USER_NEEDED))
        return sign_in(journal, place.pins(), place.stamp(), self.as_user, _pin(self.as_user))

    def stamp(self, place: Workplace, journal: Journal, approver: Person | None = None) -> Stamp:
        """Of what belongs to the shift that is open, where one is."""
        shift = journal.current_shift()
        return place.stamp(shift.id if shift else None, approver)

    def emit(self, facts: dict[str, Any], text: str | None = None) -> None:
        """One JSON object on a line; without `--json` the text for people, or the JSON made readable."""
        if self.json:
            put_line(facts)
        elif text is not None:
            click.echo(text)
        else:
            click.echo(json.dumps(facts, indent=2, ensure_ascii=False))

    def refuse(self, reason: Reason, **facts: object) -> NoReturn:
        self._end(REFUSED, reason, facts)

    def fault(self, reason: Reason, **facts: object) -> NoReturn:
        self._end(FAULT, reason, facts)

    def _end(self, code: int, reason: Reason, facts: dict[str, object]) -> NoReturn:
        if self.json:
            put_line({**facts, "error": str(reason.why), "why": sentence(reason)})
        click.echo(sentence(reason), err=True)
        raise SystemExit(code)


def _pin(name: str) -> str:
    """From the environment, or asked for on a terminal."""
    pin = os.environ.get(PIN)
    if pin is not None:
        return pin
    if not sys.stdin.isatty():
        raise Refused(because(Why.PIN_WRONG, name=name))
    return str(click.prompt(tr("PIN of {name}").format(name=name), hide_input=True, err=True))


def tell_owed_backup(place: Workplace, journal: Journal) -> None:
    """That the last closing was cut off before its backup, where it was."""
    shift = owed(journal, place.backups().newest())
    if shift is not None:
        click.echo(sentence(because(Why.BACKUP_OWED, shift=shift.id)), err=True)


def put_line(facts: dict[str, Any]) -> None:
    """One JSON object on a line, at once. Escaped for programs, whatever the console's encoding is."""
    try:
        print(json.dumps(facts, ensure_ascii=not sys.stdout.isatty()), flush=True)  # noqa: T201  the output itself
    except (OSError, AttributeError) as error:
        raise OutputGoneError from error


def counted_on_a_terminal() -> Callable[[int, int], bool] | None:
    """The progress of a long work, for a person who watches; None where nobody does."""
    return _count if sys.stderr.isatty() else None


def _count(done: int, total: int) -> bool:
    click.echo(f"\r{done} / {total}", nl=done >= total, err=True)
    return True


@contextmanager
def telling(run: Run) -> Iterator[None]:
    """Turns expected errors into their sentence and exit code; a bug too is told, never a traceback."""
    try:
        yield
    except Refused as refusal:
        run.refuse(refusal.reason)
    except Faulted as fault:
        run.fault(fault.reason)
    except (OutputGoneError, BrokenPipeError):
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  Python flushes it at exit
        with suppress(OSError, AttributeError):
            click.echo(sentence(because(Why.OUTPUT_GONE)), err=True)
        raise SystemExit(FAULT) from None
    except (click.exceptions.Exit, click.ClickException, click.Abort):
        raise
    except Exception as bug:
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        run.fault(because(Why.UNEXPECTED, detail=f"{type(bug).__name__}: {bug}"))


def common(command: Command) -> Command:
    """`--data` and `--json`, before or after the command's name."""
    with_data = click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        expose_value=False,
        callback=_remember,
        help="The folder of one station: journal, settings, backups.",
    )(command)
    return click.option(
        "--json",
        is_flag=True,
        default=None,
        expose_value=False,
        callback=_remember,
        help="JSON on standard output and nothing else there.",
    )(with_data)


def as_user(command: Command) -> Command:
    """`--as-user NAME`, for commands that need a role where people sign in."""
    return click.option(
        "--as-user",
        metavar="NAME",
        expose_value=False,
        callback=_remember,
        help=f"Who gives this command; the PIN is asked for, or taken from {PIN}.",
    )(command)


def _remember(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value == Path() and "" in sys.argv:
        raise click.BadParameter(tr("A folder is needed."))
    if value is not None and parameter.name is not None:
        setattr(context.find_object(Run), parameter.name, value)

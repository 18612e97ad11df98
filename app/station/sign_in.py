"""Signing in with name and PIN, and who may sign in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.badges import checked_badge
from app.core.errors import Refused, Why, because
from app.core.payload import PayloadFormat
from app.core.people import Act, Person, Role, badge_digest, checked_name, checked_pin, pause_after
from app.core.record import Committed, Stamp
from app.ports.journal import Journal
from app.ports.pins import PinHasher


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in, and by what."""

    name: str
    role: Role
    has_badge: bool
    has_pin: bool


def members(journal: Journal) -> Sequence[Member]:
    """Everybody who may sign in, by name."""
    kept = [journal.pin_record(person.name) for person in journal.people()]
    return [
        Member(one.person.name, one.person.role, one.person.badge is not None, one.pin_hash is not None)
        for one in kept
        if one is not None
    ]


def sign_in(journal: Journal, pins: PinHasher, stamp: Stamp, name: str, pin: str) -> Person:
    """The person of this name, if that is their PIN. Wrong PINs are on record and make the next one wait.

    Raises:
        Refused: PIN_WRONG, also where nobody has this name; PIN_PAUSE after too many wrong ones.
    """
    record = journal.pin_record(name)
    if record is None or record.pin_hash is None:
        raise Refused(because(Why.PIN_WRONG, name=name))
    wait = _left(pause_after(record.wrong_pins), record.wrong_at, stamp.at)
    if wait > 0:
        raise Refused(because(Why.PIN_PAUSE, name=name, seconds=round(wait + 0.5)))
    if not pins.matches(pin, record.pin_hash):
        journal.note_wrong_pin(stamp, name)
        raise Refused(because(Why.PIN_WRONG, name=name))
    if record.wrong_pins:
        journal.clear_wrong_pins(name)
    return record.person


def _left(pause: float, since: str | None, now: str) -> float:
    if since is None or not pause:
        return 0.0
    return pause - (datetime.fromisoformat(now) - datetime.fromisoformat(since)).total_seconds()


def add_person(
    journal: Journal,
    pins: PinHasher,
    stamp: Stamp,
    formats: tuple[PayloadFormat, ...],
    name: str,
    role: Role,
    badge: str | None,
    pin: str | None,
) -> Committed:
    """Somebody who may sign in by badge, by PIN, or by both.

    Raises:
        Refused: the name, the badge or the PIN cannot be taken; the reason says why.
    """
    person = Person(checked_name(name), role, _digest(badge, formats))
    return journal.add_person(stamp, person, _hash(pins, pin))


def change_person(
    journal: Journal,
    pins: PinHasher,
    stamp: Stamp,
    formats: tuple[PayloadFormat, ...],
    name: str,
    role: Role,
    badge: str | None,
    pin: str | None,
    without_badge: bool = False,
) -> Committed:
    """The role from now on; badge and PIN where new ones are given; `without_badge` takes the old one away.

    Raises:
        Refused: nobody has this name, or the badge or the PIN cannot be taken; the reason says why.
    """
    known = journal.pin_record(name)
    if known is None:
        raise Refused(because(Why.NO_SUCH_PERSON, name=name))
    kept = None if without_badge else known.person.badge
    person = Person(name, role, _digest(badge, formats) or kept)
    return journal.change_person(stamp, person, _hash(pins, pin))


def _digest(badge: str | None, formats: tuple[PayloadFormat, ...]) -> str | None:
    return badge_digest(checked_badge(badge, formats)) if badge is not None else None


def _hash(pins: PinHasher, pin: str | None) -> str | None:
    return pins.hash(checked_pin(pin)) if pin is not None else None


def require(person: Person | None, act: Act) -> None:
    """Raises `Refused` where this person may not; None is a workshop where nobody signs in."""
    if person is not None:
        person.require(act)

"""New badges for people: only their digests are kept, so a badge is printed once, when it is made."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.core.cards import badge_text
from app.core.errors import Refused, Why, because
from app.core.people import Person, badge_digest
from app.core.record import Stamp
from app.ports.journal import Journal

_TOKEN_BYTES = 6


@dataclass(frozen=True, slots=True)
class NewBadge:
    """What is printed and kept nowhere."""

    person: Person
    text: str


def give_badges(
    journal: Journal, stamp: Stamp, names: Sequence[str], print_them: Callable[[list[NewBadge]], None]
) -> list[NewBadge]:
    """To these people, whose old badges end; without names to everybody who has none.

    Raises:
        Refused: NO_SUCH_PERSON; EVERYBODY_HAS_A_BADGE.
        Faulted: nobody has a new badge.
    """
    badges = [
        NewBadge(person, badge_text(secrets.token_hex(_TOKEN_BYTES).upper()))
        for person in _chosen(journal.people(), names)
    ]
    with journal.one_act():
        for badge in badges:
            journal.change_person(stamp, replace(badge.person, badge=badge_digest(badge.text)))
        print_them(badges)
    return badges


def _chosen(people: Sequence[Person], names: Sequence[str]) -> list[Person]:
    by_name = {one.name: one for one in people}
    for name in names:
        if name not in by_name:
            raise Refused(because(Why.NO_SUCH_PERSON, name=name))
    chosen = [by_name[name] for name in names] or [one for one in people if one.badge is None]
    if not chosen:
        raise Refused(because(Why.EVERYBODY_HAS_A_BADGE))
    return chosen

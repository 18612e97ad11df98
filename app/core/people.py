"""Who works at the station, and what each may do."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refused, Why, because

NAME_MAX = 64
PIN_DIGITS = (4, 12)
"""Fewest and most digits of a PIN."""
BADGE_CHARACTERS = (6, 128)
"""Fewer than six keys, however quick, may be a hand's: the window would not know them for a scan."""


NO_SIGN_IN = "(no sign-in)"
"""Stands as operator on every record of a workshop where nobody signs in."""
NOBODY = "(nobody)"
"""Stands as operator on what happens while nobody is signed in. No name may begin with a bracket."""
BY_ITSELF = "(station)"
"""Stands as operator on what the station does without being told, such as an upload."""


class Role(StrEnum):
    """What somebody is at the station."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    QA = "qa"


class Act(StrEnum):
    """What needs a role."""

    BIND = "bind"
    VERIFY = "verify"
    CORRECT = "correct"
    """Unbind, scrap, spoil, reinstate, release."""
    MANAGE = "manage"
    """Shifts, orders, files, labels, upload, settings, people, backups."""
    PROVE = "prove"
    """Read everything, verify and rebuild the journal."""


_MAY = {
    Role.OPERATOR: {Act.BIND, Act.VERIFY},
    Role.SUPERVISOR: set(Act),
    Role.QA: {Act.PROVE, Act.VERIFY},
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in."""

    name: str
    role: Role
    badge: str | None = None
    """`badge_digest` of the text on the badge."""

    def may(self, act: Act) -> bool:
        return act in _MAY[self.role]

    def require(self, act: Act) -> None:
        """Raises `Refused` where the role does not allow it."""
        if not self.may(act):
            raise Refused(because(Why.NOT_ALLOWED, name=self.name, role=str(self.role), act=str(act)))


def badge_digest(text: str) -> str:
    """What is kept of a badge: it opens the station like a key, so its text is not written down."""
    return hashlib.sha256(f"badge:{text}".encode()).hexdigest()


def checked_name(name: str) -> str:
    """Raises `Refused` where nobody can have this name."""
    name = name.strip()
    if not name:
        raise Refused(because(Why.NAME_NEEDED))
    if not 1 <= len(name) <= NAME_MAX or not name.isprintable() or name.startswith("("):
        raise Refused(because(Why.NAME_UNUSABLE, name=name, most=NAME_MAX))
    return name


def checked_pin(pin: str) -> str:
    """Raises `Refused` where it is no PIN: 4 to 12 digits, not all the same."""
    fewest, most = PIN_DIGITS
    if not re.fullmatch(f"[0-9]{{{fewest},{most}}}", pin) or len(set(pin)) == 1:
        raise Refused(because(Why.PIN_UNUSABLE, fewest=fewest, most=most))
    return pin


def confirmed_pin(pin: str, again: str) -> str:
    """Raises `Refused` where the two are not the same, or are no PIN."""
    if pin != again:
        raise Refused(because(Why.PINS_DIFFER))
    return checked_pin(pin)


PIN_TRIES = 3
_FIRST_PAUSE = 30.0
_LONGEST_PAUSE = 900.0


def pause_after(wrong_pins: int) -> float:
    """Seconds in which no PIN of this person is taken after so many wrong ones in a row."""
    if wrong_pins < PIN_TRIES:
        return 0.0
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (wrong_pins - PIN_TRIES))

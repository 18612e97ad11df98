"""What people do beside binding: on the station's own thread, between two units, in their own name."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.core.errors import Refused, Why, because
from app.core.people import Act, Person
from app.core.record import Stamp
from app.ports.journal import Journal

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Desk:
    """What an act works with."""

    journal: Journal
    stamp: Stamp
    """Credits whoever is signed in, and names them as approver."""
    person: Person | None
    """None where nobody signs in, and while nobody has."""


@dataclass(frozen=True, slots=True)
class Work(Generic[Result]):
    """An act that waits for its turn."""

    act: Act | None
    """What its doer must be allowed; None where anybody may, such as to sign in."""
    do: Callable[[Desk], Result]
    result: Future[Result]
    is_quiet: bool = False
    """Nothing that the binding page shows changes by it, so nothing is read anew."""

    def check_allowed(self, person: Person | None, sign_in: bool) -> None:
        """
        Raises:
            Refused: SIGN_IN_FIRST, or NOT_ALLOWED.
        """
        if self.act is None or not sign_in:
            return
        if person is None:
            raise Refused(because(Why.SIGN_IN_FIRST))
        person.require(self.act)


AnyWork = Work[Any]

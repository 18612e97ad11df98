"""The journal as the one that may write to it sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from app.core.codes import Pair, ProductKey, SerialNumber
from app.core.people import Person
from app.core.record import ClockSetBack, Committed, Entry, OpenShift, Stamp, Taken
from app.ports.journal_reads import JournalReader


@dataclass(frozen=True, slots=True)
class RebuildResult:
    """What a rebuild found."""

    events: int
    """How many events the journal held."""
    differences: int
    """How many rows were not what follows from the events."""
    cancelled: bool = False
    """Nothing was changed."""


@dataclass(frozen=True, slots=True)
class PinRecord:
    """What is kept of somebody's PIN."""

    person: Person
    pin_hash: str | None
    """None where they sign in by badge alone."""
    wrong_pins: int
    """How many in a row."""
    wrong_at: str | None
    """When the last of them was (UTC as in `Stamp.at`)."""


class People(Protocol):
    """Who may sign in, as the writing connection keeps it. Each change is an event; no event holds a PIN.

    Every method that writes raises `Faulted` where nothing was written, and those with a name raise `Refused`
    (NO_SUCH_PERSON) where nobody of that name may sign in.
    """

    def add_person(self, stamp: Stamp, person: Person, pin_hash: str | None) -> Committed:
        """Somebody new, or somebody who was retired.

        Raises:
            Refused: NAME_TAKEN; BADGE_TAKEN; PIN_NEEDED where there is no badge either; LAST_SUPERVISOR where
                no supervisor is there yet and this is none.
        """
        ...

    def change_person(self, stamp: Stamp, person: Person, pin_hash: str | None = None) -> Committed:
        """The person of this name has this role and badge from now on, and this PIN where one is given.

        Raises:
            Refused: as `add_person`; LAST_SUPERVISOR where no supervisor would be left.
        """
        ...

    def retire_person(self, stamp: Stamp, name: str) -> Committed:
        """Raises `Refused` (LAST_SUPERVISOR) where no supervisor would be left."""
        ...

    def pin_record(self, name: str) -> PinRecord | None: ...

    def note_wrong_pin(self, stamp: Stamp, name: str) -> PinRecord:
        """Counts it and puts it on record; returns what is kept now."""
        ...

    def clear_wrong_pins(self, name: str) -> None:
        """The right PIN was given."""
        ...


class Journal(JournalReader, People, Protocol):
    """The one writing connection. It belongs to the thread that opened it.

    Where the PC's clock tells an earlier time than the newest event, by a second or more, an event of its own
    says so before anything else is written.
    """

    @property
    def set_back(self) -> ClockSetBack | None:
        """The last time that this connection saw the clock run backwards."""
        ...

    def bind(self, stamp: Stamp, entry: Entry, pair: Pair) -> Committed | Taken:
        """Event and binding in one transaction, on the disk when this returns `Committed`.

        Raises:
            Faulted: nothing was written; the reason names cause and remedy.
        """
        ...

    def record(self, stamp: Stamp, entry: Entry) -> Committed:
        """One event and what follows from it, on the disk when this returns.

        Raises:
            Refused: a correction makes no sense on what stands; nothing was written.
            Faulted: nothing was written.
        """
        ...

    def import_pairs(
        self, stamp: Stamp, entries: Iterable[Entry], of_file: Entry, goes_on: Callable[[int], bool]
    ) -> Committed | None:
        """All of them and the event of the file, in one transaction.

        `goes_on` is told how many are written; where it returns False nothing came in, and None is returned.

        Raises:
            Refused: IMPORT_OVERTAKEN, something stands in the way of one of them; nothing was written.
            Faulted: nothing was written.
        """
        ...

    def record_all(self, stamp: Stamp, entries: Iterable[Entry], of_all: Entry) -> Committed:
        """All of them and then the event that tells of all, in one transaction.

        Raises:
            Faulted: nothing was written.
        """
        ...

    def open_shift(self, stamp: Stamp) -> OpenShift:
        """Opens the next shift of this station and records it.

        Raises:
            Faulted: nothing was written.
        """
        ...

    def close_shift(self, stamp: Stamp, entry: Entry) -> Committed:
        """Closes the shift that the stamp names, and records it with this entry.

        Raises:
            Faulted: nothing was written.
        """
        ...

    def add_order(
        self, stamp: Stamp, pk: ProductKey, quantity: int | None, issued: Collection[SerialNumber] | None
    ) -> Committed:
        """Opens the order whose number stands in the stamp, with its list of issued SNs, each once.

        Raises:
            Refused: ORDER_EXISTS; ISSUED_TWICE where an SN is on the list of another open order.
            Faulted: nothing was written.
        """
        ...

    def one_act(self) -> AbstractContextManager[None]:
        """What is recorded inside is written together when it ends, or not at all where it raises.

        Raises:
            Faulted: nothing was written.
        """
        ...

    def rebuild(self, stamp: Stamp, progress: Callable[[int, int], bool] | None = None) -> RebuildResult:
        """Makes everything anew that follows from the events.

        `progress(done, total)` returns False to cancel.

        Raises:
            Refused: JOURNAL_NOT_PROVEN, the events do not hold or cannot be followed; nothing was changed.
            Faulted: nothing was changed.
        """
        ...

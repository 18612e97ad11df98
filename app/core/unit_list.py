"""Units as people look for them in the journal: what is asked, and what stands about each that is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.record import Standing, StoredEvent, UnitRow

SHORTEST_PART = 3
"""Fewer characters of an SN or IMEI would be in nearly all of them."""


class UnitState(StrEnum):
    """How a unit stands."""

    BOUND = "bound"
    VERIFIED = "verified"
    """Bound, and verify mode has seen that it is so."""
    UNBOUND = "unbound"
    ON_HOLD = "on-hold"
    """Its last event was a fault, and it is not bound; whatever shift that was in. It is known by its device
    code; where that was bound to another module before, or was not read, by its module."""
    SCRAPPED = "scrapped"
    SPOILED = "spoiled"
    RELEASED = "released"
    """An IMEI with a wrong check digit that may be bound once."""


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """Which units are wanted; without anything all of them."""

    part: str = ""
    """Stands somewhere in the SN or the IMEI."""
    operator: str | None = None
    """Who brought the unit to where it stands."""
    since: str = ""
    """When it came there, at the earliest (UTC as in `Stamp.at`); empty where that does not matter."""
    until: str = ""
    """Before this moment."""


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """How many units the query finds among the events `oldest` to `newest`."""

    newest: int
    oldest: int
    count: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the list. `seq` is the event that brought it to where it stands."""

    seq: int
    pk: str | None
    sn: str | None
    imei: str | None
    state: UnitState
    at: str
    """UTC as in `Stamp.at`."""
    operator: str | None
    is_parted: bool = False
    """The IMEI was bound to this SN and is no more; it may be bound elsewhere."""

    @property
    def device(self) -> DeviceCode | None:
        if self.pk is None or self.sn is None:
            return None
        return DeviceCode(ProductKey(self.pk), SerialNumber(self.sn))


def is_same(one: UnitLine, other: UnitLine) -> bool:
    """The same SN of the same product; without SNs the same IMEI."""
    return (one.pk, one.sn) == (other.pk, other.sn) and (one.sn is not None or one.imei == other.imei)


def each_once(units: Sequence[UnitRow]) -> list[UnitRow]:
    """A module that was seen alone is no second unit where its device code is there too."""
    with_code = {unit.imei for unit in units if unit.sn is not None}
    return [unit for unit in units if unit.sn is not None or unit.imei not in with_code]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a unit's story."""

    event: StoredEvent
    is_again: bool = False
    """This SN was bound before."""
    row: int | None = None
    """For an export: the unit's row in the file, where that is quickly counted."""


@dataclass(frozen=True, slots=True)
class UnitStory:
    """All that happened to a unit, oldest first, and what stands now."""

    unit: UnitLine
    happenings: tuple[Happening, ...]
    standing: Standing
    retired_by: StoredEvent | None = None
    """The event that scrapped the SN or the IMEI, or spoiled the label, and was not taken back."""

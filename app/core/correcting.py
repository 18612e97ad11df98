"""What a supervisor may put right about a unit, as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber, is_imei
from app.core.errors import Refused
from app.core.record import EventKind, StoredEvent
from app.core.unit_list import UnitStory


@dataclass(frozen=True, slots=True)
class Correction:
    """One act and what it names. `kind` is that of the event that it makes."""

    kind: EventKind
    device: DeviceCode | None = None
    imei: Imei | None = None

    def of(self, named: Named) -> Correction:
        """The same for only one of the two."""
        if named is Named.MODULE:
            return replace(self, device=None)
        return replace(self, imei=None) if named is Named.DEVICE else self

    @property
    def has_choice(self) -> bool:
        """Whether it can be of the module, of the SN, or of both."""
        return self.kind is EventKind.SCRAPPED and None not in (self.device, self.imei)


class Named(StrEnum):
    """What of a unit is scrapped."""

    BOTH = "both"
    MODULE = "module"
    DEVICE = "device"


def corrections_of(story: UnitStory) -> tuple[Correction, ...]:
    """What makes sense on what stands; the journal is the judge in the end."""
    if story.retired_by is not None:
        return (_taking_back(story.retired_by),)
    record = story.standing.of_device
    if record is not None:
        bound = DeviceCode(record.pk, record.sn)
        kinds = (EventKind.UNBOUND, EventKind.SCRAPPED)
        return tuple(Correction(kind, bound, record.imei) for kind in kinds)
    imei = None if story.standing.of_imei else _module(story)
    return corrections_of_codes(story.unit.device, imei, story.standing.released)


def corrections_of_codes(
    device: DeviceCode | None, imei: Imei | None, is_released: bool = False
) -> tuple[Correction, ...]:
    """Of what is not bound, and of what the journal does not know."""
    found = []
    if device is not None or imei is not None:
        found.append(Correction(EventKind.SCRAPPED, device, imei))
    if device is not None:
        found.append(Correction(EventKind.SPOILED, device))
    if imei is not None and not is_imei(imei) and not is_released:
        found.append(Correction(EventKind.RELEASED, imei=imei))
    return tuple(found)


def imei_in(text: str) -> Imei | None:
    """The number, be its check digit right or wrong; None where it is no IMEI in another way."""
    try:
        return Imei.released(text)
    except Refused:
        return None


def _module(story: UnitStory) -> Imei | None:
    return None if story.unit.is_parted else imei_in(story.unit.imei or "")


def _taking_back(retiring: StoredEvent) -> Correction:
    """Named as it was scrapped or spoiled."""
    entry = retiring.entry
    device = None
    if entry.pk is not None and entry.sn is not None:
        device = DeviceCode(ProductKey(entry.pk), SerialNumber(entry.sn))
    return Correction(EventKind.REINSTATED, device, imei_in(entry.chip_imei or entry.label_imei or ""))

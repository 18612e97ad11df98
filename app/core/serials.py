"""SNs for new labels: counted on, by a pattern, or from a list; never one that was there before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import compress, islice
from operator import not_
from typing import Protocol

from app.core.codes import DeviceCode, Imei, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.serial_pattern import Digits, SerialPattern

LABELS_AT_ONCE = 10_000
"""As many SNs as the platform issues in one go."""
_LOOKED_UP = 100
"""At least, in one go."""

Taken = Callable[[Sequence[SerialNumber]], Iterable[bool]]


class SerialStanding(StrEnum):
    """What became of an SN so far."""

    FREE = "free"
    LISTED = "listed"
    """It stands on the list of a work order, and its label was not made here yet."""
    ISSUED = "issued"
    """Its label was made here, or is known to have been made elsewhere: it was bound, listed or spoiled."""
    SEEN = "seen"
    """It was scanned here, and nobody knows who issued it: somebody has its label."""
    BOUND = "bound"
    RETIRED = "retired"
    """Scrapped, or its label was spoiled."""


class SerialRegister(Protocol):
    """Knows every SN that was ever issued, bound or scrapped."""

    def standing(self, device: DeviceCode) -> SerialStanding: ...

    def standings(self, devices: Sequence[DeviceCode]) -> Sequence[SerialStanding]:
        """Of each; quicker than one by one."""
        ...

    def imei_of(self, device: DeviceCode) -> Imei | None:
        """Of the module that it is bound to."""
        ...


class LabelRegister(SerialRegister, Protocol):
    """Knows every label too."""

    def has_label(self, device: DeviceCode, layout: str) -> bool:
        """Whether a label of this layout was made for it."""
        ...


def require_count(count: int) -> None:
    """Raises `Refused` where so many labels are not made at once."""
    if not 1 <= count <= LABELS_AT_ONCE:
        raise Refused(because(Why.LABEL_COUNT, count=count, most=LABELS_AT_ONCE))


def in_a_row(first: str, count: int) -> list[SerialNumber]:
    """This SN and the next ones: the digits at its end are counted on, and it never gets longer.

    Raises:
        Refused: it is no SN, does not end in a digit, or its digits do not suffice.
    """
    require_count(count)
    front, digits = _counted_part(SerialNumber(first), count)
    last = int(digits) + count - 1 if digits else 0
    if len(str(last)) > len(digits) and count > 1:
        raise Refused(because(Why.SERIALS_RUN_OUT, pattern=first))
    return [SerialNumber(first)] + [
        SerialNumber(front + str(int(digits) + step).zfill(len(digits))) for step in range(1, count)
    ]


def _counted_part(first: SerialNumber, count: int) -> tuple[str, str]:
    digits = re.search("[0-9]*$", first)
    counted = digits[0] if digits else ""
    if not counted and count > 1:
        raise Refused(because(Why.SERIAL_NO_NUMBER, sn=first))
    return first[: len(first) - len(counted)], counted


def by_pattern(
    pattern: SerialPattern, count: int, start: int, digits: Digits, taken: Taken
) -> list[SerialNumber]:
    """So many SNs of this pattern; those that are taken are passed over.

    Raises:
        Refused: the pattern has not so many left.
    """
    require_count(count)
    if start < 0:
        raise Refused(because(Why.SERIALS_RUN_OUT, pattern=pattern.text))
    drawn = _drawn(pattern, count, start, digits)
    found: list[SerialNumber] = []
    while len(found) < count and (some := list(islice(drawn, max(count - len(found), _LOOKED_UP)))):
        found += compress(some, map(not_, taken(some)))
    if len(found) < count:
        raise Refused(because(Why.SERIALS_RUN_OUT, pattern=pattern.text))
    return found[:count]


def _drawn(pattern: SerialPattern, count: int, start: int, digits: Digits) -> Iterator[SerialNumber]:
    """Each once. A counter ends with its digits, drawing where nearly all that can be drawn is used up."""
    seen: set[SerialNumber] = set()
    width = pattern.width_of("n")
    for number in range(start, 10**width) if width else range(50 * count + 100):
        serial = pattern.write(number, digits)
        if serial not in seen:
            seen.add(serial)
            yield serial


def part_of(serials: Sequence[SerialNumber], first: str | None, count: int | None) -> list[SerialNumber]:
    """So many of a list, from `first` on.

    Raises:
        Refused: `first` is not in the list, or it has not so many, or there are too many or none.
    """
    if first is not None and first not in serials:
        raise Refused(because(Why.SERIAL_NOT_LISTED, sn=first))
    begin = 0 if first is None else serials.index(SerialNumber(first))
    wanted = list(serials[begin:] if count is None else serials[begin : begin + count])
    if count is not None and len(wanted) < count:
        raise Refused(because(Why.SERIAL_LIST_SHORT, wanted=count, left=len(wanted)))
    require_count(len(wanted))
    return wanted


def is_unprinted(standing: SerialStanding) -> bool:
    return standing in (SerialStanding.FREE, SerialStanding.LISTED)


def require_new(devices: Sequence[DeviceCode], register: SerialRegister, of_list: bool = False) -> None:
    """Raises `Refused` naming the first SN that was there before, or comes twice.

    Those on the lists of work orders are printed only from a list: `of_list`.
    """
    seen: set[DeviceCode] = set()
    for device, found in zip(devices, register.standings(devices), strict=True):
        standing = SerialStanding.ISSUED if device in seen else found
        if standing is SerialStanding.LISTED and not of_list:
            raise Refused(because(Why.SERIAL_LISTED, sn=device.sn, pk=device.pk))
        require_not_only_seen(device, standing)
        if not is_unprinted(standing):
            raise Refused(because(Why.SERIAL_USED, sn=device.sn, pk=device.pk, standing=str(standing)))
        seen.add(device)


def require_not_only_seen(device: DeviceCode, standing: SerialStanding) -> None:
    """Raises `Refused`: a label of it here would be a second one, and no copy of any that was made here."""
    if standing is SerialStanding.SEEN:
        raise Refused(because(Why.SERIAL_SEEN, sn=device.sn, pk=device.pk))


def require_printed_before(devices: Sequence[DeviceCode], register: SerialRegister) -> None:
    """Raises `Refused` where a label cannot be printed *again*: it never was, or its SN is retired."""
    for device, standing in zip(devices, register.standings(devices), strict=True):
        require_not_only_seen(device, standing)
        match standing:
            case SerialStanding.FREE | SerialStanding.LISTED:
                raise Refused(because(Why.REPRINT_NOT_PRINTED, sn=device.sn, pk=device.pk))
            case SerialStanding.RETIRED:
                raise Refused(because(Why.REPRINT_RETIRED, sn=device.sn, pk=device.pk))
            case _:
                pass


def require_bound(devices: Sequence[DeviceCode], register: SerialRegister) -> None:
    """Raises `Refused` naming the first SN that is not bound."""
    for device, standing in zip(devices, register.standings(devices), strict=True):
        if standing is not SerialStanding.BOUND:
            raise Refused(because(Why.NOT_BOUND, sn=device.sn, pk=device.pk))

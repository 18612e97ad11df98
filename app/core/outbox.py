"""What to do next with the bindings on their way to Developer Center: <- start reading at `next_step`.

Nothing is confirmed because it was sent: only by a 200 for its lot, or because the platform was asked and
holds the same SN. What has left once is asked for before it is sent again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt

from app.core.platform import (
    MAX_LOT,
    AnswerUnknown,
    Held,
    LotAccepted,
    LotOutcome,
    LotRefused,
    Meaning,
    NeverLeft,
    Refusal,
)
from app.core.upload_item import Item, UploadState, moved

_S = UploadState

_FEW = isqrt(MAX_LOT)
"""A refused lot of this size is sent one by one: its devices need not be asked for again and again."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Find out what the platform holds of one lot."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Send:
    """One lot: one product, no DeviceKey twice, at most `MAX_LOT`."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Replace:
    """Ask for it, and where the platform holds it as the supervisor saw it, write our SN over that."""

    item: Item


@dataclass(frozen=True, slots=True)
class TakeOff:
    """Ask for it, and where the platform holds it with this SN, delete it."""

    item: Item


@dataclass(frozen=True, slots=True)
class Drop:
    """Unbound before they were sent: they are not."""

    items: tuple[Item, ...]


Step = Ask | Send | Replace | TakeOff | Drop


def next_step(items: Sequence[Item]) -> Step | None:
    """What to do for one product; None where nothing is open.

    `items`: the open ones of the product in the order of `OPEN`, those `SENT` by batch, others by number. The
    first `MAX_LOT` of them are enough.
    """
    unanswered = [item for item in items if item.state is _S.SENT]
    if unanswered:
        return Ask(tuple(item for item in unanswered if item.batch == unanswered[0].batch))
    for item in items:
        if item.state in (_S.REPLACING, _S.WITHDRAWING):
            return Replace(item) if item.state is _S.REPLACING else TakeOff(item)
    waiting = [item for item in items if item.state is _S.WAITING]
    ended = tuple(item for item in waiting if not item.live)
    if ended:
        return Drop(ended)
    return Send(_lot(waiting)) if waiting else None


def _lot(waiting: Sequence[Item]) -> tuple[Item, ...]:
    """Those under suspicion leave by themselves, so that they hold up nobody else."""
    most = waiting[0].largest_lot
    by_key: dict[str, Item] = {}
    for item in waiting:
        if item.largest_lot == most:
            by_key.setdefault(item.imei, item)
    return tuple(by_key.values())[:most]


def after_dropping(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(moved(item, _S.WITHDRAWN) for item in items)


def after_sending(lot: Sequence[Item], outcome: LotOutcome) -> tuple[Item, ...]:
    """What the platform's answer makes of a lot that has left."""
    match outcome:
        case LotAccepted():
            return tuple(moved(item, _S.CONFIRMED) for item in lot)
        case LotRefused(refusal) if refusal.stops:
            return blocked(lot, refusal)
        case LotRefused(refusal):
            return tuple(item._replace(answer=refusal, refused_among=len(lot)) for item in lot)
        case AnswerUnknown():
            return tuple(lot)
        case NeverLeft():
            return tuple(moved(item, _S.WAITING) for item in lot)


def blocked(items: Sequence[Item], refusal: Refusal) -> tuple[Item, ...]:
    """The platform refuses them until a person has acted."""
    return tuple(moved(item, _S.BLOCKED, answer=refusal) for item in items)


def after_asking(lot: Sequence[Item], found: Mapping[str, Held | None]) -> tuple[Item, ...]:
    """What is known now of a lot. `found`: by DeviceKey, None where the platform holds none.

    While a part of the lot has not been asked for, only what is held is decided.
    """
    whole = all(item.imei in found for item in lot)
    absent = sum(1 for item in lot if found.get(item.imei) is None)
    rest = absent if absent < len(lot) else 0
    return tuple(_asked(item, found.get(item.imei), whole, rest) for item in lot)


def _asked(item: Item, held: Held | None, whole: bool, rest: int) -> Item:
    if held is not None:
        return _compared(item, held)
    if not whole:
        return _acquitted(item, rest) if rest else item
    if not item.live:
        return moved(item, _S.WITHDRAWN)
    if item.answer is None or rest:
        return moved(_acquitted(item, rest), _S.WAITING)
    if item.refused_among > 1:
        return moved(item, _S.WAITING, largest_lot=smaller_lot(item.refused_among))
    return moved(item, _S.CONFLICT if item.answer.meaning is Meaning.IN_USE else _S.BLOCKED)


def _acquitted(item: Item, rest: int) -> Item:
    """Others of its lot are held already: they were to blame, and the rest of the lot may go together."""
    if item.answer is None:
        return item
    return item._replace(answer=None, refused_among=0, largest_lot=rest)


def _compared(item: Item, held: Held) -> Item:
    if held.sn == item.sn:
        return moved(item, _S.CONFIRMED)
    return moved(item, _S.CONFLICT, held=held)


def cut_smaller(lot: Sequence[Item]) -> tuple[Item, ...]:
    """Never answered, whole: one of them may be what the platform stumbles over."""
    most = smaller_lot(len(lot))
    return tuple(item._replace(largest_lot=min(item.largest_lot, most)) for item in lot)


def smaller_lot(refused: int) -> int:
    """Into lots of which size a refused one is cut.

    The devices of each refused part are asked for again: parts near the square root need the fewest requests.
    """
    return isqrt(refused) if refused > _FEW else 1

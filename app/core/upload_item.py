"""One binding on its way to Developer Center: its states, and the moves between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.errors import Reason, Why, because
from app.core.platform import MAX_LOT, Held, PlatformDevice, Refusal


class UploadState(StrEnum):
    """Where a binding is on its way. The words stand in the journal for ever: add, never rename."""

    WAITING = "waiting"
    SENT = "sent"
    """It left; what the platform holds is not known."""
    CONFIRMED = "confirmed"
    CONFLICT = "conflict"
    """The platform holds this DeviceKey with another SN, or for another product."""
    BLOCKED = "blocked"
    """Refused until a person has acted."""
    REPLACING = "replacing"
    """A supervisor wants our SN written over the one that the platform holds."""
    WITHDRAWING = "withdrawing"
    """A supervisor wants it taken off the platform."""
    WITHDRAWN = "withdrawn"
    """Unbound, and not on the platform, unless for a later record of the same pair."""
    HANDLED = "handled"
    """A person has seen to it, and said how."""


_S = UploadState
MOVES: Mapping[UploadState, frozenset[UploadState]] = {
    _S.WAITING: frozenset({_S.SENT, _S.WITHDRAWN}),
    _S.SENT: frozenset({_S.WAITING, _S.CONFIRMED, _S.CONFLICT, _S.BLOCKED, _S.WITHDRAWN}),
    _S.CONFIRMED: frozenset({_S.WITHDRAWING}),
    _S.CONFLICT: frozenset({_S.SENT, _S.REPLACING, _S.WITHDRAWING, _S.HANDLED}),
    _S.BLOCKED: frozenset({_S.SENT, _S.WITHDRAWING, _S.HANDLED}),
    _S.REPLACING: frozenset({_S.SENT, _S.CONFIRMED, _S.CONFLICT, _S.BLOCKED}),
    _S.WITHDRAWING: frozenset({_S.WITHDRAWN, _S.CONFLICT, _S.BLOCKED}),
    _S.WITHDRAWN: frozenset(),
    _S.HANDLED: frozenset({_S.WITHDRAWING}),
}
"""Every move there is."""

OPEN = (_S.SENT, _S.REPLACING, _S.WITHDRAWING, _S.WAITING)
"""What the station goes on with by itself, in this order."""


class Item(NamedTuple):
    """A binding that should be on the platform, or should be taken off it.

    A tuple, because tens of thousands of them move a step at a time.
    """

    row: PlatformDevice
    state: UploadState = UploadState.WAITING
    batch: int | None = None
    """Number of the lot in which it left last."""
    answer: Refusal | None = None
    """What the platform said when it refused that lot; None where no answer came, or a good one."""
    refused_among: int = 0
    """How many were in that lot."""
    largest_lot: int = MAX_LOT
    """It was refused in a larger one, and who is to blame is not known."""
    held: Held | None = None
    """What the platform holds instead; None in a conflict: the DeviceKey is in use elsewhere."""
    live: bool = True
    """False once the binding has ended."""
    unwanted: bool = False
    """A supervisor wants it off the platform."""

    @property
    def imei(self) -> str:
        return self.row.pair.imei

    @property
    def pk(self) -> str:
        return self.row.pair.device.pk

    @property
    def sn(self) -> str:
        return self.row.pair.device.sn

    def left(self, batch: int) -> Item:
        """It is about to leave in this lot."""
        return moved(self, _S.SENT, batch=batch, answer=None, refused_among=0)

    def again(self) -> Item:
        """A person wants it tried again: it is asked for first."""
        state = _S.WITHDRAWING if self.unwanted else _S.SENT
        return moved(self, state, answer=None, refused_among=0, largest_lot=MAX_LOT, held=None)

    @property
    def can_be_replaced(self) -> bool:
        """The platform holds the DeviceKey for this product, with an SN that is not ours."""
        return self.state is _S.CONFLICT and self.live and self.held is not None

    def to_be_replaced(self) -> Item:
        """A supervisor wants our SN there instead of the one that they have seen in `held`."""
        return moved(self, _S.REPLACING)

    def handled(self) -> Item:
        """A person has seen to it."""
        return moved(self, _S.HANDLED)

    def to_be_withdrawn(self) -> Item:
        """A supervisor wants it off the platform, because the binding has ended."""
        return moved(self, _S.WITHDRAWING, unwanted=True)

    def trouble(self) -> Reason | None:
        """What is wrong with it and what a person must do; None where nothing is."""
        if self.state is _S.BLOCKED and self.answer is not None:
            return self.answer.reason(self.pk)
        if self.state is not _S.CONFLICT:
            return None
        if self.held is None:
            return because(Why.DEVICE_IN_USE, imei=self.imei, pk=self.pk)
        if not self.held.sn:
            return because(Why.DEVICE_WITHOUT_SN, imei=self.imei, sn=self.sn)
        return because(Why.DEVICE_OTHER_SN, imei=self.imei, sn=self.sn, held=self.held.sn)


def moved(item: Item, state: UploadState, **changes: Any) -> Item:
    """Raises `ValueError` where there is no such move."""
    if state not in MOVES[item.state]:
        raise ValueError(f"{item.state} -> {state}")
    return item._replace(state=state, **changes)

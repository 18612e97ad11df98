"""What the upload needs from outside: shapes only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from app.core.platform import Held, LotOutcome, Page, PlatformDevice, Refusal
from app.core.upload_item import Item


class Outbox(Protocol):
    """The bindings on their way, kept durably: one write for each lot and for each outcome of one.

    Every method raises `Faulted` where the store cannot be used; nothing was written then.
    """

    def products(self) -> Sequence[str]:
        """The ProductKeys of all open items (`app.core.upload_item.OPEN`), in a steady order."""
        ...

    def open_items(self, pk: str, most: int) -> Sequence[Item]:
        """The first `most` open items of a product, in the order that `next_step` wants."""
        ...

    def not_sent(self, pk: str, most: int) -> Sequence[Item]:
        """The same without those that are `SENT`."""
        ...

    def blocks(self) -> Sequence[tuple[str, Refusal]]:
        """ProductKey and answer of everything `BLOCKED`, each once."""
        ...

    def depart(self, lot: Sequence[Item]) -> Sequence[Item]:
        """They leave now: `SENT`, in a lot with a number of its own, on the disk when this returns.

        Those that are no longer waiting, or whose binding has ended since they were read, are left out.
        """
        ...

    def mark(self, items: Sequence[Item]) -> None:
        """The outcome of one lot, on the disk when this returns. Whether an item is live stays as it is."""
        ...

    def is_bound(self, item: Item) -> bool:
        """Whether a live record holds this very pair now: the item's own, or a later one."""
        ...

    def mark_and_depart(self, items: Sequence[Item], lot: Sequence[Item]) -> Sequence[Item]:
        """Both, in one write."""
        ...


Wait = Callable[[float], bool]
"""Waits for these seconds; True where it was cut short, because everything is to end. `Event.wait` is one."""


class Platform(Protocol):
    """Developer Center. It tries again by itself where that is safe, and only there.

    Questions raise `PlatformSilent` where no answer came (`PlatformUnclear`: none that makes sense), and
    `PlatformRefused` where the answer is no.
    """

    def create(self, pk: str, devices: Sequence[PlatformDevice]) -> LotOutcome:
        """Adds at most `MAX_LOT` devices to a product. Never sent again once it may have arrived."""
        ...

    def find(self, pk: str, imei: str) -> Held | None: ...

    def page(self, pk: str, number: int) -> Page:
        """One page of all devices of a product, from 1."""
        ...

    def update(self, pk: str, devices: Sequence[PlatformDevice]) -> LotOutcome:
        """Writes SN and name of at most `MAX_LOT` devices over what the platform holds."""
        ...

    def delete(self, pk: str, imei: str) -> LotOutcome: ...

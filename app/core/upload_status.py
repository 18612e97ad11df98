"""How the upload stands, for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Reason
from app.core.upload_item import Item


class Phase(StrEnum):
    """What the upload is doing."""

    NOT_SET_UP = "not-set-up"
    """No data centre was chosen."""
    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    """A person stopped it, until a person lets it go on."""


@dataclass(frozen=True, slots=True)
class ProductStatus:
    """One product's bindings, counted by where they are."""

    pk: str
    name: str = ""
    waiting: int = 0
    sent: int = 0
    """Left, and what the platform holds is not known."""
    confirmed: int = 0
    conflicts: int = 0
    blocked: int = 0
    changing: int = 0
    """Being replaced on the platform, or taken off it."""
    handled: int = 0
    trouble: Reason | None = None
    """Why this product stands still."""

    @property
    def total(self) -> int:
        return self.waiting + self.gone

    @property
    def gone(self) -> int:
        """Left once."""
        return self.sent + self.confirmed + self.conflicts + self.blocked + self.changing + self.handled


@dataclass(frozen=True, slots=True)
class UploadStatus:
    """The whole upload of one station."""

    phase: Phase
    products: tuple[ProductStatus, ...] = ()
    trouble: Reason | None = None
    """Why the last run ended early."""
    platform: str = ""
    """`china`, `europe`, or a host."""
    connected: bool | None = None
    """Whether the last run was answered; None where there was none yet."""
    last_run: str = ""
    """When it ended (UTC as in `Stamp.at`)."""

    @property
    def to_upload(self) -> int:
        """What is not known to be on the platform and needs nobody."""
        return sum(one.waiting + one.sent for one in self.products)

    @property
    def problems(self) -> int:
        """What somebody must see to."""
        return sum(one.conflicts + one.blocked for one in self.products)


@dataclass(frozen=True, slots=True)
class Problem:
    """A binding that a person must see to: our record, and in `item.held` the platform's."""

    item: Item
    reason: Reason
    when: str
    """UTC as in `Stamp.at`."""

    @property
    def can_be_replaced(self) -> bool:
        """Our SN can be written over the one that the platform holds."""
        return self.item.can_be_replaced

"""How it goes with one product in one run: what goes wrong in a row, and who is left aside for it."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Reason, Why, because
from app.core.outbox import Step, cut_smaller, next_step
from app.core.platform import MAX_LOT, PlatformSilent
from app.core.upload_item import Item, UploadState
from app.ports.upload import Outbox
from app.station.upload_end import Stop

_UNKNOWN_IN_A_ROW = 3
"""After so many requests of unknown outcome the product is left in peace until the next run."""

_UNKNOWN_OF_ONE = 2
"""After so many the lot is looked into."""

_REFUSED_IN_A_ROW = 5
"""After so many devices refused one by one it is hardly the devices' fault."""


class Course:
    """Of one product, in one run."""

    def __init__(self, outbox: Outbox, pk: str) -> None:
        self._outbox, self.pk = outbox, pk
        self._unknown = 0
        self._silence: Reason | None = None
        self._blocked: list[Item] = []
        self._aside: dict[int, Item] = {}
        self.is_answered = False
        """The platform said something of a lot that could be used."""

    def next_step(self) -> Step | None:
        """But for what is left aside."""
        found = self._outbox.open_items(self.pk, MAX_LOT + len(self._aside))
        return next_step([item for item in found if item.row.seq not in self._aside])

    def check(self) -> None:
        """Raises `Stop` where so many were refused that no further one is worth a request."""
        if len(self._blocked) >= _REFUSED_IN_A_ROW:
            raise Stop(self._blocked[-1].trouble() or because(Why.PLATFORM_REFUSED))

    def went_well(self) -> None:
        self.was_answered()
        self._blocked.clear()

    def was_answered(self) -> None:
        self.is_answered, self._unknown = True, 0

    def was_blocked(self, items: Sequence[Item]) -> None:
        self._blocked += items

    def was_unknown(self, reason: Reason) -> None:
        """Raises `PlatformSilent` where the product is better left in peace."""
        self._unknown += 1
        self._silence = reason
        if self._unknown >= _UNKNOWN_IN_A_ROW:
            raise PlatformSilent(reason, left=True)

    def leave_aside(self, items: Sequence[Item]) -> None:
        """Until the next run, so that they hold up nobody else."""
        self._aside |= {item.row.seq: item for item in items}

    def looked_into(self, lot: Sequence[Item], learnt: Sequence[Item]) -> Sequence[Item]:
        """A lot that is never answered, and of which nothing is held, goes in parts; one is left aside."""
        unheld = all(item.state is UploadState.WAITING for item in learnt)
        if self._unknown < _UNKNOWN_OF_ONE or not unheld:
            return learnt
        if len(lot) > 1:
            return cut_smaller(learnt)
        self.leave_aside(lot)
        return lot

    def amended_in_vain(self, item: Item) -> None:
        if self._unknown >= _UNKNOWN_OF_ONE:
            self.leave_aside([item])
            self._unknown = 0

    @property
    def trouble(self) -> Reason | None:
        """What is left aside; the silence itself where nothing was answered."""
        if self._aside and self._silence is not None and not self.is_answered:
            return self._silence
        for item in self._aside.values():
            return because(Why.DEVICE_UNANSWERED, imei=item.imei, pk=self.pk, count=len(self._aside))
        return None

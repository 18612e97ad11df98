"""The outbox in the journal: read beside the station, written where the journal is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from app.core.codes import Pair
from app.core.platform import Refusal
from app.core.record import Stamp
from app.core.upload_item import OPEN, Item, UploadState
from app.core.upload_record import entries_of, entry_of_departure
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader

Result = TypeVar("Result")

_NOT_SENT = [state for state in OPEN if state is not UploadState.SENT]


class Write(Protocol):
    """Has something written to the journal, and waits until it is on the disk.

    Raises:
        Faulted: nothing was written.
    """

    def __call__(self, do: Callable[[Journal, Stamp], Result]) -> Result: ...


class JournalOutbox:
    """Implements `ports.Outbox`. Belongs to the thread that made `reader`.

    Whatever waits has a higher number than what was seen to wait first: nothing below is looked at again.
    """

    def __init__(self, reader: JournalReader, write: Write, shift: int | None = None) -> None:
        """With `shift`, nothing but what was bound in this one."""
        self._reader, self._write, self._shift = reader, write, shift
        self._before: dict[str, int] = {}
        self.before = 0
        """Nothing has a number up to this one and waits."""
        self.confirmed = 0
        """How many were confirmed through this object."""

    def products(self) -> Sequence[str]:
        newest, _ = self._reader.head()
        waiting = self._reader.waiting_products(self.before, self._shift)
        firsts = {pk: first for pk, first, _ in waiting}
        self.before = min(firsts.values(), default=newest + 1) - 1
        self._before = {pk: first - 1 for pk, first in firsts.items()}
        return sorted({*firsts, *self._reader.unfinished_products(self._shift)})

    def open_items(self, pk: str, most: int) -> Sequence[Item]:
        return self._with_new(self._reader.unfinished(pk, most, self._shift), pk, most)

    def not_sent(self, pk: str, most: int) -> Sequence[Item]:
        return self._with_new(self._reader.unfinished(pk, most, self._shift, _NOT_SENT), pk, most)

    def _with_new(self, found: Sequence[Item], pk: str, most: int) -> Sequence[Item]:
        if len(found) == most:
            return found
        after = self._before.get(pk, self.before)
        waiting = self._reader.never_left(pk, most - len(found), after, self._shift)
        if waiting:
            self._before[pk] = waiting[0].row.seq - 1
        return [*found, *waiting]

    def blocks(self) -> Sequence[tuple[str, Refusal]]:
        return self._reader.upload_blocks(self._shift)

    def is_bound(self, item: Item) -> bool:
        return is_pair_bound(self._reader, item.row.pair)

    def depart(self, lot: Sequence[Item]) -> Sequence[Item]:
        return self.mark_and_depart((), lot)

    def mark(self, items: Sequence[Item]) -> None:
        self.mark_and_depart(items, ())

    def mark_and_depart(self, items: Sequence[Item], lot: Sequence[Item]) -> Sequence[Item]:
        if not items and not lot:
            return ()
        leaving: Sequence[Item] = self._write(partial(_written, items, lot))
        self.confirmed += sum(item.state is UploadState.CONFIRMED for item in items)
        return leaving


def is_pair_bound(journal: JournalReader, pair: Pair) -> bool:
    """By any live record, however it came into the journal."""
    live = journal.standing(pair.device, None).of_device
    return live is not None and live.imei == pair.imei


def _written(items: Sequence[Item], lot: Sequence[Item], journal: Journal, stamp: Stamp) -> Sequence[Item]:
    """In one transaction. What has been unbound since it was read does not leave."""
    with journal.one_act():
        for entry in entries_of(items):
            journal.record(stamp, entry)
        may_leave = journal.may_leave([item.row.seq for item in lot]) if lot else ()
        leaving = [item for item in lot if item.row.seq in may_leave]
        if not leaving:
            return ()
        batch = journal.record(stamp, entry_of_departure(leaving)).seq
    return [item.left(batch) for item in leaving]

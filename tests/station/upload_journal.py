"""A real journal whose bindings are to be uploaded, and its outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.record import Entry, EventKind, Stamp
from app.core.upload_item import Item, UploadState
from app.ports.journal import Journal
from app.station.outbox import JournalOutbox
from app.station.upload_acts import UploadActs
from tests.adapters.journals import STAMP, bound
from tests.e2e.units import sn

Result = TypeVar("Result")

_FIRST_SN = int(sn(0))


def bind_all(journal: SqliteJournal, items: Iterable[Item]) -> None:
    """In one act, so that thousands take a second."""
    with journal.one_act():
        for item in items:
            journal.bind(STAMP, bound(item.row.pair), item.row.pair)


def number_of(item: Item) -> int:
    """As `uploads.waiting` counts."""
    return int(item.sn) - _FIRST_SN


class UploadJournal(JournalOutbox):
    """The outbox of a journal, and what happens to its bindings. Items are called by their `number_of`."""

    def __init__(self, journal: SqliteJournal, shift: int | None = None) -> None:
        self.journal = journal
        self.writes = 0
        super().__init__(journal, self._counted, shift)
        self.acts = UploadActs(journal, STAMP, None)

    def _counted(self, do: Callable[[Journal, Stamp], Result]) -> Result:
        self.writes += 1
        return do(self.journal, STAMP)

    def put(self, items: Iterable[Item]) -> None:
        bind_all(self.journal, items)

    def items(self) -> list[Item]:
        newest, _ = self.journal.head()
        waiting = [
            item for pk, *_ in self.journal.waiting_products() for item in self.journal.never_left(pk, newest)
        ]
        return sorted([*waiting, *self.journal.uploads(range(newest + 1))], key=number_of)

    def item(self, number: int) -> Item:
        return next(item for item in self.items() if number_of(item) == number)

    def in_state(self, state: UploadState) -> list[int]:
        return [number_of(item) for item in self.items() if item.state is state]

    def unbind(self, number: int) -> None:
        pair = self.item(number).row.pair
        self.journal.record(STAMP, unbound(pair.device.pk, pair.device.sn, pair.imei))

    def seqs(self, *numbers: int) -> Sequence[int]:
        return [self.item(number).row.seq for number in numbers]


def unbound(pk: str, sn: str, imei: str) -> Entry:
    return Entry(EventKind.UNBOUND, pk=pk, sn=sn, label_imei=imei, reason="a test")


@contextmanager
def upload_journal(path: Path) -> Iterator[UploadJournal]:
    """A new one; in the end everything in it must hold."""
    create_journal(path, STAMP)
    journal = SqliteJournal(path)
    try:
        yield UploadJournal(journal)
        assert journal.verify().finding is None
    finally:
        journal.close()

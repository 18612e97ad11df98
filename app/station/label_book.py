"""The journal as labels see it: which SNs were there before, and how labels go on record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.codes import DeviceCode, Imei
from app.core.label_record import LabelRecord
from app.core.people import Person
from app.core.record import Committed, Stamp
from app.core.serials import SerialStanding
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.station.sign_in import require


class JournalBook:
    """Implements `app.core.label_batch.LabelBook`, for the thread that the reader belongs to.

    `put` writes, wherever the writing connection lives: `record_labels` at the desk, or right here.
    """

    def __init__(self, journal: JournalReader, put: Callable[[LabelRecord], object]) -> None:
        self._journal, self._put = journal, put

    def standing(self, device: DeviceCode) -> SerialStanding:
        return self.standings([device])[0]

    def standings(self, devices: Sequence[DeviceCode]) -> Sequence[SerialStanding]:
        return self._journal.serial_standings(devices)

    def imei_of(self, device: DeviceCode) -> Imei | None:
        record = self._journal.standing(device, None).of_device
        return record.imei if record else None

    def has_label(self, device: DeviceCode, layout: str) -> bool:
        return self._journal.has_label(device, layout)

    def record(self, labels: LabelRecord) -> None:
        self._put(labels)


def record_labels(journal: Journal, stamp: Stamp, person: Person | None, labels: LabelRecord) -> Committed:
    """All of them, and the event of the batch, in one transaction; every SN is looked up once more.

    Raises:
        Refused: NOT_ALLOWED, or as `LabelRecord.require`; nothing was written.
        Faulted: nothing was written.
    """
    require(person, labels.purpose.act)
    book = JournalBook(journal, lambda _: None)
    labels.require(book)
    return journal.record_all(stamp, list(labels.entries(book)), labels.entry_of_batch())

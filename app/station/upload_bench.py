"""What the uploader works with: a reader of the journal, the outbox, and the platform while it is needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import Protocol, TypeVar

from app.core.errors import Refused, StationError
from app.core.people import BY_ITSELF, NO_SIGN_IN, Act
from app.core.record import Stamp
from app.core.upload_status import ProductStatus
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.ports.upload import Platform, Wait
from app.station.desk import Desk
from app.station.outbox import JournalOutbox
from app.station.upload import Upload
from app.station.upload_acts import UploadActs
from app.station.upload_end import UploadEnd

Result = TypeVar("Result")

OpenPlatform = Callable[[Wait], AbstractContextManager[Platform]]
"""Raises `StationError` where the settings or the keys do not allow it."""


class AtDesk(Protocol):
    """As `Station.at_desk`."""

    def __call__(
        self, do: Callable[[Desk], Result], act: Act | None = None, is_quiet: bool = False
    ) -> Future[Result]: ...


class UploadBench:
    """Belongs to the thread that uses it first; made on any. The network is never waited for at the desk.

    Every method raises `Faulted` where the journal cannot be used, and `CancelledError` where the station has
    ended.
    """

    def __init__(
        self, at_desk: AtDesk, open_reader: Callable[[], JournalReader], open_platform: OpenPlatform
    ) -> None:
        self._at_desk, self._open_reader, self._open_platform = at_desk, open_reader, open_platform
        self._reader: JournalReader | None = None
        self._outbox: JournalOutbox | None = None
        self._written: Callable[[], None] = lambda: None

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()

    def figures(self) -> tuple[ProductStatus, ...]:
        """Of the open or last shift, and what is left of earlier ones."""
        reader = self._journal()
        before = self._outbox.before if self._outbox else 0
        stopped = {pk: one.reason(pk) for pk, one in reader.upload_blocks() if one.stops}
        counts = reader.upload_counts(reader.shift(), before)
        return tuple(replace(one, trouble=stopped.get(one.pk)) for one in counts)

    def is_behind(self) -> bool:
        """Something is under way since the program ended, or was bound in a shift that is closed."""
        reader = self._journal()
        closed = [one.shift.closed_seq for one in reader.shifts(2) if one.shift.closed_seq]
        firsts = [first for _, first, _ in reader.waiting_products()]
        return bool(reader.unfinished_products()) or (
            bool(closed and firsts) and min(firsts) < max(filter(None, closed))
        )

    def run(self, halt: threading.Event, by_person: bool, written: Callable[[], None]) -> UploadEnd:
        """Everything that is open. `written` is called after each durable write."""
        self._written = written
        if self._outbox is None:
            self._outbox = JournalOutbox(self._journal(), self._write)
        if by_person:
            self._try_again()
        try:
            with self._open_platform(halt.wait) as platform:
                end = Upload(self._outbox, platform, halt.is_set).run()
        except StationError as error:
            return UploadEnd(error.reason, silent=not isinstance(error, Refused))
        self._outbox.products()  # what has left meanwhile is not looked through again
        return end

    def _try_again(self) -> None:
        """What stopped is tried again in the name of who is signed in, where they may decide that."""
        with suppress(Refused):
            self._at_desk(lambda desk: UploadActs.of(desk).go_on(), Act.MANAGE, is_quiet=True).result()
            self._written()

    def _journal(self) -> JournalReader:
        if self._reader is None:
            self._reader = self._open_reader()
        return self._reader

    def _write(self, do: Callable[[Journal, Stamp], Result]) -> Result:
        """In the station's own name: nobody who is signed in has done it."""
        done = self._at_desk(lambda desk: do(desk.journal, _by_itself(desk.stamp)), is_quiet=True).result()
        self._written()
        return done


def _by_itself(stamp: Stamp) -> Stamp:
    operator = stamp.operator if stamp.operator == NO_SIGN_IN else BY_ITSELF
    return replace(stamp, operator=operator, approver=None)

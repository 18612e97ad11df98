"""Backups from the window: made beside the working station, put on record at its desk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial

from app.core.errors import StationError
from app.core.people import Act
from app.core.record import Stamp
from app.main.place import Place
from app.main.shift_export import in_the_name_of
from app.ports.backups import BackupMade
from app.ports.relationship import Cancelled
from app.station.backups import owed, record
from app.station.desk import Desk
from app.station.shifts import ClosedShift
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.bridge import Bridge
from app.ui.files_card import FilesCard
from app.wording.backups import backup_made
from app.wording.language import Words, tr
from app.wording.reasons import sentence

Tell = Callable[[Words, bool], None]
"""A sentence, and whether it tells of trouble."""


Closing = Future[tuple[ClosedShift, Stamp]]


class ShiftBackup:
    """One at a time. What a closed shift asked for is waited for when the window closes."""

    def __init__(self, card: FilesCard, station: Station, bridge: Bridge, place: Place, tell: Tell) -> None:
        self._card, self._station, self._bridge, self._place, self._tell = card, station, bridge, place, tell
        self._work: Background | None = None
        self._must_be_made = self._is_over = False
        self._next: Stamp | None = None
        self._closing: Closing | None = None
        card.back_up.clicked.connect(self._ask)
        card.cancel.clicked.connect(self._call_off)

    def close(self) -> None:
        self._begin_after_closing()
        self._is_over = True
        if self._work is not None:
            if not self._must_be_made:
                self._work.cancel()
            self._work.wait()
        if self._next is not None:
            with suppress(StationError, CancelledError):  # the shift is closed all the same
                self._make(self._next, lambda done, total: True)

    def expect(self, closing: Closing) -> None:
        """A shift is being closed. Where the window goes before it hears of it, its backup is made all the
        same."""
        self._closing = closing

    def _begin_after_closing(self) -> None:
        if self._closing is None:
            return
        with suppress(CancelledError):  # the station ended before its turn, and the shift is open
            if self._closing.exception() is None:
                self.begin(self._closing.result()[1], must_be_made=True)

    def catch_up(self) -> None:
        """Makes the backup of the last closing, where the program ended before it was made."""
        self._bridge.when_done(self._station.at_desk(partial(_owing, self._place)), self._start)

    def _ask(self) -> None:
        """The station is asked whether they may."""
        asked = self._station.at_desk(lambda desk: desk.stamp, Act.MANAGE)
        self._bridge.when_done(asked, self._start)

    def _start(self, asked: Future[Stamp] | Future[Stamp | None]) -> None:
        error = asked.exception()
        if isinstance(error, StationError):
            self._tell(partial(sentence, error.reason), True)
        elif error is not None:
            raise error
        elif (stamp := asked.result()) is not None:
            self.begin(stamp)

    def begin(self, asked: Stamp, must_be_made: bool = False) -> None:
        """In the name of whoever asked. One that runs already may be older than the shift's end: then another
        one follows it."""
        self._closing = None if must_be_made else self._closing
        if self._work is not None:
            self._next = asked if must_be_made else self._next
        elif not self._is_over:
            self._must_be_made = must_be_made
            self._work = Background(lambda progress: self._make(asked, progress))
            self._work.progressed.connect(self._show_progress)
            self._work.finished.connect(self._finish)
            self._card.show_progress(tr("Backing up"))
            self._work.start()

    def _make(self, asked: Stamp, progress: Progress) -> BackupMade:
        """On a thread of its own."""
        made = self._place.backups().make(None, progress)

        def put_on_record(desk: Desk) -> None:
            record(desk.journal, in_the_name_of(asked, desk), made)

        self._station.at_desk(put_on_record).result()
        return made

    def _call_off(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _show_progress(self, done: int, total: int) -> None:
        if self._work is not None:
            text = tr("Backing up, {percent} %").format(percent=int(100 * done / max(1, total)))
            self._card.show_progress(text)

    def _finish(self, done: Future[BackupMade]) -> None:
        self._work, self._must_be_made = None, False
        self._card.show_progress("")
        error = done.exception()
        if isinstance(error, StationError):
            self._tell(partial(sentence, error.reason), True)
        elif isinstance(error, Cancelled | CancelledError):
            self._tell(lambda: tr("No backup was made."), True)
        elif error is not None:
            raise error
        else:
            made = done.result()
            self._tell(partial(_told, made), made.second_trouble is not None)
        self._begin_the_next()

    def _begin_the_next(self) -> None:
        asked, self._next = self._next, None
        if asked is not None:
            self.begin(asked, must_be_made=True)


def _owing(place: Place, desk: Desk) -> Stamp | None:
    """On the station's thread; who is credited is who is there, or nobody."""
    return desk.stamp if owed(desk.journal, place.backups().newest()) else None


def _told(made: BackupMade) -> str:
    told, trouble = backup_made(made), made.second_trouble
    return f"{told} {sentence(trouble)}" if trouble else told

"""One thread that reads the journal for a page, beside the working station."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.core.errors import Reason, StationError
from app.core.record import StoredEvent
from app.core.unit_list import UnitLine, UnitQuery, UnitStory
from app.ports.journal_reads import UnitReader
from app.station.found_units import FoundUnits


@dataclass(frozen=True, slots=True)
class Counted:
    """How many units a search has found so far."""

    search: int
    total: int
    share: float
    """Of the journal, 0 to 1; 1 where all of it was looked at."""


@dataclass(frozen=True, slots=True)
class LinesRead:
    """Units of the list, from this place on."""

    search: int
    first: int
    lines: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class StoryRead:
    """What happened to one unit."""

    story: UnitStory


@dataclass(frozen=True, slots=True)
class RecordRead:
    """One event by its number, None where there is none, and the unit that it names."""

    search: int
    seq: int
    event: StoredEvent | None
    unit: UnitLine | None


@dataclass(frozen=True, slots=True)
class OperatorsRead:
    """Everybody who may or might sign in."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingFailed:
    """The journal could not be read."""

    reason: Reason


Told = Counted | LinesRead | StoryRead | RecordRead | OperatorsRead | ReadingFailed
Request = Callable[[UnitReader], None]


_BETWEEN_COUNTS = 0.1
"""Seconds; nobody reads a number that changes more often."""


class ReadingRoom:
    """All methods but `close` post and return; answers come through `tell`, on the room's own thread.

    A search that another one has replaced is not gone on with. Each answer to a search carries its number.
    """

    def __init__(self, open_reader: Callable[[], UnitReader], tell: Callable[[Told], None]) -> None:
        self._open_reader = open_reader
        self._tell = tell
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._reader: UnitReader | None = None
        self._units: FoundUnits | None = None
        self._search = 0
        self._newest_search = 0
        self._is_counting = False
        self._told_total, self._told_at = 0, 0.0
        self._thread = threading.Thread(target=self._run, name="reading room")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Returns when the thread has ended."""
        self._requests.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def search(self, number: int, query: UnitQuery) -> None:
        """Tells `Counted` again and again until all was looked at."""
        self._newest_search = number
        self._requests.put(lambda reader: self._begin(reader, number, query))

    def stop_searching(self) -> None:
        """What was found so far stays."""
        self._requests.put(lambda reader: self._stop())

    def read_lines(self, number: int, first: int, limit: int) -> None:
        """Tells `LinesRead`, for the search of this number if that is still the newest."""
        self._requests.put(lambda reader: self._read_lines(number, first, limit))

    def read_story(self, unit: UnitLine) -> None:
        self._requests.put(lambda reader: self._tell(StoryRead(reader.story(unit))))

    def read_story_after(self, seq: int) -> None:
        """Of the unit that this event names."""
        self._requests.put(lambda reader: self._read_story_after(reader, seq))

    def read_operators(self) -> None:
        self._requests.put(lambda reader: self._tell(OperatorsRead(tuple(reader.operators()))))

    def read_record(self, number: int, seq: int) -> None:
        """Ends the search before."""
        self._newest_search = number
        self._requests.put(lambda reader: self._read_record(reader, number, seq))

    # --- the room's thread

    def _run(self) -> None:
        while (request := self._next()) is not None:
            try:
                if self._reader is None:
                    self._reader = self._open_reader()
                request(self._reader)
            except StationError as error:
                self._stop()
                self._tell(ReadingFailed(error.reason))
        if self._reader is not None:
            self._reader.close()

    def _next(self) -> Request | None:
        """Whoever asks comes first; while nobody does, what was begun is gone on with."""
        try:
            return self._requests.get(block=not self._is_counting)
        except queue.Empty:
            return lambda reader: self._count_on()

    def _begin(self, reader: UnitReader, number: int, query: UnitQuery) -> None:
        if number != self._newest_search:
            return
        self._stop()
        self._search, self._units = number, FoundUnits(reader, query)
        self._is_counting = True
        self._told_total = 0
        if self._units.total:
            self._tell_count()

    def _count_on(self) -> None:
        if self._units is None:
            return
        self._units.count_on()
        self._is_counting = not self._units.is_whole
        is_news = self._units.total > 0 and self._told_total == 0
        if is_news or not self._is_counting or time.monotonic() >= self._told_at + _BETWEEN_COUNTS:
            self._tell_count()

    def _tell_count(self) -> None:
        if self._units is not None:
            self._told_total, self._told_at = self._units.total, time.monotonic()
            self._tell(Counted(self._search, self._units.total, self._units.share))

    def _stop(self) -> None:
        self._is_counting = False

    def _read_lines(self, number: int, first: int, limit: int) -> None:
        if self._units is not None and number == self._search == self._newest_search:
            self._tell(LinesRead(number, first, tuple(self._units.lines(first, limit))))

    def _read_story_after(self, reader: UnitReader, seq: int) -> None:
        unit = reader.line_of(seq)
        if unit is not None:
            self._tell(StoryRead(reader.story(unit)))

    def _read_record(self, reader: UnitReader, number: int, seq: int) -> None:
        self._stop()
        self._tell(RecordRead(number, seq, reader.event(seq), reader.line_of(seq)))

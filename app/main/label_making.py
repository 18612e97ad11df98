"""Labels on their way out: made and proven beside the window, recorded at the station's desk, let out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from app.core.errors import Reason, StationError, Why, because
from app.core.label_batch import Outlet, Press
from app.core.label_record import LabelRecord
from app.core.people import Act, Person
from app.core.record import Committed, Stamp
from app.main.place import Place
from app.main.shift_export import in_the_name_of
from app.station.label_book import JournalBook, record_labels
from app.station.labels import BatchResult, LabelRun, Step, run_labels
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.bridge import Bridge

_TOLD_EVERY = 10
"""Labels."""


@dataclass(frozen=True, slots=True)
class Job:
    """A batch, what makes it and where it goes."""

    run: LabelRun
    press: Press
    outlet: Outlet


Made = Callable[[Future[BatchResult]], None]


class LabelMaking:
    """One batch at a time."""

    def __init__(self, station: Station, bridge: Bridge, place: Place) -> None:
        self._station, self._bridge, self._place = station, bridge, place
        self._work: Background | None = None
        self._is_called_off = False

    def close(self) -> None:
        self.call_off()
        if self._work is not None:
            self._work.wait()

    def call_off(self) -> None:
        """Also while the station is still asked."""
        self._is_called_off = True
        if self._work is not None:
            self._work.cancel()

    def begin(self, job: Job, show: Callable[[Step, int, int], None], then: Made) -> None:
        """The station is asked whether they may; `show` hears how far it is, `then` what came of it."""

        self._is_called_off = False

        def start(asked: Future[tuple[Stamp, Person | None]]) -> None:
            if asked.exception() is None:
                self._start(job, asked.result(), show, then)
                return
            refused: Future[BatchResult] = Future()
            refused.set_exception(asked.exception())
            then(refused)

        asked = self._station.at_desk(lambda desk: (desk.stamp, desk.person), Act.MANAGE)
        self._bridge.when_done(asked, start)

    def _start(
        self, job: Job, who: tuple[Stamp, Person | None], show: Callable[[Step, int, int], None], then: Made
    ) -> None:
        def finish(done: Future[BatchResult]) -> None:
            self._work = None
            then(done)

        def tell(done: int, total: int) -> None:
            half = total // 2
            step, made = (Step.MAKING, done) if done <= half else (Step.READING_BACK, done - half)
            show(step, made, half)

        self._work = Background(partial(self._make, job, who))
        self._work.progressed.connect(tell)
        self._work.finished.connect(finish)
        if self._is_called_off:
            self._work.cancel()
        self._work.start()

    def _make(self, job: Job, who: tuple[Stamp, Person | None], progress: Progress) -> BatchResult:
        """On a thread of its own, with a reader of its own; the station puts the labels on record."""
        goes_on = True

        def told(step: Step, done: int, total: int) -> bool:
            nonlocal goes_on
            if done % _TOLD_EVERY == 0 or done == total:
                goes_on = progress(done + (total if step is Step.READING_BACK else 0), 2 * total)
            return goes_on

        def record(labels: LabelRecord) -> Committed:
            stamp, person = who
            return self._station.at_desk(
                lambda desk: record_labels(desk.journal, in_the_name_of(stamp, desk), person, labels)
            ).result()

        with self._place.reader() as journal:
            return run_labels(job.run, job.press, job.outlet, JournalBook(journal, record), told)


def reason_of(error: BaseException) -> Reason:
    """Why nothing came of it, also where that is a bug."""
    if isinstance(error, StationError):
        return error.reason
    return because(Why.UNEXPECTED, detail=f"{type(error).__name__}: {error}")

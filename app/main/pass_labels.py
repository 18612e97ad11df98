"""A label of each unit that has passed, where the settings say so. Binding never waits for it."""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Collection
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from pathlib import Path

from app.adapters.label_outlets import is_device
from app.core.codes import DeviceCode
from app.core.errors import Reason, Refused, StationError, Why, because
from app.core.label_record import LabelRecord
from app.core.labels import Label, make_label
from app.core.payload import PLATFORM_FORMAT
from app.core.people import Person
from app.core.record import Committed, Entry, EventKind, Stamp
from app.core.unit import Answer, Rules
from app.core.verdicts import Verdict
from app.main.label_jobs import LabelJobs
from app.main.label_making import Job
from app.main.place import Place
from app.station.desk import Desk
from app.station.label_book import JournalBook, record_labels
from app.station.labels import BatchResult, LabelRun, run_labels
from app.station.station import Station
from app.ui.background import Background, Progress
from app.ui.main_window import MainWindow
from app.ui.relay import Relay
from app.ui.system_printer import new_printer, printer_names
from app.wording.reasons import sentence

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Passed:
    """A unit that was bound, and who was at the station."""

    answer: Answer
    person: Person | None


class PassLabels:
    """One after the other, in the order of binding."""

    def __init__(self, window: MainWindow, station: Station, place: Place, jobs: LabelJobs) -> None:
        self._window, self._station, self._place, self._jobs = window, station, place, jobs
        self._relay = Relay()
        self._relay.arrived.connect(self._arrived)
        self._lost = Relay()
        self._lost.arrived.connect(window.show_label_trouble)
        self._waiting: deque[_Passed] = deque()
        self._work: Background | None = None

    def open(self) -> None:
        """Those that waited when the program was killed are told, and on record as not printed."""
        if self._place.settings.label_after_pass:
            self._station.at_desk(self._tell_lost)

    def _tell_lost(self, desk: Desk) -> None:
        """On the station's thread."""
        for device in desk.journal.labels_lost():
            reason = because(Why.LABEL_LOST, sn=device.sn)
            desk.journal.record(desk.stamp, self._failed(device, reason))
            self._lost.send(reason)

    def note(self, answer: Answer) -> None:
        """On the station's thread, after each answer."""
        if answer.verdict is Verdict.BOUND and self._place.settings.label_after_pass:
            self._relay.send(answer)

    def close(self) -> None:
        """The label in hand is finished; those that wait are on record as not printed."""
        waiting, self._waiting = self._waiting, deque()
        for passed in waiting:
            self._record(passed, because(Why.LABELS_CANCELLED))
        if self._work is not None:
            self._work.wait()

    def _arrived(self, answer: Answer) -> None:
        self._waiting.append(_Passed(answer, self._window.view.state.operator))
        self._next()
        self._window.show_labels_waiting(len(self._waiting))

    def _next(self) -> None:
        if self._work is not None or not self._waiting:
            return
        passed = self._waiting.popleft()
        try:
            job = self._job(passed.answer, self._window.view.state.rules)
        except StationError as error:
            self._record(passed, error.reason)
            self._window.show_label_trouble(error.reason)
            self._next()
            return

        def make(_progress: Progress) -> BatchResult:
            try:
                return self._make(job, passed.person)
            except StationError as error:
                self._record(passed, error.reason)
                raise

        self._work = Background(make)
        self._work.finished.connect(self._finish)
        self._work.start()

    def _job(self, answer: Answer, rules: Rules) -> Job:
        settings = self._place.settings
        layout = replace(self._jobs.parts.layout(settings.label_layout), sheet=None)
        run = LabelRun([_label_of(answer, rules)], layout, "", after_pass=True)
        address = settings.label_printer
        names = [] if "://" in address else printer_names()
        if takes_zpl(address, names):
            return self._jobs.to_label_printer(run, address)
        if address not in names:
            raise Refused(because(Why.PRINTER_UNKNOWN, printer=address))
        return self._jobs.to_printer(run, 1, new_printer(address))

    def _make(self, job: Job, person: Person | None) -> BatchResult:
        """On a thread of its own."""

        def record(labels: LabelRecord) -> Committed:
            def write(desk: Desk) -> Committed:
                return record_labels(desk.journal, _credited(desk, person), person, labels)

            return self._station.at_desk(write).result()

        with self._place.reader() as journal:
            return run_labels(job.run, job.press, job.outlet, JournalBook(journal, record))

    def _finish(self, done: Future[BatchResult]) -> None:
        self._work = None
        error = done.exception()
        if isinstance(error, StationError):
            self._window.show_label_trouble(error.reason)
        elif error is None:
            self._window.show_label_trouble(None)
        elif not isinstance(error, CancelledError):  # the station has ended
            raise error
        self._next()
        self._window.show_labels_waiting(len(self._waiting))

    def _record(self, passed: _Passed, reason: Reason) -> None:
        """On any thread: the unit stays bound, and its story says that its label is missing."""
        _log.warning("%s", sentence(reason))
        entry = self._failed(passed.answer.unit.device, reason)
        self._station.at_desk(lambda desk: desk.journal.record(_credited(desk, passed.person), entry))

    def _failed(self, device: DeviceCode | None, reason: Reason) -> Entry:
        detail = json.dumps({"why": str(reason.why), "layout": self._place.settings.label_layout})
        pk, sn = (device.pk, device.sn) if device else (None, None)
        return Entry(EventKind.LABEL_FAILED, pk=pk, sn=sn, reason=sentence(reason), detail=detail)


def takes_zpl(address: str, names: Collection[str]) -> bool:
    """Whether it is written to as it is. A printer that the system knows by this name goes before: on Windows
    one with a driver may be called `\\\\PC\\printer`, as a shared one without."""
    return "://" in address or (address not in names and is_device(Path(address)))


def _label_of(answer: Answer, rules: Rules) -> Label:
    """Raises `Refused` where a station would read it as something else."""
    unit = answer.unit
    assert unit.device is not None  # noqa: S101  it was bound
    product = rules.product(unit.device.pk)
    format = (product.format if product else None) or PLATFORM_FORMAT
    values = {"product": product.name if product else "", "order": unit.work_order or ""}
    given = {name: text for name, text in values.items() if text}
    return make_label(unit.device, format, rules.every_format, unit.imei, given)


def _credited(desk: Desk, person: Person | None) -> Stamp:
    """Whoever bound the unit, though they may have signed out since."""
    name = person.name if person else desk.stamp.operator
    return replace(desk.stamp, operator=name, approver=None)

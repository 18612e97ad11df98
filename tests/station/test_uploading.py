"""The upload beside a working station: a real journal, a real station, a platform on a real socket."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.adapters.connection_check import open_platform
from app.adapters.platform_address import PlatformOptions
from app.adapters.sqlite_journal import SqliteJournalReader
from app.adapters.system_clock import SystemClock
from app.core.cards import Card, card_text
from app.core.errors import Refused, Why, because
from app.core.people import BY_ITSELF, NO_SIGN_IN, Person
from app.core.record import EventKind, StoredEvent
from app.core.upload_item import UploadState
from app.core.upload_plan import UploadPlan
from app.core.upload_status import Phase, ProductStatus, UploadStatus
from app.core.verdicts import Verdict
from app.ports.upload import Platform, Wait
from app.station.shifts import Shifts
from app.station.station import Station
from app.station.upload_bench import UploadBench
from app.station.uploading import Uploader
from tests.adapters.platforms import CREDENTIALS, new_service
from tests.platform.faults import Fault
from tests.platform.server import running as platform_running
from tests.platform.service import Recorded, Service
from tests.station.test_desk import OPERATOR, SUPERVISOR, folder_with, signed_in
from tests.station.test_station import Seen, bind, running
from tests.station.uploads import PK


@dataclass
class Line:
    """A station, its uploader, and the platform."""

    folder: Path
    station: Station
    seen: Seen
    service: Service
    url: str
    plan: UploadPlan = field(default_factory=lambda: UploadPlan("test"))
    told: list[UploadStatus] = field(default_factory=list)
    keys_missing: bool = False

    def uploader(self) -> Uploader:
        bench = UploadBench(
            self.station.at_desk, lambda: SqliteJournalReader(self.folder / "journal.db"), self._platform
        )
        return Uploader(bench, lambda: self.plan, SystemClock(), self.told.append)

    def _platform(self, wait: Wait) -> AbstractContextManager[Platform]:
        if self.keys_missing:
            raise Refused(because(Why.KEYS_MISSING))
        return open_platform(PlatformOptions(self.url), CREDENTIALS, wait)

    @contextmanager
    def uploading(self) -> Iterator[Uploader]:
        uploader = self.uploader()
        uploader.start()
        try:
            yield uploader
        finally:
            uploader.stop()

    def bind(self, *numbers: int) -> None:
        for number in numbers:
            assert bind(self.station, self.seen, number).verdict is Verdict.BOUND

    def until(self, holds: Callable[[UploadStatus], object]) -> UploadStatus:
        """The first status that was told and of which this holds."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for status in tuple(self.told):
                if holds(status):
                    return status
            time.sleep(0.005)
        raise AssertionError(self.told[-1:])

    def events(self, kind: EventKind) -> list[StoredEvent]:
        reader = SqliteJournalReader(self.folder / "journal.db")
        try:
            found = [reader.event(seq) for seq in range(1, reader.head()[0] + 1)]
        finally:
            reader.close()
        return [event for event in found if event is not None and event.entry.kind is kind]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    service = new_service()
    with platform_running(service) as url, running(tmp_path) as (station, seen):
        yield Line(tmp_path, station, seen, service, url)


def ended(status: UploadStatus) -> bool:
    return bool(status.last_run) and status.phase is not Phase.RUNNING


class Held:
    """The platform acts on a lot, and keeps its answer until it is let go."""

    def __init__(self, service: Service) -> None:
        self.has_come, self._may_go = threading.Event(), threading.Event()
        service.watcher = self._hold

    def _hold(self, recorded: Recorded) -> None:
        if recorded.call == "createBatch":
            self.has_come.set()
            assert self._may_go.wait(20)

    def let_go(self) -> None:
        self._may_go.set()


def test_what_was_bound_is_uploaded(line: Line) -> None:
    line.bind(1, 2)
    with line.uploading() as uploader:
        assert line.until(lambda status: status.to_upload == 2).phase is Phase.IDLE
        uploader.upload_now()
        status = line.until(ended)
    assert status.products == (ProductStatus(PK, confirmed=2),)
    assert (status.connected, status.trouble, status.to_upload) == (True, None, 0)
    assert any(one.phase is Phase.RUNNING for one in line.told)
    (uploaded,) = line.events(EventKind.UPLOADED)
    assert uploaded.stamp.operator == NO_SIGN_IN


def test_the_station_uploads_in_its_own_name_whoever_is_signed_in(tmp_path: Path) -> None:
    service = new_service()
    folder = folder_with(tmp_path, SUPERVISOR)
    with platform_running(service) as url, running(folder) as (station, seen):
        line = Line(folder, station, seen, service, url)
        assert signed_in(station, seen, SUPERVISOR).verdict is Verdict.SIGNED_IN
        line.bind(1)
        with line.uploading() as uploader:
            uploader.upload_now()
            line.until(ended)
        (uploaded,) = line.events(EventKind.UPLOADED)
    assert (uploaded.stamp.operator, uploaded.stamp.approver) == (BY_ITSELF, None)


def test_the_line_goes_on_binding_while_the_platform_does_not_answer(line: Line) -> None:
    line.bind(1)
    held = Held(line.service)
    with line.uploading() as uploader:
        uploader.upload_now()
        assert held.has_come.wait(20)
        line.bind(2)
        held.let_go()
        line.until(ended)
        line.until(lambda status: status.products == (ProductStatus(PK, confirmed=2),))


def test_a_program_that_ends_does_not_wait_for_the_platform_and_asks_the_next_time(line: Line) -> None:
    line.bind(1)
    held = Held(line.service)
    uploader = line.uploader()
    uploader.start()
    uploader.upload_now()
    assert held.has_come.wait(20)
    uploader.stop()
    line.told.clear()
    line.service.watcher = lambda recorded: None
    line.station.stop()
    held.let_go()
    with running(line.folder) as (station, _):
        line.station = station
        with line.uploading() as second:
            assert line.until(lambda status: status.products).products[0].sent == 1
            second.upload_now()
            line.until(lambda status: status.products == (ProductStatus(PK, confirmed=1),))
    assert line.service.count("createBatch") == 1
    assert line.service.devices.creations.total() == 1


def test_a_pause_lasts_until_a_person_ends_it(line: Line) -> None:
    line.bind(1)
    line.plan = UploadPlan("test", every=0.01)
    with line.uploading() as uploader:
        uploader.pause()
        line.until(lambda status: status.phase is Phase.PAUSED)
        asked = len(line.service.records)
        line.bind(2)
        uploader.look()
        line.until(lambda status: status.phase is Phase.PAUSED and status.products)
        time.sleep(0.1)
        assert len(line.service.records) == asked
        uploader.upload_now()
        line.until(lambda status: status.products == (ProductStatus(PK, confirmed=2),))


def test_a_busy_line_is_not_counted_for_each_unit(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 0
    count = UploadBench.figures

    def figures(bench: UploadBench) -> tuple[ProductStatus, ...]:
        nonlocal counted
        counted += 1
        return count(bench)

    monkeypatch.setattr(UploadBench, "figures", figures)
    with line.uploading() as uploader:
        for number in range(1, 21):
            line.bind(number)
            uploader.look()
            time.sleep(0.002)
        line.until(lambda status: status.to_upload == 20)
    assert counted < 10


def test_every_so_often_the_station_uploads_by_itself(line: Line) -> None:
    line.plan = UploadPlan("test", every=0.05)
    with line.uploading():
        line.bind(1)
        line.until(lambda status: status.products == (ProductStatus(PK, confirmed=1),))
        line.bind(2)
        line.until(lambda status: status.products == (ProductStatus(PK, confirmed=2),))


@pytest.mark.parametrize("wanted", [True, False])
def test_a_closed_shift_is_uploaded_where_the_settings_say_so(line: Line, wanted: bool) -> None:
    line.plan = UploadPlan("test", at_shift_close=wanted)
    line.bind(1)
    with line.uploading() as uploader:
        line.until(lambda status: status.to_upload == 1)
        assert line.service.records == []
        uploader.shift_closed()
        if wanted:
            line.until(lambda status: status.products == (ProductStatus(PK, confirmed=1),))
    assert bool(line.service.records) is wanted


def test_what_a_closed_shift_left_is_uploaded_at_the_next_start(line: Line) -> None:
    line.plan = UploadPlan("test", at_shift_close=True)
    line.bind(1)

    def close(folder: Path) -> None:
        line.station.at_desk(
            lambda desk: Shifts(desk.journal, desk.stamp, desk.person).close(
                None, "", folder, lambda shift, stamp, path: None
            )
        ).result(timeout=20)

    close(line.folder / "files")
    with line.uploading():
        line.until(lambda status: status.products == (ProductStatus(PK, confirmed=1),))


def test_a_product_that_needs_a_person_goes_on_when_that_person_says_so(line: Line) -> None:
    line.bind(1)
    line.service.faults.script(Fault.PRODUCT_DENIED, call="createBatch")
    with line.uploading() as uploader:
        uploader.upload_now()
        (product,) = line.until(ended).products
        assert product.trouble is not None
        assert (product.trouble.why, product.blocked) == (Why.PLATFORM_PRODUCT_DENIED, 1)
        uploader.upload_now()
        line.until(lambda status: status.products == (ProductStatus(PK, confirmed=1),))


@pytest.mark.parametrize(("person", "tried_again"), [(SUPERVISOR, True), (OPERATOR, False)])
def test_what_is_blocked_goes_on_only_for_who_may_decide_that(
    tmp_path: Path, person: Person, tried_again: bool
) -> None:
    service = new_service()
    folder = folder_with(tmp_path, SUPERVISOR, OPERATOR)
    service.faults.script(Fault.PRODUCT_DENIED, call="createBatch")
    with platform_running(service) as url, running(folder) as (station, seen):
        line = Line(folder, station, seen, service, url)
        signed_in(station, seen, SUPERVISOR)
        line.bind(1)
        with line.uploading() as uploader:
            uploader.upload_now()
            line.until(ended)
            signed_in(station, seen, person)
            line.told.clear()
            uploader.upload_now()
            line.until(lambda status: ended(status) and status.phase is Phase.IDLE)
        again = [event.stamp.approver for event in line.events(EventKind.UPLOAD_AGAIN)]
    assert again == ([SUPERVISOR.name] if tried_again else [])
    assert service.count("createBatch") == (2 if tried_again else 1)


def test_a_platform_that_cannot_be_reached_is_told_and_nothing_is_lost(line: Line) -> None:
    line.bind(1)
    line.url = "http://127.0.0.1:9"
    with line.uploading() as uploader:
        uploader.upload_now()
        uploader.look()
        time.sleep(0.05)
        uploader.pause()
        line.until(lambda status: status.phase is Phase.PAUSED)
    assert line.events(EventKind.UPLOADED) == []
    reader = SqliteJournalReader(line.folder / "journal.db")
    (product,) = reader.upload_counts(None)
    reader.close()
    assert product.waiting == 1


def test_missing_keys_are_told(line: Line) -> None:
    line.bind(1)
    line.keys_missing = True
    with line.uploading() as uploader:
        uploader.upload_now()
        status = line.until(ended)
    assert status.trouble is not None
    assert status.trouble.why is Why.KEYS_MISSING
    assert status.to_upload == 1


def test_nothing_is_counted_or_sent_where_no_platform_is_chosen(line: Line) -> None:
    line.plan = UploadPlan("", at_shift_close=True, every=0.01)
    line.bind(1)
    with line.uploading() as uploader:
        uploader.shift_closed()
        uploader.look()
        time.sleep(0.1)
        assert uploader.status == UploadStatus(Phase.NOT_SET_UP)
    assert line.service.records == []


def test_an_undo_is_refused_once_the_unit_has_left(line: Line) -> None:
    line.bind(1)
    with line.uploading() as uploader:
        uploader.upload_now()
        line.until(lambda status: status.products == (ProductStatus(PK, confirmed=1),))
    line.station.scanned(card_text(Card.UNDO))
    answer = line.seen.answer()
    assert answer.verdict is Verdict.NOTHING_TO_UNDO
    assert answer.reason is not None
    assert answer.reason.why is Why.UNDO_UPLOADED
    reader = SqliteJournalReader(line.folder / "journal.db")
    (item,) = reader.uploads(range(100))
    reader.close()
    assert (item.state, item.live) == (UploadState.CONFIRMED, True)

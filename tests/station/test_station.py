"""The station's thread, with a real journal and a real port."""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.at_dialogue import AskOptions
from app.adapters.serial_link import LinkOptions, SerialLink
from app.adapters.simulated_module import LoopbackPort, SimulatedModule
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.adapters.system_clock import SystemClock
from app.core.cards import Card, card_text
from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Faulted, Why
from app.core.products import Product
from app.core.record import Stamp
from app.core.unit import Answer, ImeiSource, Rules
from app.core.verdicts import Verdict
from app.ports.fixture import Fixture, LinkState
from app.station.books import NewestBackup
from app.station.orders import OrderProgress, Orders
from app.station.station import Identity, Station
from app.station.view import StationView
from tests.e2e.units import imei, qr, sn

STAMP = Stamp("2026-01-01T00:00:00.000Z", 0, 0, "Line 1", "test")


class Seen:
    """What a station published and answered."""

    def __init__(self) -> None:
        self.answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self.views: list[StationView] = []
        self.news = queue.SimpleQueue[StationView]()

    def publish(self, view: StationView) -> None:
        self.views.append(view)
        self.news.put(view)

    def answer(self) -> Answer:
        return self.answers.get(timeout=20)

    def until(self, holds: Callable[[StationView], bool]) -> StationView:
        while not holds(view := self.news.get(timeout=20)):
            pass
        return view


@contextmanager
def running(
    folder: Path,
    rules: Rules | None = None,
    fixture: Fixture | None = None,
    newest_backup: NewestBackup = lambda: None,
) -> Iterator[tuple[Station, Seen]]:
    path, seen = folder / "journal.db", Seen()
    if not path.exists():
        create_journal(path, STAMP)
    station = Station(
        lambda: SqliteJournal(path, patience=0.1),
        SystemClock(),
        Identity("Line 1", "test"),
        rules or Rules(),
        fixture,
        seen.publish,
        seen.answers.put,
        newest_backup=newest_backup,
    )
    station.start()
    try:
        yield station, seen
    finally:
        station.stop()


def bind(station: Station, seen: Seen, number: int) -> Answer:
    station.scanned(qr(number))
    assert seen.answer().verdict is Verdict.HALF
    station.scanned(imei(number))
    return seen.answer()


def test_the_figures_of_the_shift_survive_a_restart(tmp_path: Path) -> None:
    with running(tmp_path) as (station, seen):
        for number in range(3):
            assert bind(station, seen, number).verdict is Verdict.BOUND
        bind(station, seen, 0)
        station.scanned("nonsense")
        seen.answer()
        last = seen.until(lambda view: view.tally.faults == 1)
    with running(tmp_path) as (_, seen_again):
        first = seen_again.until(lambda view: True)
    assert (first.tally, first.recent, first.shift) == (last.tally, last.recent, last.shift)
    assert (first.tally.bound, first.tally.rescanned, first.tally.faults) == (3, 1, 1)
    assert [unit.verdict for unit in first.recent][:2] == [Verdict.UNKNOWN_CODE, Verdict.ALREADY_BOUND]
    assert sum(first.per_ten_minutes) == 18


def test_a_half_is_dropped_by_time_without_any_event_from_outside(tmp_path: Path) -> None:
    with running(tmp_path, Rules(half_seconds=0.2)) as (station, seen):
        station.scanned(qr(1))
        seen.answer()
        view = seen.until(lambda view: view.state.dropped is not None)
        assert view.state.unit.device is None
        station.scanned(imei(1))
        assert seen.answer().dropped is not None


def test_a_locked_journal_stops_binding_and_binding_goes_on_once_it_is_free(tmp_path: Path) -> None:
    with running(tmp_path) as (station, seen):
        bind(station, seen, 1)
        other = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        station.scanned(qr(2))
        seen.answer()
        station.scanned(imei(2))
        fault = seen.answer()
        assert (fault.verdict, fault.seq) == (Verdict.JOURNAL_FAULT, None)
        assert fault.reason is not None
        assert fault.reason.why is Why.JOURNAL_LOCKED
        assert seen.until(lambda view: view.journal_trouble is not None)
        station.continue_pressed()
        assert seen.answer().verdict is Verdict.JOURNAL_FAULT
        other.execute("ROLLBACK")
        other.close()
        station.scanned(card_text(Card.CONTINUE))
        assert seen.answer().verdict is Verdict.CONTINUED
        assert bind(station, seen, 2).verdict is Verdict.BOUND
        assert seen.until(lambda view: view.tally.bound == 2).journal_trouble is None


def test_an_error_that_nobody_expected_is_said_and_stops_binding(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(SqliteJournal):
        def bind(self, *_: object) -> object:  # type: ignore[override]  # a bug, as bugs are
            raise ZeroDivisionError

    path, seen = tmp_path / "journal.db", Seen()
    create_journal(path, STAMP)
    station = Station(
        lambda: Broken(path),  # type: ignore[arg-type, return-value]  # a bug, as bugs are
        SystemClock(),
        Identity("Line 1", "test"),
        Rules(),
        None,
        seen.publish,
        seen.answers.put,
    )
    station.start()
    try:
        station.scanned(qr(1))
        seen.answer()
        station.scanned(imei(1))
        fault = seen.answer()
    finally:
        station.stop()
    assert fault.verdict is Verdict.JOURNAL_FAULT
    assert fault.reason is not None
    assert fault.reason.why is Why.UNEXPECTED
    assert "ZeroDivisionError" in caplog.text


def test_a_journal_that_cannot_be_opened_does_not_start_the_station(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"this is no journal" * 100)
    with pytest.raises(Faulted), running(tmp_path):
        pass


@pytest.fixture
def module() -> Iterator[tuple[SimulatedModule, SerialLink]]:
    simulated = SimulatedModule()
    with LoopbackPort(simulated) as port:
        quick = LinkOptions(
            port.url, AskOptions(boot_seconds=2, greet_seconds=0.1), look_seconds=0.1, ping_seconds=0.1
        )
        yield simulated, SerialLink(quick)


def test_a_module_put_on_the_fixture_is_a_half_and_its_code_binds_it(
    tmp_path: Path, module: tuple[SimulatedModule, SerialLink]
) -> None:
    simulated, link = module
    rules = Rules(imei_from=ImeiSource.SERIAL, has_port=True, read_seconds=5)
    with running(tmp_path, rules, link) as (station, seen):
        seen.until(lambda view: view.link.state is LinkState.SILENT)
        for number in range(3):
            simulated.imei = imei(number)
            half = seen.answer()
            assert (half.verdict, half.unit.chip) == (Verdict.HALF, imei(number))
            station.scanned(qr(number))
            assert seen.answer().verdict is Verdict.BOUND
        station.scanned(qr(9))
        seen.until(lambda view: view.state.lifting)
        simulated.imei = None
        seen.until(lambda view: not view.state.lifting)
        simulated.imei = imei(9)
        assert seen.answer().unit.chip == imei(9)


def test_another_port_can_be_chosen_while_the_station_works(
    tmp_path: Path, module: tuple[SimulatedModule, SerialLink]
) -> None:
    simulated, link = module
    simulated.imei = imei(1)
    with running(tmp_path, replace(Rules(), imei_from=ImeiSource.SERIAL)) as (station, seen):
        assert seen.until(lambda view: True).link.state is LinkState.NONE
        station.use_fixture(link)
        seen.until(lambda view: view.state.unit.chip == imei(1))
        station.scanned(qr(1))
        seen.until(lambda view: view.tally.bound == 1)
        station.use_fixture(None)
        assert seen.until(lambda view: view.link.state is LinkState.NONE).state.rules.has_port is False


def test_choosing_another_port_in_the_middle_of_a_question_asks_there(tmp_path: Path) -> None:
    silent, answering = SimulatedModule(), SimulatedModule(imei(1))
    quick = AskOptions(boot_seconds=5, greet_seconds=0.1)
    with LoopbackPort(silent) as one, LoopbackPort(answering) as other:
        rules = Rules(imei_from=ImeiSource.SERIAL, has_port=True, read_seconds=20)
        with running(tmp_path, rules, SerialLink(LinkOptions(one.url, quick))) as (station, seen):
            station.scanned(qr(1))
            seen.until(lambda view: view.state.asking is not None)
            station.use_fixture(SerialLink(LinkOptions(other.url, quick)))
            seen.until(lambda view: view.tally.bound == 1)


def test_a_view_that_cannot_be_published_stops_binding_and_not_the_station(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running(tmp_path) as (station, seen):
        seen.until(lambda view: True)
        station._publish = failing_once(station._publish)
        station.scanned(qr(1))
        assert seen.answer().verdict is Verdict.HALF
        assert seen.answer().verdict is Verdict.JOURNAL_FAULT
        assert seen.until(lambda view: view.state.latch is not None)
        station.continue_pressed()
        assert seen.answer().verdict is Verdict.CONTINUED
        assert bind(station, seen, 1).verdict is Verdict.BOUND
    assert "RuntimeError" in caplog.text


def test_a_unit_that_was_undone_is_no_pass_among_the_recent_ones_and_stands_there_once(
    tmp_path: Path,
) -> None:
    with running(tmp_path) as (station, seen):
        bind(station, seen, 1)
        station.scanned(card_text(Card.UNDO))
        assert seen.answer().verdict is Verdict.UNDONE
        view = seen.until(lambda view: [row.verdict for row in view.recent] == [Verdict.UNDONE])
        assert [row.sn for row in view.recent] == [sn(1)]
        bind(station, seen, 1)
        live = seen.until(lambda view: [row.verdict for row in view.recent] == [Verdict.BOUND]).recent
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        assert tuple(journal.recent_units(8)) == live


def failing_once(publish: Callable[[StationView], None]) -> Callable[[StationView], None]:
    failures = iter([RuntimeError("the window is gone")])

    def publish_or_fail(view: StationView) -> None:
        for failure in failures:
            raise failure
        publish(view)

    return publish_or_fail


def test_a_clock_that_went_back_is_shown_until_it_has_caught_up(tmp_path: Path) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    create_journal(tmp_path / "journal.db", replace(STAMP, at=tomorrow))
    with running(tmp_path) as (station, seen):
        bind(station, seen, 1)
        view = seen.until(lambda view: view.tally.bound == 1)
        assert view.clock_trouble is not None
        assert view.clock_trouble.facts["before"] == tomorrow
        assert 86_000 < float(view.clock_trouble.facts["seconds"]) <= 86_400


def add_orders(folder: Path) -> None:
    create_journal(folder / "journal.db", STAMP)
    with closing(SqliteJournal(folder / "journal.db")) as journal:
        orders = Orders(journal, STAMP, None)
        orders.set_product(Product(ProductKey("p11sf2"), "Tracker T1", target=62))
        orders.add("24-1107", ProductKey("p11sf2"), 500)
        orders.add("24-1108", ProductKey("p08kx1"), None, [SerialNumber(sn(8))])


def test_the_page_is_told_which_order_is_worked_on_and_how_far_it_is(tmp_path: Path) -> None:
    add_orders(tmp_path)
    tracker = OrderProgress("24-1107", "p11sf2", "Tracker T1", 500, 0, 62)
    gateway = OrderProgress("24-1108", "p08kx1", "", 1, 0)
    with running(tmp_path) as (station, seen):
        assert seen.until(lambda view: True).order == tracker
        bind(station, seen, 1)
        assert seen.until(lambda view: view.tally.bound == 1).order == replace(tracker, bound=1)
        station.scanned(qr(8, "p08kx1"))
        seen.answer()
        assert seen.until(lambda view: view.state.unit.device is not None).order == gateway
        station.scanned(imei(8))
        assert seen.answer().unit.work_order == "24-1108"
        assert seen.until(lambda view: view.tally.bound == 2).order == replace(gateway, bound=1)
        station.scanned(card_text(Card.UNDO))
        assert seen.answer().verdict is Verdict.UNDONE
        shown = Verdict.UNDONE
        view = seen.until(lambda view: view.state.shown is not None and view.state.shown.verdict is shown)
        assert view.order == gateway
    with running(tmp_path) as (_, seen_again):
        assert seen_again.until(lambda view: True).order == replace(tracker, bound=1)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        events = [*journal.events_of(sn(1)), *journal.events_of(sn(8))]
        assert [event.stamp.work_order for event in events] == ["24-1107", "24-1108", "24-1108"]
        assert journal.verify().finding is None


def test_new_settings_keep_products_and_orders(tmp_path: Path) -> None:
    add_orders(tmp_path)
    with running(tmp_path) as (station, seen):
        station.change_rules(Rules(half_seconds=5.0))
        rules = seen.until(lambda view: view.state.rules.half_seconds == 5.0).state.rules
    assert [order.number for order in rules.orders] == ["24-1107", "24-1108"]
    assert len(rules.products) == 1

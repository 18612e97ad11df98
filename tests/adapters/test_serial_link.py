from __future__ import annotations

import logging
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.adapters.at_dialogue import QUESTIONS, AskOptions
from app.adapters.serial_link import LinkOptions, SerialLink, read_imei
from app.adapters.serial_ports import QUECTEL, PortInfo, list_ports
from app.adapters.simulated_module import LoopbackPort
from app.core.errors import Why
from app.ports.fixture import LinkState, LinkStatus, ModuleReading, ModuleTrouble
from tests.modem import (
    ANOTHER_IMEI,
    BAD_CHECK_DIGIT,
    IMEI,
    BlackHole,
    Modem,
    Port,
    PtyPort,
    needs_a_black_hole,
    needs_ptys,
)

QUICK = AskOptions(boot_seconds=1.0, greet_seconds=0.3, command_seconds=0.4, tries=2, pause_seconds=0.02)
PATIENCE = 20.0
QuickPort = LoopbackPort if sys.platform == "win32" else PtyPort
"""Network ports take 0.3 s to close."""

Event = tuple[str, int | None, str]
GONE: Event = ("gone", None, "")


def answered(ask: int | None, imei: str = IMEI) -> Event:
    return ("answered", ask, imei)


def failed(ask: int, why: Why) -> Event:
    return ("failed", ask, why)


class Listener:
    """Keeps what the link reports, in order."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.statuses: queue.SimpleQueue[LinkStatus] = queue.SimpleQueue()

    def module_answered(self, ask: int | None, reading: ModuleReading) -> None:
        self.events.put(answered(ask, reading.imei))

    def module_failed(self, ask: int, trouble: ModuleTrouble) -> None:
        self.events.put(failed(ask, trouble.reason.why))

    def module_gone(self) -> None:
        self.events.put(GONE)

    def link_changed(self, status: LinkStatus) -> None:
        self.statuses.put(status)

    def next(self) -> Event:
        return self.events.get(timeout=PATIENCE)

    def wait_for(self, state: LinkState) -> LinkStatus:
        while (status := self.statuses.get(timeout=PATIENCE)).state is not state:
            pass
        return status


def wait_until(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(0.001)


@pytest.fixture
def modem() -> Modem:
    return Modem()


@pytest.fixture(params=[LoopbackPort, pytest.param(PtyPort, marks=needs_ptys)])
def any_port(request: pytest.FixtureRequest, modem: Modem) -> Iterator[Port]:
    with request.param(modem) as port:
        yield port


@pytest.fixture
def port(modem: Modem) -> Iterator[Port]:
    with QuickPort(modem) as port:
        yield port


@pytest.fixture
def listener() -> Listener:
    return Listener()


@contextmanager
def watching(
    listener: Listener,
    url: str,
    ping_seconds: float = 0.05,
    lister: Callable[[], list[PortInfo]] = list_ports,
) -> Iterator[SerialLink]:
    """A link at work, which reports nothing that a test does not look at."""
    link = SerialLink(LinkOptions(url, QUICK, look_seconds=0.05, ping_seconds=ping_seconds), lister)
    link.start(listener)
    try:
        yield link
    finally:
        link.stop()
    assert listener.events.empty()


def test_a_module_on_the_fixture_is_reported_by_itself(any_port: Port, listener: Listener) -> None:
    with watching(listener, any_port.url):
        assert listener.next() == answered(None)


def test_a_question_is_answered_with_its_number_by_two_readings(
    any_port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, any_port.url, ping_seconds=60) as link:
        assert listener.next() == answered(None)
        modem.heard.clear()
        link.ask(7, PATIENCE)
        assert listener.next() == answered(7)
    assert modem.heard == ["AT+GSN", "AT+GSN"]


def test_a_module_that_comes_during_a_question_is_its_answer_and_nothing_else(
    port: Port, modem: Modem, listener: Listener
) -> None:
    modem.imei = None
    with watching(listener, port.url) as link:
        listener.wait_for(LinkState.SILENT)
        link.ask(1, PATIENCE)
        modem.imei = IMEI
        assert listener.next() == answered(1)
        listener.wait_for(LinkState.ANSWERING)


def test_a_module_that_is_taken_off_is_gone_and_the_next_one_is_reported(
    port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, port.url):
        assert listener.next() == answered(None)
        modem.imei = None
        assert listener.next() == GONE
        modem.imei = ANOTHER_IMEI
        assert listener.next() == answered(None, ANOTHER_IMEI)


def test_a_module_in_the_place_of_another_is_reported_after_that_one_has_gone(
    port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, port.url):
        assert listener.next() == answered(None)
        modem.imei = ANOTHER_IMEI
        assert listener.next() == GONE
        assert listener.next() == answered(None, ANOTHER_IMEI)


def test_a_question_finds_another_module_before_a_ping_does(
    port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, port.url, ping_seconds=60) as link:
        assert listener.next() == answered(None)
        modem.imei = ANOTHER_IMEI
        link.ask(1, PATIENCE)
        assert listener.next() == GONE
        assert listener.next() == answered(1, ANOTHER_IMEI)


def test_a_module_that_is_busy_for_a_moment_has_not_gone(
    port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, port.url) as link:
        assert listener.next() == answered(None)
        modem.busy = 3
        wait_until(lambda: modem.busy == 0)
        link.ask(1, PATIENCE)
        assert listener.next() == answered(1)


def test_a_module_that_gives_no_imei_any_more_has_gone(port: Port, modem: Modem, listener: Listener) -> None:
    with watching(listener, port.url):
        assert listener.next() == answered(None)
        modem.replies = dict.fromkeys(QUESTIONS, "\r\nERROR\r\n")
        assert listener.next() == GONE


def test_a_module_whose_results_are_off_is_reported_by_itself_all_the_same(
    port: Port, modem: Modem, listener: Listener
) -> None:
    modem.results = False
    with watching(listener, port.url):
        assert listener.next() == answered(None)


def test_an_imei_with_a_wrong_check_digit_is_reported_as_it_is(
    port: Port, modem: Modem, listener: Listener
) -> None:
    modem.imei = BAD_CHECK_DIGIT
    with watching(listener, port.url) as link:
        assert listener.next() == answered(None, BAD_CHECK_DIGIT)
        link.ask(1, PATIENCE)
        assert listener.next() == answered(1, BAD_CHECK_DIGIT)


def test_a_silent_module_fails_the_question_when_its_time_is_up(
    port: Port, modem: Modem, listener: Listener
) -> None:
    modem.imei = None
    with watching(listener, port.url) as link:
        link.ask(1, 0.8)
        assert listener.next() == failed(1, Why.MODULE_SILENT)


def test_a_module_that_falls_silent_is_gone_before_the_question_fails(
    port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, port.url, ping_seconds=60) as link:
        assert listener.next() == answered(None)
        modem.imei = None
        link.ask(1, 1.0)
        assert listener.next() == GONE
        assert listener.next() == failed(1, Why.MODULE_SILENT)


def test_a_module_without_an_imei_fails_the_question_without_waiting(
    port: Port, modem: Modem, listener: Listener
) -> None:
    modem.replies = dict.fromkeys(QUESTIONS, "\r\nERROR\r\n")
    with watching(listener, port.url) as link:
        status = listener.wait_for(LinkState.ANSWERING)
        assert status.reason is not None
        assert status.reason.why is Why.MODULE_WITHOUT_IMEI
        link.ask(1, 3600)
        assert listener.next() == failed(1, Why.MODULE_WITHOUT_IMEI)


def test_a_newer_question_replaces_one_that_is_under_way(
    port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, port.url, ping_seconds=60) as link:
        assert listener.next() == answered(None)
        modem.imei = None
        modem.heard.clear()
        link.ask(1, 3600)
        wait_until(lambda: bool(modem.heard))
        link.ask(2, 0.5)
        assert listener.next() == GONE
        assert listener.next() == failed(2, Why.MODULE_SILENT)
        modem.imei = IMEI
        link.ask(3, PATIENCE)
        assert listener.next() == answered(3)


def test_a_port_that_is_pulled_out_takes_its_module_with_it(any_port: Port, listener: Listener) -> None:
    with watching(listener, any_port.url):
        assert listener.next() == answered(None)
        any_port.stop()
        assert listener.next() == GONE
        assert listener.wait_for(LinkState.ABSENT).port == any_port.url


def test_a_port_that_is_pulled_out_during_a_question_fails_it_as_gone(
    port: Port, modem: Modem, listener: Listener
) -> None:
    with watching(listener, port.url, ping_seconds=60) as link:
        assert listener.next() == answered(None)
        modem.imei = None
        modem.heard.clear()
        link.ask(1, 2.0)
        wait_until(lambda: bool(modem.heard))
        port.stop()
        assert listener.next() == GONE
        assert listener.next() == failed(1, Why.PORT_GONE)


def test_a_network_port_that_comes_back_is_asked_again(modem: Modem, listener: Listener) -> None:
    with LoopbackPort(modem) as port, watching(listener, port.url) as link:
        assert listener.next() == answered(None)
        port.stop()
        assert listener.next() == GONE
        link.ask(1, PATIENCE)
        listener.wait_for(LinkState.ABSENT)
        port.start()
        assert listener.next() == answered(1)


@needs_ptys
def test_a_port_that_comes_back_under_another_name_is_followed_by_its_socket(
    modem: Modem, listener: Listener
) -> None:
    with PtyPort(modem) as port, PtyPort(modem) as renamed, PtyPort(Modem(ANOTHER_IMEI)) as next_fixture:
        sockets = {"1-2:1.2": port, "1-3:1.2": next_fixture}

        def usb() -> list[PortInfo]:
            return [PortInfo(plugged.url, location=socket) for socket, plugged in sockets.items()]

        with watching(listener, port.url, lister=usb):
            assert listener.next() == answered(None)
            del sockets["1-2:1.2"]
            port.stop()
            assert listener.next() == GONE
            sockets["1-2:1.2"] = renamed
            assert listener.next() == answered(None)
            assert listener.wait_for(LinkState.ABSENT).port == port.url
            assert listener.wait_for(LinkState.ANSWERING).port == renamed.url


def test_a_port_that_is_not_there_fails_the_question_when_its_time_is_up(listener: Listener) -> None:
    with watching(listener, "no-such-port") as link:
        assert listener.wait_for(LinkState.ABSENT).port == "no-such-port"
        link.ask(1, 0.5)
        assert listener.next() == failed(1, Why.PORT_ABSENT)


@needs_ptys
def test_a_port_that_another_program_holds_is_trouble_until_it_is_let_go(
    port: Port, listener: Listener
) -> None:
    holder = Listener()
    with watching(holder, port.url):
        assert holder.next() == answered(None)
        with watching(listener, port.url) as link:
            status = listener.wait_for(LinkState.TROUBLE)
            assert status.reason is not None
            assert status.reason.why is Why.PORT_BUSY
            link.ask(1, 0.5)
            assert listener.next() == failed(1, Why.PORT_BUSY)
    with watching(listener, port.url):
        assert listener.next() == answered(None)


@needs_a_black_hole
def test_a_port_that_never_opens_neither_holds_up_the_answer_nor_the_end(listener: Listener) -> None:
    with BlackHole() as hole, watching(listener, hole.url) as link:
        link.ask(1, 0.5)
        assert listener.next() == failed(1, Why.PORT_ABSENT)
        link.ask(2, 3600)


def test_a_link_that_is_stopped_during_a_question_ends_without_an_answer(
    port: Port, modem: Modem, listener: Listener
) -> None:
    modem.imei = None
    with watching(listener, port.url) as link:
        link.ask(1, 3600)
        wait_until(lambda: bool(modem.heard))


def test_without_a_name_and_without_a_module_there_is_no_port(listener: Listener) -> None:
    with watching(listener, "", lister=list) as link:
        listener.wait_for(LinkState.NONE)
        link.ask(1, 0.5)
        assert listener.next() == failed(1, Why.PORT_ABSENT)


@needs_ptys
def test_without_a_name_the_ports_of_a_module_are_tried_until_one_answers(listener: Listener) -> None:
    with PtyPort(Modem(None)) as silent, PtyPort(Modem()) as at:

        def usb() -> list[PortInfo]:
            names = enumerate((silent.url, at.url))
            return [PortInfo(url, vid=QUECTEL, pid=0x6005, location=f"1-2:1.{n}") for n, url in names]

        with watching(listener, "", lister=usb):
            assert listener.next() == answered(None)
            assert listener.wait_for(LinkState.ANSWERING).port == at.url


def test_an_error_that_nobody_expected_is_told_and_survived(
    port: Port, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    broken = threading.Event()
    broken.set()

    def lister() -> list[PortInfo]:
        if broken.is_set():
            raise RuntimeError("out of order")
        return []

    with caplog.at_level(logging.CRITICAL), watching(listener, port.url, lister=lister) as link:
        status = listener.wait_for(LinkState.TROUBLE)
        assert status.reason is not None
        assert status.reason.why is Why.UNEXPECTED
        link.ask(1, PATIENCE)
        assert listener.next() == failed(1, Why.UNEXPECTED)
        broken.clear()
        assert listener.next() == answered(None)


def test_one_question_is_answered_without_a_link(any_port: Port) -> None:
    outcome = read_imei(any_port.url, PATIENCE, QUICK)
    assert isinstance(outcome, ModuleReading)
    assert (outcome.imei, outcome.command, len(outcome.exchanges)) == (IMEI, "AT+GSN", 4)


def why_no_imei(url: str, timeout: float | None, options: AskOptions = QUICK) -> Why:
    outcome = read_imei(url, timeout, options)
    assert isinstance(outcome, ModuleTrouble)
    return outcome.reason.why


def test_one_question_to_a_silent_module_says_so_within_its_time(port: Port, modem: Modem) -> None:
    modem.imei = None
    assert why_no_imei(port.url, 1.0, AskOptions()) is Why.MODULE_SILENT


def test_one_question_without_a_limit_ends_after_the_boot_window_and_the_tries(
    port: Port, modem: Modem
) -> None:
    modem.imei = None
    assert (
        why_no_imei(port.url, None, replace(QUICK, boot_seconds=0.1, greet_seconds=0.05)) is Why.MODULE_SILENT
    )


def test_one_question_to_a_port_that_is_not_there_says_so() -> None:
    assert why_no_imei("no-such-port", None) is Why.PORT_ABSENT


@needs_a_black_hole
def test_one_question_to_a_port_that_never_opens_ends_in_its_time() -> None:
    with BlackHole() as hole:
        assert why_no_imei(hole.url, 0.3) is Why.PORT_ABSENT

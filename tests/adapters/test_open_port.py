from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from math import inf
from pathlib import Path
from typing import Any, cast

import pytest
import serial
from serial.rfc2217 import PortManager

from app.adapters.open_port import OpenPort, PortOpener, PortOptions, why_not_opened
from app.adapters.simulated_module import LoopbackPort
from app.core.errors import Faulted, Why
from tests.modem import BlackHole, Modem, PtyPort, needs_a_black_hole, needs_ptys


def why_no_port(url: str) -> Why:
    with pytest.raises(Faulted) as raised:
        OpenPort(url, PortOptions())
    assert raised.value.reason.facts["port"] == url
    return raised.value.reason.why


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("socket://127.0.0.1:1", Why.PORT_ABSENT),
        ("socket://no-such-host.invalid:4001", Why.PORT_ABSENT),
        ("rfc2217://127.0.0.1:1", Why.PORT_ABSENT),
        ("socket://127.0.0.1", Why.PORT_UNUSABLE),
        ("nonsense://", Why.PORT_UNUSABLE),
        ("no-such-port", Why.PORT_ABSENT),
    ],
)
def test_a_port_that_cannot_be_opened_says_why(url: str, why: Why) -> None:
    assert why_no_port(url) is why


@needs_ptys
def test_a_file_that_is_no_port_is_unusable(tmp_path: Path) -> None:
    (tmp_path / "ttyUSB2").write_text("")
    assert why_no_port(str(tmp_path / "ttyUSB2")) is Why.PORT_UNUSABLE


@needs_ptys
def test_a_port_that_another_station_holds_is_busy() -> None:
    with PtyPort(Modem()) as port, closing(OpenPort(port.url, PortOptions())):
        assert why_no_port(port.url) is Why.PORT_BUSY


def of_the_system(error: OSError) -> serial.SerialException:
    """As the driver raises it: while it handles the system's error."""
    raised = serial.SerialException(error.errno, f"could not open port: {error}")
    raised.__context__ = error
    return raised


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (of_the_system(PermissionError(13, "Permission denied")), Why.PORT_DENIED),
        (of_the_system(OSError(16, "Device or resource busy")), Why.PORT_BUSY),
        (of_the_system(OSError(6, "No such device or address")), Why.PORT_ABSENT),
        (of_the_system(TimeoutError("timed out")), Why.PORT_ABSENT),
        (
            serial.SerialException(
                "could not open port 'COM5': PermissionError(13, 'Access is denied.', None, 5)"
            ),
            Why.PORT_BUSY,
        ),
        (
            serial.SerialException("could not open port 'COM5': FileNotFoundError(2, 'not found', None, 2)"),
            Why.PORT_ABSENT,
        ),
        (
            serial.SerialException("could not open port 'COM5': OSError(22, 'not functioning', None, 31)"),
            Why.PORT_UNUSABLE,
        ),
    ],
)
def test_what_the_driver_says_of_a_port_is_understood(error: Exception, why: Why) -> None:
    assert why_not_opened(error) is why


def send_on(port: OpenPort) -> None:
    """The first words to a network port that was closed are still taken."""
    for _ in range(1000):
        port.send(b"AT\r")


@pytest.mark.parametrize("kind", [LoopbackPort, pytest.param(PtyPort, marks=needs_ptys)])
@pytest.mark.parametrize("act", [OpenPort.receive, OpenPort.drop_input, send_on])
def test_a_port_that_was_pulled_out_is_gone_whatever_is_done_with_it(
    kind: type[LoopbackPort] | type[PtyPort], act: Callable[[OpenPort], object]
) -> None:
    with kind(Modem()) as port, closing(OpenPort(port.url, PortOptions())) as opened:
        port.stop()
        with pytest.raises(Faulted) as raised:
            act(opened)
        assert raised.value.reason.why is Why.PORT_GONE


def never() -> bool:
    return False


@needs_a_black_hole
def test_a_port_that_opens_late_is_waited_for_further() -> None:
    opener = PortOpener(PortOptions())
    with BlackHole() as hole:
        assert opener.open(hole.url, time.monotonic() + 0.1, never) is None
        assert opener.open(hole.url, inf, lambda: True) is None
        with hole.let_in():
            opened = opener.open(hole.url, inf, never)
            assert opened is not None
            opened.close()


@needs_a_black_hole
def test_a_port_that_opens_once_nobody_waits_any_more_is_closed_again() -> None:
    opener = PortOpener(PortOptions())
    with BlackHole() as hole:
        assert opener.open(hole.url, time.monotonic(), never) is None
        opener.abandon()
        with hole.let_in() as server_side:
            assert server_side.recv(1) == b""


@pytest.fixture
def terminal_server() -> Iterator[tuple[str, serial.Serial]]:
    """A port on a terminal server that speaks RFC 2217, and its url."""
    with socket.create_server(("127.0.0.1", 0)) as listener, serial.serial_for_url("loop://") as port:
        serving = threading.Thread(target=serve_rfc2217, args=(listener, port))
        serving.start()
        yield f"rfc2217://127.0.0.1:{listener.getsockname()[1]}", port
        serving.join()


def serve_rfc2217(listener: socket.socket, port: serial.Serial) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("wb", buffering=0) as answers:
        manager: Any = PortManager(cast(Any, port), cast(Any, answers))
        while heard := connection.recv(1024):
            port.write(b"".join(manager.filter(heard)))
            connection.sendall(b"".join(manager.escape(port.read(port.in_waiting))))


@pytest.mark.filterwarnings("ignore:setDaemon:DeprecationWarning", "ignore:setName:DeprecationWarning")
@pytest.mark.parametrize("asserted", [True, False])
def test_dtr_and_rts_are_as_set_on_a_terminal_server_too(
    terminal_server: tuple[str, serial.Serial], asserted: bool
) -> None:
    url, port = terminal_server
    with closing(OpenPort(url, PortOptions(baud=9600, dtr=asserted, rts=asserted))) as opened:
        opened.send(b"AT\r")
        assert opened.receive() + opened.receive() + opened.receive() == b"AT\r"
        assert (port.dsr, port.cts, port.baudrate) == (asserted, asserted, 9600)

"""A label printer in the network: real sockets, also ones that are cut."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from app.adapters.label_printer import PrinterOptions, PrinterOutlet, is_printer
from app.core.errors import Faulted, Refused, Why
from app.core.label_batch import LabelFile, MadeBatch
from app.wording.reasons import sentence

LABEL = b"^XA^FO0,0^FDx^FS\n^XZ\n"
QUICK = PrinterOptions(connect=2, send=1, close=0.3, close_few=0.3)


def batch(labels: int, padding: int = 0) -> MadeBatch:
    return MadeBatch((LabelFile("", LABEL.replace(b"x", b"x" * (padding + 1)) * labels),), 0, 0.3)


@contextmanager
def printer(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """One that serves one connection in this way."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def run() -> None:
            connection, _ = server.accept()
            with connection:
                serve(connection)

        thread = threading.Thread(target=run)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        thread.join(10)


def test_a_printer_gets_every_label() -> None:
    taken = bytearray()

    def serve(connection: socket.socket) -> None:
        while more := connection.recv(4096):
            taken.extend(more)

    with printer(serve) as address:
        PrinterOutlet(address, QUICK).put(batch(100))
    assert bytes(taken) == LABEL * 100


def test_a_printer_that_keeps_the_connection_open_has_taken_everything_too() -> None:
    done, taken = threading.Event(), bytearray()

    def serve(connection: socket.socket) -> None:
        while more := connection.recv(4096):
            taken.extend(more)
        done.wait(10)

    with printer(serve) as address:
        PrinterOutlet(address, QUICK).put(batch(3))
        done.set()
    assert bytes(taken) == LABEL * 3


def test_a_printer_that_takes_one_connection_gets_its_labels_down_that_one() -> None:
    taken = bytearray()

    def serve(connection: socket.socket) -> None:
        while more := connection.recv(4096):
            taken.extend(more)

    with printer(serve) as address:
        outlet = PrinterOutlet(address, QUICK)
        outlet.check()
        outlet.put(batch(3))
        outlet.close()
    assert bytes(taken) == LABEL * 3


def test_a_connection_that_the_printer_gave_up_meanwhile_is_made_again() -> None:
    taken = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:
        outlet = PrinterOutlet(f"tcp://127.0.0.1:{server.getsockname()[1]}", QUICK)
        outlet.check()
        server.accept()[0].close()

        def serve() -> None:
            with server.accept()[0] as connection:
                while more := connection.recv(4096):
                    taken.extend(more)

        thread = threading.Thread(target=serve)
        thread.start()
        outlet.put(batch(2))
        thread.join()
    assert bytes(taken) == LABEL * 2


def test_a_printer_that_went_away_meanwhile_took_nothing_and_the_sns_are_on_record() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        outlet = PrinterOutlet(f"tcp://127.0.0.1:{server.getsockname()[1]}", QUICK)
        outlet.check()
        server.accept()[0].close()
    with pytest.raises(Faulted) as faulted:
        outlet.put(batch(2))
    reason = faulted.value.reason
    assert (reason.why, reason.facts["sent"], reason.facts["labels"]) == (Why.PRINTER_CUT, 0, 2)
    assert "on record" in sentence(reason)
    assert "--reprint" in sentence(reason)


def test_a_few_labels_do_not_wait_for_a_printer_that_stays_open() -> None:
    done = threading.Event()

    def serve(connection: socket.socket) -> None:
        while connection.recv(4096):
            pass
        done.wait(20)

    with printer(serve) as address:
        options = PrinterOptions(close=3600, close_few=0.1)
        PrinterOutlet(address, options).put(batch(3))
        done.set()


def test_a_cut_says_how_many_labels_went_out_at_most() -> None:
    def serve(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with printer(serve) as address, pytest.raises(Faulted) as faulted:
        PrinterOutlet(address, QUICK).put(batch(2000, padding=20_000))
    facts = faulted.value.reason.facts
    assert (faulted.value.reason.why, facts["labels"], facts["address"]) == (Why.PRINTER_CUT, 2000, address)
    assert isinstance(facts["sent"], int)
    assert facts["sent"] < 2000


def test_a_printer_that_takes_nothing_is_not_waited_for_for_ever() -> None:
    done = threading.Event()

    def serve(connection: socket.socket) -> None:
        done.wait(20)

    with printer(serve) as address:
        with pytest.raises(Faulted) as faulted:
            PrinterOutlet(address, QUICK).put(batch(2000, padding=20_000))
        done.set()
    assert faulted.value.reason.why is Why.PRINTER_CUT


def test_nobody_at_the_address_is_found_before_anything_is_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    with pytest.raises(Faulted) as faulted:
        PrinterOutlet(f"tcp://127.0.0.1:{free}", QUICK).check()
    assert faulted.value.reason.why is Why.PRINTER_UNREACHABLE


@pytest.mark.parametrize(
    "address", ["tcp://", "tcp://host:0", "tcp://host:99999", "tcp://a/b", "http://host", "tcp://h:x"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused) as refused:
        PrinterOutlet(address)
    assert refused.value.reason.why is Why.PRINTER_ADDRESS


def test_the_usual_port_is_9100_and_ipv6_has_brackets() -> None:
    assert PrinterOutlet("tcp://zebra-3")._port == 9100
    assert PrinterOutlet("tcp://[::1]:9101")._host == "::1"
    assert is_printer("tcp://zebra-3")
    assert not is_printer("labels.zpl")

"""A label printer in the network: raw ZPL to TCP port 9100."""

from __future__ import annotations

import contextlib
import re
import socket
from dataclasses import dataclass

from app.core.errors import Faulted, Refused, Why, because
from app.core.label_batch import MadeBatch

RAW_PORT = 9100
_ADDRESS = re.compile(
    r"tcp://(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^/:\[\]]+))(?::(?P<port>[0-9]{1,5}))?/?"
)
_LABEL_END = b"^XZ\n"


_ONE_WINDOW = 64 * 1024
"""Bytes that any printer has room for at once: what it was sent is with it, or it has gone."""


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """Seconds; a printer that waits for paper takes nothing for a while."""

    connect: float = 5.0
    send: float = 60.0
    close: float = 10.0
    """For a printer that keeps the connection open after many labels."""
    close_few: float = 1.0


class PrinterOutlet:
    """Implements `app.core.label_batch.Outlet`. `address` is `tcp://HOST` or `tcp://HOST:PORT`.

    Labels go down the connection that `check` has opened: there are printers that take only one.
    """

    def __init__(self, address: str, options: PrinterOptions | None = None) -> None:
        self._address, self._options = address, options or PrinterOptions()
        self._host, self._port = _parsed(address)
        self._held: socket.socket | None = None

    def check(self) -> None:
        """Raises `Faulted` where nobody answers at the address."""
        self.close()
        try:
            self._held = self._connected()
        except OSError as error:
            facts = {"address": self._address, "detail": _said(error)}
            raise Faulted(because(Why.PRINTER_UNREACHABLE, **facts)) from error

    def close(self) -> None:
        """See `Outlet`."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def put(self, made: MadeBatch) -> None:
        """Label by label, then waits until the printer has taken everything.

        Raises:
            Faulted: it could not be reached, or was cut off; the reason says how many labels went out whole.
        """
        content = made.files[0].content
        labels = content.split(_LABEL_END)[:-1]
        sent = 0
        try:
            with self._open() as connection:
                connection.settimeout(self._options.send)
                for label in labels:
                    connection.sendall(label + _LABEL_END)
                    sent += 1
                is_little = len(content) <= _ONE_WINDOW
                _finish(connection, self._options.close_few if is_little else self._options.close)
        except OSError as error:
            raise self._cut(sent, len(labels), error) from error

    def _open(self) -> socket.socket:
        """The held connection, or a new one where the printer has given that up meanwhile."""
        held, self._held = self._held, None
        if held is not None and _is_open(held):
            return held
        if held is not None:
            held.close()
        return self._connected()

    def _connected(self) -> socket.socket:
        return socket.create_connection((self._host, self._port), self._options.connect)

    def _cut(self, sent: int, labels: int, error: OSError) -> Faulted:
        detail = _said(error)
        return Faulted(
            because(Why.PRINTER_CUT, address=self._address, sent=sent, labels=labels, detail=detail)
        )


def is_printer(address: str) -> bool:
    return address.startswith("tcp://")


def _parsed(address: str) -> tuple[str, int]:
    found = _ADDRESS.fullmatch(address)
    port = int(found["port"] or RAW_PORT) if found else 0
    if found is None or not 1 <= port <= 65535:
        raise Refused(because(Why.PRINTER_ADDRESS, address=address))
    return found["six"] or found["host"], port


def _is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def _finish(connection: socket.socket, seconds: float) -> None:
    """Printers close after us, and one that was cut off says so here. Some stay open: then it is done too."""
    connection.settimeout(seconds)
    connection.shutdown(socket.SHUT_WR)
    with contextlib.suppress(TimeoutError):
        while connection.recv(4096):
            pass


def _said(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__

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


@dataclass(frozen=True, slots=True)
class PrinterOptions:
    """Seconds; a printer that waits for paper takes nothing for a while."""

    connect: float = 5.0
    send: float = 60.0
    close: float = 10.0


class PrinterOutlet:
    """Implements `app.core.label_batch.Outlet`. `address` is `tcp://HOST` or `tcp://HOST:PORT`."""

    def __init__(self, address: str, options: PrinterOptions | None = None) -> None:
        self._address, self._options = address, options or PrinterOptions()
        self._host, self._port = _parsed(address)

    def check(self) -> None:
        """Raises `Faulted` where nobody answers at the address."""
        self._connected().close()

    def put(self, made: MadeBatch) -> None:
        """Label by label, then waits until the printer has taken everything.

        Raises:
            Faulted: it could not be reached, or was cut off; the reason says how many labels went out whole.
        """
        labels = made.files[0].content.split(_LABEL_END)[:-1]
        with contextlib.closing(self._connected()) as connection:
            connection.settimeout(self._options.send)
            sent = 0
            try:
                for label in labels:
                    connection.sendall(label + _LABEL_END)
                    sent += 1
                _finish(connection, self._options.close)
            except OSError as error:
                raise self._cut(sent, len(labels), error) from error

    def _connected(self) -> socket.socket:
        try:
            return socket.create_connection((self._host, self._port), self._options.connect)
        except OSError as error:
            detail = _said(error)
            raise Faulted(because(Why.PRINTER_UNREACHABLE, address=self._address, detail=detail)) from error

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


def _finish(connection: socket.socket, seconds: float) -> None:
    """Printers close after us, and one that was cut off says so here. Some stay open: then it is done too."""
    connection.settimeout(seconds)
    connection.shutdown(socket.SHUT_WR)
    with contextlib.suppress(TimeoutError):
        while connection.recv(4096):
            pass


def _said(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__

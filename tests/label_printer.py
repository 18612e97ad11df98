"""A label printer in the network that takes whatever is sent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class LabelPrinter:
    """What it was sent, all connections together."""

    address: str
    _parts: list[bytes] = field(default_factory=list)

    @property
    def taken(self) -> bytes:
        return b"".join(self._parts)

    def take(self, connection: socket.socket) -> None:
        """Until the other side has said all."""
        while part := connection.recv(65536):
            self._parts.append(part)


@contextmanager
def label_printer() -> Iterator[LabelPrinter]:
    """Listens on a port of this computer until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = LabelPrinter(f"tcp://127.0.0.1:{server.getsockname()[1]}")

        def serve() -> None:
            while True:
                connection, _address = server.accept()
                with connection:
                    if connection.recv(1, socket.MSG_PEEK) == b"Q":
                        return
                    printer.take(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield printer
        finally:
            with socket.create_connection(server.getsockname()) as last:
                last.sendall(b"Q")
            thread.join()

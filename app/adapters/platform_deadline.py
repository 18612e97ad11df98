"""A time by which an answer is there, however slowly it drips in: httpx knows one for each read only."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


class Deadline:
    """Hangs up on whoever takes too long. One for each client, for one request at a time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._socket: socket.socket | None = None
        self.is_over = False
        """The last request was cut short."""

    def note(self, _event: str, facts: dict[str, Any]) -> None:
        """httpcore's `trace`: a connection was made, or went over to TLS."""
        stream = facts.get("return_value")
        if stream is not None and hasattr(stream, "get_extra_info"):
            self._socket = stream.get_extra_info("socket")

    @contextmanager
    def running(self) -> Iterator[None]:
        """For one request and its answer."""
        self.is_over = False
        timer = threading.Timer(self._seconds, self._hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _hang_up(self) -> None:
        self.is_over = True
        if self._socket is not None:
            with suppress(OSError):  # under TLS's feet: what reads there ends with an error of the connection
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

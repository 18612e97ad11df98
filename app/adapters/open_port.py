"""One open port, on this PC or on a terminal server; whatever the driver raises comes out as `Faulted`."""

from __future__ import annotations

import errno
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from app.core.errors import Faulted, Why, because

if sys.platform == "win32":
    _DRIVER_ERRORS: tuple[type[Exception], ...] = (OSError, TypeError, ValueError)
else:
    import termios

    # termios.error is no OSError; TypeError comes from a port that was closed under a reader
    _DRIVER_ERRORS = (OSError, TypeError, ValueError, termios.error)

QUIET_SECONDS = 0.03
"""How long `receive` waits for a byte. USB bridges deliver every 16 ms, and modules pause for up to 20."""

_MOST_DROPPED = 1 << 16

T = TypeVar("T")

_ABSENT_ERRORS = (FileNotFoundError, ConnectionError, TimeoutError, socket.gaierror)
_WHY_BY_ERRNO = {
    errno.EBUSY: Why.PORT_BUSY,
    errno.EIO: Why.PORT_ABSENT,
    errno.ENODEV: Why.PORT_ABSENT,
    errno.ENXIO: Why.PORT_ABSENT,
    errno.EHOSTUNREACH: Why.PORT_ABSENT,
    errno.ENETUNREACH: Why.PORT_ABSENT,
}
_WHY_BY_WINDOWS_TEXT = {
    "FileNotFoundError": Why.PORT_ABSENT,
    "PermissionError": Why.PORT_BUSY,  # Windows says "access denied" of a port that another program holds
}


@dataclass(frozen=True, slots=True)
class PortOptions:
    """How a port is opened. 8 data bits, no parity, 1 stop bit."""

    baud: int = 115200
    dtr: bool = True
    """Assert DTR: False where the fixture wires it to PWRKEY or RESET."""
    rts: bool = True
    write_seconds: float = 1.0
    """Has no effect on `rfc2217://`, where the driver refuses it and its own 5 s hold."""


class OpenPort:
    """An open port. It belongs to the thread that uses it.

    Opening may take 5 s where a network port does not answer.

    Raises:
        Faulted: `PORT_ABSENT`, `PORT_BUSY`, `PORT_DENIED` or `PORT_UNUSABLE` on opening; from then on
            `PORT_GONE`, or `PORT_UNUSABLE` where nothing can be written.
    """

    def __init__(self, url: str, options: PortOptions) -> None:
        import serial  # 30 ms that the window need not wait for

        self.url = url
        self._stuck = serial.SerialTimeoutException
        try:
            self._driver = serial.serial_for_url(
                url,
                do_not_open=True,
                baudrate=options.baud,
                timeout=QUIET_SECONDS,
                write_timeout=None if url.startswith("rfc2217:") else options.write_seconds,
                exclusive=True,
            )
            self._driver.dtr = options.dtr
            self._driver.rts = options.rts
            self._driver.open()
        except _DRIVER_ERRORS as error:
            raise Faulted(because(why_not_opened(error), port=url, detail=str(error))) from error

    def send(self, data: bytes) -> None:
        try:
            self._driver.write(data)
        except _DRIVER_ERRORS as error:
            why = Why.PORT_UNUSABLE if isinstance(error, self._stuck) else Why.PORT_GONE
            raise Faulted(because(why, port=self.url, detail=str(error))) from error

    def receive(self) -> bytes:
        """What has come since; nothing after `QUIET_SECONDS` of silence."""
        try:
            return bytes(self._driver.read(self._driver.in_waiting or 1))
        except _DRIVER_ERRORS as error:
            raise Faulted(because(Why.PORT_GONE, port=self.url, detail=str(error))) from error

    def drop_input(self) -> bytes:
        """Reads away what has come so far, and returns it (64 KiB at most: a port may never stop)."""
        dropped = bytearray()
        try:
            while len(dropped) < _MOST_DROPPED and (waiting := self._driver.in_waiting):
                dropped += self._driver.read(waiting)
        except _DRIVER_ERRORS as error:
            raise Faulted(because(Why.PORT_GONE, port=self.url, detail=str(error))) from error
        return bytes(dropped)

    def close(self) -> None:
        # pyserial drops its socket unclosed where the other side has reset the connection
        network: socket.socket | None = getattr(self._driver, "_socket", None)
        with suppress(*_DRIVER_ERRORS):  # a port that has gone cannot be closed any better
            self._driver.close()
        if network:
            network.close()


class PortOpener:
    """Opens a port beside the thread that waits for it, one at a time: network ports may take 5 s."""

    def __init__(self, options: PortOptions) -> None:
        self._options = options
        self._pending: Future[OpenPort] | None = None

    def open(self, url: str, until: float, give_up: Callable[[], bool]) -> OpenPort | None:
        """The open port; None where it is not open by the monotonic time `until`, or at `give_up`.

        The next call goes on waiting for the same port.

        Raises:
            Faulted: it cannot be opened.
        """
        if self._pending is None:
            _thread, self._pending = in_background(partial(OpenPort, url, self._options))
        while not wait((self._pending,), QUIET_SECONDS).done:
            if time.monotonic() >= until or give_up():
                return None
        opened, self._pending = self._pending, None
        return opened.result()

    def abandon(self) -> None:
        """Nobody waits any more: what opens late is closed again."""
        if self._pending:
            self._pending.add_done_callback(_close_again)
            self._pending = None


def _close_again(opened: Future[OpenPort]) -> None:
    if opened.exception() is None:
        opened.result().close()


def in_background(work: Callable[[], T]) -> tuple[threading.Thread, Future[T]]:
    """Runs `work` in a thread that may outlive whoever waits for it, and the program."""
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001  raised again where the result is taken
            future.set_exception(error)

    thread = threading.Thread(target=run, name="opening a port", daemon=True)
    thread.start()
    return thread, future


def why_not_opened(error: Exception) -> Why:
    """What the driver's error means: the system's error behind it tells, on Windows only its text."""
    cause = error.__context__ or error
    if isinstance(cause, _ABSENT_ERRORS):
        return Why.PORT_ABSENT
    if isinstance(cause, BlockingIOError):
        return Why.PORT_BUSY
    if isinstance(cause, PermissionError):
        return Why.PORT_DENIED
    if isinstance(cause, OSError) and cause.errno in _WHY_BY_ERRNO:
        return _WHY_BY_ERRNO[cause.errno]
    named = (why for word, why in _WHY_BY_WINDOWS_TEXT.items() if word in str(error))
    return next(named, Why.PORT_UNUSABLE)

"""A module with bad habits, on a real socket or a real pseudo terminal, which can be cut."""

from __future__ import annotations

import os
import select
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import Self

import pytest

from app.adapters.simulated_module import LoopbackPort, SimulatedModule

IMEI = "868735049787957"
ANOTHER_IMEI = "862107043586551"
BAD_CHECK_DIGIT = "868735049787951"

needs_ptys = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")


class Modem(SimulatedModule):
    """What it does differently is set on it, at any time."""

    def __init__(self, imei: str | None = IMEI) -> None:
        super().__init__(imei)
        self.heard: list[str] = []
        self.deaf_to: tuple[str, ...] = ()
        self.replies: dict[str, str] = {}
        """Command -> what it answers instead, as it stands."""
        self.busy = 0
        """So many questions are answered `+CME ERROR: 14` first."""
        self.looped = False
        """No module: the station's own words come back."""
        self.never_echoes = False
        """Says OK to ATE1, and goes on without an echo."""
        self.verbose = True
        self.results = True
        self.noise = b""
        """Comes before every answer."""
        self.fragment: int | None = None
        self.pause_seconds = 0.0
        """Bytes a piece, and the pause between two pieces."""
        self.boots_until = 0.0
        self.banner = b""

    def boot(self, seconds: float, banner: bytes = b"") -> None:
        """Hears nothing for so long; then says the banner with the first answer."""
        self.boots_until, self.banner = time.monotonic() + seconds, banner

    def hear(self, data: bytes) -> Iterator[bytes]:
        if self.looped:
            yield data
        elif time.monotonic() >= self.boots_until:
            yield from self._in_fragments(super().hear(data))

    def obey(self, command: str) -> Iterator[bytes]:
        self.heard.append(command)
        if command in self.deaf_to or self.imei is None:
            return
        banner, self.banner = self.banner, b""
        yield banner + self.noise
        yield from super().obey(command)
        self.echo = self.echo and not self.never_echoes

    def answer(self, command: str, imei: str) -> bytes:
        if command in self.replies:
            return self.replies[command].encode("latin-1")
        if command in ("ATQ0", "ATQ1", "ATV0", "ATV1"):
            self.results = self.results if "V" in command else command == "ATQ0"
            self.verbose = self.verbose if "Q" in command else command == "ATV1"
            return self.lines("OK")
        if "GSN" in command and self.busy:
            self.busy -= 1
            return self.lines("+CME ERROR: 14")
        return super().answer(command, imei)

    def lines(self, *lines: str) -> bytes:
        *said, final = lines
        answer = super().lines(*said)
        if not self.results:
            return answer
        if self.verbose:
            return answer + super().lines(final)
        return answer + (b"0\r" if final == "OK" else b"4\r")

    def _in_fragments(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            size = self.fragment or max(len(piece), 1)
            for start in range(0, len(piece), size):
                time.sleep(self.pause_seconds)
                yield piece[start : start + size]


class PtyPort:
    """Puts a module on a pseudo terminal. After `stop` it can be started again, under another name."""

    def __init__(self, modem: SimulatedModule) -> None:
        self._modem = modem
        self._stopping = threading.Event()
        self.url = ""

    def start(self) -> Self:
        import tty

        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.url = os.ttyname(self._slave)
        self._stopping.clear()
        self._thread = threading.Thread(target=self._serve, name="modem on a pty", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """As if the device were pulled out."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        self._thread.join()
        os.close(self._slave)
        os.close(self._master)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            if select.select([self._master], [], [], 0.02)[0]:
                for piece in self._modem.hear(os.read(self._master, 4096)):
                    os.write(self._master, piece)


Port = LoopbackPort | PtyPort


needs_a_black_hole = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows turns callers away where Linux lets them wait"
)


class BlackHole:
    """An address that neither lets in nor turns away: its queue of callers is full."""

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        host, number = self._listener.getsockname()
        self.url = f"socket://{host}:{number}"
        self._callers = [socket.socket() for _ in range(4)]
        for caller in self._callers:
            caller.setblocking(False)
            caller.connect_ex((host, number))
        return self

    def let_in(self) -> socket.socket:
        """Whoever calls next, once those who only stood in the way are gone."""
        in_the_way = {caller.getsockname() for caller in self._callers}
        for caller in self._callers:
            caller.close()
        while True:
            let_in, address = self._listener.accept()
            if address not in in_the_way:
                return let_in
            let_in.close()

    def __exit__(self, *_: object) -> None:
        for caller in self._callers:
            caller.close()
        self._listener.close()
        for thread in threading.enumerate():
            if thread.name == "opening a port":
                thread.join()

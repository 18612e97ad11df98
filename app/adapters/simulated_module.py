"""A cellular module that exists only here, on a network port of this PC: for the demo, and for tests."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Self

_TICK_SECONDS = 0.05
_ASKS_IMEI = ("AT+GSN", "AT+CGSN", "AT+CGSN=1")
_OBEYED = ("AT", "ATE0", "ATE1")


class SimulatedModule:
    """Answers AT commands as a module does.

    `imei` may be changed at any time: another module is put on. None: nothing is there, and nothing answers.
    """

    def __init__(self, imei: str | None = None) -> None:
        self.imei = imei
        self.echo = True
        self._typed = b""

    def hear(self, data: bytes) -> Iterator[bytes]:
        """What the module sends back, piece by piece."""
        *commands, self._typed = (self._typed + data).split(b"\r")
        for command in commands:
            yield from self.obey(command.decode("latin-1").strip())

    def obey(self, command: str) -> Iterator[bytes]:
        imei = self.imei
        if imei is None:
            return
        if self.echo:
            yield command.encode("latin-1") + b"\r"
        if command in ("ATE0", "ATE1"):
            self.echo = command == "ATE1"
        yield self.answer(command, imei)

    def answer(self, command: str, imei: str) -> bytes:
        if command in _ASKS_IMEI:
            return self.lines(imei, "OK")
        return self.lines("OK" if command in _OBEYED else "ERROR")

    def lines(self, *lines: str) -> bytes:
        return "".join(f"\r\n{line}\r\n" for line in lines).encode("latin-1")


class LoopbackPort:
    """Puts a module on a network port of this PC, as a terminal server does: one caller at a time.

    After `stop` it can be started again, at the same address.
    """

    def __init__(self, module: SimulatedModule) -> None:
        self._module = module
        self._port = 0
        self._stopping = threading.Event()

    @property
    def url(self) -> str:
        """Known once it was started."""
        return f"socket://127.0.0.1:{self._port}"

    def start(self) -> Self:
        listener = socket.create_server(("127.0.0.1", self._port))
        listener.settimeout(_TICK_SECONDS)
        self._port = listener.getsockname()[1]
        self._stopping.clear()
        self._thread = threading.Thread(
            target=self._serve, args=(listener,), name="simulated module", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        """Whoever is connected is cut off."""
        self._stopping.set()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(self, listener: socket.socket) -> None:
        with listener:
            while not self._stopping.is_set():
                try:
                    caller, _address = listener.accept()
                except TimeoutError:
                    continue
                with caller:
                    self._talk_to(caller)

    def _talk_to(self, caller: socket.socket) -> None:
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        caller.settimeout(_TICK_SECONDS)
        while not self._stopping.is_set():
            try:
                heard = caller.recv(4096)
                for piece in self._module.hear(heard):
                    caller.sendall(piece)
            except TimeoutError:
                continue
            except ConnectionError:
                return
            if not heard:
                return

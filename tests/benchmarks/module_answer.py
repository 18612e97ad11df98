"""How long a question to the module takes, beside two bare exchanges on the same loopback socket.

python -m tests.benchmarks.module_answer [--asks 300]
"""

from __future__ import annotations

import argparse
import queue
import socket
import statistics
import time

from app.adapters.serial_link import LinkOptions, SerialLink
from app.adapters.simulated_module import LoopbackPort, SimulatedModule
from app.ports.fixture import LinkStatus, ModuleReading, ModuleTrouble

IMEI = "863950069494278"


class Heard:
    """Implements `FixtureListener`; keeps the answers to numbered questions."""

    def __init__(self) -> None:
        self.answers: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.came: queue.SimpleQueue[str] = queue.SimpleQueue()

    def module_answered(self, ask: int | None, reading: ModuleReading) -> None:
        if ask is None:
            self.came.put(reading.imei)
        else:
            self.answers.put(ask)

    def module_failed(self, ask: int, trouble: ModuleTrouble) -> None:
        raise RuntimeError(trouble.reason)

    def module_gone(self) -> None: ...

    def link_changed(self, status: LinkStatus) -> None: ...


def floor(asks: int) -> list[float]:
    """Seconds of two bare exchanges of `AT+GSN`."""
    seconds = []
    with LoopbackPort(SimulatedModule(IMEI)) as port:
        host, _, number = port.url.removeprefix("socket://").partition(":")
        with socket.create_connection((host, int(number))) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for _ in range(asks):
                begun = time.perf_counter()
                for _ in range(2):
                    line.sendall(b"AT+GSN\r")
                    heard = b""
                    while not heard.endswith(b"OK\r\n"):
                        heard += line.recv(4096)
                seconds.append(time.perf_counter() - begun)
    return seconds


def through_the_link(asks: int) -> list[float]:
    seconds = []
    with LoopbackPort(SimulatedModule(IMEI)) as port:
        link, heard = SerialLink(LinkOptions(port.url)), Heard()
        link.start(heard)
        heard.came.get(timeout=30)
        for ask in range(asks):
            begun = time.perf_counter()
            link.ask(ask, 5.0)
            heard.answers.get(timeout=30)
            seconds.append(time.perf_counter() - begun)
        link.stop()
    return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=300)
    count = parser.parse_args().asks
    bare, whole = statistics.median(floor(count)), statistics.median(through_the_link(count))
    print(f"two bare exchanges  {bare * 1000:6.2f} ms = 1")
    print(f"a question          {whole * 1000:6.2f} ms   {whole / bare:5.2f}")

"""What an upload takes beside the sum of its requests: a healthy platform answers each in 50 ms.

python -m tests.benchmarks.upload [--bindings 10000] [--delay 50]

The platform is a process of its own on loopback; the outbox is a journal with full durability. Goal: at
most 1.5 times the number of requests times the delay.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.adapters.developer_center import DeveloperCenter
from app.adapters.platform_address import PlatformOptions
from app.adapters.platform_session import Session
from app.adapters.platform_transport import Reply, Request, Transport
from app.core.upload_item import UploadState
from app.station.upload import Upload
from tests.adapters.platforms import CREDENTIALS, Pausing
from tests.station.upload_journal import upload_journal
from tests.station.uploads import PK, waiting


class CountingTransport(Transport):
    """Knows how many requests there were, and how long they took."""

    def __init__(self, options: PlatformOptions) -> None:
        super().__init__(options)
        self.seconds: list[float] = []

    def exchange(self, request: Request, *arguments: object, **named: object) -> Reply:
        begun = time.perf_counter()
        try:
            return super().exchange(request, *arguments, **named)  # type: ignore[arg-type]
        finally:
            self.seconds.append(time.perf_counter() - begun)


@contextmanager
def platform(delay: float) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.platform", "--delay", str(delay), "--product", PK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[1]
        process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bindings", type=int, default=10_000)
    parser.add_argument("--delay", type=float, default=50.0, help="milliseconds")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, platform(chosen.delay) as url:
        measure(Path(folder) / "journal.db", url, chosen.bindings, chosen.delay / 1000)


def measure(path: Path, url: str, bindings: int, delay: float) -> None:
    with upload_journal(path) as outbox, CountingTransport(PlatformOptions(url)) as transport:
        outbox.put(waiting(number) for number in range(bindings))
        upload = Upload(outbox, DeveloperCenter(Session(transport, CREDENTIALS, Pausing())))
        begun, worked = time.perf_counter(), time.process_time()
        end = upload.run()
        whole, worked = time.perf_counter() - begun, time.process_time() - worked
        assert end.reason is None, end
        assert all(item.state is UploadState.CONFIRMED for item in outbox.items())
    requests, asked = len(transport.seconds), sum(transport.seconds)
    print(f"{bindings} bindings, {requests} requests, {outbox.writes} durable writes")
    floor = requests * delay
    print(f"requests x {delay * 1000:.0f} ms       {floor:6.2f} s = 1")
    print(f"requests as they were  {asked:6.2f} s   {asked / floor:5.2f}")
    print(f"the whole upload       {whole:6.2f} s   {whole / floor:5.2f}  (goal 1.5)")
    print(f"work of this process   {worked:6.2f} s   {worked / floor:5.2f}")


if __name__ == "__main__":
    main()

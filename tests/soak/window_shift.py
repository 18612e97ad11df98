"""A shift through the real window: xdotool presses the keys of a scanner, the file must come out right.

python -m tests.soak.window_shift --units 200
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.adapters.sqlite_reader import SqliteJournalReader
from tests.e2e.command import COMMAND, ROOT, run
from tests.e2e.units import imei, qr, sn
from tests.e2e.xserver import XServer

KEY_MS = 8
PATIENCE = 30


class Line:
    """The window on a screen, and an operator with a scanner."""

    def __init__(
        self,
        server: XServer,
        folder: Path,
        sign_in: bool = False,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        self._server, self.folder, self.scans = server, folder, 0
        # xdotool on a loaded machine pauses now and then, which no scanner does
        all_settings = {"scan_gap_ms": 150, "sign_in": sign_in, **(settings or {})}
        (folder / "settings.json").write_text(json.dumps(all_settings), "ascii")
        self.process = subprocess.Popen(
            [*COMMAND, "--data", str(folder)], env=server.environment | {"PYTHONPATH": str(ROOT)}
        )
        self.window = self._until(lambda: server.xdotool(["search --sync --name 'Binding Station'"]).strip())
        self._until(lambda: (folder / "journal.db").exists())
        server.xdotool([f"windowfocus --sync {self.window.split()[0]}"])

    def scan(self, text: str) -> None:
        self.scans += 1
        self._server.type(text + "\r", KEY_MS)

    def bound(self) -> int:
        reader = SqliteJournalReader(self.folder / "journal.db")
        try:
            return reader.relationship_count(None)
        finally:
            reader.close()

    def bind(self, number: int) -> None:
        """QR first or label first, as it comes."""
        first, second = (qr(number), imei(number)) if number % 2 else (imei(number), qr(number))
        before = self.bound()
        self.scan(first)
        self.scan(second)
        self._until(lambda: self.bound() == before + 1)

    def close(self) -> int:
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE)

    def _until(self, holds: Callable[[], object]) -> str:
        deadline = time.monotonic() + PATIENCE
        while not (found := holds()):
            assert self.process.poll() is None, f"the window ended with exit code {self.process.returncode}"
            assert time.monotonic() < deadline, f"after {self.scans} scans the window did not do it in time"
            time.sleep(0.02)
        return str(found)


@contextmanager
def line(
    server: XServer, folder: Path, sign_in: bool = False, settings: Mapping[str, object] | None = None
) -> Iterator[Line]:
    opened = Line(server, folder, sign_in, settings)
    try:
        yield opened
    finally:
        opened.process.kill()
        opened.process.wait()


def shift(server: XServer, folder: Path, units: int) -> None:
    with line(server, folder) as window:
        for number in range(units):
            window.bind(number)
        assert window.close() == 0
    out = folder / "file.csv"
    exported = run("--data", folder, "export", "--out", out)
    assert exported.code == 0, exported.err
    rows = out.read_text("ascii").splitlines()[1:]
    assert rows == [f"{imei(number)},p11sf2,{sn(number)},," for number in range(units)]
    assert run("--data", folder, "journal", "verify").code == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=200)
    chosen = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, XServer() as server:
        shift(server, Path(folder), chosen.units)
    seconds = time.monotonic() - begun
    print(f"{chosen.units} units through the window, the file is exactly right, {seconds:.0f} s")


if __name__ == "__main__":
    main()

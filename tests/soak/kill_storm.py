"""Kills a working `scan` at random moments and proves that nothing it answered is lost.

python -m tests.soak.kill_storm --kills 500
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.command import Scan, run
from tests.e2e.units import imei, qr, sn


@dataclass
class Storm:
    """One journal, many lives of the station."""

    folder: Path
    seed: int
    bound: dict[str, str] = field(default_factory=dict)
    """SN -> IMEI of every unit that was answered `bound` or `already-bound`."""
    kills: int = 0
    _next: int = 0

    def live_and_die(self) -> None:
        """One station until it is killed in the middle of its work."""
        seconds = random.Random(self.seed + self.kills).uniform(0.0, 0.3)
        with Scan(self.folder, "--no-latch") as scan:
            killer = threading.Timer(seconds, scan.process.kill)
            with suppress(BrokenPipeError, ValueError):
                answered = self._bind_one(scan)
                killer.start()
                assert answered
                while self._bind_one(scan):
                    pass
            killer.join()
        self.kills += 1

    def _bind_one(self, scan: Scan) -> bool:
        """The unit that was in hand when the station died is tried again: bound once, or bound already."""
        for frame in (qr(self._next), imei(self._next)):
            answer = scan.say(frame)
            if answer is None:
                return False
        assert answer["verdict"] in ("bound", "already-bound"), answer
        self.bound[sn(self._next)] = imei(self._next)
        self._next += 1
        return True

    def check(self) -> None:
        """The journal holds every unit that was answered, and its chain is whole."""
        verified = run("--data", self.folder, "journal", "verify", "--json")
        assert verified.json["ok"], verified.out
        out = self.folder / "all.csv"
        exported = run("--data", self.folder, "export", "--all", "--out", out, "--replace", "--json")
        assert exported.code == 0, exported.err
        rows = [line.split(",") for line in out.read_text("ascii").splitlines()[1:]]
        held = {row[2]: row[0] for row in rows}
        lost = {one: self.bound[one] for one in self.bound if held.get(one) != self.bound[one]}
        assert not lost, f"lost: {lost}"
        assert len(held) - len(self.bound) <= 1, "more was bound than was scanned"


def storm(folder: Path, kills: int, seed: int) -> Storm:
    made = Storm(folder, seed)
    for _ in range(kills):
        made.live_and_die()
    made.check()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        done = storm(Path(folder), chosen.kills, chosen.seed)
    seconds = time.monotonic() - begun
    print(f"{done.kills} kills, {len(done.bound)} units answered, none lost, chain whole, {seconds:.0f} s")


if __name__ == "__main__":
    main()

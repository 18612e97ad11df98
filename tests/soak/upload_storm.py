"""Uploads a station's journal through a storm of faults, killed again and again; then compares.

The process is the command `upload` itself, but for its pauses, which are shorter.

python -m tests.soak.upload_storm --bindings 20000 --kills 20
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.adapters.secrets import ACCESS_KEY as KEY_VARIABLE
from app.adapters.secrets import ACCESS_SECRET as SECRET_VARIABLE
from app.adapters.sqlite_journal import SqliteJournal
from app.core.upload_item import Item, UploadState
from tests.adapters.journals import STAMP
from tests.e2e.command import run
from tests.e2e.units import imei, sn
from tests.platform.accounts import ACCESS_KEY, ACCESS_SECRET
from tests.platform.devices import MAX_LOT, Devices
from tests.platform.faults import Faults
from tests.platform.server import running
from tests.platform.service import Recorded, Service
from tests.station.upload_journal import UploadJournal, bind_all, number_of
from tests.station.uploads import waiting

PRODUCTS = [f"p{number:02d}sf2" for number in range(12)]
_KNOWN = 5
"""So many bindings are on the platform before the station comes; so many more are there with another SN."""


@dataclass
class Storm:
    """One station, one platform, many lives of the uploading process."""

    folder: Path
    bindings: int
    kills: int
    seed: int
    share: float = 0.25
    done: int = 0
    """How many kills there were."""
    _process: subprocess.Popen[bytes] | None = None
    _requests_left: int = 0
    _killers: list[threading.Timer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self.data = self.folder / "station"
        self.output = self.folder / "output.txt"
        self.service = Service(
            devices=Devices({pk: {} for pk in PRODUCTS}),
            faults=Faults(self.share, seed=self.seed),
            slowness=0.02,
            watcher=self._watch,
        )

    def run(self) -> None:
        made = run("--data", self.data, "init", "--no-sign-in", "--station", "Line 1")
        assert made.code == 0, made.err
        with closing(SqliteJournal(self.data / "journal.db")) as journal:
            bind_all(journal, (waiting(number, self._pk(number)) for number in range(self.bindings)))
        for number in range(2 * _KNOWN):
            known_sn = sn(number) if number < _KNOWN else "1"
            self.service.devices.put(self._pk(number), imei(number), known_sn)
        with running(self.service) as url:
            while not self._live(url):
                pass
            for killer in self._killers:
                killer.join()

    def _pk(self, number: int) -> str:
        return PRODUCTS[number % len(PRODUCTS)]

    def _live(self, url: str) -> bool:
        """One life of the uploading process; whether there was nothing left for it to do."""
        devices = self.service.devices
        devices.partial, devices.listed = self._random.random() < 0.5, self._random.random() < 0.7
        devices.listed |= self.done == self.kills
        most = max(2, self.bindings // (1200 if devices.listed else 40))
        self._requests_left = self._random.randint(1, most) if self.done < self.kills else -1
        command = [sys.executable, "-m", "tests.soak.hurried", "--data", str(self.data), "--json"]
        keys = {KEY_VARIABLE: ACCESS_KEY, SECRET_VARIABLE: ACCESS_SECRET}
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [*command, "upload", "--base-url", url],
                stdout=subprocess.PIPE,
                stderr=output,
                env=os.environ | keys,
            )
            told, _ = self._process.communicate()
            output.write(told)
        return self._is_done(told, self._process.returncode)

    def _is_done(self, told: bytes, code: int) -> bool:
        """In the end only those conflicts are left that a person must see to."""
        assert code in (0, 1, 3, -9), self.output.read_text()
        if code in (3, -9):
            return False
        products = json.loads(told)["products"]
        return not any(one["waiting"] + one["sent"] for one in products)

    def _watch(self, recorded: Recorded) -> None:
        """Kills the process somewhere between this request's act and what follows its answer."""
        self._requests_left -= 1
        if self._requests_left == 0 and self._process is not None:
            self.done += 1
            killer = threading.Timer(self._random.uniform(0, 0.02), self._process.kill)
            killer.start()
            self._killers.append(killer)

    def check(self) -> None:
        """Journal and platform agree to the digit, and nothing was created twice."""
        with closing(SqliteJournal(self.data / "journal.db")) as journal:
            assert journal.verify().finding is None
            assert journal.rebuild(STAMP).differences == 0
            items = UploadJournal(journal).items()
        assert len(items) == self.bindings
        for item in items:
            self._check_item(item)
        held = Counter(pk for pk, devices in self.service.devices.products.items() for _ in devices)
        assert held == Counter(item.pk for item in items)
        assert sum(self.service.devices.creations.values()) == self.bindings - 2 * _KNOWN
        assert self.service.largest_lot <= MAX_LOT
        assert self.done == self.kills
        assert self.written_secrets() == []

    def _check_item(self, item: Item) -> None:
        number = number_of(item)
        there = self.service.devices.products[item.pk][item.imei]["sn"]
        other = _KNOWN <= number < 2 * _KNOWN
        assert item.state is (UploadState.CONFLICT if other else UploadState.CONFIRMED), item
        assert (there == item.sn) is not other, item
        assert self.service.devices.creations[item.imei] == (0 if number < 2 * _KNOWN else 1), item

    def written_secrets(self) -> list[str]:
        """The names of files that hold a secret."""
        secrets = [text.encode() for text in (ACCESS_KEY, ACCESS_SECRET, *self.service.accounts.tokens)]
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return [path.name for path in files if any(secret in path.read_bytes() for secret in secrets)]


def storm(folder: Path, bindings: int, kills: int, seed: int) -> Storm:
    made = Storm(folder, bindings, kills, seed)
    made.run()
    made.check()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bindings", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        done = storm(Path(folder), chosen.bindings, chosen.kills, chosen.seed)
    records = done.service.records
    faults = sum(1 for recorded in records if recorded.fault)
    print(
        f"{chosen.bindings} bindings, {len(PRODUCTS)} products, {done.done} kills, {len(records)} requests, "
        f"{faults} faults; each there exactly once, no lot above {done.service.largest_lot}, "
        f"{time.monotonic() - begun:.0f} s"
    )
    print("requests:", dict(Counter(recorded.call for recorded in records)))


if __name__ == "__main__":
    main()

"""The command line as it is, but for the pauses between two tries, which are shorter.

python -m tests.soak.hurried --data FOLDER upload --base-url URL
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from pathlib import Path

from app.cli.commands import run_command_line
from app.main.parts import Parts
from app.main.place import Place
from app.paths import default_data_folder
from app.ports.upload import Platform, Wait

_HURRY = 50.0
"""Pauses are shorter by this factor."""


class HurriedPlace(Place):
    """Waits less."""

    def platform(self, base_url: str | None, wait: Wait) -> AbstractContextManager[Platform]:
        def hurry(seconds: float) -> bool:
            time.sleep(seconds / _HURRY)
            return False

        return super().platform(base_url, hurry)


class HurriedParts(Parts):
    """Works in a `HurriedPlace`."""

    def workplace(self, folder: Path | None) -> Place:
        return HurriedPlace((folder or default_data_folder()).absolute())


if __name__ == "__main__":
    run_command_line(HurriedParts())

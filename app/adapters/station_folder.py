"""The folder of one station: journal, settings, backups, and the lock that keeps a second process out."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.core.errors import Faulted, Why, because


@dataclass(frozen=True, slots=True)
class StationFolder:
    """Where one station keeps what it has."""

    path: Path

    @property
    def journal(self) -> Path:
        return self.path / "journal.db"

    @property
    def settings(self) -> Path:
        return self.path / "settings.json"

    @property
    def log(self) -> Path:
        return self.path / "station.log"

    @property
    def birth(self) -> Path:
        """Stands here from the journal's first moment on, so that a journal that has gone is missed."""
        return self.path / "journal.made"

    def owns(self, path: Path) -> bool:
        """Whether this is a file that the station itself lives by."""
        try:
            same_folder = path.resolve().parent == self.path.resolve()
        except OSError:
            return False
        return same_folder and path.name.lower().startswith(("journal.", "settings.json", "station."))

    def exists(self) -> bool:
        return self.journal.exists() or self.settings.exists() or self.birth.exists()

    def make(self) -> None:
        """Raises `Faulted` where the folder cannot be made or written."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(self.path, error) from error


class FolderLock:
    """Held by the one process that writes in a station's folder; the system frees it when that ends."""

    def __init__(self, folder: StationFolder) -> None:
        self._lock = FileLock(folder.path / "station.lock", timeout=0)
        self._holder = folder.path / "station.holder"
        self._folder = folder

    def acquire(self) -> None:
        """
        Raises:
            Faulted: another process holds the folder (the reason names it), or it cannot be written.
        """
        try:
            self._lock.acquire()
            holder = {
                "pid": os.getpid(),
                "computer": socket.gethostname(),
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            self._holder.write_text(json.dumps(holder), "utf-8")
        except Timeout as error:
            raise Faulted(because(Why.STATION_IN_USE, **self._who())) from error
        except OSError as error:
            raise _unusable(self._folder.path, error) from error

    def release(self) -> None:
        self._lock.release()

    def _who(self) -> dict[str, str]:
        """Whoever holds the lock wrote who it is; a moment ago it may not have come to that."""
        try:
            holder = json.loads(self._holder.read_text("utf-8"))
            return {key: str(holder[key]) for key in ("pid", "computer", "since")}
        except (OSError, ValueError, KeyError):
            return {"pid": "?", "computer": "?", "since": "?"}


def _unusable(path: Path, error: OSError) -> Faulted:
    return Faulted(because(Why.FOLDER_UNUSABLE, path=str(path), detail=error.strerror or str(error)))

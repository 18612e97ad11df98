"""The backups in a station's folder: their names, the newest that is good, and which of them may go."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.hash_chain import head
from app.adapters.schema import APPLICATION_ID, VERSION
from app.ports.backups import BackupFound

FOLDER = "backups"
"""In the station's folder."""

_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"journal-(?P<time>\d{8}T\d{6}Z)-(?P<seq>\d{7,19})\.db")


def backup_name(when: datetime, seq: int) -> str:
    """By the time in UTC and the newest event: `journal-20260131T081530Z-0000123.db`."""
    return f"journal-{when.astimezone(UTC):{_TIME}}-{seq:07d}.db"


def is_backup(path: Path) -> bool:
    """Whether this is what we call a backup, whatever is in it."""
    return _found(path) is not None


def newest_backup(folder: Path) -> BackupFound | None:
    """The newest backup in a station's folder that can be opened and ends where its name says.

    Reads the folder and the first pages of one file, whatever their size.
    """
    return next((found for found in _by_age(folder / FOLDER) if _is_good(found)), None)


def prune(folder: Path, keep: int, spare: Path) -> tuple[str, ...]:
    """Takes the oldest of our backups in this folder away, so that `keep` are left. Returns their names.

    `spare` is kept however old its name makes it: a clock may have run backwards.
    """
    pruned = []
    for found in list(_by_age(folder))[keep:]:
        if found.path != spare:
            with suppress(OSError):  # somebody reads it: the next time will do
                found.path.unlink()
                pruned.append(found.path.name)
    return tuple(pruned)


def _by_age(folder: Path) -> Iterator[BackupFound]:
    """The newest first."""
    try:
        files = [found for path in folder.iterdir() if (found := _found(path)) and path.is_file()]
    except OSError:
        return
    yield from sorted(files, key=lambda found: (found.when, found.seq), reverse=True)


def _found(path: Path) -> BackupFound | None:
    name = _NAME.fullmatch(path.name)
    if name is None:
        return None
    with suppress(ValueError):
        when = datetime.strptime(name["time"], _TIME).replace(tzinfo=UTC)
        return BackupFound(path, f"{when:%Y-%m-%dT%H:%M:%S}.000Z", int(name["seq"]))
    return None


def _is_good(found: BackupFound) -> bool:
    """A backup is one file that nobody writes: it is read without a lock, which a share may not give."""
    uri = f"{found.path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as backup:
            (application,) = backup.execute("PRAGMA application_id").fetchone()
            (version,) = backup.execute("PRAGMA user_version").fetchone()
            ours = application == APPLICATION_ID and version <= VERSION
            return ours and head(backup)[0] == found.seq
    except (sqlite3.Error, OSError):
        return False

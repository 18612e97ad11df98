"""What lies at a path. It may answer late or never, as a dead share does: not for the window's thread."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

_SYSTEMS_OWN = tuple(map(Path, ("/proc", "/sys", "/dev")))
"""Reading what looks like a file there may never end."""


class Found(StrEnum):
    """What a path leads to."""

    FOLDER = "folder"
    FILE = "file"
    NOTHING = "nothing"
    """But there is the folder that it would lie in."""
    NOWHERE = "nowhere"
    """Not even that."""
    UNUSABLE = "unusable"
    """A device, a pipe, the system's own."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Seen:
    """One file or folder in a folder."""

    name: str
    is_folder: bool
    size: int = 0
    """In bytes."""
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """`seen` are the files and folders in it, folders first, by name; `detail` is the system's word."""

    path: Path
    found: Found
    seen: Sequence[Seen] = ()
    detail: str = ""


def look_at(path: Path) -> Look:
    """Opens no file: a pipe would wait for whoever writes to it."""
    try:
        if any(path.resolve().is_relative_to(one) for one in _SYSTEMS_OWN):
            return Look(path, Found.UNUSABLE)
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return Look(path, Found.FOLDER, _seen_in(path))
        return Look(path, Found.FILE if stat.S_ISREG(mode) else Found.UNUSABLE)
    except (FileNotFoundError, NotADirectoryError):
        return Look(path, Found.NOTHING if path.parent.is_dir() else Found.NOWHERE)
    except (OSError, ValueError, RuntimeError) as error:
        return Look(path, Found.UNREADABLE, detail=getattr(error, "strerror", None) or str(error))


def _seen_in(folder: Path) -> Sequence[Seen]:
    with os.scandir(folder) as entries:
        seen = [one for entry in entries if (one := _seen(entry)) is not None]
    return sorted(seen, key=lambda one: (not one.is_folder, one.name.lower()))


def _seen(entry: os.DirEntry[str]) -> Seen | None:
    """None for what is hidden, gone by now, or neither file nor folder."""
    try:
        found = entry.stat()
    except OSError:
        return None
    if entry.name.startswith(".") or getattr(found, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN:
        return None
    if not stat.S_ISDIR(found.st_mode) and not stat.S_ISREG(found.st_mode):
        return None
    changed = datetime.fromtimestamp(found.st_mtime).astimezone()
    return Seen(entry.name, stat.S_ISDIR(found.st_mode), found.st_size, changed)

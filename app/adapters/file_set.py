"""Files that come into place together or not at all, such as a relationship file and its side file."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from app.adapters.durable_file import as_fault, check_free, put_in_place, sync_folder, write_synced

_LEFT_BEHIND = 3600
"""Seconds after which a draft that nobody finished belongs to a program that was killed."""


@dataclass(slots=True)
class _Draft:
    path: Path
    beside: Path | None
    """None where nothing is to stand at `path`."""
    old: Path | None = None
    """Another name of what stood at `path`, until all is done."""
    placed: bool = False


@dataclass(slots=True)
class FileSet:
    """Used inside `together`. Everything that writes raises `Faulted` where it cannot."""

    replace: bool
    _drafts: list[_Draft] = field(default_factory=list)

    def write(
        self,
        path: Path,
        write: Callable[[BinaryIO], None],
        check: Callable[[Path], None] = lambda beside: None,
    ) -> str:
        """Written beside its place, synced and checked. Returns the SHA-256 of what the disk gives back.

        Raises:
            Refused: the file exists and may not be replaced.
        """
        check_free(path, self.replace)
        with as_fault(path):
            _remove_left_behind(path)
            beside = _new_name(path, ".part")
            self._drafts.append(_Draft(path, beside))
            write_synced(beside, write)
            check(beside)
            with beside.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()

    def write_text(self, path: Path, text: str) -> None:
        def write(file: BinaryIO) -> None:
            file.write(text.encode("utf-8"))

        self.write(path, write)

    def remove(self, path: Path) -> None:
        """Takes away what an earlier set left there; where it may not be replaced, that is refused."""
        if path.exists():
            check_free(path, self.replace)
            self._drafts.append(_Draft(path, None))

    def place(self) -> None:
        """The files get their names; the one that was written first, which people use, comes last."""
        for draft in reversed(self._drafts):
            with as_fault(draft.path):
                draft.old = _second_name(draft.path)
                if draft.beside is not None:
                    put_in_place(draft.beside, draft.path, self.replace)
                else:
                    draft.path.unlink()
                draft.placed = True
                sync_folder(draft.path.parent)

    def take_back(self) -> None:
        """Every place is as it was before."""
        for draft in self._drafts:
            with contextlib.suppress(OSError):
                if draft.old is not None:
                    os.replace(draft.old, draft.path)  # noqa: PTH105  documented to replace on Windows too
                elif draft.placed:
                    draft.path.unlink()

    def tidy(self) -> None:
        names = [name for draft in self._drafts for name in (draft.beside, draft.old) if name]
        for name in names:
            with contextlib.suppress(OSError):
                name.unlink(missing_ok=True)


@contextmanager
def together(replace: bool) -> Iterator[FileSet]:
    """Where the block raises, even after the files were placed, every place is as it was before."""
    files = FileSet(replace)
    try:
        yield files
    except BaseException:
        files.take_back()
        raise
    finally:
        files.tidy()


def _new_name(path: Path, end: str) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=end)
    os.close(handle)
    return Path(name)


def _second_name(path: Path) -> Path | None:
    """The old file stays where it is until the new one takes its name, and can be had back after that."""
    if not path.exists():
        return None
    name = _new_name(path, ".old")
    name.unlink()
    try:
        name.hardlink_to(path)
    except OSError:  # a disk without second names, such as a USB stick
        shutil.copy2(path, name)
    return name


def _remove_left_behind(path: Path) -> None:
    for name in path.parent.glob(f".{_escaped(path.name)}.*.part"):
        with contextlib.suppress(OSError):
            if time.time() - name.stat().st_mtime > _LEFT_BEHIND:
                name.unlink()


def _escaped(name: str) -> str:
    return "".join(f"[{one}]" if one in "*?[" else one for one in name)

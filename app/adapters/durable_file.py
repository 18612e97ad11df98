"""Files that are there whole or not at all: written beside, synced, checked, renamed."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.core.errors import Faulted, Refused, Why, because


def _mask() -> int:
    """The only way to read it is to set it; done once, before there are threads that make files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


_MASK = _mask() if os.name == "posix" else 0


def write_durably(
    path: Path,
    write: Callable[[BinaryIO], None],
    check: Callable[[Path], None] = lambda beside: None,
    replace: bool = True,
) -> None:
    """Puts a file in its place only after it is on the disk and `check` has read it back.

    Raises:
        Refused: the file exists and `replace` is False.
        Faulted: it could not be written; the old file, if there was one, is untouched.
    """
    check_free(path, replace)
    with as_fault(path), _beside(path) as beside:
        write_synced(beside, write)
        check(beside)
        put_in_place(beside, path, replace)
        sync_folder(path.parent)


def write_bytes_durably(path: Path, content: bytes, replace: bool = True) -> None:
    """The same for what is in memory already."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    write_durably(path, write, replace=replace)


def check_free(path: Path, replace: bool) -> None:
    """Raises `Refused` where a file is there that may not be replaced."""
    if path.exists() and not replace:
        raise Refused(because(Why.FILE_EXISTS, path=str(path)))


def write_synced(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """What is read from the file afterwards comes from the disk, where the system can be told so."""
    with path.open("wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def put_in_place(beside: Path, path: Path, replace: bool) -> None:
    """Somebody may have made the file since it was looked for: without `replace` it is not overwritten."""
    check_free(path, replace)
    _take_usual_permissions(beside)
    os.replace(beside, path)  # noqa: PTH105  documented to replace on Windows too


def _take_usual_permissions(beside: Path) -> None:
    """A file made beside is private to the user; the finished one may be read like any other."""
    if os.name == "posix":
        with contextlib.suppress(PermissionError):  # a stick without permissions of its own
            beside.chmod(0o666 & ~_MASK)


def sync_file(path: Path) -> None:
    """A file that others wrote is on the disk from now on."""
    with path.open("rb+") as file:  # Windows syncs only what may be written
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Windows has no way to sync a folder, and needs none: its rename is journalled by the file system."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a share that knows no such thing
                raise
        finally:
            os.close(handle)


@contextmanager
def as_fault(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = Why.DISK_FULL if full else Why.FILE_UNWRITABLE
        raise Faulted(because(why, path=str(path), detail=error.strerror or str(error))) from error

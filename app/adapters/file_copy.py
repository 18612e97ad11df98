"""A file copied byte for byte, read back and compared: how a journal goes to a share and comes from one."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from app.adapters.durable_file import write_durably
from app.adapters.progress import Progress, ask, go_on
from app.core.errors import Faulted, Refused, Why, because

_PIECE = 1 << 20


def copy_durably(source: Path, target: Path, progress: Progress = go_on) -> str:
    """Returns the SHA-256, lower-case hex.

    Raises:
        Refused: BACKUP_UNREADABLE, the source cannot be read; FILE_EXISTS.
        Faulted: DISK_FULL, FILE_UNWRITABLE, BACKUP_NOT_WHOLE where it reads back as something else.
        Cancelled: `progress` said so.
    """
    digest = hashlib.sha256()

    def write(file: BinaryIO) -> None:
        total, done = _size(source), 0
        with closing(_opened(source)) as original:
            while piece := _read(original, source):
                file.write(piece)
                digest.update(piece)
                done += len(piece)
                ask(progress, done, total)

    def check(copy: Path) -> None:
        if sha256_of(copy) != digest.hexdigest():
            raise Faulted(because(Why.BACKUP_NOT_WHOLE, path=str(target), detail="it reads back differently"))

    write_durably(target, write, check, replace=False)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """Lower-case hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except OSError as error:
        raise unreadable(source, error) from error


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise unreadable(source, error) from error


def _read(file: BinaryIO, source: Path) -> bytes:
    try:
        return file.read(_PIECE)
    except OSError as error:
        raise unreadable(source, error) from error


def unreadable(source: Path, error: OSError) -> Refused:
    detail = error.strerror or str(error)
    return Refused(because(Why.BACKUP_UNREADABLE, path=str(source), detail=detail))

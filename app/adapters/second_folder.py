"""Whether a folder can take the second copies of backups."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.core.errors import Refused, Why, because


def look_at_second_folder(folder: Path, station: Path) -> bool:
    """Whether it lies on another disk than the station's folder; a share does. A dead one may take a minute.

    Raises:
        Refused: SECOND_FOLDER_GONE, SECOND_FOLDER_OURS, SECOND_FOLDER_UNWRITABLE; nothing stays in it.
    """
    try:
        real, own = folder.resolve(strict=True), station.resolve()
        if not real.is_dir():
            raise NotADirectoryError
    except OSError as error:
        raise Refused(because(Why.SECOND_FOLDER_GONE, path=str(folder))) from error
    if real.is_relative_to(own):
        raise Refused(because(Why.SECOND_FOLDER_OURS, path=str(folder)))
    try:
        _write_something(real)
        return real.stat().st_dev != own.stat().st_dev
    except OSError as error:
        detail = error.strerror or str(error)
        raise Refused(because(Why.SECOND_FOLDER_UNWRITABLE, path=str(folder), detail=detail)) from error


def _write_something(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder, prefix=".binding-station-") as file:
        file.write(b"a backup may lie here")
        file.flush()
        os.fsync(file.fileno())

"""How a restored journal takes the place of the old one: every step can be the last before a power cut.

`journal.restoring` is written when the restored journal is whole and on the disk. From then on the next start
goes on with whatever step is left; the restored journal's own name tells whether it has moved. The old files
are moved out of the way before, log and all: a log that stayed would be taken for the new journal's.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.adapters.durable_file import sync_folder, write_bytes_durably
from app.adapters.journal_copy import BESIDE
from app.adapters.station_folder import StationFolder
from app.core.errors import Faulted, Why, because


def draft_of(folder: StationFolder) -> Path:
    """The restored journal until it has its place."""
    return folder.path / "journal.db.restored"


def kept_name(folder: StationFolder) -> Path | None:
    """A free name for the old journal, by the time in UTC; None where there is nothing of one."""
    if not any(_beside(folder.journal, suffix).exists() for suffix in BESIDE):
        return None
    time = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = [f"journal.db.replaced-{time}", *(f"journal.db.replaced-{time}-{n}" for n in range(2, 100))]
    free = (folder.path / name for name in names)
    return next(path for path in free if not any(_beside(path, suffix).exists() for suffix in BESIDE))


def begin(folder: StationFolder, kept: Path | None) -> None:
    """The restored journal is whole: from now on it is the journal. Raises `Faulted`, and then it is not."""
    intent = {"kept": kept.name if kept else None}
    try:
        write_bytes_durably(folder.restoring, json.dumps(intent).encode("ascii"))
    except Faulted:
        with suppress(OSError):
            folder.restoring.unlink(missing_ok=True)
        raise


def finish(folder: StationFolder) -> None:
    """Does what is left to do of a restore that was begun, be it nothing.

    Raises:
        Faulted: RESTORE_UNFINISHED; facts: `path` of the journal, `detail`.
    """
    if not folder.restoring.exists():
        return
    try:
        kept = json.loads(folder.restoring.read_text("ascii"))["kept"]
        if draft_of(folder).exists():
            if kept is not None:
                _move_away(folder.journal, folder.path / str(kept))
            _check_free(folder.journal)
            sync_folder(folder.path)
            draft_of(folder).rename(folder.journal)
            sync_folder(folder.path)
        if not folder.birth.exists():
            write_bytes_durably(folder.birth, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n".encode("ascii"))
        folder.restoring.unlink()
        sync_folder(folder.path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unfinished(folder, str(error)) from error


def _move_away(old: Path, kept: Path) -> None:
    """What is moved already is not there any more."""
    for suffix in BESIDE:
        source, target = _beside(old, suffix), _beside(kept, suffix)
        if source.exists():
            _check_free(target)
            source.rename(target)


def _check_free(path: Path) -> None:
    """A rename would overwrite in silence."""
    if path.exists():
        raise FileExistsError(f"{path.name} exists")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _unfinished(folder: StationFolder, detail: str) -> Faulted:
    return Faulted(because(Why.RESTORE_UNFINISHED, path=str(folder.journal), detail=detail))

"""Copies of a journal, and the way back from one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.core.errors import Reason
from app.core.record import Stamp
from app.ports.journal import Journal


@dataclass(frozen=True, slots=True)
class BackupFound:
    """A backup by its name."""

    path: Path
    when: str
    """When it was made (UTC as in `Stamp.at`)."""
    seq: int
    """Its newest event."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was proven and stands where it belongs."""

    path: Path
    when: str
    """UTC as in `Stamp.at`."""
    seq: int
    """Its newest event; the event about the backup itself comes after it."""
    hash: str
    """Of that event."""
    sha256: str
    """Of the file, lower-case hex."""
    size: int
    """Bytes."""
    second: Path | None = None
    """Its copy in the second backup folder."""
    second_trouble: Reason | None = None
    """Why there is none although there should be."""
    pruned: tuple[str, ...] = ()
    """Names of older backups that went, since enough newer ones are there."""


class BackupKeeper(Protocol):
    """The backups of one station. For the process that holds its folder, on any thread: the journal is read
    over a connection of its own, beside the one that writes."""

    def newest(self) -> BackupFound | None:
        """The newest good backup in the station's folder; quick enough for a start."""
        ...

    def make(self, out: Path | None = None, progress: Callable[[int, int], bool] | None = None) -> BackupMade:
        """A backup of the journal as it stands now; its copy in the second folder; and the oldest go.

        With `out` it is this one file and nothing else. Another thread's backup is waited for.
        `progress(done, total)` returns False to cancel.

        Raises:
            Refused: FILE_EXISTS, FILE_IS_OURS; nothing was made.
            Faulted: BACKUP_FAILED, BACKUP_NOT_WHOLE, or the journal cannot be read; older backups stand.
            Cancelled: `progress` said so.
        """
        ...


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that stands in the place of the journal, and what became of the one before."""

    seq: int
    """The event about it, the newest of the restored journal."""
    file: Path
    up_to: int
    """The newest event that the backup held."""
    hash: str
    """Of that event."""
    kept: Path | None
    """Where the old journal lies now; None where there was none."""
    old_seq: int | None = None
    """Its newest event; None where it cannot be read."""
    old_hash: str | None = None
    common: int | None = None
    """The newest event that both hold, 0 where there is none; None where nobody can tell."""
    lost_units: int = 0
    """Pairs that were live in the old journal, bound by events that it alone holds."""

    @property
    def same_history(self) -> bool | None:
        """Whether one of the two is the beginning of the other; None where nobody can tell."""
        if self.common is None or self.old_seq is None:
            return None
        return self.common == min(self.old_seq, self.up_to)

    @property
    def lost(self) -> range:
        """The events that only the old journal holds."""
        if self.common is None or self.old_seq is None:
            return range(0)
        return range(self.common + 1, self.old_seq + 1)


class Restoring(Protocol):
    """One restore, by the process that holds the folder. Until `put_in_place` returns the old journal stands,
    or the next start goes on where this one ended.

    Raises, each method, the first that needs the backup:
        Refused: BACKUP_UNREADABLE, BACKUP_UNPROVEN, JOURNAL_NOT_OURS, JOURNAL_NEWER; nothing was changed.
        Faulted: the surroundings are in the way; nothing was changed.
        Cancelled: `progress` said so.
    """

    def people(self) -> AbstractContextManager[Journal]:
        """The journal that says who may do this: the present one; where that is damaged or gone, the restored
        one."""
        ...

    def put_in_place(self, stamp: Stamp) -> Restored:
        """Also raises `Faulted` RESTORE_UNFINISHED: the next start goes on."""
        ...

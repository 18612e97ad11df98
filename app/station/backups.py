"""What goes on record about a backup."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.errors import Reason
from app.core.record import Committed, Entry, EventKind, OpenShift, Stamp
from app.ports.backups import BackupFound, BackupKeeper, BackupMade
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader


def back_up(keeper: BackupKeeper, journal: Journal, stamp: Stamp) -> BackupMade:
    """A backup and the event about it, for whoever has the writing connection at hand, as at shift close.

    Takes seconds for a million events. A station at work makes it on another thread instead and then puts
    `backed_up(made)` on record at the desk.

    Raises:
        Faulted: there is no backup; or there is one, and the event could not be written.
    """
    made = keeper.make()
    record(journal, stamp, made)
    return made


def owed(journal: JournalReader, newest: BackupFound | None) -> OpenShift | None:
    """The last shift that was closed, where no backup was made since, such as by a program that ended before.

    Raises:
        Faulted: the journal cannot be read.
    """
    shift = journal.shift()
    if shift is not None and shift.closed_seq is None:
        shift = journal.shift(shift.id - 1)
    if shift is None or shift.closed_seq is None:
        return None
    return shift if newest is None or newest.seq < shift.closed_seq else None


def record(journal: Journal, stamp: Stamp, made: BackupMade) -> Committed:
    """Raises `Faulted` where the event could not be written; the backup stands."""
    return journal.record(stamp, backed_up(made))


def backed_up(made: BackupMade) -> Entry:
    detail = {
        "file": str(made.path),
        "seq": made.seq,
        "hash": made.hash,
        "sha256": made.sha256,
        "size": made.size,
        "second": _text(made.second),
        "second_trouble": _facts(made.second_trouble),
        "pruned": list(made.pruned),
    }
    return Entry(EventKind.BACKED_UP, detail=json.dumps(detail, sort_keys=True))


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _facts(reason: Reason | None) -> dict[str, object] | None:
    return None if reason is None else {"why": str(reason.why), **reason.facts}

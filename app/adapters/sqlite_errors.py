"""What SQLite's errors mean for a station."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from app.adapters.backup_files import newest_backup
from app.core.errors import Fact, Faulted, Why, because

_WHY = {
    sqlite3.SQLITE_FULL: Why.DISK_FULL,
    sqlite3.SQLITE_BUSY: Why.JOURNAL_LOCKED,
    sqlite3.SQLITE_LOCKED: Why.JOURNAL_LOCKED,
    sqlite3.SQLITE_PROTOCOL: Why.JOURNAL_LOCKED,
    sqlite3.SQLITE_READONLY: Why.JOURNAL_READ_ONLY,
    sqlite3.SQLITE_PERM: Why.JOURNAL_READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Why.JOURNAL_DAMAGED,
    sqlite3.SQLITE_NOTADB: Why.JOURNAL_DAMAGED,
    # refused space that is not ENOSPC: a quota, a limit of file size
    sqlite3.SQLITE_IOERR_WRITE: Why.DISK_FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: Why.DISK_FULL,
    sqlite3.SQLITE_IOERR_READ: Why.JOURNAL_DAMAGED,
    sqlite3.SQLITE_IOERR_SHORT_READ: Why.JOURNAL_DAMAGED,
    sqlite3.SQLITE_IOERR_CORRUPTFS: Why.JOURNAL_DAMAGED,
    sqlite3.SQLITE_READONLY_DBMOVED: Why.JOURNAL_GONE,
}
"""By extended code where it is here, else by primary code (the low byte)."""


BIRTH = "journal.made"
"""Stands beside a journal from its first moment on, so that one that has gone or is no more one is missed."""


def faulted(error: sqlite3.Error | OSError, path: Path) -> Faulted:
    """The fault to raise `from` this error; facts: `path`, and SQLite's or the system's words as `detail`."""
    why = _why(error, path)
    if why is Why.JOURNAL_DAMAGED:
        return damaged(path, str(error))
    if why is Why.JOURNAL_GONE:
        return gone(path, str(error))
    return Faulted(because(why, path=str(path), detail=str(error)))


def damaged(path: Path, detail: str) -> Faulted:
    """With the way back, where there is a good backup; facts as `way_back` has them."""
    return Faulted(because(Why.JOURNAL_DAMAGED, path=str(path), detail=detail, **way_back(path)))


def gone(path: Path, detail: str) -> Faulted:
    return Faulted(because(Why.JOURNAL_GONE, path=str(path), detail=detail, **way_back(path)))


def not_ours(path: Path) -> Faulted:
    """Where the station made a journal, a file that is none is what is left of it."""
    if path.with_name(BIRTH).exists():
        return damaged(path, "no journal")
    return Faulted(because(Why.JOURNAL_NOT_OURS, path=str(path)))


def way_back(path: Path) -> dict[str, Fact]:
    """The newest good backup of this journal: `backup` is its name, `when` its time (UTC, ISO 8601), `seq`
    its newest event. Nothing where there is none."""
    found = newest_backup(path.parent)
    return {"backup": found.path.name, "when": found.when, "seq": found.seq} if found else {}


def _why(error: sqlite3.Error | OSError, path: Path) -> Why:
    if not path.exists():
        return Why.JOURNAL_GONE
    why = _by_code(error)
    if why in (Why.DISK_FULL, Why.JOURNAL_UNUSABLE) and not _may_write(path):
        return Why.JOURNAL_READ_ONLY
    return why


def _by_code(error: sqlite3.Error | OSError) -> Why:
    if isinstance(error, OSError):
        return Why.JOURNAL_UNUSABLE
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by Python's module: the row holds what cannot be a text or a word of ours
        return Why.JOURNAL_DAMAGED
    return _WHY.get(code) or _WHY.get(code & 0xFF, Why.JOURNAL_UNUSABLE)


def _may_write(path: Path) -> bool:
    """The log beside the journal is written too, and made anew."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)

"""The hash chain over the events.

The canonical form of an event is SQLite's `quote()` of every column but `hash`, in the order of the table,
joined by commas, as UTF-8. Its SHA-256 is the event's `hash`; `previous_hash` is among the columns, so each
event vouches for all before it. `docs/journal.md` shows how to recompute it with the sqlite3 shell.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable

from app.adapters.event_row import COLUMNS, Value

GENESIS = "0" * 64
"""`previous_hash` of the first event."""

CHAINED = COLUMNS[:-1]
"""What a hash covers: every column but the hash itself."""


def canonical(values: Iterable[Value]) -> str:
    return ",".join(map(_quoted, values))


def hash_of(values: Iterable[Value]) -> str:
    """The hash of an event with these values: the `CHAINED` columns, in order."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def _quoted(value: Value) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Sequence number and hash of the newest event, as kept apart from the events.

    Raises:
        sqlite3.DatabaseError: it is not there.
    """
    row = connection.execute("SELECT seq, hash FROM head").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("the head is missing")
    return row[0], row[1]

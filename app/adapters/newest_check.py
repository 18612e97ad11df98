"""The check at start: the end of the chain and what guards it, in no time however long the journal is.

It finds a file that was cut off, an event at the end changed, removed or added, a guard taken away, and
damage at the edges of the tables that every unit goes through. That older events hold, and that the live
tables follow from them, only `journal verify` proves.
"""

from __future__ import annotations

import sqlite3

from app.adapters.chain_check import Bad, Verification
from app.adapters.schema import lacks_a_guard
from app.core.record import ChainCheck

NEWEST = 1000
"""Events whose hashes are recomputed where the whole chain would take too long."""

_EDGES = """
SELECT (SELECT min(seq) FROM event), (SELECT max(seq) FROM event),
    (SELECT min(seq) FROM binding), (SELECT max(seq) FROM binding),
    (SELECT min(imei) FROM binding WHERE ended_seq IS NULL),
    (SELECT max(imei) FROM binding WHERE ended_seq IS NULL),
    (SELECT min(sn) FROM binding WHERE ended_seq IS NULL),
    (SELECT max(sn) FROM binding WHERE ended_seq IS NULL)"""
"""Each is a walk from the root of a tree to its first or last leaf."""


def trouble_at_the_end(connection: sqlite3.Connection) -> str | None:
    """What does not hold, in words for the log.

    Raises:
        sqlite3.Error: it cannot be read at all.
    """
    if lacks_a_guard(connection):
        return "schema"
    check = verify_newest(connection)
    if check.finding is not None:
        return f"#{check.first_bad}: {check.finding}"
    connection.execute(_EDGES).fetchone()
    return None


def verify_newest(connection: sqlite3.Connection, count: int = NEWEST) -> ChainCheck:
    """As `chain_check.verify`, of the newest events alone; `events` is the last one that holds.

    Raises:
        sqlite3.Error: they cannot be read at all.
    """
    connection.execute("BEGIN")
    try:
        return _Newest(connection, None).result_of(count)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


class _Newest(Verification):
    def result_of(self, count: int) -> ChainCheck:
        (total,) = self._connection.execute("SELECT coalesce(max(seq), 0) FROM head").fetchone()
        start = max(0, total - count)
        newer = f"WHERE seq > {start} LIMIT {count + 1}"
        bad = self._begin_after(start) or self._in_the_chain(newer) or self._at_its_end()
        finding, seq = bad or (None, None)
        return ChainCheck(self._held, seq, finding, self._hash)

    def _begin_after(self, seq: int) -> Bad | None:
        if seq:
            row = self._connection.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()
            if row is None:
                return ("missing", seq)
            self._held, self._hash = seq, row[0]
        return None

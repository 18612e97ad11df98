"""The proof that a journal is what was written: every event, none missing, and what is derived from them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable

from app.adapters.corrections_check import first_not_following
from app.adapters.hash_chain import CHAINED, GENESIS
from app.adapters.issued_check import first_other_list
from app.adapters.progress import Progress
from app.adapters.projection import TABLES, TALLIED
from app.adapters.schema import lacks_a_judge
from app.core.record import ChainCheck, EventKind

_CANONICAL = f"printf('{','.join('%s' for _ in CHAINED)}', {', '.join(f'quote({name})' for name in CHAINED)})"

_NUMBERS = ("seq", "zone_minutes", "monotonic_ms", "shift")
_TEXTS = " || ".join(f"coalesce({name}, '')" for name in (*CHAINED, "hash") if name not in _NUMBERS)

_OPENED = str(EventKind.SHIFT_OPENED)
_TALLIED = ", ".join(f"'{kind}'" for kind in (_OPENED, *TALLIED))

# `quote()` ends a text at a NUL, and no text of ours holds one
_CHAIN = f"""
SELECT seq, CAST({_CANONICAL} AS BLOB), CAST(quote(previous_hash) AS BLOB), CAST(quote(hash) AS BLOB),
    instr(CAST({_TEXTS} AS BLOB), x'00'), CASE WHEN kind IN ({_TALLIED}) THEN kind || ' ' || shift END
FROM event NOT INDEXED"""  # noqa: S608 our own column names

_NOT_FOLLOWED = """
SELECT e.seq FROM event AS e NOT INDEXED LEFT JOIN binding AS b ON b.seq = e.seq
WHERE NOT coalesce(CASE e.kind
    WHEN 'bound' THEN b.imei IS coalesce(e.chip_imei, e.label_imei) AND b.pk IS e.pk AND b.sn IS e.sn
        AND b.name IS '' AND b.fingerprint IS '' AND b.shift IS e.shift AND b.work_order IS e.work_order
    WHEN 'imported' THEN b.imei IS coalesce(e.chip_imei, e.label_imei) AND b.pk IS e.pk AND b.sn IS e.sn
        AND b.shift IS e.shift AND b.work_order IS e.work_order AND CASE WHEN json_valid(e.detail)
        THEN b.name IS coalesce(json_extract(e.detail, '$.name'), '')
            AND b.fingerprint IS coalesce(json_extract(e.detail, '$.fingerprint'), '') END
    WHEN 'shift-opened' THEN b.seq IS NULL AND EXISTS (
        SELECT 1 FROM shift AS s WHERE s.id = e.shift AND s.opened_seq = e.seq AND s.station IS e.station)
    WHEN 'shift-closed' THEN b.seq IS NULL AND EXISTS (
        SELECT 1 FROM shift AS s WHERE s.id = e.shift AND s.closed_seq = e.seq)
    ELSE b.seq IS NULL END, 0)
ORDER BY e.seq LIMIT 1"""

_WITHOUT_EVENT = """
SELECT min(seq) FROM (
    SELECT seq FROM binding WHERE seq NOT BETWEEN 1 AND :held
    UNION ALL
    SELECT s.opened_seq FROM shift AS s LEFT JOIN event AS e ON e.seq = s.opened_seq
    WHERE e.kind IS NOT 'shift-opened' OR e.shift IS NOT s.id
    UNION ALL
    SELECT s.opened_seq FROM shift AS s LEFT JOIN event AS e ON e.seq = s.closed_seq
    WHERE s.closed_seq IS NOT NULL AND (e.kind IS NOT 'shift-closed' OR e.shift IS NOT s.id))"""

_CHECKS = (
    "PRAGMA quick_check(event)",
    *(f"PRAGMA integrity_check({table})" for table in (*TABLES, "issued")),
)

_UNREADABLE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOTADB)

Bad = tuple[str, int]
"""A finding of `ChainCheck` and the sequence number where it shows."""

_NOTHING_DERIVED: Bad = ("bindings", 1)
"""The events are as they were written; a table or index that follows from them is damaged."""

_STEPS_BETWEEN_PROGRESS = 300_000
"""Of SQLite's virtual machine: some three thousand events."""


def verify(connection: sqlite3.Connection, progress: Progress | None = None) -> ChainCheck:
    """Reads the journal as it stands at this moment, whatever is written meanwhile.

    The rows are taken in the order in which they lie in the file. `progress` is called every few thousand
    events; where it cancels, the result says how many events were read, and that they hold.

    Raises:
        sqlite3.Error: the journal cannot be read at all.
    """
    connection.execute("BEGIN")
    try:
        return Verification(connection, progress).result()
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def verify_events(connection: sqlite3.Connection, progress: Progress | None = None) -> ChainCheck:
    """As `verify`, inside the caller's transaction, and of the events alone."""
    return Verification(connection, progress).result(only_events=True)


class Verification:
    """One reading of a journal, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, progress: Progress | None) -> None:
        self._connection = connection
        self._held = 0
        self._hash = GENESIS
        self._cancelled = False
        self._tally: Counter[str] = Counter()
        """How many events of each kind that a shift counts, by kind and number of the shift."""
        if progress is not None:
            (total,) = connection.execute("SELECT coalesce(max(seq), 0) FROM head").fetchone()
            connection.set_progress_handler(lambda: self._ask(progress, total), _STEPS_BETWEEN_PROGRESS)

    def _ask(self, progress: Progress, total: int) -> bool:
        self._cancelled = not progress(min(self._held, total), total)
        return self._cancelled

    def result(self, only_events: bool = False) -> ChainCheck:
        try:
            bad = self._in_the_chain() or self._at_its_end()
            if bad is None and not only_events:
                bad = self._in_what_follows()
        except sqlite3.OperationalError:
            if not self._cancelled:
                raise
            bad = None
        finally:
            self._connection.set_progress_handler(None, 0)
        finding, seq = bad or (None, None)
        return ChainCheck(self._held, seq, finding, self._hash)

    def _in_the_chain(self, where: str = "") -> Bad | None:
        try:
            return self._hold(self._connection.execute(f"{_CHAIN} {where}"))
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
        return self._where_unreadable()

    def _hold(self, rows: Iterable[tuple[int, bytes, bytes, bytes, int, str | None]]) -> Bad | None:
        for seq, content, previous, stored, nul, counted in rows:
            expected = self._held + 1
            if seq > expected:
                return ("missing", expected)
            if seq < expected:  # the table sorts its rows: nothing but a changed byte puts one out of order
                return ("changed", expected) if self._held else ("inserted", seq)
            hash = hashlib.sha256(content).hexdigest()
            if nul or previous != _as_stored(self._hash) or stored != _as_stored(hash):
                return ("changed", expected)
            self._held, self._hash = seq, hash
            self._count(counted)
        return None

    def _count(self, event: str | None) -> None:
        """A shift counts from where it was opened."""
        kind, _, shift = (event or "").partition(" ")
        if kind == _OPENED:
            self._tally.update({f"{one} {shift}": -self._tally[f"{one} {shift}"] for one in TALLIED})
        elif event is not None:
            self._tally[event] += 1

    def _where_unreadable(self) -> Bad:
        """Python's module reads a row ahead and lost the good one before the damage: ask one by one."""
        while True:
            try:
                row = self._connection.execute(f"{_CHAIN} WHERE seq = ?", (self._held + 1,)).fetchone()
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                row = None
            if row is None:
                return ("unreadable", self._held + 1)
            if bad := self._hold([row]):
                return bad

    def _at_its_end(self) -> Bad | None:
        kept = self._connection.execute("SELECT seq, CAST(quote(hash) AS BLOB) FROM head").fetchone()
        seq, hash = kept or (self._held, None)
        if seq > self._held:
            return ("missing", self._held + 1)
        if seq < self._held:
            return ("inserted", seq + 1)
        return None if hash == _as_stored(self._hash) else ("head", seq)

    def _in_what_follows(self) -> Bad | None:
        try:
            for query in (_NOT_FOLLOWED, _WITHOUT_EVENT):
                row = self._connection.execute(query, {"held": self._held}).fetchone()
                if row is not None and row[0] is not None:
                    return ("bindings", row[0])
            sound = all(self._connection.execute(check).fetchone() == ("ok",) for check in _CHECKS)
            seq = (self._miscounted() or first_not_following(self._connection)) if sound else None
            other_list = first_other_list(self._connection) if sound and seq is None else None
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            return _NOTHING_DERIVED
        if not sound or (seq is None and lacks_a_judge(self._connection)):
            return _NOTHING_DERIVED
        if seq is not None:
            return ("bindings", seq)
        return None if other_list is None else ("issued", other_list)

    def _miscounted(self) -> int | None:
        """The event that opened the first shift whose figures are not what its events make."""
        columns = ", ".join(TALLIED.values())
        query = f"SELECT opened_seq, id, {columns} FROM shift ORDER BY opened_seq"  # noqa: S608 our own words
        for opened, id, *figures in self._connection.execute(query):
            if figures != [self._tally[f"{kind} {id}"] for kind in TALLIED]:
                return int(opened)
        return None


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return error.sqlite_errorcode & 0xFF in _UNREADABLE


def _as_stored(hash: str) -> bytes:
    return f"'{hash}'".encode()

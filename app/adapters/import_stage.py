"""The rows of a file between reading and taking: in a scratch database, so that memory stays flat."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Self

from app.core.cells import text_of
from app.core.errors import Faulted, Reason, Why, because
from app.core.importing import FileRow, Finding, PairRow, RefusedRow

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE row (
    line INTEGER PRIMARY KEY, cells TEXT, imei TEXT, pk TEXT, sn TEXT, name TEXT, fingerprint TEXT);
CREATE TABLE finding (
    id INTEGER PRIMARY KEY, line INTEGER, "column" TEXT, value TEXT, reason TEXT, refuses INTEGER);
CREATE TABLE refused (line INTEGER PRIMARY KEY);
CREATE TABLE same (line INTEGER PRIMARY KEY);
BEGIN;
"""
_INDEXES = ("CREATE INDEX row_imei ON row (imei)", "CREATE INDEX row_device ON row (sn, pk)")

_PAIR = "SELECT line, imei, pk, sn, name, fingerprint FROM row"
_REPEATED_IMEIS = f"""{_PAIR} WHERE imei IN (SELECT imei FROM row GROUP BY imei HAVING count(*) > 1)
ORDER BY imei, line"""  # noqa: S608 our own words
_REPEATED_SNS = f"""{_PAIR} WHERE (sn, pk) IN (SELECT sn, pk FROM row GROUP BY sn, pk HAVING count(*) > 1)
ORDER BY sn, pk, line"""  # noqa: S608 our own words
_LEFT = f"""{_PAIR} WHERE imei IS NOT NULL AND line NOT IN (SELECT line FROM refused)
AND line NOT IN (SELECT line FROM same) ORDER BY line"""  # noqa: S608 our own words
_FINDINGS = 'SELECT line, "column", value, reason, refuses FROM finding WHERE refuses = ? ORDER BY line, id'
_REFUSED = """SELECT line, cells, reason FROM finding JOIN row USING (line) WHERE refuses ORDER BY line, id"""

_BETWEEN_CELLS = "\x1f"
_BATCH = 1000


class ImportStage:
    """Implements `ports.Stage`. One thread at a time uses it; gone once it is closed."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._waiting: list[tuple[object, ...]] = []
        with _as_fault():
            self._scratch.executescript(_TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.close()

    def add(self, row: FileRow, pair: PairRow | None) -> None:
        """The next row; without a pair it was refused by itself."""
        cells = _storable(_BETWEEN_CELLS.join(map(text_of, row.cells)))
        self._waiting.append((row.line, cells, *(pair[1:] if pair else (None,) * 5)))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def note(self, findings: Iterable[Finding]) -> None:
        rows = [
            (one.line, one.column, _storable(one.value), _stored(one.reason), one.refuses) for one in findings
        ]
        with _as_fault():
            self._scratch.executemany("INSERT INTO finding VALUES (NULL, ?, ?, ?, ?, ?)", rows)
            refused = [(row[0],) for row in rows if row[4]]
            self._scratch.executemany("INSERT OR IGNORE INTO refused VALUES (?)", refused)

    def note_same(self, lines: Iterable[int]) -> None:
        with _as_fault():
            self._scratch.executemany("INSERT OR IGNORE INTO same VALUES (?)", ((line,) for line in lines))

    def repeated_imeis(self) -> Iterator[PairRow]:
        self._flush()
        with _as_fault():
            for index in _INDEXES:
                self._scratch.execute(index)
        return self._pairs(_REPEATED_IMEIS)

    def repeated_sns(self) -> Iterator[PairRow]:
        return self._pairs(_REPEATED_SNS)

    def left(self) -> Iterator[PairRow]:
        return self._pairs(_LEFT)

    def counts(self) -> tuple[int, int, int]:
        self._flush()
        tables = ("row", "refused", "same WHERE line NOT IN (SELECT line FROM refused)")
        with _as_fault():
            found = [self._scratch.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608 our own words
        return found[0], found[1], found[2]

    def findings(self, refuses: bool) -> Iterator[Finding]:
        with _as_fault():
            for line, column, value, reason, _ in self._scratch.execute(_FINDINGS, (refuses,)):
                yield Finding(line, column, value, _reason(reason), refuses)

    def refused(self) -> Iterator[RefusedRow]:
        with _as_fault():
            for (line, cells), told in groupby(self._scratch.execute(_REFUSED), key=lambda row: row[:2]):
                yield RefusedRow(line, cells.split(_BETWEEN_CELLS), [_reason(row[2]) for row in told])

    def _pairs(self, query: str) -> Iterator[PairRow]:
        with _as_fault():
            yield from map(PairRow._make, self._scratch.execute(query))

    def _flush(self) -> None:
        with _as_fault():
            self._scratch.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?)", self._waiting)
        self._waiting.clear()


@contextmanager
def _as_fault() -> Iterator[None]:
    """The scratch database lies where the system keeps what is temporary."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Faulted(because(Why.DISK_FULL, path=tempfile.gettempdir(), detail=str(error))) from error


def _storable(text: str) -> str:
    """Bytes that are no characters become question marks: the file itself still has them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _stored(reason: Reason) -> str:
    return json.dumps([reason.why, dict(reason.facts)])


def _reason(stored: str) -> Reason:
    why, facts = json.loads(stored)
    return because(Why(why), **facts)

"""The journal as people search it: units by part of their numbers, the newest first, however many."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.adapters.event_row import plain
from app.adapters.journal_times import ranges_between
from app.adapters.sqlite_reader import SqliteJournalReader
from app.adapters.unit_sql import AMONG, BOUND_LINES, CANDIDATES, TOUCHED_LINES, WITHIN, found
from app.core.record import EventKind
from app.core.selection import Range
from app.core.unit_list import UnitLine, UnitQuery, UnitSpan, UnitState

_SPAN = 20_000
"""Events that are looked through in one go: some milliseconds, more where operators are asked for."""

_FIRST_SPAN = 500
"""The newest ones alone, so that the first rows are there at once."""

_MOST_EXACT = 20


class SqliteUnitReader(SqliteJournalReader):
    """Fills `ports.UnitReader`. For the thread that makes it."""

    def operators(self) -> Sequence[str]:
        return [name for (name,) in self._rows("SELECT name FROM person ORDER BY name")]

    def spans(self, query: UnitQuery) -> Iterator[UnitSpan]:
        count = f"SELECT count(*) FROM ({found(query, WITHIN)})"  # noqa: S608 our own words
        for first, last in self._reach(query):
            newest, length = last, min(_FIRST_SPAN, _SPAN)
            while newest >= first:
                oldest = max(first, newest - length + 1)
                named = {**_named(query), "oldest": oldest, "newest": newest}
                ((number,),) = self._rows(count, named)
                yield UnitSpan(newest, oldest, number)
                newest, length = oldest - 1, _SPAN

    def lines(self, query: UnitQuery, span: UnitSpan, skip: int, limit: int) -> Sequence[UnitLine]:
        # the offset is never greater than one span
        keys = f"{found(query, WITHIN)} LIMIT :limit OFFSET :skip"
        named = {**_named(query), "oldest": span.oldest, "newest": span.newest, "skip": skip, "limit": limit}
        return self._lines(self._rows(keys, named))

    def exactly(self, query: UnitQuery) -> Sequence[UnitLine]:
        named = _named(query)
        seqs = [seq for (seq,) in self._rows(CANDIDATES, named)]
        keys = f"{found(query, AMONG)} LIMIT {_MOST_EXACT}"
        return self._lines(self._rows(keys, {**named, "seqs": json.dumps(seqs)}))

    def line_of(self, seq: int) -> UnitLine | None:
        """The unit that this event names, whatever has become of it since."""
        event = self.event(seq)
        if event is None:
            return None
        entry = event.entry
        imei = entry.chip_imei or entry.label_imei
        for part in (entry.sn, imei):
            for line in self.exactly(UnitQuery(part)) if part else ():
                if line.pk == entry.pk or entry.pk is None:
                    return replace(line, imei=imei or line.imei) if line.is_parted else line
        if entry.sn is None and imei is None:
            return None
        at, operator = event.stamp.at, event.stamp.operator
        return UnitLine(seq, entry.pk, entry.sn, imei, UnitState.UNBOUND, at, operator)

    # --- the lines of the list

    def _lines(self, keys: Sequence[tuple[int, int]]) -> list[UnitLine]:
        """In the order of the keys: an event's number, and whether it is a live binding."""
        bound = self._read(BOUND_LINES, [seq for seq, is_bound in keys if is_bound])
        touched = self._read(TOUCHED_LINES, [seq for seq, is_bound in keys if not is_bound])
        lines = {row[0]: _bound_line(*row) for row in bound} | {row[0]: _touched_line(row) for row in touched}
        return [lines[seq] for seq, _ in keys if seq in lines]

    def _read(self, query: str, seqs: list[int]) -> list[Any]:
        return self._rows(query, {"seqs": json.dumps(seqs)}) if seqs else []

    # --- times

    def _reach(self, query: UnitQuery) -> list[Range]:
        """Where in the journal the wanted times lie, the newest first; give or take a second."""
        newest = self.head()[0]
        with self._file.use() as connection:
            times = (_moved(query.since, -1), _moved(query.until, 1))
            return list(ranges_between(connection, 1, newest, *times))[::-1]


def _named(query: UnitQuery) -> dict[str, str | None]:
    part, operator = plain(query.part), query.operator and plain(query.operator)
    return {"part": part, "operator": operator, "since": query.since, "until": query.until}


def _moved(at: str, seconds: float) -> str | None:
    if not at:
        return None
    moved = datetime.fromisoformat(at) + timedelta(seconds=seconds)
    return moved.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _bound_line(
    seq: int, pk: str, sn: str, imei: str, at: str, operator: str | None, verified: bool
) -> UnitLine:
    return UnitLine(seq, pk, sn, imei, UnitState.VERIFIED if verified else UnitState.BOUND, at, operator)


def _touched_line(row: Sequence[Any]) -> UnitLine:
    seq, pk, sn, imei, at, operator, kind, of_sn, of_imei, sn_scrapped, imei_scrapped, spoiled, released = row
    if not of_sn:
        pk = sn = None
    state = UnitState.UNBOUND
    if (of_sn and sn_scrapped) or (of_imei and imei_scrapped):
        state = UnitState.SCRAPPED
    elif of_sn and spoiled:
        state = UnitState.SPOILED
    elif kind == EventKind.FAULTED:
        state = UnitState.ON_HOLD
    elif kind == EventKind.RELEASED and released:
        state = UnitState.RELEASED
    is_parted = state is UnitState.UNBOUND and sn is not None
    return UnitLine(seq, pk, sn, imei, state, at, operator, is_parted)

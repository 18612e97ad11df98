"""All that the journal knows of one unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from app.adapters.unit_reader import SqliteUnitReader
from app.core.codes import DeviceCode, Imei
from app.core.correcting import imei_in
from app.core.record import EventKind, Standing, StoredEvent
from app.core.unit_list import Happening, UnitLine, UnitStory

# each index of `binding` holds only the live rows, or only the ended ones
_BOUND = """
SELECT seq, shift, ended_seq FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL
UNION SELECT seq, shift, ended_seq FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NOT NULL
UNION SELECT seq, shift, ended_seq FROM binding WHERE imei = :imei AND ended_seq IS NULL
UNION SELECT seq, shift, ended_seq FROM binding WHERE imei = :imei AND ended_seq IS NOT NULL"""

_EXPORTS = f"""
SELECT e.seq, b.seq, json_extract(e.detail, '$.first_seq') AS first, b.shift
FROM event AS e INDEXED BY event_exported JOIN ({_BOUND}) AS b
WHERE e.kind = 'exported' AND e.seq > b.seq AND (b.ended_seq IS NULL OR b.ended_seq > e.seq)
AND b.seq BETWEEN first AND json_extract(e.detail, '$.last_seq')
AND coalesce(json_extract(e.detail, '$.shift') = b.shift, json_extract(e.detail, '$.shift') IS NULL)"""  # noqa: S608

_ROW = """
SELECT count(*) FROM binding WHERE seq BETWEEN :first AND :bound AND (ended_seq IS NULL OR ended_seq > :seq)
AND (:shift IS NULL OR shift = :shift)"""

_COUNTED_QUICKLY = 200_000
"""Events; a unit's place in a longer file is not counted."""

_BINDING = (EventKind.BOUND, "imported")


class SqliteStoryReader(SqliteUnitReader):
    """Fills `ports.UnitReader`. For the thread that makes it."""

    def story(self, unit: UnitLine) -> UnitStory:
        device, imei = unit.device, _module(unit)
        named = _named(device, imei)
        rows = dict(self._exports(named))
        ended = {ended_seq for _, _, ended_seq in self._rows(_BOUND, named) if ended_seq}
        events = {event.seq: event for event in self._naming(unit)}
        events |= {seq: event for seq in {*rows, *ended} - set(events) if (event := self.event(seq))}
        standing = self.standing(device, imei)
        told = tuple(_told(sorted(events.values(), key=lambda event: event.seq), unit.sn, rows))
        return UnitStory(unit, told, standing, self._retired_by(standing))

    def records_of(self, unit: UnitLine) -> list[int]:
        """The numbers of the events that name it."""
        return sorted({event.seq for event in self._naming(unit)})

    def _naming(self, unit: UnitLine) -> Iterator[StoredEvent]:
        if unit.sn is not None:
            yield from (one for one in self.events_of(unit.sn) if one.entry.pk in (None, unit.pk))
        if unit.imei is not None and not unit.is_parted:
            yield from self.events_of(unit.imei)

    def _exports(self, named: dict[str, str | None]) -> Iterator[tuple[int, int | None]]:
        for seq, bound, first, shift in self._rows(_EXPORTS, named):
            yield seq, self._row_in_file(seq, bound, first, shift)

    def _row_in_file(self, seq: int, bound: int, first: int, shift: int | None) -> int | None:
        if bound - first > _COUNTED_QUICKLY:
            return None
        event = self.event(seq)
        of_shift = json.loads(event.entry.detail or "{}").get("shift") if event else None
        of_file = {"seq": seq, "bound": bound, "first": first, "shift": None if of_shift is None else shift}
        ((row,),) = self._rows(_ROW, of_file)
        return int(row)

    def _retired_by(self, standing: Standing) -> StoredEvent | None:
        for seq in (standing.device_scrapped, standing.imei_scrapped, standing.spoiled):
            if seq is not None:
                return self.event(seq)
        return None


def _named(device: DeviceCode | None, imei: Imei | None) -> dict[str, str | None]:
    sn, pk = (str(device.sn), str(device.pk)) if device else (None, None)
    return {"sn": sn, "pk": pk, "imei": str(imei) if imei else None}


def _told(events: Iterable[StoredEvent], sn: str | None, rows: dict[int, int | None]) -> Iterator[Happening]:
    was_bound = False
    for event in events:
        is_binding = event.entry.kind in _BINDING and event.entry.sn == sn
        yield Happening(event, is_binding and was_bound, rows.get(event.seq))
        was_bound = was_bound or is_binding


def _module(unit: UnitLine) -> Imei | None:
    """The IMEI that belongs to the unit now; None also where the number could never be one."""
    return None if unit.is_parted else imei_in(unit.imei or "")

"""All that the journal knows of one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.adapters.unit_reader import SqliteUnitReader
from app.core.codes import DeviceCode, Imei
from app.core.correcting import imei_in
from app.core.record import EventKind, Standing, StoredEvent
from app.core.selection import BindingRow, Export, Selection, files_with
from app.core.unit_list import Happening, UnitLine, UnitStory

_BINDING = "SELECT seq, imei, pk, sn, shift, work_order, ended_seq FROM binding"

# each index of `binding` holds only the live rows, or only the ended ones
_BOUND = f"""
{_BINDING} WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL
UNION {_BINDING} WHERE sn = :sn AND pk = :pk AND ended_seq IS NOT NULL
UNION {_BINDING} WHERE imei = :imei AND ended_seq IS NULL
UNION {_BINDING} WHERE imei = :imei AND ended_seq IS NOT NULL"""

_ROW = """
SELECT count(*) FROM binding WHERE seq BETWEEN :first AND :bound AND (ended_seq IS NULL OR ended_seq > :seq)
AND (:shift IS NULL OR shift = :shift)"""

_COUNTED_QUICKLY = 200_000
"""Events; a unit's place in a longer file is not counted."""

_BINDS = (EventKind.BOUND, EventKind.IMPORTED)


class SqliteStoryReader(SqliteUnitReader):
    """Fills `ports.UnitReader`. For the thread that makes it."""

    def story(self, unit: UnitLine) -> UnitStory:
        bindings = self._bindings(unit)
        rows = {export.seq: self._row_in_file(export, binding) for binding, export in self._exports(bindings)}
        events = self._naming(unit)
        others = {*rows, *_ended(bindings)} - set(events)
        events |= {seq: event for seq in others if (event := self.event(seq))}
        standing = self.standing(unit.device, _module(unit))
        told = tuple(_told(sorted(events.values(), key=lambda event: event.seq), unit.sn, rows))
        return UnitStory(unit, told, standing, self._retired_by(standing))

    def records_of(self, unit: UnitLine) -> list[int]:
        """The numbers of the events of its story."""
        bindings = self._bindings(unit)
        files = {export.seq for _, export in self._exports(bindings)}
        return sorted({*self._naming(unit), *files, *_ended(bindings)})

    def _bindings(self, unit: UnitLine) -> list[BindingRow]:
        return [BindingRow(*row) for row in self._rows(_BOUND, _named(unit.device, _module(unit)))]

    def _naming(self, unit: UnitLine) -> dict[int, StoredEvent]:
        """By their numbers. Files are left out: they may hold the same SN of another product."""
        named = list[StoredEvent]()
        if unit.sn is not None:
            named += [one for one in self.events_of(unit.sn) if one.entry.pk in (None, unit.pk)]
        if unit.imei is not None and not unit.is_parted:
            named += self.events_of(unit.imei)
        return {event.seq: event for event in named if event.entry.kind is not EventKind.EXPORTED}

    def _exports(self, bindings: Sequence[BindingRow]) -> Iterator[tuple[BindingRow, Export]]:
        """The files that held them."""
        exports = self.exports(min(one.seq for one in bindings)) if bindings else ()
        for binding in bindings:
            for export in files_with(binding, exports):
                yield binding, export

    def _row_in_file(self, export: Export, binding: BindingRow) -> int | None:
        shift = export.selection.shift
        if export.selection != Selection(shift=shift) or len(export.ranges) != 1:
            return None
        first = export.ranges[0][0]
        if binding.seq - first > _COUNTED_QUICKLY:
            return None
        of_file = {"seq": export.end_seq, "bound": binding.seq, "first": first, "shift": shift}
        ((row,),) = self._rows(_ROW, of_file)
        return int(row)

    def _retired_by(self, standing: Standing) -> StoredEvent | None:
        for seq in (standing.device_scrapped, standing.imei_scrapped, standing.spoiled):
            if seq is not None:
                return self.event(seq)
        return None


def _ended(bindings: Iterable[BindingRow]) -> set[int]:
    """The events that ended them."""
    return {one.ended_seq for one in bindings if one.ended_seq is not None}


def _named(device: DeviceCode | None, imei: Imei | None) -> dict[str, str | None]:
    sn, pk = (str(device.sn), str(device.pk)) if device else (None, None)
    return {"sn": sn, "pk": pk, "imei": str(imei) if imei else None}


def _told(events: Iterable[StoredEvent], sn: str | None, rows: dict[int, int | None]) -> Iterator[Happening]:
    was_bound = False
    for event in events:
        is_binding = event.entry.kind in _BINDS and event.entry.sn == sn
        yield Happening(event, is_binding and was_bound, rows.get(event.seq))
        was_bound = was_bound or is_binding


def _module(unit: UnitLine) -> Imei | None:
    """The IMEI that belongs to the unit now; None also where the number could never be one."""
    return None if unit.is_parted else imei_in(unit.imei or "")

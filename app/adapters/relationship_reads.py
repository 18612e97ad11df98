"""What a relationship file is made of: live pairs as of any event, and what went out in files before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.adapters.journal_rows import parsed
from app.adapters.journal_times import ranges_between
from app.adapters.order_reads import OrderReads
from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.products import Product
from app.core.record import BoundRecord
from app.core.relationship import Block
from app.core.selection import BindingRow, Coverage, Export, Range, Selection, export_of, files_with

_ROW = "seq, imei, pk, sn, name, fingerprint"
_OWNERS = "shift, work_order"
_BINDING = "SELECT seq, imei, pk, sn, shift, work_order, ended_seq FROM binding"

# what was live then is known for ever: a binding keeps its row, and the row the event that ended it
_LIVE_THEN = "seq BETWEEN :first AND :last AND (ended_seq IS NULL OR ended_seq > :end)"
_CHOSEN = {"shift": "shift = :shift", "order": "work_order = :order", "product": "pk = :product"}

_EXPORTS = "SELECT seq, detail FROM event WHERE kind = 'exported' AND seq > ? ORDER BY seq"
_SHIFT = "SELECT opened_seq, coalesce(closed_seq, :end) FROM shift WHERE id = :shift"

# each index of `binding` holds only the live rows, or only the ended ones
_ENDED = (
    f"{_BINDING} INDEXED BY binding_ended_imei WHERE ended_seq IS NOT NULL AND ended_seq <= ? ORDER BY seq"
)
_OF_IMEI = (
    f"{_BINDING} WHERE imei = :imei AND ended_seq IS NULL"
    f" UNION ALL {_BINDING} WHERE imei = :imei AND ended_seq IS NOT NULL"
)
_OF_SN = (
    f"{_BINDING} WHERE sn = :sn AND ended_seq IS NULL"
    f" UNION ALL {_BINDING} WHERE sn = :sn AND ended_seq IS NOT NULL"
)
_RELEASED = f"{_BINDING} WHERE seq IN (SELECT ended_seq FROM released WHERE ended_seq <= ?) ORDER BY seq"  # noqa: S608 our own words


class RelationshipReads(OrderReads):
    """A part of `ports.JournalReader`."""

    def row_ranges(self, selection: Selection, end: int) -> tuple[Range, ...]:
        with self._file.use() as connection:
            first, last = 1, end
            if selection.shift is not None:
                shift = connection.execute(_SHIFT, {"shift": selection.shift, "end": end}).fetchone()
                first, last = shift or (1, 0)
            if selection.since is None and selection.until is None:
                return ((first, min(last, end)),)
            times = (selection.since, selection.until)
            return tuple(ranges_between(connection, first, min(last, end), *times))

    def live_rows(
        self, selection: Selection, within: Range, end: int, gone_out: Coverage | None = None
    ) -> Block:
        query, named = _live(selection, _ROW if gone_out is None else f"{_ROW}, {_OWNERS}")
        rows = self._named(self._rows(query, {**named, "first": within[0], "last": within[1], "end": end}))
        if gone_out is None:
            return rows
        return [row[:-2] for row in rows if not gone_out.covers(row[0], row[-2], row[-1], row[2])]

    def row_count(self, selection: Selection, within: Range, end: int) -> int:
        query, named = _live(selection, "count(*)")
        return int(self._rows(query, {**named, "first": within[0], "last": within[1], "end": end})[0][0])

    def _named(self, rows: list[Any]) -> list[Any]:
        """Where no Device Name came with the unit, its product's pattern gives it one."""
        patterns = {str(one.pk): one for one in self.products() if one.device_name}
        return [_with_name(row, patterns) for row in rows] if patterns else rows

    def exports(self, after: int = 0) -> Sequence[Export]:
        return [export_of(seq, detail) for seq, detail in self._rows(_EXPORTS, (after,))]

    def ended_bindings(self, until: int) -> Sequence[BindingRow]:
        return [BindingRow(*row) for row in self._rows(_ENDED, (until,))]

    def released_bindings(self, until: int) -> Sequence[BindingRow]:
        return [BindingRow(*row) for row in self._rows(_RELEASED, (until,))]

    def bindings_of(self, imei: str) -> Sequence[BindingRow]:
        return [BindingRow(*row) for row in self._rows(_OF_IMEI, {"imei": imei})]

    def exported_since(self, record: BoundRecord) -> bool:
        rows = self._rows(f"{_BINDING} WHERE seq = ?", (record.seq,))
        return any(export.covers(BindingRow(*row)) for row in rows for export in self.exports(record.seq))

    def _bindings_with(self, sn_or_imei: str) -> list[BindingRow]:
        rows = self._rows(_OF_SN, {"sn": sn_or_imei}) + self._rows(_OF_IMEI, {"imei": sn_or_imei})
        return [BindingRow(*row) for row in rows]

    def _files_with(self, bindings: Sequence[BindingRow]) -> set[int]:
        """The events of the files that hold one of these bindings."""
        exports = self.exports(min(one.seq for one in bindings)) if bindings else []
        return {export.seq for binding in bindings for export in files_with(binding, exports)}


def _with_name(row: Any, products: Mapping[str, Product]) -> Any:
    seq, imei, pk, sn, name, *others = row
    if name or pk not in products:
        return row
    pair = Pair(DeviceCode(parsed(ProductKey, pk), parsed(SerialNumber, sn)), parsed(Imei, imei))
    return (seq, imei, pk, sn, products[pk].device_name_of(pair), *others)


def _live(selection: Selection, columns: str) -> tuple[str, dict[str, Any]]:
    named = {name: getattr(selection, name) for name in _CHOSEN if getattr(selection, name) is not None}
    chosen = "".join(f" AND {_CHOSEN[name]}" for name in named)
    return f"SELECT {columns} FROM binding WHERE {_LIVE_THEN}{chosen} ORDER BY seq", named  # noqa: S608 our own words

"""Which units a relationship file is to hold, and which have gone out in one before."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

Range = tuple[int, int]
"""First and last sequence number."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The live pairs for which every condition holds; without any condition, all of them."""

    shift: int | None = None
    order: str | None = None
    product: str | None = None
    """A PK."""
    since: str | None = None
    """Bound at this time or later (UTC as in `Stamp.at`), by the PC's clock of that moment."""
    until: str | None = None
    """Bound before this time."""
    new: bool = False
    """Nothing that has gone out in an earlier file."""


@dataclass(frozen=True, slots=True)
class BindingRow:
    """A binding, live or ended, as far as files are concerned."""

    seq: int
    imei: str
    pk: str
    sn: str
    shift: int | None
    order: str | None
    ended_seq: int | None

    def was_live_at(self, seq: int) -> bool:
        """When this event was the newest."""
        return self.seq <= seq and (self.ended_seq is None or self.ended_seq > seq)


@dataclass(frozen=True, slots=True)
class Export:
    """A relationship file that went out."""

    seq: int
    """Its event."""
    end_seq: int
    """The newest event when the file was made: it holds what was live then."""
    selection: Selection
    ranges: tuple[Range, ...]
    """Its rows lie in these, and all that its selection fits in these went out with it or before."""
    file: str

    def covers(self, binding: BindingRow) -> bool:
        """Whether the binding was live then and went out with this file, or had gone out before."""
        if not binding.was_live_at(self.end_seq):
            return False
        chosen = self.selection
        return (
            any(first <= binding.seq <= last for first, last in self.ranges)
            and chosen.shift in (None, binding.shift)
            and chosen.order in (None, binding.order)
            and chosen.product in (None, binding.pk)
        )


def export_of(seq: int, detail: str | None) -> Export:
    """What an `exported` event tells, of which `detail` is the side file."""
    facts = _facts(detail)
    rows = (facts.get("first_seq"), facts.get("last_seq"))
    ranges = facts.get("ranges") or ([rows] if None not in rows else [])
    selection = Selection(**{name: facts[name] for name in Selection.__slots__ if facts.get(name)})
    return Export(
        seq,
        facts.get("end_seq", seq),
        selection,
        tuple((first, last) for first, last in ranges),
        facts.get("file", ""),
    )


def _facts(detail: str | None) -> dict[str, Any]:
    try:
        facts = json.loads(detail or "{}")
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def files_with(binding: BindingRow, exports: Iterable[Export]) -> list[Export]:
    """The files that hold this binding, out of all exports since it was made, oldest first."""
    found: list[Export] = []
    for export in exports:
        if export.covers(binding) and not (export.selection.new and found):
            found.append(export)
    return found


_Key = tuple[int | None, str | None, str | None]
"""Shift, order and product; None for all of them."""


class Coverage:
    """Which live bindings have gone out: one look-up each, however many exports there were."""

    def __init__(self, exports: Iterable[Export]) -> None:
        ranges: defaultdict[_Key, list[Range]] = defaultdict(list)
        for export in exports:
            chosen = export.selection
            ranges[chosen.shift, chosen.order, chosen.product].extend(export.ranges)
        self._ranges = {key: _merged(found) for key, found in ranges.items()}

    def covers(self, seq: int, shift: int | None, order: str | None, pk: str) -> bool:
        if not self._ranges:
            return False
        keys = product({shift, None}, {order, None}, (pk, None))
        return any(_within(self._ranges.get(key, ()), seq) for key in keys)


def _merged(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _within(ranges: Sequence[Range], seq: int) -> bool:
    place = bisect_right(ranges, seq, key=lambda bounds: bounds[0])
    return place > 0 and seq <= ranges[place - 1][1]

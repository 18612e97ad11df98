"""What went out in a relationship file and is true no more: which file has to say so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.core.selection import BindingRow, Export

BoundLater = Callable[[BindingRow], Iterable[BindingRow]]
"""The later bindings of the same IMEI."""


def withdrawn(
    ended: Iterable[BindingRow],
    exports: Sequence[Export],
    this: Export,
    replacing: bool,
    bound_later: BoundLater,
) -> Iterator[BindingRow]:
    """What went out in an earlier file and was unbound since: each stands in the first file after that.

    A pair that was bound again with the same partner is still true: as long as it is, no file takes it back.
    A file of one product tells of that product alone. A file that is made again in its own place tells again
    what it told, but for a module that went out anew meanwhile: taking it off would undo that.

    `ended` ended before `this` was made; `exports` are oldest first.
    """
    before = [export for export in exports if export.end_seq <= this.end_seq]
    files = _Files(before, this, bound_later)
    for binding in ended:
        if this.selection.product not in (None, binding.pk) or not files.held(binding):
            continue
        told = files.first_that_told(binding)
        if told is this or (
            told is not None and replacing and _same_file(told, this) and not files.went_out_anew(binding)
        ):
            yield binding


@dataclass(frozen=True, slots=True)
class _Files:
    """Every file before `this` one, oldest first."""

    exports: Sequence[Export]
    this: Export
    bound_later: BoundLater

    def held(self, binding: BindingRow) -> bool:
        """Whether any of them did."""
        begin = self._after(binding.seq)
        end = len(self.exports) if binding.ended_seq is None else self._after(binding.ended_seq)
        return any(export.covers(binding) for export in self.exports[begin:end])

    def first_that_told(self, binding: BindingRow) -> Export | None:
        """That it is true no more; `this` where none did yet. None where it is true all the same, or where a
        later binding of the same pair went out, with which it is told."""
        ended = binding.ended_seq
        while ended is not None:
            told = self._first_since(ended, binding.pk)
            again = next((one for one in self._again(binding) if one.was_live_at(told.end_seq)), None)
            if again is None:
                return told
            ended = None if told is self.this or self.held(again) else again.ended_seq
        return None

    def went_out_anew(self, binding: BindingRow) -> bool:
        """In another file; or the same pair did, in whichever."""
        return any(
            one.pk == binding.pk
            and ((one.sn == binding.sn and self.this.covers(one)) or self._elsewhere(one, binding))
            for one in self.bound_later(binding)
        )

    def _elsewhere(self, later: BindingRow, binding: BindingRow) -> bool:
        return self.held(later) and (later.sn == binding.sn or not self.this.covers(later))

    def _again(self, binding: BindingRow) -> Iterator[BindingRow]:
        return (one for one in self.bound_later(binding) if (one.pk, one.sn) == (binding.pk, binding.sn))

    def _first_since(self, seq: int, pk: str) -> Export:
        later = (self.exports[place] for place in range(self._after(seq), len(self.exports)))
        return next((one for one in later if one.selection.product in (None, pk)), self.this)

    def _after(self, seq: int) -> int:
        """The place of the first file that was made when this event had happened."""
        return bisect_left(self.exports, seq, key=lambda export: export.end_seq)


def _same_file(one: Export, other: Export) -> bool:
    return one.file == other.file and one.selection == other.selection and not one.selection.new

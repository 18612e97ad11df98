"""What the rows of a file show together: whether a spreadsheet had it, and how long its SNs are."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.cells import SPREADSHEET_DIGITS, may_be_reckoned
from app.core.errors import Reason, Why, because
from app.core.layout import Column

Doubt = tuple[Reason, bool]
"""What is strange about an SN, and whether it is refused for it."""


@dataclass
class _Lengths:
    """The SNs of one product that are digits alone."""

    counts: dict[int, int] = field(default_factory=dict)
    """How many of each length."""
    behind_zeros: dict[int, int] = field(default_factory=dict)
    """Of those that begin with 0: for each length the most digits that follow the zeros."""

    @property
    def usual(self) -> int:
        return max(self.counts, key=lambda length: (self.counts[length], length))

    def lost_from(self, length: int) -> int | None:
        """The length that an SN of this one has had if it lost zeros like those that others still have."""
        longer = [one for one, digits in self.behind_zeros.items() if length < one and length <= digits]
        return min(longer, default=None)


class Evidence:
    """Gathered row by row; asked once every row was seen."""

    def __init__(self) -> None:
        self.damaged = False
        """Some row shows for certain what a spreadsheet did."""
        self.reckoned_sns = False
        """Some SN looks like 1E17 and may be one."""
        self.numbers: dict[Column, int] = {}
        """How many cells of a column were kept as numbers."""
        self._rounded = False
        self._lengths: dict[str, _Lengths] = {}

    def note_sn(self, pk: str, sn: str) -> None:
        if not sn.isdigit():
            return
        length = len(sn)
        if length > SPREADSHEET_DIGITS and _is_rounded(sn):
            self._rounded = True
        lengths = self._lengths.setdefault(pk, _Lengths())
        lengths.counts[length] = lengths.counts.get(length, 0) + 1
        if sn[0] == "0":
            behind = len(sn.lstrip("0"))
            lengths.behind_zeros[length] = max(behind, lengths.behind_zeros.get(length, 0))

    @property
    def needs_second_look(self) -> bool:
        """Whether `doubt` can say anything at all."""
        several = any(len(one.counts) > 1 for one in self._lengths.values())
        return self._rounded or self.reckoned_sns or several

    def doubt(self, pk: str, sn: str) -> Doubt | None:
        """An SN of 16 or more digits that ends as a rounded one does, or one that may have lost zeros, is
        refused where the file shows damage for certain; otherwise people are warned."""
        if not sn.isdigit():
            number = because(Why.NUMBER_DAMAGED, text=sn)
            return (number, True) if self.damaged and may_be_reckoned(sn) else None
        if len(sn) > SPREADSHEET_DIGITS and _is_rounded(sn):
            return because(Why.SN_ROUNDED if self.damaged else Why.SN_MAYBE_ROUNDED, sn=sn), self.damaged
        return None if sn[0] == "0" else self._lost_zeros(self._lengths[pk], sn)

    def _lost_zeros(self, lengths: _Lengths, sn: str) -> Doubt | None:
        lost_from = lengths.lost_from(len(sn))
        if lost_from is not None:
            return because(Why.ZEROS_LOST, text=sn, length=lost_from), True
        if len(sn) >= lengths.usual:
            return None
        why = Why.ZEROS_LOST if self.damaged else Why.ZEROS_MAYBE_LOST
        return because(why, text=sn, length=lengths.usual), self.damaged


def _is_rounded(sn: str) -> bool:
    return not sn[SPREADSHEET_DIGITS:].strip("0")

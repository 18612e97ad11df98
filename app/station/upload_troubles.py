"""What of the upload needs a person: conflicts, what is blocked, and what was unbound after its upload."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from app.core.errors import Reason
from app.core.record import StoredEvent
from app.core.upload_item import Item, UploadState
from app.core.upload_status import Problem
from app.ports.journal_reads import JournalReader

MOST = 2_000
"""So many are looked at; the others come when these are done with."""


@dataclass(frozen=True, slots=True)
class UploadTrouble:
    """One thing that a person acts upon."""

    items: tuple[Item, ...]
    """One, or all that the same answer blocked: they are tried again together."""
    reason: Reason | None = None
    """None where it was unbound and the platform still holds it."""
    when: str = ""
    """Of the platform's answer, UTC as in `Stamp.at`; empty where there is none."""
    bound: StoredEvent | None = None
    """Our record of the first of them."""
    can_be_replaced: bool = False
    """Our SN can be written over the platform's."""

    @property
    def item(self) -> Item:
        return self.items[0]

    @property
    def seqs(self) -> tuple[int, ...]:
        return tuple(item.row.seq for item in self.items)

    @property
    def is_left_behind(self) -> bool:
        return self.reason is None

    @property
    def is_conflict(self) -> bool:
        return self.item.state is UploadState.CONFLICT


def troubles_of(journal: JournalReader) -> tuple[UploadTrouble, ...]:
    """Raises `Faulted` where the journal cannot be read."""
    problems = journal.upload_problems(MOST)
    told = {problem.item.row.seq for problem in problems}
    left = (UploadTrouble((one,)) for one in journal.upload_left_behind(MOST) if one.row.seq not in told)
    found = chain(_alike(problems), left)
    return tuple(
        UploadTrouble(one.items, one.reason, one.when, journal.event(one.item.row.seq), one.can_be_replaced)
        for one in found
    )


def _alike(problems: Sequence[Problem]) -> Iterator[UploadTrouble]:
    """What stops a product or the whole queue is told once, not for each device."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        item = problem.item
        stops = item.state is UploadState.BLOCKED and item.answer is not None and item.answer.stops
        key = (item.pk, item.answer) if stops else (item.row.seq,)
        groups.setdefault(key, []).append(problem)
    for group in groups.values():
        first = group[0]
        items = tuple(problem.item for problem in group)
        yield UploadTrouble(items, first.reason, first.when, can_be_replaced=first.can_be_replaced)

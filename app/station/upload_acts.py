"""What a supervisor decides about uploads that did not go through, each with an event of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import inf
from typing import Self

from app.core.errors import Refused, Why, because
from app.core.people import Act, Person
from app.core.record import EventKind, OpenShift, Stamp
from app.core.upload_item import Item, UploadState
from app.core.upload_record import entries_of
from app.core.upload_status import Problem
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.station.corrections import REASON_MAX
from app.station.desk import Desk
from app.station.outbox import is_pair_bound
from app.station.sign_in import require

_S = UploadState


class UploadActs:
    """Bindings are named by the numbers of their records; those of which it makes no sense are left out.

    Every method returns how many it was done for, in one durable write. It raises `Refused` (NOT_ALLOWED,
    REASON_NEEDED) or `Faulted` where nothing was changed.
    """

    def __init__(self, journal: Journal, stamp: Stamp, approver: Person | None) -> None:
        """`approver` is None only in a workshop without sign-in."""
        self._journal, self._approver = journal, approver
        self._stamp = replace(stamp, approver=approver.name) if approver else stamp

    @classmethod
    def of(cls, desk: Desk) -> Self:
        return cls(desk.journal, desk.stamp, desk.person)

    def try_again(self, seqs: Iterable[int]) -> int:
        """What is in conflict or refused: asked for first, then sent where the platform does not hold it."""
        return self._do(seqs, (_S.CONFLICT, _S.BLOCKED), Item.again, EventKind.UPLOAD_AGAIN)

    def go_on(self, shift: OpenShift | None = None) -> int:
        """A person has done what stopped a product or the whole upload: that is tried again."""
        stopped = [one.item for one in problems_of(self._journal, shift)]
        return self.try_again(item.row.seq for item in stopped if item.answer and item.answer.stops)

    def handle(self, seqs: Iterable[int], reason: str) -> int:
        """Somebody has seen to it otherwise, and says how."""
        return self._do(seqs, (_S.CONFLICT, _S.BLOCKED), Item.handled, None, _checked(reason))

    def replace(self, seqs: Iterable[int], reason: str) -> int:
        """Our SN is written over the one that the platform holds, as it was seen there."""
        wanted = [item.row.seq for item in self._named(seqs) if item.can_be_replaced]
        return self._do(wanted, (_S.CONFLICT,), Item.to_be_replaced, None, _checked(reason))

    def take_off(self, seqs: Iterable[int], reason: str) -> int:
        """What has been unbound since is deleted on the platform; not where the same pair is bound again."""
        states = (_S.CONFIRMED, _S.CONFLICT, _S.BLOCKED, _S.HANDLED)
        wanted = [
            item.row.seq for item in self._named(seqs) if not is_pair_bound(self._journal, item.row.pair)
        ]
        return self._do(wanted, states, Item.to_be_withdrawn, None, _checked(reason))

    def _do(
        self,
        seqs: Iterable[int],
        states: tuple[UploadState, ...],
        move: Callable[[Item], Item],
        kind: EventKind | None = None,
        reason: str | None = None,
    ) -> int:
        require(self._approver, Act.MANAGE)
        items = [move(item) for item in self._named(seqs) if item.state in states]
        with self._journal.one_act():
            for entry in entries_of(items, kind, reason):
                self._journal.record(self._stamp, entry)
        return len(items)

    def _named(self, seqs: Iterable[int]) -> Sequence[Item]:
        return self._journal.uploads(list(seqs))


def problems_of(journal: JournalReader, shift: OpenShift | None) -> Sequence[Problem]:
    """What a person must see to, of one shift or of all."""
    return [one for one in journal.upload_problems(-1) if is_of(shift, one.item)]


def is_of(shift: OpenShift | None, item: Item) -> bool:
    """Whether it was bound in this shift; None is the whole journal."""
    if shift is None:
        return True
    return shift.opened_seq < item.row.seq < (shift.closed_seq or inf)


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not 1 <= len(reason) <= REASON_MAX:
        raise Refused(because(Why.REASON_NEEDED, most=REASON_MAX))
    return reason

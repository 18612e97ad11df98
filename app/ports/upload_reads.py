"""What can be read of the upload, also while a station binds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from app.core.platform import Refusal
from app.core.record import OpenShift
from app.core.upload_item import OPEN, Item, UploadState
from app.core.upload_status import Problem, ProductStatus


class UploadReader(Protocol):
    """A binding of this station that is live and has never left waits, and is on no list for that: it is
    found among the bindings. Imported pairs are no business of the upload.

    `after` says that whatever waits has a higher number. Every method raises `Faulted` where the file cannot
    be read.
    """

    def waiting_products(self, after: int = 0, shift: int | None = None) -> Sequence[tuple[str, int, int]]:
        """ProductKey, number of the first and count of those that have never left."""
        ...

    def never_left(self, pk: str, most: int, after: int = 0, shift: int | None = None) -> Sequence[Item]:
        """The first of them, by number."""
        ...

    def unfinished_products(self, shift: int | None = None) -> Sequence[str]:
        """ProductKeys of what has left and is `app.core.upload_item.OPEN`."""
        ...

    def unfinished(
        self, pk: str, most: int, shift: int | None = None, states: Sequence[UploadState] = OPEN
    ) -> Sequence[Item]:
        """What has left and is in one of these states; by default in the order that `next_step` wants."""
        ...

    def upload_blocks(self, shift: int | None = None) -> Sequence[tuple[str, Refusal]]:
        """ProductKey and answer of everything `BLOCKED` (of this shift), each once."""
        ...

    def may_leave(self, seqs: Collection[int]) -> frozenset[int]:
        """Which of these bindings wait, and are live."""
        ...

    def has_left(self, seq: int) -> bool:
        """Whether this binding is on its way to the platform, or there."""
        ...

    def uploads(self, seqs: Collection[int]) -> Sequence[Item]:
        """Those of these bindings that have left at least once."""
        ...

    def upload_problems(self, limit: int) -> Sequence[Problem]:
        """Conflicts of live bindings, and refusals, the oldest binding first."""
        ...

    def upload_left_behind(self, limit: int) -> Sequence[Item]:
        """Unbound since; the platform holds them still, or may do so, as far as the station knows."""
        ...

    def upload_counts(
        self, shift: OpenShift | None, after: int = 0, alone: bool = False
    ) -> Sequence[ProductStatus]:
        """By product: what of this shift is where, and whatever is not settled of others, unless `alone`."""
        ...

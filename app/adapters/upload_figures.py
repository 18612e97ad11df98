"""How many bindings are where on their way to the platform."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from app.adapters.shift_reads import range_of
from app.adapters.upload_reads import UploadReads
from app.core.record import OpenShift
from app.core.upload_item import UploadState
from app.core.upload_status import ProductStatus

_S = UploadState

# what has ended is no conflict any more, and is not counted as being there: it may be a later record's
_COUNTS = """
SELECT u.pk, u.state, count(*) FROM upload AS u CROSS JOIN binding AS b ON b.seq = u.seq
WHERE u.state <> 'confirmed'
AND u.state IN ('waiting', 'sent', 'conflict', 'blocked', 'replacing', 'withdrawing')
AND (b.ended_seq IS NULL OR u.state <> 'conflict') AND (NOT :alone OR u.seq BETWEEN :first AND :last)
GROUP BY u.pk, u.state
UNION ALL SELECT u.pk, u.state, count(*) FROM upload AS u NOT INDEXED CROSS JOIN binding AS b ON b.seq = u.seq
WHERE u.seq BETWEEN :first AND :last AND u.state IN ('confirmed', 'handled')
AND (b.ended_seq IS NULL OR u.state = 'handled') GROUP BY u.pk, u.state"""


class UploadFigures(UploadReads):
    """Adds the figures of `ports.UploadReader`."""

    def upload_counts(
        self, shift: OpenShift | None, after: int = 0, alone: bool = False
    ) -> Sequence[ProductStatus]:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for pk, state, count in self._rows(_COUNTS, {**range_of(shift), "alone": alone}):
            counts[pk][state] += count
        for pk, _, count in self.waiting_products(after, shift.id if shift and alone else None):
            counts[pk][_S.WAITING] += count
        names = {str(one.pk): one.name for one in self.products()}
        return [_status(pk, names.get(pk, ""), counts[pk]) for pk in sorted(counts)]


def _status(pk: str, name: str, counts: Counter[str]) -> ProductStatus:
    return ProductStatus(
        pk,
        name,
        waiting=counts[_S.WAITING],
        sent=counts[_S.SENT],
        confirmed=counts[_S.CONFIRMED],
        conflicts=counts[_S.CONFLICT],
        blocked=counts[_S.BLOCKED],
        changing=counts[_S.REPLACING] + counts[_S.WITHDRAWING],
        handled=counts[_S.HANDLED],
    )

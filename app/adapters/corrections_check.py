"""The proof that what was corrected or uploaded, and the shifts, products and orders, follow from the events.

Nearly all bindings were never corrected, so only those events are applied anew that correct something or
bound what was corrected.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from app.adapters.event_row import COLUMNS
from app.adapters.projection import TALLIED
from app.adapters.replay import Impossible, differing, replay, scratch_journal
from app.core.upload_record import UPLOAD_KINDS

_CORRECTING = f"""
SELECT seq, pk, sn, coalesce(chip_imei, label_imei) FROM event NOT INDEXED
WHERE kind IN ('unbound', 'scrapped', 'reinstated', 'spoiled', 'released', 'product-set', 'order-added',
'order-closed', 'shift-opened', 'shift-handed-over', 'shift-closed',
{", ".join(f"'{kind}'" for kind in UPLOAD_KINDS)})"""  # noqa: S608 our own words

# each index of `binding` holds only the live rows, or only the ended ones
_BOUND = """
SELECT seq FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL
UNION SELECT seq FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NOT NULL
UNION SELECT seq FROM binding WHERE imei = :imei AND ended_seq IS NULL
UNION SELECT seq FROM binding WHERE imei = :imei AND ended_seq IS NOT NULL"""

_UNCORRECTED = """
SELECT o.seq, o.bound - coalesce(b.live, 0) FROM work_order AS o LEFT JOIN (
    SELECT work_order, count(*) AS live FROM binding
    WHERE ended_seq IS NULL AND work_order IS NOT NULL GROUP BY work_order) AS b ON b.work_order = o.number
ORDER BY o.seq"""
"""What the figure of each order owes to other things than live bindings, all of which are replayed."""

_EVENT = f"SELECT {', '.join(COLUMNS)} FROM event WHERE seq = ?"  # noqa: S608 our own column names

_CORRECTED = {
    "binding": "ended_seq IS NOT NULL",
    "scrapped": "TRUE",
    "spoiled": "TRUE",
    "released": "TRUE",
    "product": "TRUE",
    "upload": "TRUE",
}
"""Which rows follow from these events."""


def first_not_following(connection: sqlite3.Connection) -> int | None:
    """The first row or event that does not fit. `binding` is proven before, but for its `ended_seq`.

    Raises:
        sqlite3.Error: what stands cannot be read.
    """
    with scratch_journal() as scratch:
        try:
            replay(scratch, _events(connection))
        except Impossible as event:
            return event.seq
        found = [
            next(differing(connection, scratch, table, where), None) for table, where in _CORRECTED.items()
        ]
        counted = TALLIED.values()
        shifts = differing(connection, scratch, "shift", key="opened_seq", besides=counted)
        orders = differing(connection, scratch, "work_order", besides=("bound",))
        found += [next(shifts, None), next(orders, None), _miscounted(connection, scratch)]
    return min((seq for seq in found if seq is not None), default=None)


def _miscounted(connection: sqlite3.Connection, scratch: sqlite3.Connection) -> int | None:
    """The first order whose figure is not what its units make."""
    both = zip(connection.execute(_UNCORRECTED), scratch.execute(_UNCORRECTED), strict=False)
    return next((int(one[0]) for one, other in both if one != other), None)


def _events(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    seqs: set[int] = set()
    for seq, pk, sn, imei in connection.execute(_CORRECTING):
        seqs.add(seq)
        seqs.update(bound for (bound,) in connection.execute(_BOUND, {"pk": pk, "sn": sn, "imei": imei}))
    for seq in sorted(seqs):
        yield from connection.execute(_EVENT, (seq,))

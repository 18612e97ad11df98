"""The proof that each order's list of issued SNs is the one whose digest stands in the order's event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from app.core.orders import IssuedDigest

_LISTED = "SELECT seq, issued, sha256 FROM work_order WHERE issued IS NOT NULL ORDER BY seq"
_ISSUED = "SELECT work_order, CAST(sn AS BLOB) FROM issued ORDER BY work_order, sn"


def first_other_list(connection: sqlite3.Connection) -> int | None:
    """The number of the first event whose list is another one; `work_order` was proven before.

    Raises:
        sqlite3.Error: what stands cannot be read.
    """
    kept = {seq: (count, sha256) for seq, count, sha256 in connection.execute(_LISTED)}
    found = dict(_lists(connection))
    empty = (0, IssuedDigest().sha256)
    differing = (seq for seq in kept.keys() | found.keys() if kept.get(seq) != found.get(seq, empty))
    return min(differing, default=None)


def _lists(connection: sqlite3.Connection) -> Iterator[tuple[int, tuple[int, str]]]:
    for seq, rows in groupby(connection.execute(_ISSUED), key=itemgetter(0)):
        digest = IssuedDigest()
        for _, sn in rows:
            digest.add(sn)
        yield seq, (digest.count, digest.sha256)

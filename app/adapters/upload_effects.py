"""What follows from the events of an upload: where each binding is on its way."""

from __future__ import annotations

import sqlite3

from app.adapters.event_detail import detail_of
from app.adapters.event_row import EventRow
from app.core.record import EventKind

_COLUMNS = (
    "pk",
    "state",
    "batch",
    "code",
    "message",
    "refused_among",
    "largest_lot",
    "held",
    "activated",
    "unwanted",
    "changed_seq",
)
_MOVE = f"""
INSERT INTO upload VALUES ({", ".join("?" for _ in ("seq", *_COLUMNS))})
ON CONFLICT (seq) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}"""  # noqa: S608 our own words


def upload_moved(connection: sqlite3.Connection, event: EventRow) -> None:
    """Every binding that the event names stands as the event says."""
    moved = detail_of(event, str, "state") | detail_of(event, str | None, "message", "held")
    moved |= detail_of(event, int, "refused_among", "largest_lot", "activated", "unwanted")
    moved |= detail_of(event, int | None, "batch", "code")
    if event.kind == EventKind.UPLOAD_SENT:
        moved["batch"] = event.seq
    moved |= {"pk": event.pk, "changed_seq": event.seq}
    values = tuple(moved[name] for name in _COLUMNS)
    seqs = detail_of(event, list, "bindings")["bindings"]
    connection.executemany(_MOVE, [(seq, *values) for seq in seqs])

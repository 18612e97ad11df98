"""How the moves of an upload stand in the journal: one event for all bindings that move the same way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.core.record import Entry, EventKind
from app.core.upload_item import Item, UploadState

_S = UploadState
_KINDS: Mapping[UploadState, EventKind] = {
    _S.WAITING: EventKind.UPLOAD_RETURNED,
    _S.SENT: EventKind.UPLOAD_UNCLEAR,
    _S.CONFIRMED: EventKind.UPLOADED,
    _S.CONFLICT: EventKind.UPLOAD_CONFLICT,
    _S.BLOCKED: EventKind.UPLOAD_BLOCKED,
    _S.REPLACING: EventKind.UPLOAD_REPLACING,
    _S.WITHDRAWING: EventKind.UPLOAD_WITHDRAWING,
    _S.WITHDRAWN: EventKind.UPLOAD_WITHDRAWN,
    _S.HANDLED: EventKind.UPLOAD_HANDLED,
}
"""What it is called when something comes into this state by the platform's answer or a person's word."""

UPLOAD_KINDS = (
    EventKind.UPLOAD_SENT,
    EventKind.UPLOAD_UNCLEAR,
    EventKind.UPLOAD_RETURNED,
    EventKind.UPLOADED,
    EventKind.UPLOAD_CONFLICT,
    EventKind.UPLOAD_BLOCKED,
    EventKind.UPLOAD_AGAIN,
    EventKind.UPLOAD_REPLACING,
    EventKind.UPLOAD_WITHDRAWING,
    EventKind.UPLOAD_WITHDRAWN,
    EventKind.UPLOAD_HANDLED,
)
"""Every kind of event that `entries_of` makes."""


def entries_of(
    items: Iterable[Item], kind: EventKind | None = None, reason: str | None = None
) -> Iterator[Entry]:
    """What is to be put on record about items as they are now.

    A conflict has an event of its own, so that both records stand in it side by side.
    """
    groups: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        alone = item.row.seq if item.state is _S.CONFLICT else None
        groups.setdefault((item.pk, alone, *item[1:]), []).append(item)
    for group in groups.values():
        yield _entry(group, kind or _KINDS[group[0].state], reason)


def entry_of_departure(lot: Sequence[Item]) -> Entry:
    """One lot leaves now. Its number will be that of this event."""
    return _entry([item.left(0) for item in lot], EventKind.UPLOAD_SENT, None)


def _entry(group: Sequence[Item], kind: EventKind, reason: str | None) -> Entry:
    first, is_one = group[0], len(group) == 1
    return Entry(
        kind,
        pk=first.pk,
        sn=first.sn if is_one else None,
        label_imei=first.imei if is_one else None,
        reason=reason,
        detail=json.dumps(_facts(group), ensure_ascii=False),
    )


def _facts(group: Sequence[Item]) -> dict[str, Any]:
    """`bindings`: the numbers of the records. `held` is the SN that the platform holds instead."""
    item = group[0]
    return {
        "state": item.state,
        "bindings": [one.row.seq for one in group],
        "batch": item.batch or None,
        "code": item.answer.code if item.answer else None,
        "message": item.answer.message if item.answer else None,
        "refused_among": item.refused_among,
        "largest_lot": item.largest_lot,
        "held": item.held.sn if item.held else None,
        "activated": item.held is not None and item.held.activated,
        "unwanted": item.unwanted,
    }

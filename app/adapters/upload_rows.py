"""A binding on its way to the platform, as a row of a query, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.adapters.event_row import word
from app.adapters.journal_rows import parsed
from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.platform import Held, PlatformDevice, Refusal
from app.core.products import Product
from app.core.upload_item import Item, UploadState

_OWN = "b.seq, b.imei, b.pk, b.sn, b.name, b.fingerprint, b.ended_seq IS NULL"

MOVED = f"""
SELECT {_OWN}, u.state, u.batch, u.code, u.message, u.refused_among, u.largest_lot, u.held, u.activated,
    u.unwanted"""
"""What has left at least once, for `item_of`."""

NEVER_LEFT = f"SELECT {_OWN}"
"""What has not, for `item_of`."""

Patterns = Mapping[str, Product]
"""Products that name their devices, by ProductKey."""


def item_of(row: Sequence[Any], patterns: Patterns) -> Item:
    (seq, imei, pk, sn, name, fingerprint, live, *moved) = row
    pair = Pair(DeviceCode(parsed(ProductKey, pk), parsed(SerialNumber, sn)), parsed(Imei, imei))
    if not name and pk in patterns:
        name = patterns[pk].device_name_of(pair)
    item = Item(PlatformDevice(seq, pair, name, fingerprint), live=bool(live))
    return _where_it_stands(item, *moved) if moved else item


def _where_it_stands(
    item: Item,
    state: str,
    batch: int | None,
    code: int | None,
    message: str | None,
    refused_among: int,
    largest_lot: int,
    held: str | None,
    activated: int,
    unwanted: int,
) -> Item:
    return item._replace(
        state=word(UploadState, state),
        batch=batch,
        answer=None if code is None else Refusal(code, message or ""),
        refused_among=refused_among,
        largest_lot=largest_lot,
        held=None if held is None else Held(held, bool(activated)),
        unwanted=bool(unwanted),
    )

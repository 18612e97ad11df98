"""What a supervisor wants changed on the platform: our SN there instead of another one, or a device gone.

The platform is asked first; what it holds decides whether it is done.
"""

from __future__ import annotations

from app.core.platform import Held, LotAccepted, LotOutcome, LotRefused, Meaning
from app.core.upload_item import Item, UploadState, moved

_S = UploadState


def before_replacing(item: Item, held: Held | None) -> Item:
    """Still `REPLACING` where our SN is to be written now. Where the device is gone it is sent anew."""
    if held is None:
        return item.again()
    if held.sn == item.sn:
        return moved(item, _S.CONFIRMED)
    seen = item.held is not None and item.held.sn == held.sn
    return item if seen and item.live else moved(item, _S.CONFLICT, held=held)


def after_replacing(item: Item, outcome: LotOutcome) -> Item:
    match outcome:
        case LotAccepted():
            return moved(item, _S.CONFIRMED)
        case LotRefused(refusal):
            return moved(item, _S.BLOCKED, answer=refusal)
    return item


def before_taking_off(item: Item, held: Held | None, is_bound: bool) -> Item:
    """Still `WITHDRAWING` where it is to be deleted now.

    `is_bound`: a live record holds the same pair by now. What the platform holds belongs to that one.
    """
    if held is None or is_bound:
        return moved(item, _S.WITHDRAWN)
    return item if held.sn == item.sn else moved(item, _S.CONFLICT, held=held)


def after_taking_off(item: Item, outcome: LotOutcome) -> Item:
    match outcome:
        case LotAccepted():
            return moved(item, _S.WITHDRAWN)
        case LotRefused(refusal) if refusal.meaning is Meaning.ABSENT:
            return moved(item, _S.WITHDRAWN)
        case LotRefused(refusal):
            return moved(item, _S.BLOCKED, answer=refusal)
    return item

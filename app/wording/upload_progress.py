"""Words for the upload: where it goes, how it stands, and what holds it up, as short as a card wants them."""

from __future__ import annotations

from app.core.errors import Reason, Why
from app.core.upload_status import Phase, UploadStatus
from app.wording.language import mark, tr

_SHORT = {
    Why.PLATFORM_NO_PRODUCT: mark("no such product"),
    Why.PLATFORM_PRODUCT_DENIED: mark("no permission"),
    Why.PLATFORM_ACTIVATION_CODES: mark("no activation codes"),
    Why.PLATFORM_KEY_UNKNOWN: mark("AccessKey unknown"),
    Why.PLATFORM_KEY_LIMITED: mark("AccessKey limited"),
    Why.PLATFORM_ADDRESS_DENIED: mark("address not allowed"),
    Why.PLATFORM_API_OFF: mark("API not activated"),
    Why.PLATFORM_REFUSED: mark("refused"),
    Why.DEVICE_OTHER_SN: mark("other SN there"),
    Why.DEVICE_WITHOUT_SN: mark("no SN there"),
    Why.DEVICE_IN_USE: mark("in use elsewhere"),
}

_NOBODY_CAN_HELP = frozenset(
    {
        Why.PLATFORM_NAME,
        Why.PLATFORM_NOT_LISTENING,
        Why.PLATFORM_SLOW,
        Why.PLATFORM_BROKEN,
        Why.PLATFORM_TROUBLE,
        Why.PLATFORM_RATE_LIMIT,
        Why.PLATFORM_IN_PART,
        Why.DEVICE_UNANSWERED,
    }
)
"""What goes by without a person: the station is offline for a while, or the platform is."""


def platform_name(platform: str) -> str:
    """Of a data centre, or the host of a free address as it is."""
    return {"china": tr("China"), "europe": tr("Europe")}.get(platform, platform)


def passes_by_itself(reason: Reason) -> bool:
    """Whether it needs no person, only time."""
    return reason.why in _NOBODY_CAN_HELP


def in_short(reason: Reason) -> str:
    """Two or three words for what holds a device or a product up."""
    return tr(_SHORT.get(reason.why, mark("refused")))


def way_there(status: UploadStatus) -> str:
    """Where it goes, and whether there is a connection."""
    where = platform_name(status.platform)
    if status.phase is Phase.NOT_SET_UP:
        return tr("not set up")
    if status.phase is Phase.PAUSED:
        return tr("{where}, paused").format(where=where)
    if status.trouble is not None:
        text = tr("{where}, not reached") if passes_by_itself(status.trouble) else tr("{where}, blocked")
        return text.format(where=where)
    if status.phase is Phase.RUNNING:
        text = tr("{where}, connected") if status.connected else tr("{where}, uploading")
        return text.format(where=where)
    return tr("{where}, connected").format(where=where) if status.connected else where

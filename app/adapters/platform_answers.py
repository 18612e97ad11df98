"""What stands in the platform's answers, where it stands there properly."""

from __future__ import annotations

import re

from app.adapters.platform_transport import Json
from app.core.platform import Held, Page

_FAILURE = re.compile("fail|error", re.IGNORECASE)
_NOTHING = (None, False, 0, "0", "")


def held_in(data: object, pk: str, imei: str | None = None) -> Held | None:
    """The device that `data` describes; None where it describes none, or another one."""
    if not isinstance(data, dict) or not isinstance(data.get("deviceKey"), str):
        return None
    if data.get("productKey", pk) != pk or imei not in (None, data["deviceKey"]):
        return None
    sn = data.get("sn")
    return Held("" if sn is None else str(sn), activated=data.get("isActived") in (True, 1, "1", "true"))


def page_in(body: Json, pk: str, number: int) -> Page | None:
    data, pages, total = body.get("data"), body.get("pages"), body.get("total")
    if not isinstance(data, list) or not isinstance(pages, int) or not isinstance(total, int):
        return None
    found = [(one, held_in(one, pk)) for one in data]
    return Page(number, pages, total, {one["deviceKey"]: held for one, held in found if held is not None})


def names_failures(data: object) -> bool:
    """Whether what came with a 200 speaks of devices that failed.

    The documentation knows no such thing, other platforms have it; to ask costs less than to believe a 200.
    """
    if isinstance(data, dict):
        return any(_FAILURE.search(str(key)) and data[key] not in (*_NOTHING, [], {}) for key in data)
    return isinstance(data, list) and any(names_failures(one) for one in data)

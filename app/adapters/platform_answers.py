"""What stands in the platform's answers, where it stands there properly."""

from __future__ import annotations

from collections.abc import Collection

from app.adapters.platform_text import plain
from app.adapters.platform_transport import Json
from app.core.platform import Held, Page

_ROW = frozenset(
    ("deviceKey", "productKey", "sn", "deviceName", "authMode", "authCode", "fingerPrint", "psk")
)
"""What a device is described by; anything else may speak of a failure."""


def held_in(data: object, pk: str, imei: str | None = None) -> Held | None:
    """The device that `data` describes; None where it describes none, or another one."""
    if not isinstance(data, dict) or not isinstance(data.get("deviceKey"), str):
        return None
    if data.get("productKey", pk) != pk or imei not in (None, data["deviceKey"]):
        return None
    sn = data.get("sn")
    return Held(
        "" if sn is None else plain(str(sn)), activated=data.get("isActived") in (True, 1, "1", "true")
    )


def page_in(body: Json, pk: str, number: int) -> Page | None:
    data, pages, total = body.get("data"), body.get("pages"), body.get("total")
    if not isinstance(data, list) or not isinstance(pages, int) or not isinstance(total, int):
        return None
    found = [(one, held_in(one, pk)) for one in data]
    return Page(number, pages, total, {one["deviceKey"]: held for one, held in found if held is not None})


def says_no_more(data: object, imeis: Collection[str]) -> bool:
    """Whether what came with a 200 says nothing but that: no data, or each device of the lot once.

    The documentation knows no data here. Other platforms tell of failures in it, in whatever form: to ask
    costs less than to believe a 200.
    """
    if data is None or data is True or data in ("", [], {}):
        return True
    if not isinstance(data, list) or not all(isinstance(one, dict) and one.keys() <= _ROW for one in data):
        return False
    return sorted(str(one.get("deviceKey")) for one in data) == sorted(imeis)

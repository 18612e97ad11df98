"""The best guess of what an unknown code is: a label carries several codes, and people hit the wrong one."""

from __future__ import annotations

import re
from enum import StrEnum

from stdnum import ean


class LooksLike(StrEnum):
    """What an unknown text may be."""

    IMEI = "imei"
    TWO_SCANS = "two-scans"
    DEVICE_CODE = "device-code"
    LAYOUT = "keyboard-layout"
    EAN_13 = "ean-13"
    ICCID = "iccid"
    FCC_ID = "fcc-id"
    MAC = "mac"
    MEID = "meid"
    WEB_ADDRESS = "web-address"
    MATTER = "matter"
    LORAWAN = "lorawan"
    WIFI_EASY_CONNECT = "wifi-easy-connect"
    MODULE_LABEL = "module-label"
    NUMBER = "number"


_SHAPES: tuple[tuple[LooksLike, str], ...] = (
    (LooksLike.WEB_ADDRESS, r"(?i)(https?://|www\.).*"),
    (LooksLike.MATTER, r"MT:.*"),
    (LooksLike.LORAWAN, r"LW:.*"),
    (LooksLike.WIFI_EASY_CONNECT, r"DPP:.*"),
    (LooksLike.FCC_ID, r"(?i)fcc ?id.*"),
    (LooksLike.TWO_SCANS, r"[0-9]{30}|.*pk=.*pk=.*"),
    (LooksLike.ICCID, r"89[0-9]{16,18}[0-9Ff]?"),
    (LooksLike.DEVICE_CODE, r"(?i).*(pk=|&sn=|sn=).*"),
    (LooksLike.LAYOUT, r"(?i)pk.?[0-9a-z]+[^0-9a-z]?sn.*|=[0-9a-z]+&=.*"),
    (LooksLike.MAC, r"(?i)[0-9a-f]{12}|[0-9a-f]{2}([:-][0-9a-f]{2}){5}"),
    (LooksLike.MEID, r"[0-9A-F]{14,15}"),
    (LooksLike.MODULE_LABEL, r"[0-9]{14,16}[;, ].*|.*[;, ][0-9]{14,16}([;, ].*)?"),
)


def looks_like(text: str) -> LooksLike | None:
    """The first shape that fits, from the most to the least telling."""
    if ean.is_valid(text) and len(text) == 13:
        return LooksLike.EAN_13
    for guess, shape in _SHAPES:
        if re.fullmatch(shape, text):
            return guess
    return LooksLike.NUMBER if text.isdigit() else None

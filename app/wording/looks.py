"""What an unknown code looks like, in words."""

from __future__ import annotations

from app.core.looks import LooksLike
from app.wording.language import mark, tr

_WORDS: dict[str, str] = {
    LooksLike.IMEI: mark("an IMEI that is not valid"),
    LooksLike.TWO_SCANS: mark("two scans run together"),
    LooksLike.DEVICE_CODE: mark("a device QR of another format"),
    LooksLike.LAYOUT: mark("a keyboard layout other than US"),
    LooksLike.EAN_13: mark("an article number (EAN-13)"),
    LooksLike.ICCID: mark("a SIM card number (ICCID)"),
    LooksLike.FCC_ID: mark("an FCC ID"),
    LooksLike.MAC: mark("a MAC address"),
    LooksLike.MEID: mark("an MEID"),
    LooksLike.WEB_ADDRESS: mark("a web address"),
    LooksLike.MATTER: mark("a Matter code"),
    LooksLike.LORAWAN: mark("a LoRaWAN code"),
    LooksLike.WIFI_EASY_CONNECT: mark("a Wi-Fi set-up code"),
    LooksLike.MODULE_LABEL: mark("a module label without a valid IMEI"),
    LooksLike.NUMBER: mark("a plain number"),
}


def words(guess: str) -> str:
    """The words for a `LooksLike`; another value is given back as it is."""
    return tr(_WORDS[guess]) if guess in _WORDS else guess

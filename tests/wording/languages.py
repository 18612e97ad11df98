"""Speaking a language for the length of a test, and finding English in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from app.wording import language

_NAMES = (
    "SN IMEI PK QR AT CONTINUE CANCEL EAN ICCID FCC ID MAC MEID Matter LoRaWAN Wi-Fi SIM pk sn v F2 F4 F6 F9"
    " PIN BIND-MODE TAC Device Name DeviceKey ProductKey CSV XLSX XLS PDF UTF GBK"
    " AccessKey AccessSecret HTTP API PEM ZPL PNG SVG Mod"
)
"""What Chinese factories call by its Latin name."""


@contextmanager
def speaking(code: str) -> Iterator[None]:
    before = language.current()
    language.use(code)
    try:
        yield
    finally:
        language.use(before)


def english_in(text: str, values: Iterable[object] = ()) -> list[str]:
    """The Latin words of a Chinese text, but for names, commands in backticks and these values."""
    for value in sorted(map(str, values), key=len, reverse=True):
        text = text.replace(value, " ") if value else text
    words = re.findall(r"[A-Za-z][A-Za-z0-9-]*", re.sub("`[^`]+`", " ", text))
    return [word for word in words if re.sub(r"-\d+$", "", word) not in _NAMES.split()]

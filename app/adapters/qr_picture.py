"""The device code on a picture of a QR code."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

import zxingcpp
from PIL import Image

from app.core.codes import DeviceCode
from app.core.issued import device_of
from app.core.payload import PayloadFormat

_LONGEST_SIDE = 4096
_UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning)
"""What Pillow raises for pictures that are damaged, or larger than any QR code."""


def read_device(picture: bytes, formats: Sequence[PayloadFormat]) -> DeviceCode | None:
    """None where it is no picture, or shows not exactly one device code of these formats."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture)) as image:
                if max(image.size) > _LONGEST_SIDE:
                    return None
                qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
                found = zxingcpp.read_barcodes(image.convert("L"), formats=qr)
    except _UNREADABLE:
        return None
    devices = {device_of(one.text, formats) for one in found}
    return devices.pop() if len(devices) == 1 else None

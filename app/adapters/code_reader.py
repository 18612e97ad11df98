"""Reads codes back from dots, by zxing-cpp: only QR and Code 128, upright, dark on light."""

from __future__ import annotations

import io
import re

import zxingcpp
from PIL import Image, ImageDraw

_PATH = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def codes_in(picture: Image.Image, bars: bool = False) -> tuple[str, ...]:
    """The texts of all codes in a picture of grey dots: QR codes first, then bars, each kind by its text."""
    dots = memoryview(picture.tobytes()).cast("B", (picture.height, picture.width))
    qr, code128 = zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128
    # none of them is kept: the library says at the end of the program that what it still finds has leaked
    found = zxingcpp.read_barcodes(
        dots,
        formats=zxingcpp.BarcodeFormats((qr, code128) if bars else (qr,)),
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return tuple(text for _, text in sorted((code.format == code128, code.text) for code in found))


def codes_in_png(content: bytes) -> tuple[str, ...]:
    with Image.open(io.BytesIO(content)) as picture:
        return codes_in(picture.convert("L"))


def codes_in_svg(content: str, dots: int) -> tuple[str, ...]:
    """The same for an SVG of `qr_code.svg`: its path is filled with so many dots a module."""
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', content)
    if size is None:
        return ()
    picture = Image.new("L", (int(size[1]) * dots, int(size[2]) * dots), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, right, left in (map(int, run) for run in _PATH.findall(content)):
        if right == left:
            draw.rectangle((x * dots, y * dots, (x + right) * dots - 1, (y + 1) * dots - 1), 0)
    return codes_in(picture)

"""QR codes and Code 128 by zxing-cpp's writer, and their pictures: PNG and SVG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import zxingcpp

from app.core.code_modules import ErrorLevel, Modules, PictureSize
from app.core.errors import Refused, Why, because
from app.core.label_layout import MILLIMETRES_AN_INCH

_PNG = b"\x89PNG\r\n\x1a\n"
_DARK = bytes.maketrans(b"\x00\xff", b"\x01\x00")
_BITS = bytes.maketrans(b"\x00\x01", b"ld")


class ZxingEncoder:
    """Implements `app.core.label_drawing.Encoder`."""

    def qr(self, text: str, level: ErrorLevel) -> Modules:
        """See `Encoder`."""
        return _modules(text, zxingcpp.BarcodeFormat.QRCode, ec_level=str(level))

    def code128(self, text: str) -> Modules:
        """See `Encoder`."""
        return Modules(_modules(text, zxingcpp.BarcodeFormat.Code128).rows[:1])


def _modules(text: str, format: zxingcpp.BarcodeFormat, **options: str) -> Modules:
    try:
        code = zxingcpp.create_barcode(text, format, **options)
    except ValueError as error:
        raise Refused(because(Why.CODE_TOO_LONG, text=text, length=len(text))) from error
    image: Any = code.to_image(add_quiet_zones=False)
    height, width = image.shape
    dark = memoryview(image).tobytes().translate(_DARK)
    return Modules(tuple(dark[row * width : row * width + width] for row in range(height)))


def png(modules: Modules, size: PictureSize) -> bytes:
    """A PNG of one bit a dot that names its resolution.

    Written here rather than by Pillow, which takes four times as long for a picture this small.
    """
    across = (modules.width + 2 * size.quiet) * size.dots
    down = (len(modules.rows) + 2 * size.quiet) * size.dots
    a_metre = round(size.dpi / MILLIMETRES_AN_INCH * 1000)
    parts = (
        _chunk(b"IHDR", struct.pack(">IIBBBBB", across, down, 1, 0, 0, 0, 0)),
        _chunk(b"pHYs", struct.pack(">IIB", a_metre, a_metre, 1)),
        _chunk(b"IDAT", zlib.compress(b"".join(_lines(modules, size, across)), 6)),
        _chunk(b"IEND", b""),
    )
    return _PNG + b"".join(parts)


def _lines(modules: Modules, size: PictureSize, across: int) -> Iterator[bytes]:
    """A line that is like the one above says so (filter 2), with nothing but zeros."""
    wide = (across + 7) // 8
    same = b"\2" + bytes(wide)
    edge = b"\0" + b"\xff" * wide + same * (size.quiet * size.dots - 1)
    light, dark = "1" * size.dots, "0" * size.dots
    side, rest = "1" * (size.quiet * size.dots), "1" * (wide * 8 - across)
    again = same * (size.dots - 1)
    yield edge
    for row in modules.rows:
        bits = row.translate(_BITS).decode("ascii").replace("d", dark).replace("l", light)
        yield b"\0" + int(side + bits + side + rest, 2).to_bytes(wide, "big") + again
    yield edge


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def svg(modules: Modules, size: PictureSize) -> str:
    """One path of whole modules, as large in millimetres as the PNG."""
    across = modules.width + 2 * size.quiet
    down = len(modules.rows) + 2 * size.quiet
    width, height = (_millimetres(modules, size.dots / size.dpi) for modules in (across, down))
    path = "".join(
        f"M{size.quiet + x} {size.quiet + y}h{length}v1h-{length}z" for x, y, length in modules.runs()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {across} {down}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{across}v{down}h-{across}z"/><path d="{path}"/></svg>\n'
    )


def _millimetres(modules: int, inches: float) -> str:
    return f"{modules * inches * MILLIMETRES_AN_INCH:.3f}"

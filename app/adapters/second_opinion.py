"""A second implementation of QR, because zxing-cpp both writes and reads here: the `qrcode` library.

A code's modules are read without zxing-cpp, by the library's tables of masks, frames and blocks. Then the
library makes a code of the same segments: every module must be the same, error correction included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import qrcode
from qrcode import base, util

from app.adapters.qr_code import ZxingEncoder
from app.core.code_modules import ErrorLevel, Modules
from app.core.errors import Faulted, Why, because

SAMPLED = 50
"""One code in so many is made by both implementations."""

_LEVELS = {
    ErrorLevel.L: qrcode.constants.ERROR_CORRECT_L,
    ErrorLevel.M: qrcode.constants.ERROR_CORRECT_M,
    ErrorLevel.Q: qrcode.constants.ERROR_CORRECT_Q,
    ErrorLevel.H: qrcode.constants.ERROR_CORRECT_H,
}
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_DIGITS = {10: 3, 7: 2, 4: 1}
"""Bits of a group of digits, and how many digits those are."""

_Mode = Literal[1, 2, 4]
"""Digits, capitals, bytes."""
_MODES: dict[int, _Mode] = {1: 1, 2: 2, 4: 4}
_Segment = tuple[_Mode, bytes]


class _Frame(qrcode.QRCode):  # type: ignore[type-arg]
    """Finders, timing and format; None where data would lie."""

    def map_data(self, data: object, mask_pattern: object) -> None:
        """Leaves the data out."""


def second_reading(modules: Modules, level: ErrorLevel) -> str | None:
    """The text; None where the second implementation would have made another code."""
    version = (modules.width - 17) // 4
    found = [list(map(bool, row)) for row in modules.rows]
    for mask in range(8):
        frame = _frame(version, level, mask)
        if all(_fits(row, wanted) for row, wanted in zip(found, frame, strict=True)):
            segments = _segments(found, frame, version, level, mask)
            text = b"".join(content for _, content in segments)
            return text.decode("utf-8") if _made(segments, version, level, mask) == found else None
    return None


def _frame(version: int, level: ErrorLevel, mask: int) -> list[list[bool | None]]:
    frame = _Frame(version, _LEVELS[level], mask_pattern=mask)
    frame.data_cache = []
    frame.makeImpl(False, mask)
    return frame.modules


def _fits(row: Sequence[bool], wanted: Sequence[bool | None]) -> bool:
    return all(one is None or one == module for module, one in zip(row, wanted, strict=True))


def _made(segments: list[_Segment], version: int, level: ErrorLevel, mask: int) -> list[list[bool]]:
    code: qrcode.QRCode = qrcode.QRCode(version, _LEVELS[level], mask_pattern=mask)  # type: ignore[type-arg]
    for mode, content in segments:
        code.add_data(util.QRData(content, mode, check_data=False))
    code.make(fit=False)
    return [list(map(bool, row)) for row in code.modules]


def _segments(
    found: list[list[bool]], frame: list[list[bool | None]], version: int, level: ErrorLevel, mask: int
) -> list[_Segment]:
    masked = util.mask_func(mask)
    bits = "".join(str(int(found[y][x] != masked(y, x))) for y, x in _path(frame))
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]
    data = "".join(f"{word:08b}" for word in _in_order(words, version, level))
    return list(_parsed(_Bits(data), version))


def _path(frame: list[list[bool | None]]) -> Iterator[tuple[int, int]]:
    """Two columns at a time, from the right, up and down in turn; column 6 is timing."""
    size, up = len(frame), True
    for right in range(size - 1, 0, -2):
        columns = (right, right - 1) if right > 6 else (right - 1, right - 2)
        for y in range(size - 1, -1, -1) if up else range(size):
            yield from ((y, x) for x in columns if frame[y][x] is None)
        up = not up


def _in_order(words: list[int], version: int, level: ErrorLevel) -> list[int]:
    """The data words; in the code the blocks take turns, and shorter blocks drop out."""
    lengths = [block.data_count for block in base.rs_blocks(version, _LEVELS[level])]
    blocks: list[list[int]] = [[] for _ in lengths]
    source = iter(words)
    for turn in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if turn < length:
                block.append(next(source))
    return [word for block in blocks for word in block]


class _Bits:
    """Takes bits from the front."""

    def __init__(self, bits: str) -> None:
        self._bits, self._at = bits, 0

    def __len__(self) -> int:
        return len(self._bits) - self._at

    def take(self, count: int) -> int:
        """As a number; what is missing at the end counts as zeros."""
        taken = self._bits[self._at : self._at + count].ljust(count, "0")
        self._at += count
        return int(taken or "0", 2)


def _parsed(bits: _Bits, version: int) -> Iterator[_Segment]:
    """Until the terminator, or a mode that our texts never need."""
    while len(bits) >= 4:
        mode = _MODES.get(bits.take(4))
        if mode is None:
            return
        length = bits.take(util.length_in_bits(mode, version))
        yield mode, _content(mode, length, bits)


def _content(mode: _Mode, length: int, bits: _Bits) -> bytes:
    if mode == util.MODE_8BIT_BYTE:
        return bytes(bits.take(8) for _ in range(length))
    if mode == util.MODE_NUMBER:
        groups = [10] * (length // 3) + {0: [], 1: [4], 2: [7]}[length % 3]
        return "".join(str(bits.take(size)).zfill(_DIGITS[size]) for size in groups).encode()
    pairs = (divmod(bits.take(11), 45) for _ in range(length // 2))
    letters = "".join(_LETTERS[first % 45] + _LETTERS[second] for first, second in pairs)
    return (letters + (_LETTERS[bits.take(6) % 45] if length % 2 else "")).encode()


class SampledEncoder(ZxingEncoder):
    """Asks the second implementation about the first QR code and every so many after it."""

    def __init__(self, every: int = SAMPLED) -> None:
        self._every = every
        self._made = 0
        self.asked = 0

    def qr(self, text: str, level: ErrorLevel) -> Modules:
        """Raises `Faulted` where the implementations differ, `Refused` where no QR code holds the text."""
        modules = super().qr(text, level)
        if self._made % self._every == 0:
            self.asked += 1
            if second_reading(modules, level) != text:
                raise Faulted(because(Why.CODE_NOT_READ_BACK, text=text, output="qrcode"))
        self._made += 1
        return modules

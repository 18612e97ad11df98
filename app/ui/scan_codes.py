"""Keys by their place on the keyboard, and the character that a scanner means by each.

A place is numbered as in Linux' evdev, which is PC set 1 for the main block and the keypad. The host's
layout, Caps Lock and input method play no part.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

ENDS = ("\r", "\n", "\t")
"""What a scanner sends after a code: Enter (of either block), line feed, Tab."""

_X11_OFFSET = 8
_SET_1_EXTENDED = {0x11C: 96, 0x135: 98}
"""The keypad's Enter and `/`: PC set 1 gives them the number of their twins and a prefix (Qt: 0x100)."""


def place_of(native_scan_code: int) -> int:
    """The key's place, from `QKeyEvent.nativeScanCode()`; one in no layout where the event carries none."""
    if sys.platform == "win32":
        return _SET_1_EXTENDED.get(native_scan_code, native_scan_code)
    return native_scan_code - _X11_OFFSET


def native_of(place: int) -> int:
    """What the system would report for the key at this place of the main block."""
    return place if sys.platform == "win32" else place + _X11_OFFSET


@dataclass(frozen=True, slots=True)
class Layout:
    """The keyboard that a scanner believes it is: place to character, without and with Shift."""

    plain: Mapping[int, str]
    shifted: Mapping[int, str]

    def character(self, place: int, *, shift: bool = False, control: bool = False) -> str | None:
        """None for a place that types nothing; with Control the control character, `\\x1d` for Ctrl+]."""
        character = (self.shifted if shift else self.plain).get(place)
        if not control or character is None:
            return character
        return chr(ord(character) & 0x1F) if "@" <= character.upper() <= "_" else None


def _in_order(*runs: tuple[int, str]) -> dict[int, str]:
    """Each run: the first place, and the characters of the places that follow on it."""
    return {first + step: character for first, run in runs for step, character in enumerate(run)}


_ANY_SHIFT = _in_order(
    (15, "\t"), (28, "\r"), (55, "*"), (57, " "), (71, "789-456+1230."), (96, "\r"), (98, "/"), (101, "\n")
)

US = Layout(
    plain=_ANY_SHIFT
    | _in_order((2, "1234567890-="), (16, "qwertyuiop[]"), (30, "asdfghjkl;'`"), (43, "\\zxcvbnm,./")),
    shifted=_ANY_SHIFT
    | _in_order((2, "!@#$%^&*()_+"), (16, "QWERTYUIOP{}"), (30, 'ASDFGHJKL:"~'), (43, "|ZXCVBNM<>?")),
)
"""How scanners leave the factory."""

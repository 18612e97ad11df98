"""Random digits that stay the same while a page is edited: what was shown is what is printed."""

from __future__ import annotations

import secrets

from app.core.serial_pattern import Digits


class SteadyDigits:
    """Draws are remembered by their place, until `forget`."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, int], str] = {}

    def forget(self) -> None:
        """They were used."""
        self._drawn = {}

    def from_the_first(self) -> Digits:
        """Gives the same digits in the same order each time."""
        drawn, at = self._drawn, 0

        def digits(count: int) -> str:
            nonlocal at
            at += 1
            return drawn.setdefault((at, count), str(secrets.randbelow(10**count)).zfill(count))

        return digits

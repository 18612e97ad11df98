"""Where PINs are hashed."""

from __future__ import annotations

from typing import Protocol


class PinHasher(Protocol):
    """A slow salted hash for PINs."""

    def hash(self, pin: str) -> str: ...

    def matches(self, pin: str, pin_hash: str) -> bool: ...

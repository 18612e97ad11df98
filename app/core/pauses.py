"""How long to wait before something is tried again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pauses:
    """Growing pauses in seconds, spread by chance so that many stations do not come back at once."""

    first: float = 0.5
    longest: float = 60.0
    tries: int = 6
    """In all, the first included."""

    def before(self, attempt: int, chance: float) -> float:
        """The pause before another attempt. `attempt`: from 1, the one that failed; `chance`: 0 to 1."""
        whole = min(self.longest, self.first * 2.0 ** (attempt - 1))
        return whole * (0.5 + chance / 2)

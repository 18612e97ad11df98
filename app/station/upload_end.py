"""How a run of the upload ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.errors import Reason


@dataclass(frozen=True, slots=True)
class UploadEnd:
    """How a run ended. Nothing is open any more but what these name."""

    reason: Reason | None = None
    """Why the whole run ended early."""
    silent: bool = False
    """Nobody answered, of one product at least: worth another try. Else the answer was no."""
    stopped: Mapping[str, Reason] = field(default_factory=dict)
    """By ProductKey: why that product stands still, or something of it."""


class Stop(Exception):
    """Nothing more for this product, or for any (`whole`)."""

    def __init__(self, reason: Reason, whole: bool = False) -> None:
        super().__init__(str(reason.why))
        self.reason, self.whole = reason, whole

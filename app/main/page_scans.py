"""Scans that arrive while another page than Binding is in front."""

from __future__ import annotations

from typing import Protocol

from app.core.cards import is_badge_of_ours
from app.core.errors import Reason
from app.core.scan import ScannedCard, ScannedDevice, ScannedLabel, Unknown, clean_text, recognise
from app.core.unit import Rules


class ScanTaker(Protocol):
    """A page that may have use for scans while it is in front. Both say whether it had."""

    def takes_scan(self, text: str) -> bool: ...

    def takes_misread(self, reason: Reason) -> bool:
        """A scan that could not be rebuilt."""
        ...


def for_a_page(text: str, rules: Rules) -> ScannedDevice | ScannedLabel | Unknown | None:
    """What a page may make use of; None for command cards and badges, which act as everywhere."""
    scan, cleaned = recognise(text, rules.every_format), clean_text(text)
    is_badge = is_badge_of_ours(cleaned) or rules.owner_of_badge(cleaned) is not None
    return None if is_badge or isinstance(scan, ScannedCard) else scan

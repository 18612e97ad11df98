"""Scans that arrive while another page than Binding is in front."""

from __future__ import annotations

from app.core.cards import is_badge_of_ours
from app.core.scan import ScannedCard, ScannedDevice, ScannedLabel, Unknown, clean_text, recognise
from app.core.unit import Rules


def for_a_page(text: str, rules: Rules) -> ScannedDevice | ScannedLabel | Unknown | None:
    """What a page may make use of; None for command cards and badges, which act as everywhere."""
    scan, cleaned = recognise(text, rules.every_format), clean_text(text)
    is_badge = is_badge_of_ours(cleaned) or rules.owner_of_badge(cleaned) is not None
    return None if is_badge or isinstance(scan, ScannedCard) else scan

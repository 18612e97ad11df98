"""Badges: cards that the program prints, or the factory's own, taught by scanning them once."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Refused, Why, because
from app.core.payload import PayloadFormat
from app.core.people import BADGE_CHARACTERS
from app.core.scan import Unknown, clean, recognise


def checked_badge(text: str, formats: Sequence[PayloadFormat]) -> str:
    """The text as a scanner will deliver it.

    Raises:
        Refused: too short or too long, or it means something else to the station.
    """
    cleaned = clean(text).text
    fewest, most = BADGE_CHARACTERS
    if not fewest <= len(cleaned) <= most:
        raise Refused(because(Why.BADGE_CHARACTERS, fewest=fewest, most=most))
    scan = recognise(text, formats)
    if not isinstance(scan, Unknown) or scan.imei_text is not None:
        raise Refused(because(Why.BADGE_IS_A_CODE))
    return cleaned

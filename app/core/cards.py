"""Command cards: QR codes that this program prints, so that nobody needs the keyboard or the mouse."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from app.core.errors import Refused, Why, because
from app.core.payload import RESERVED_PREFIX


class Card(StrEnum):
    """What a card asks for."""

    CONTINUE = "CONTINUE"
    CANCEL = "CANCEL"


def card_text(card: Card) -> str:
    """The card's payload: our prefix, the command, and a check of 4 hex digits."""
    return _checked(f"{RESERVED_PREFIX}{card}")


def read_card(text: str) -> Card | None:
    """The card that this text is, or None where it does not carry our prefix.

    Raises:
        Refused: our prefix, but damaged, or a command that this version does not know.
    """
    if not text.startswith(RESERVED_PREFIX):
        return None
    for card in Card:
        if text == card_text(card):
            return card
    raise Refused(because(Why.DAMAGED_CARD, text=text))


def _checked(body: str) -> str:
    return f"{body}-{hashlib.sha256(body.encode('ascii')).hexdigest()[:4].upper()}"

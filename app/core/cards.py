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
    UNDO = "UNDO"
    SIGN_OUT = "SIGN-OUT"
    VERIFY_MODE = "VERIFY-MODE"
    BIND_MODE = "BIND-MODE"
    SHIFT_END = "SHIFT-END"


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
    if is_badge_of_ours(text):
        return None
    for card in Card:
        if text == card_text(card):
            return card
    raise Refused(because(Why.DAMAGED_CARD, text=text))


def badge_text(token: str) -> str:
    """The payload of a badge that this program prints; the token is random letters and digits."""
    return _checked(f"{RESERVED_PREFIX}BADGE-{token}")


def is_badge_of_ours(text: str) -> bool:
    body, _, _ = text.rpartition("-")
    return body.startswith(f"{RESERVED_PREFIX}BADGE-") and _checked(body) == text


def _checked(body: str) -> str:
    return f"{body}-{hashlib.sha256(body.encode('ascii')).hexdigest()[:4].upper()}"

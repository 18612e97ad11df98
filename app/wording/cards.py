"""What stands on a command card."""

from __future__ import annotations

from app.core.cards import Card
from app.wording.language import mark, tr

_MEANINGS = {
    Card.CONTINUE: mark("Ends a red screen.\nScan it when the unit is put aside."),
    Card.CANCEL: mark("Drops the half that is on the screen.\nNothing is bound."),
    Card.UNDO: mark("Unbinds your own last unit,\nwithin a few minutes."),
    Card.VERIFY_MODE: mark("Units are compared with\nthe journal; nothing is bound."),
    Card.BIND_MODE: mark("Ends verify mode.\nUnits are bound again."),
    Card.SHIFT_END: mark("For the supervisor:\nopens the page that closes the shift."),
    Card.SIGN_OUT: mark("You leave the station.\nThe next one scans a badge."),
}


def card_title(card: Card) -> str:
    """The name that is printed large; the window's texts call the card by it in every language."""
    return str(card)


def card_meaning(card: Card) -> str:
    """Two short lines."""
    return tr(_MEANINGS[card])

"""What a correction is called, and what it does."""

from __future__ import annotations

from app.core.correcting import Correction, Named
from app.core.record import EventKind
from app.wording.language import mark, tr

_VERBS = {
    EventKind.UNBOUND: mark("Unbind"),
    EventKind.SCRAPPED: mark("Scrap"),
    EventKind.REINSTATED: mark("Reinstate"),
    EventKind.SPOILED: mark("Spoil label"),
    EventKind.RELEASED: mark("Release"),
}
_MEANINGS = {
    EventKind.UNBOUND: mark("The binding ends. SN and IMEI may be bound again."),
    EventKind.SCRAPPED: mark("Never to be bound again. What is bound is unbound."),
    EventKind.REINSTATED: mark("A mistaken scrap or spoiled label is taken back."),
    EventKind.SPOILED: mark("The label is destroyed: its SN is refused from now on."),
    EventKind.RELEASED: mark("Lets this IMEI pass once although its check digit is wrong."),
}
_NAMED = {Named.BOTH: mark("Both"), Named.MODULE: mark("Module"), Named.DEVICE: mark("SN")}


def correction_verb(correction: Correction) -> str:
    """What stands on its button."""
    return tr(_VERBS[correction.kind])


def correction_meaning(correction: Correction) -> str:
    return tr(_MEANINGS[correction.kind])


def named_word(named: Named) -> str:
    return tr(_NAMED[named])

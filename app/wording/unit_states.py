"""How a unit stands, in a word."""

from __future__ import annotations

from app.core.unit_list import UnitState
from app.wording.language import mark, tr

_STATES = {
    UnitState.BOUND: mark("Bound"),
    UnitState.VERIFIED: mark("Verified"),
    UnitState.UNBOUND: mark("Unbound"),
    UnitState.ON_HOLD: mark("On hold"),
    UnitState.SCRAPPED: mark("Scrapped"),
    UnitState.SPOILED: mark("Spoiled"),
    UnitState.RELEASED: mark("Released"),
}


def state_name(state: UnitState) -> str:
    return tr(_STATES[state])

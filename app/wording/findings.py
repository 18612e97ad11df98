"""What the check of the journal's chain found."""

from __future__ import annotations

from app.core.record import ChainCheck
from app.wording.language import mark, ntr, tr

_FINDINGS = {
    "changed": mark("Event #{seq} was changed."),
    "missing": mark("Event #{seq} is missing."),
    "inserted": mark("Event #{seq} was put in afterwards."),
    "unreadable": mark("Event #{seq} cannot be read: the file is damaged."),
    "head": mark("The newest event is not the one that the journal remembers: see #{seq}."),
    "issued": mark("The list of issued SNs of work order #{seq} is not the one that was recorded."),
    "bindings": mark("The live bindings do not follow from the events: see #{seq}."),
}


def finding(check: ChainCheck) -> str:
    """One sentence, and what to do where the chain is broken."""
    if check.finding is None:
        holds = ntr(
            "The journal holds: {events} event, chain unbroken.",
            "The journal holds: {events} events, chain unbroken.",
            check.events,
        )
        return holds.format(events=check.events)
    broken = tr(_FINDINGS[check.finding]).format(seq=check.first_bad)
    return broken + " " + tr("Keep this file as it is and tell the quality department.")

"""What is said of the proof of the journal."""

from __future__ import annotations

from app.core.record import ChainCheck
from app.wording.language import tr


def proof_title(check: ChainCheck) -> str:
    """The badge's first line."""
    if check.finding is None:
        return tr("Journal verified up to #{seq}").format(seq=f"{check.events:,}")
    if check.finding == "bindings":
        return tr("Live tables wrong at #{seq}").format(seq=f"{check.first_bad or 0:,}")
    return tr("Chain broken at #{seq}").format(seq=f"{check.first_bad or 0:,}")


def proof_detail(check: ChainCheck, time: str) -> str:
    """The badge's second line; `time` is when it was looked at."""
    if check.finding is None:
        return tr("hash chain unbroken, checked {time}").format(time=time)
    if check.finding == "bindings":
        return tr("the events hold, checked {time}").format(time=time)
    return tr("keep this file, call QA, checked {time}").format(time=time)

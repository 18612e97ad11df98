"""The facts in an event's `detail`, as whoever follows from them needs them."""

from __future__ import annotations

import json
from typing import Any

from app.adapters.event_row import EventRow


def detail_of(event: EventRow, kind: Any, *names: str, **defaults: Any) -> dict[str, Any]:
    """These facts of the event's detail. Raises ValueError where one that has no default is missing, or is of
    another kind."""
    detail = json.loads(event.detail or "null")
    facts = {**defaults, **(detail if isinstance(detail, dict) else {})}
    for name in (*names, *defaults):
        if name not in facts or not isinstance(facts[name], kind):
            raise ValueError(f"#{event.seq}: {name}")
    return {name: facts[name] for name in (*names, *defaults)}

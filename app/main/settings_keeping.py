"""Settings that are changed at the station: kept, and on record. Either both or neither."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.core.errors import StationError
from app.core.record import Entry, EventKind
from app.main.place import Place
from app.station.desk import Desk


def keep_changes(place: Place, change: Mapping[str, Any], desk: Desk) -> bool:
    """Whether there was anything to change. On the station's thread.

    Raises:
        Refused: a value is outside its range.
        Faulted: the settings or the record of it could not be written; the old settings hold.
    """
    before = place.settings
    after = replace(before, **change)
    if after == before:
        return False
    place.keep_settings(after)
    try:
        for name, value in change.items():
            if getattr(before, name) == value:
                continue
            desk.journal.record(desk.stamp, setting_entry(name, getattr(before, name), value))
    except StationError:
        place.keep_settings(before)
        raise
    return True


def setting_entry(name: str, before: object, after: object) -> Entry:
    """That a setting was changed."""
    return Entry(
        EventKind.SETTING_CHANGED, before=str(before), after=str(after), detail=json.dumps({"setting": name})
    )

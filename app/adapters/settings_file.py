"""A station's settings as a JSON file that a person can read."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path

from app.adapters.durable_file import write_bytes_durably
from app.core.errors import Faulted, Refused, Why, because
from app.core.settings import Settings
from app.core.unit import ImeiSource


def load_settings(path: Path) -> Settings:
    """The settings; the defaults where there is no file yet.

    Raises:
        Faulted: the file cannot be read or is not what this program writes.
    """
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        raise Faulted(because(Why.SETTINGS_UNREADABLE, path=str(path), detail=str(error))) from error
    return _parsed(found, path)


def save_settings(path: Path, settings: Settings) -> None:
    """Raises `Faulted` where the file cannot be written; the old one is untouched then."""
    text = json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n"
    write_bytes_durably(path, text.encode("utf-8"))


def _parsed(found: object, path: Path) -> Settings:
    """Unknown settings are another version's: refused, since what they mean here is not known."""
    if not isinstance(found, dict):
        raise Faulted(because(Why.SETTINGS_UNREADABLE, path=str(path), detail="no object"))
    known = {one.name: one.type for one in fields(Settings)}
    for name, value in found.items():
        if not _fits(str(known.get(name)), value):
            raise Faulted(because(Why.SETTINGS_UNREADABLE, path=str(path), detail=f"{name}: {value!r}"))
    if "formats" in found:
        found["formats"] = tuple(found["formats"])
    if "imei_from" in found:
        found["imei_from"] = ImeiSource(found["imei_from"])
    try:
        return Settings(**found)
    except Refused as refusal:
        detail = " ".join(str(fact) for fact in refusal.reason.facts.values())
        raise Faulted(because(Why.SETTINGS_UNREADABLE, path=str(path), detail=detail)) from refusal


def _fits(kind: str, value: object) -> bool:
    match kind:
        case "str":
            return isinstance(value, str)
        case "bool":
            return isinstance(value, bool)
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "ImeiSource":
            return value in list(ImeiSource)
        case "tuple[str, ...]":
            return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return False

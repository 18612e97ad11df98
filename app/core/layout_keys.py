"""What a layout file may say: every section, its keys, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.core.code_modules import ErrorLevel
from app.core.label_layout import DPI, Face, Marks

_PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}


@dataclass(frozen=True, slots=True)
class Key:
    """What a key may hold, and what it is where the file does not say."""

    wanted: str
    """In words for people, the same in every language: a range or a list."""
    take: Callable[[Any], Any]
    """Raises `ValueError` where the value is no such thing."""
    default: Any = ...


def _number(low: float, high: float, default: Any = ...) -> Key:
    def take(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError
        return float(value)

    return Key(f"{low:g}-{high:g}", take, default)


def _whole(low: int, high: int, default: Any = ...) -> Key:
    def take(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return Key(f"{low}-{high}", take, default)


def _one_of(values: Mapping[Any, Any] | type[StrEnum], default: Any = ...) -> Key:
    known = {str(one): one for one in values} if isinstance(values, type) else values

    def take(value: Any) -> Any:
        if isinstance(value, list | dict) or value not in known:
            raise ValueError
        return known[value]

    return Key(", ".join(map(str, known)), take, default)


def _text() -> Key:
    def take(value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise ValueError
        return value

    return Key('"…"', take)


_LENGTH = _number(0, 1000)
SECTIONS: dict[str, dict[str, Key]] = {
    "": {"name": _text()},
    "label": {
        "width": _number(5, 300),
        "height": _number(5, 450),
        "dpi": _one_of({one: one for one in DPI}, DPI[0]),
    },
    "qr": {
        "left": _LENGTH,
        "top": _LENGTH,
        "size": _number(4, 200),
        "level": _one_of(ErrorLevel, ErrorLevel.M),
        "quiet_zone": _whole(2, 20, 4),
    },
    "text": {
        "left": _LENGTH,
        "top": _LENGTH,
        "size": _number(1, 50),
        "text": _text(),
        "width": _number(1, 300, None),
        "font": _one_of(Face, Face.REGULAR),
        "break_every": _whole(0, 64, 0),
    },
    "code128": {
        "left": _LENGTH,
        "top": _LENGTH,
        "width": _number(5, 300),
        "height": _number(2, 100),
        "text": _text(),
    },
    "sheet": {
        "paper": _one_of(_PAPERS, None),
        "width": _number(20, 1000, None),
        "height": _number(20, 1000, None),
        "columns": _whole(1, 50),
        "rows": _whole(1, 100),
        "left": _number(0, 1000, 0.0),
        "top": _number(0, 1000, 0.0),
        "column_pitch": _number(1, 1000, None),
        "row_pitch": _number(1, 1000, None),
        "marks": _one_of(Marks, Marks.NONE),
    },
}

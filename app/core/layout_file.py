"""Layout files: small TOML texts that a factory can copy and change; a wrong one is refused by line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from app.core.errors import Refused, Why, because
from app.core.label_layout import BarPlace, Box, LabelLayout, QrPlace, Sheet, TextPlace
from app.core.labels import FIELDS, fields_of, without_fields
from app.core.layout_keys import SECTIONS


def parse_layout(text: str, file: str) -> LabelLayout:
    """The layout in this text; `file` is its name in reasons.

    Raises:
        Refused: with the line and what is wrong there.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        last = text.count("\n") + 1
        at = int(line[1]) if line else last
        raise Refused(because(Why.LAYOUT_SYNTAX, path=file, line=at, detail=str(error))) from error
    return _Reader(text, file, values).layout()


class _Reader:
    """Looks at every section, and knows the lines that it came from."""

    def __init__(self, text: str, file: str, values: dict[str, Any]) -> None:
        self._lines, self._file, self._values = text.splitlines(), file, values

    def layout(self) -> LabelLayout:
        top = {key: value for key, value in self._values.items() if key not in SECTIONS}
        name = self._section("", top, 0)["name"]
        label = self._one("label")
        whole = Box(0, 0, label["width"], label["height"])
        qr = QrPlace(**self._one("qr"))
        self._require_inside("qr", 0, qr.box, whole)
        texts = tuple(self._texts(whole, qr.box))
        bars = tuple(self._bars(whole, qr.box))
        return LabelLayout(name, **label, qr=qr, texts=texts, bars=bars, sheet=self._sheet(whole))

    def _one(self, section: str) -> dict[str, Any]:
        values = self._values.get(section)
        if not isinstance(values, dict):
            raise self._refused(Why.LAYOUT_KEY_MISSING, section, 0, None, wanted=f"[{section}]")
        return self._section(section, values, 0)

    def _several(self, section: str) -> Iterator[tuple[int, dict[str, Any]]]:
        found = self._values.get(section, [])
        if not isinstance(found, list):
            raise self._refused(Why.LAYOUT_KEY_MISSING, section, 0, None, wanted=f"[[{section}]]")
        for index, values in enumerate(found):
            yield index, self._section(section, values, index)

    def _section(self, section: str, values: Any, index: int) -> dict[str, Any]:
        keys = SECTIONS[section]
        if not isinstance(values, dict):
            raise self._refused(Why.LAYOUT_KEY_MISSING, section, index, None, wanted=f"[[{section}]]")
        for key in values:
            if key not in keys:
                raise self._refused(Why.LAYOUT_KEY_UNKNOWN, section, index, key, wanted=", ".join(keys))
        return {key: self._value(section, index, key, values) for key in keys}

    def _value(self, section: str, index: int, key: str, values: dict[str, Any]) -> Any:
        what = SECTIONS[section][key]
        if key not in values:
            if what.default is ...:
                raise self._refused(Why.LAYOUT_KEY_MISSING, section, index, None, wanted=key)
            return what.default
        try:
            return what.take(values[key])
        except ValueError as error:
            raise self._refused(Why.LAYOUT_VALUE, section, index, key, wanted=what.wanted) from error

    def _texts(self, whole: Box, qr: Box) -> Iterator[TextPlace]:
        for index, values in self._several("text"):
            if values["width"] is None:
                values["width"] = max(whole.width - values["left"], 0.0)
            place = TextPlace(**values)
            self._require_place("text", index, place.box, whole, qr)
            self._require_fields("text", index, place.text)
            yield place

    def _bars(self, whole: Box, qr: Box) -> Iterator[BarPlace]:
        for index, values in self._several("code128"):
            place = BarPlace(**values)
            self._require_place("code128", index, place.box, whole, qr)
            self._require_fields("code128", index, place.text)
            yield place

    def _require_place(self, section: str, index: int, box: Box, whole: Box, qr: Box) -> None:
        self._require_inside(section, index, box, whole)
        if box.meets(qr):
            raise self._refused(Why.LAYOUT_OVERLAP, section, index, None)

    def _require_inside(self, section: str, index: int, box: Box, whole: Box) -> None:
        if box.width <= 0 or not whole.holds(box):
            raise self._refused(Why.LAYOUT_OUTSIDE, section, index, None)

    def _require_fields(self, section: str, index: int, text: str) -> None:
        known = all(name in FIELDS for name in fields_of(text))
        if not known or re.search("[{}]", without_fields(text)):
            wanted = ", ".join(f"{{{one}}}" for one in FIELDS)
            raise self._refused(Why.LAYOUT_VALUE, section, index, "text", wanted=wanted)

    def _sheet(self, label: Box) -> Sheet | None:
        if "sheet" not in self._values:
            return None
        values = self._one("sheet")
        paper = values.pop("paper") or (values["width"], values["height"])
        values["width"], values["height"] = paper
        if None in paper:
            raise self._refused(Why.LAYOUT_KEY_MISSING, "sheet", 0, None, wanted="paper")
        values["column_pitch"] = values["column_pitch"] or label.width
        values["row_pitch"] = values["row_pitch"] or label.height
        sheet = Sheet(**values)
        self._require_room(sheet, label)
        return sheet

    def _require_room(self, sheet: Sheet, label: Box) -> None:
        grid = Box(
            sheet.left,
            sheet.top,
            (sheet.columns - 1) * sheet.column_pitch + label.width,
            (sheet.rows - 1) * sheet.row_pitch + label.height,
        )
        touching = sheet.column_pitch < label.width - 0.001 or sheet.row_pitch < label.height - 0.001
        if touching or not Box(0, 0, sheet.width, sheet.height).holds(grid):
            raise self._refused(Why.LAYOUT_SHEET, "sheet", 0, None)

    def _refused(self, why: Why, section: str, index: int, key: str | None, **facts: str) -> Refused:
        line = line_of(self._lines, section, index, key)
        named = {"key": key} if key is not None else {"section": section or "name"}
        return Refused(because(why, path=self._file, line=line, **named, **facts))


def line_of(lines: list[str], section: str, index: int, key: str | None) -> int:
    """The line of a key, else of its section's head, else the first: counted from 1."""
    head, at, seen = "", 1, -1 if section else 0
    for number, line in enumerate(lines, start=1):
        found = re.match(r"\s*\[\[?\s*([\w-]+)\s*\]", line)
        if found:
            if not section and found[1] == key:
                return number
            head = found[1]
            seen += head == section
            at = number if head == section and seen == index else at
        elif head == section and seen == index and _sets(line, key):
            return number
    return at


def _sets(line: str, key: str | None) -> bool:
    return key is not None and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line) is not None

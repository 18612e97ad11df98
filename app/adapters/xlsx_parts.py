"""What a workbook's package says of itself: which sheet comes first, and where its parts lie."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from app.core.errors import Refused, Why, because

_WORKBOOK = "xl/workbook.xml"
_LONGEST_PART = 1 << 22
"""Of workbook.xml and its relationships, in bytes: a hundred times what they are."""
_HIDDEN = ("hidden", "veryHidden")


@dataclass(frozen=True, slots=True)
class Parts:
    """Names of members of the package."""

    sheet: str
    """The first sheet that people see."""
    name: str
    """What people call it."""
    shared_strings: str | None
    other_sheets: int


def find_parts(package: zipfile.ZipFile) -> Parts:
    """
    Raises:
        Refused: FILE_OF_NO_KIND, it is no workbook; FILE_DAMAGED.
    """
    members = set(package.namelist())
    if _WORKBOOK not in members:
        raise Refused(because(Why.FILE_OF_NO_KIND))
    targets = dict(_targets(package, members))
    sheets = [found for found in _elements(package, _WORKBOOK, "sheet") if found.get("state") not in _HIDDEN]
    places = [(_place(sheet, targets), sheet.get("name", "")) for sheet in sheets]
    places = [(place, name) for place, name in places if place in members]
    if not places:
        raise Refused(because(Why.FILE_DAMAGED, detail="sheet"))
    shared = next(
        (one for one in targets.values() if one.endswith("sharedStrings.xml") and one in members), None
    )
    return Parts(*places[0], shared, len(places) - 1)


def _place(sheet: Mapping[str, str], targets: Mapping[str, str]) -> str:
    """The member that its relationship names; `r:id`, whatever the prefix is."""
    ids = (value for name, value in sheet.items() if name.rpartition(":")[2] == "id" and ":" in name)
    return targets.get(next(ids, ""), "")


def _targets(package: zipfile.ZipFile, members: set[str]) -> Iterator[tuple[str, str]]:
    name = "xl/_rels/workbook.xml.rels"
    if name not in members:
        raise Refused(because(Why.FILE_DAMAGED, detail=name))
    for found in _elements(package, name, "Relationship"):
        target = found.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        yield found.get("Id", ""), place


def _elements(package: zipfile.ZipFile, name: str, wanted: str) -> Iterator[Mapping[str, str]]:
    """The attributes of every element of this name, whatever its prefix."""
    with package.open(name) as member:
        content = member.read(_LONGEST_PART + 1)
    if len(content) > _LONGEST_PART:
        raise Refused(because(Why.FILE_TOO_LARGE))
    found: list[Mapping[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(":")[2] == wanted:
            found.append(attributes)

    def refuse(*_: object) -> None:
        raise Refused(because(Why.FILE_DAMAGED, detail="DOCTYPE"))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)
    yield from found

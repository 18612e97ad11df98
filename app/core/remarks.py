"""What people are told about a file as a whole, although nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.core.errors import Fact


class About(StrEnum):
    """Each has one sentence in `app/wording/remarks.py`."""

    HEADER_MISLABELLED = "header-mislabelled"
    ENCODING = "encoding"
    SEPARATOR = "separator"
    COLUMN_UNKNOWN = "column-unknown"
    NUMBER_CELLS = "number-cells"
    OTHER_SHEETS = "other-sheets"
    ALREADY_THERE = "already-there"
    PICTURES_READ = "pictures-read"
    LIST_MISSING = "list-missing"


@dataclass(frozen=True, slots=True)
class Remark:
    """One of them, and the facts that its sentence names."""

    about: About
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))


def remark(about: About, **facts: Fact) -> Remark:
    return Remark(about, MappingProxyType(facts))

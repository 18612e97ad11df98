"""What stands on the Labels page: what somebody wants made, before it is looked at whether it can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from app.core.code_modules import ErrorLevel
from app.core.errors import Reason
from app.core.label_layout import LabelLayout
from app.station.label_order import DEFAULT_PATTERN


class SnSource(Enum):
    """Where the SNs come from; in the order of the page."""

    RANGE = 0
    PATTERN = 1
    FILE = 2
    ORDER = 3


class Target(Enum):
    """What is printed on; in the order of the page."""

    SHEET = 0
    SINGLE = 1
    ZPL = 2


class SaveAs(StrEnum):
    """Kinds of files, as `labels --as` names them."""

    PDF = "pdf"
    PICTURES = "png"
    PACKAGE = "zip"
    ZPL = "zpl"


@dataclass(frozen=True, slots=True)
class CodeWish:
    """What overrules the layout's QR code; None leaves it."""

    level: ErrorLevel | None = None
    quiet_zone: int | None = None
    size: float | None = None
    """Millimetres."""


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """A layout that can be chosen, or a file that is none and why."""

    name: str
    """As `LayoutFiles.layout` takes it."""
    layout: LabelLayout | None
    refusal: Reason | None = None

    @property
    def title(self) -> str:
        return self.layout.name if self.layout else self.name


@dataclass(frozen=True, slots=True)
class LabelWish:
    """Texts are as they were typed."""

    pk: str = ""
    template: str = ""
    source: SnSource = SnSource.RANGE
    first: str = ""
    count: str = ""
    pattern: str = DEFAULT_PATTERN
    counter: str = "1"
    order: str = ""
    """The work order whose list is printed."""
    target: Target = Target.SHEET
    layout: LayoutChoice | None = None
    start_at: str = "1"
    dpi: int | None = None
    """The label printer's; None is the layout's."""
    code: CodeWish = field(default_factory=CodeWish)
    texts: Mapping[str, str] = field(default_factory=dict)
    """What else is printed, by the names of `app.core.labels.FIELDS`."""
    own_texts: Mapping[str, str] = field(default_factory=dict)
    """Those of them that somebody typed."""

"""How a label looks and where it lies on its sheet. Lengths are millimetres from the upper left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.code_modules import ErrorLevel
from app.core.errors import Refused, Why, because

DPI = (203, 300, 600)
"""What thermal printers print, in dots an inch."""
SMALLEST_MODULE = 0.25
"""Millimetres; below it scanners of a line begin to fail."""
MILLIMETRES_AN_INCH = 25.4


class Face(StrEnum):
    """How letters look."""

    REGULAR = "regular"
    BOLD = "bold"
    MONO = "mono"


class Marks(StrEnum):
    """What is drawn between the labels of a sheet."""

    NONE = "none"
    CROP = "crop"
    """Short lines at the corners of every label."""
    FOLD = "fold"
    """Dashed lines along the edges."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a label."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, other: Box) -> bool:
        return (
            other.left >= self.left
            and other.top >= self.top
            and other.left + other.width <= self.left + self.width + 0.001
            and other.top + other.height <= self.top + self.height + 0.001
        )

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.left + other.width - 0.001
            and other.left < self.left + self.width - 0.001
            and self.top < other.top + other.height - 0.001
            and other.top < self.top + self.height - 0.001
        )


@dataclass(frozen=True, slots=True)
class QrPlace:
    """A square that holds the QR code and its quiet zone."""

    left: float
    top: float
    size: float
    level: ErrorLevel = ErrorLevel.M
    quiet_zone: int = 4
    """Modules."""

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.size, self.size)


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A line of text; it is made smaller where it is too wide."""

    left: float
    top: float
    size: float
    """The type size; capitals are about 0.7 of it."""
    text: str
    """With fields such as `{sn}`."""
    width: float
    font: Face = Face.REGULAR
    break_every: int = 0
    """A new line after so many characters; 0 is never."""

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.width, self.size)


@dataclass(frozen=True, slots=True)
class BarPlace:
    """A rectangle that holds a Code 128 and its quiet zones, ten modules on either side."""

    left: float
    top: float
    width: float
    height: float
    text: str

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid of labels on a page."""

    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    column_pitch: float
    row_pitch: float
    marks: Marks = Marks.NONE

    @property
    def labels(self) -> int:
        return self.columns * self.rows


@dataclass(frozen=True, slots=True)
class LabelLayout:
    """Made by `parse_layout`. Without a sheet every label is a page of its own, as on a roll."""

    name: str
    width: float
    height: float
    dpi: int
    """The dots that modules are snapped to."""
    qr: QrPlace
    texts: tuple[TextPlace, ...] = ()
    bars: tuple[BarPlace, ...] = ()
    sheet: Sheet | None = None

    @property
    def box(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of a page."""
        return (self.sheet.width, self.sheet.height) if self.sheet else (self.width, self.height)

    def code_alone(self) -> LabelLayout:
        """The same without letters, bars and sheet: for pictures of the QR code."""
        return replace(self, texts=(), bars=(), sheet=None)

    def with_code(
        self, level: ErrorLevel | None, quiet_zone: int | None, size: float | None, dpi: int | None
    ) -> LabelLayout:
        """With another QR code and for another resolution; None leaves what the layout says.

        Raises:
            Refused: a code of this size would leave the label, or lie on a text or a bar code.
        """
        qr = replace(
            self.qr,
            level=level or self.qr.level,
            quiet_zone=quiet_zone or self.qr.quiet_zone,
            size=size or self.qr.size,
        )
        others = [*(text.box for text in self.texts), *(bar.box for bar in self.bars)]
        if not self.box.holds(qr.box) or any(qr.box.meets(other) for other in others):
            raise Refused(because(Why.LABEL_CODE_SIZE, size=f"{qr.size:g}", layout=self.name))
        return replace(self, qr=qr, dpi=dpi or self.dpi)

    def pages(self, labels: int, start_at: int = 1) -> int:
        on_a_page = self.sheet.labels if self.sheet else 1
        return -(-(labels + start_at - 1) // on_a_page)

    def places(self, labels: int, start_at: int = 1) -> Iterator[tuple[int, float, float]]:
        """Page (from 0), left and top of each label, row by row.

        Raises:
            Refused: a sheet has no label of this number.
        """
        sheet = self.sheet or Sheet(self.width, self.height, 1, 1, 0, 0, self.width, self.height)
        if not 1 <= start_at <= sheet.labels:
            raise Refused(because(Why.LABEL_START, start=start_at, most=sheet.labels))
        for number in range(start_at - 1, start_at - 1 + labels):
            page, cell = divmod(number, sheet.labels)
            row, column = divmod(cell, sheet.columns)
            yield page, sheet.left + column * sheet.column_pitch, sheet.top + row * sheet.row_pitch


def dots(millimetres: float, dpi: int) -> int:
    return round(millimetres / MILLIMETRES_AN_INCH * dpi)


def whole_dots(millimetres: float, dpi: int) -> int:
    """As many as there is room for."""
    return int(millimetres / MILLIMETRES_AN_INCH * dpi + 0.001)


def millimetres(dots: float, dpi: int) -> float:
    return dots * MILLIMETRES_AN_INCH / dpi

"""Pictures of QR codes for a part of a batch, made and read back; may run in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.adapters.code_reader import codes_in_png, codes_in_svg
from app.adapters.qr_code import png, svg
from app.adapters.second_opinion import SampledEncoder
from app.core.code_modules import PictureSize
from app.core.label_drawing import qr_on
from app.core.label_layout import LabelLayout
from app.core.labels import Label

_SVG_DOTS = 3

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One label's code as files, and what was read from each."""

    png: bytes
    in_png: Codes
    svg: bytes | None
    in_svg: Codes


@dataclass(frozen=True, slots=True)
class PicturePart:
    """What came of a part."""

    pictures: tuple[Picture, ...]
    second_opinions: int
    smallest: int
    """Dots along a module."""


@dataclass(frozen=True, slots=True)
class PictureWork:
    """How the pictures should be."""

    layout: LabelLayout
    also_svg: bool

    def __call__(self, labels: Sequence[Label]) -> PicturePart:
        """Raises as `Encoder` and `SampledEncoder` do."""
        encoder = SampledEncoder()
        pictures, smallest = [], 0
        for label in labels:
            code = qr_on(label, self.layout, self.layout.dpi, encoder)
            size = PictureSize(code.dots, self.layout.qr.quiet_zone, self.layout.dpi)
            made = png(code.modules, size)
            drawn = svg(code.modules, size).encode("ascii") if self.also_svg else None
            pictures.append(Picture(made, codes_in_png(made), drawn, codes_in(drawn)))
            smallest = min(smallest or code.dots, code.dots)
        return PicturePart(tuple(pictures), encoder.asked, smallest)


def codes_in(file: bytes | None) -> Codes:
    """Of either kind of picture."""
    if file is None:
        return ()
    if file.startswith(b"<svg"):
        return codes_in_svg(file.decode("ascii"), _SVG_DOTS)
    return codes_in_png(file)

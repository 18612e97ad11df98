"""A part of a batch of labels in dots; may be made in another process: a window stays alive beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.adapters.label_fonts import LabelFonts
from app.adapters.second_opinion import SampledEncoder
from app.core.label_drawing import Drawing, DrawnLabel
from app.core.label_layout import LabelLayout
from app.core.labels import Label


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """What came of a part."""

    labels: tuple[DrawnLabel, ...]
    second_opinions: int


class LabelWork:
    """How the labels should be. `dpi` is that of what prints them."""

    def __init__(self, layout: LabelLayout, dpi: int, fonts: LabelFonts) -> None:
        self._encoder = SampledEncoder()
        self._drawing = Drawing(layout, dpi, self._encoder, fonts)

    def __call__(self, labels: Sequence[Label]) -> DrawnPart:
        """Raises as `Drawing` and `SampledEncoder` do."""
        before = self._encoder.asked
        drawn = tuple(self._drawing.draw(label) for label in labels)
        return DrawnPart(drawn, self._encoder.asked - before)

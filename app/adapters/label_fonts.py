"""The letters of labels: the program's own fonts, with Chinese where a line needs it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from app.core.errors import Refused, Why, because
from app.core.label_layout import Face

_FILES = {
    Face.REGULAR: ("Inter-Regular.otf", "NotoSansSC-Regular.otf"),
    Face.BOLD: ("Inter-Bold.otf", "NotoSansSC-Bold.otf"),
    Face.MONO: ("JetBrainsMono-Regular.ttf", "NotoSansSC-Regular.otf"),
}
"""For each face the font of Latin letters, and the one of whole lines with a Chinese character."""


class LabelFont:
    """One font file; it is read when its first letter is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _content(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def font(self) -> TTFont:
        return TTFont(io.BytesIO(self._content), lazy=True)

    @cached_property
    def characters(self) -> dict[int, str]:
        """Glyph names by code point."""
        return dict(self.font.getBestCmap())

    @cached_property
    def units(self) -> int:
        return int(self.font["head"].unitsPerEm)

    def glyph(self, character: str) -> int:
        return int(self.font.getGlyphID(self.characters[ord(character)]))

    def advance(self, character: str) -> float:
        """In type sizes."""
        return float(self.font["hmtx"][self.characters[ord(character)]][0]) / self.units

    def missing(self, text: str) -> str:
        """The first character that the font lacks."""
        return next((one for one in text if ord(one) not in self.characters), "")

    def cut_to(self, characters: set[str]) -> TTFont:
        """A font with these characters only; glyphs keep their numbers."""
        options = subset.Options(
            retain_gids=True, layout_features=[], name_IDs=[], hinting=False, notdef_outline=True
        )
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(one) for one in characters])
        font = TTFont(io.BytesIO(self._content), recalcTimestamp=False)
        cutter.subset(font)
        return font


@dataclass(frozen=True)
class LabelFonts:
    """Implements `app.core.label_drawing.TypeMeasure`; `folder` is where the font files lie."""

    folder: Path
    _fonts: dict[str, LabelFont] = field(default_factory=dict, repr=False, compare=False)

    def width(self, face: Face, text: str) -> float:
        """See `TypeMeasure`."""
        font = self.font(face, text)
        return sum(font.advance(character) for character in text)

    def font(self, face: Face, text: str) -> LabelFont:
        """The font for a whole line. Raises `Refused` naming a character that none has."""
        latin, chinese = (self._font(name) for name in _FILES[face])
        if not latin.missing(text):
            return latin
        missing = chinese.missing(text)
        if missing:
            raise Refused(because(Why.LABEL_CHARACTER, text=text, character=missing))
        return chinese

    def __reduce__(self) -> tuple[object, ...]:
        """Another process reads the fonts itself, once."""
        return _fonts_in, (self.folder,)

    def _font(self, name: str) -> LabelFont:
        return self._fonts.setdefault(name, LabelFont(self.folder / name))


@lru_cache
def _fonts_in(folder: Path) -> LabelFonts:
    return LabelFonts(folder)

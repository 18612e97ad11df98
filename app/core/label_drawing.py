"""A label in dots: where its codes and letters go. The same for a sheet, a label printer and the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from app.core.code_modules import ErrorLevel, Modules
from app.core.errors import Refused, Why, because
from app.core.label_layout import (
    BarPlace,
    Face,
    LabelLayout,
    TextPlace,
    dots,
    millimetres,
    whole_dots,
)
from app.core.labels import Label, filled

_BAR_QUIET = 10
"""Modules of light on either side of a Code 128 (ISO/IEC 15417)."""
BASELINE, _LINE = 0.8, 1.2
"""Where letters stand below the top of their line, and how far lines are apart, in type sizes."""
_SMALLEST = 0.6
"""Of its size; a text that has to be smaller is refused."""


class Encoder(Protocol):
    """Makes codes."""

    def qr(self, text: str, level: ErrorLevel) -> Modules:
        """Raises `Refused` where no QR code holds the text."""
        ...

    def code128(self, text: str) -> Modules:
        """One row. Raises `Refused` where no Code 128 holds the text."""
        ...


class TypeMeasure(Protocol):
    """Knows the letters."""

    def width(self, face: Face, text: str) -> float:
        """In type sizes. Raises `Refused` naming a character that no font has."""
        ...


@dataclass(frozen=True, slots=True)
class DrawnCode:
    """A code on a label: left and top of its dark modules, and dots along a module."""

    text: str
    modules: Modules
    left: int
    top: int
    dots: int
    height: int
    """Dots of one row of modules: for a QR the same as along it."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A line of letters on a label."""

    text: str
    face: Face
    left: int
    baseline: int
    size: float


@dataclass(frozen=True, slots=True)
class DrawnLabel:
    """One label in dots from its upper left corner."""

    codes: tuple[DrawnCode, ...]
    texts: tuple[DrawnText, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws labels of one layout for one resolution."""

    layout: LabelLayout
    dpi: int
    encoder: Encoder
    measure: TypeMeasure

    def draw(self, label: Label) -> DrawnLabel:
        """Raises `Refused` where something does not fit; the reason names the SN."""
        codes = (self.qr(label), *self._bars(label))
        texts = [line for place in self.layout.texts for line in self._lines(place, label)]
        return DrawnLabel(codes, tuple(texts))

    def qr(self, label: Label) -> DrawnCode:
        return qr_on(label, self.layout, self.dpi, self.encoder)

    def _bars(self, label: Label) -> Iterator[DrawnCode]:
        for place in self.layout.bars:
            text = filled(place.text, label)
            if text:
                yield self._bar(place, text, label)

    def _bar(self, place: BarPlace, text: str, label: Label) -> DrawnCode:
        modules = self.encoder.code128(text)
        room = whole_dots(place.width, self.dpi)
        across = modules.width + 2 * _BAR_QUIET
        each = _each(label, self.layout, room // across)
        left = dots(place.left, self.dpi) + (room - across * each) // 2 + _BAR_QUIET * each
        height = whole_dots(place.height, self.dpi)
        return DrawnCode(text, modules, left, dots(place.top, self.dpi), each, height)

    def _lines(self, place: TextPlace, label: Label) -> Iterator[DrawnText]:
        text, every = filled(place.text, label), place.break_every
        lines = [text[at : at + every] for at in range(0, len(text), every)] if every else [text]
        if place.top + ((len(lines) - 1) * _LINE + 1) * place.size > self.layout.height + 0.001:
            raise self._too_long(text, label)
        for number, line in enumerate(lines):
            if line:
                baseline = dots(place.top + (number * _LINE + BASELINE) * place.size, self.dpi)
                size = self._size(place, line, label)
                yield DrawnText(line, place.font, dots(place.left, self.dpi), baseline, size)

    def _size(self, place: TextPlace, line: str, label: Label) -> float:
        wanted = place.size * self.measure.width(place.font, line)
        shrunk = min(1.0, place.width / wanted)
        if shrunk < _SMALLEST:
            raise self._too_long(line, label)
        return shrunk * place.size / millimetres(1, self.dpi)

    def _too_long(self, text: str, label: Label) -> Refused:
        return Refused(because(Why.LABEL_TEXT_TOO_LONG, text=text, sn=label.device.sn))


def qr_on(label: Label, layout: LabelLayout, dpi: int, encoder: Encoder) -> DrawnCode:
    """The QR code in the middle of its square, as large as whole dots allow.

    Raises:
        Refused: it does not fit into its square, or no QR code holds its text.
    """
    place = layout.qr
    modules = encoder.qr(label.payload, place.level)
    room = whole_dots(place.size, dpi)
    across = modules.width + 2 * place.quiet_zone
    each = _each(label, layout, room // across)
    edge = (room - across * each) // 2 + place.quiet_zone * each
    return DrawnCode(
        label.payload, modules, dots(place.left, dpi) + edge, dots(place.top, dpi) + edge, each, each
    )


def _each(label: Label, layout: LabelLayout, each: int) -> int:
    if each < 1:
        raise Refused(because(Why.CODE_DOES_NOT_FIT, sn=label.device.sn, layout=layout.name))
    return each

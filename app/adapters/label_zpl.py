"""Labels in ZPL II for thermal printers of 203, 300 and 600 dots an inch.

Codes go as graphics (`^GFA`), dot by dot as they were read back, not as `^BQ` or `^BC`: what a printer would
make of those is its own, and differs by firmware. Letters of ASCII are the printer's font 0; a line with any
other letter goes as a graphic too, because few printers have a Chinese font.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from PIL import Image, ImageDraw, ImageFont

from app.adapters.code_reader import codes_in
from app.adapters.label_fonts import LabelFonts
from app.adapters.label_work import LabelWork
from app.adapters.spread import spread
from app.core.label_batch import LabelFile, MadeBatch
from app.core.label_drawing import BASELINE, DrawnCode, DrawnLabel, DrawnText
from app.core.label_layout import LabelLayout, dots, millimetres
from app.core.labels import Label
from app.core.zpl_graphic import graphic_field, unpacked

_RESERVED = re.compile(rb"[\^~_\\]|[^ -~]")
_GRAPHIC = re.compile(r"\^FO(\d+),(\d+)\^GFA,\d+,\d+,(\d+),([^^]*)\^FS")
_FORMAT = re.compile(r"\^XA.*?\^XZ", re.DOTALL)


class ZplPress:
    """Implements `app.core.label_batch.Press`. `dpi` is the printer's; the layout's sheet is left aside."""

    def __init__(self, layout: LabelLayout, fonts: LabelFonts, dpi: int) -> None:
        self._layout, self._fonts, self._dpi = layout, fonts, dpi
        self._work = LabelWork(layout, dpi, fonts)

    def make(self, labels: Collection[Label]) -> MadeBatch:
        """See `Press`."""
        parts = list(spread(self._work, labels))
        drawn = [label for part in parts for label in part.labels]
        text = "".join(self._format(label) for label in drawn)
        smallest = min((label.codes[0].dots for label in drawn), default=0)
        content = LabelFile("", text.encode("ascii"))
        opinions = sum(part.second_opinions for part in parts)
        return MadeBatch((content,), opinions, millimetres(smallest, self._dpi), len(drawn))

    def read_back(self, made: MadeBatch, labels: int) -> Iterator[tuple[str, ...]]:
        """From the finished text: its graphics become dots again, label by label."""
        for format in _FORMAT.findall(made.files[0].content.decode("ascii")):
            picture = Image.new("L", self._size(), 255)
            for left, top, across, data in _GRAPHIC.findall(format):
                picture.paste(_picture(data, int(across)), (int(left), int(top)))
            yield codes_in(picture, bars=bool(self._layout.bars))

    def _size(self) -> tuple[int, int]:
        return dots(self._layout.width, self._dpi), dots(self._layout.height, self._dpi)

    def _format(self, label: DrawnLabel) -> str:
        """One label, whole in itself: `^CI28` is UTF-8, width and length are the label's."""
        across, down = self._size()
        fields = [*map(_code, label.codes), *map(self._text, label.texts)]
        return "\n".join([f"^XA^CI28^PW{across}^LL{down}^LH0,0", *fields, "^XZ\n"])

    def _text(self, text: DrawnText) -> str:
        if text.text.isascii():
            size = round(text.size)
            place = f"^FO{text.left},{max(0, text.baseline - round(size * BASELINE))}"
            return f"{place}^A0N,{size},{size}{field_data(text.text)}^FS"
        return self._drawn_text(text)

    def _drawn_text(self, text: DrawnText) -> str:
        font = ImageFont.truetype(self._fonts.font(text.face, text.text).path, round(text.size))
        left, top, right, bottom = font.getbbox(text.text, anchor="ls")
        picture = Image.new("1", (int(right - left) + 1, int(bottom - top) + 1), 0)
        ImageDraw.Draw(picture).text((-left, -top), text.text, 1, font, anchor="ls")
        place = f"^FO{text.left + int(left)},{max(0, text.baseline + int(top))}"
        return place + graphic_field(_rows(picture)) + "^FS"


def field_data(text: str) -> str:
    """`^FH` makes `_` and two digits a byte, so that no letter is taken for a command."""
    return "^FH_^FD" + _RESERVED.sub(lambda found: b"_%02X" % found[0][0], text.encode("utf-8")).decode(
        "ascii"
    )


def _code(code: DrawnCode) -> str:
    rows = ["".join(("1" if module else "0") * code.dots for module in row) for row in code.modules.rows]
    wide = -(-len(rows[0]) // 8) * 8
    digits = [f"{int(row.ljust(wide, '0'), 2):0{wide // 4}X}" for row in rows]
    return f"^FO{code.left},{code.top}{graphic_field([one for one in digits for _ in range(code.height)])}^FS"


def _rows(picture: Image.Image) -> list[str]:
    across = -(-picture.width // 8)
    raw = picture.tobytes().hex().upper()
    return [raw[at : at + 2 * across] for at in range(0, len(raw), 2 * across)]


def _picture(data: str, across: int) -> Image.Image:
    rows = unpacked(data, across)
    dark = Image.frombytes("1", (across * 8, len(rows)), bytes.fromhex("".join(rows)))
    return dark.convert("L").point([255] + [0] * 255)

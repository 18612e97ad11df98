"""Command cards on an A4 sheet, as a PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont

from app.adapters.code_reader import codes_in
from app.adapters.durable_file import write_bytes_durably
from app.core.errors import Faulted, Refused, Why, because

_DPI = 300
_A4_MM = (210, 297)
_MARGIN_MM, _CARD_MM, _QR_MM = 20, (170, 58), 46


@dataclass(frozen=True, slots=True)
class CardFace:
    """What one card shows: the code, its name and what it does."""

    text: str
    title: str
    meaning: str


def write_card_sheet(path: Path, faces: Sequence[CardFace], bold: Path, regular: Path) -> None:
    """One column of cards with cutting lines, on as many sheets as it takes, replacing the file.

    Raises:
        Refused: there is another file of this name, which is no PDF.
        Faulted: a code did not read back, or the file cannot be written; the old one is untouched.
    """
    if path.is_file() and not path.read_bytes().startswith(b"%PDF"):
        raise Refused(because(Why.FILE_EXISTS, path=str(path)))
    sheets = card_sheets(faces, bold, regular)
    _require_read_back(sheets, faces)
    buffer = io.BytesIO()
    sheets[0].save(buffer, "PDF", resolution=_DPI, save_all=True, append_images=sheets[1:])

    write_bytes_durably(path, buffer.getvalue())


def _require_read_back(sheets: Sequence[Image.Image], faces: Sequence[CardFace]) -> None:
    """From the dots that are printed."""
    found = {text for sheet in sheets for text in codes_in(sheet)}
    for face in faces:
        if face.text not in found:
            raise Faulted(because(Why.CODE_NOT_READ_BACK, text=face.text, output="pdf"))


def card_sheets(faces: Sequence[CardFace], bold: Path, regular: Path) -> list[Image.Image]:
    """The sheets as they are printed, at 300 dots an inch."""
    rows = (_A4_MM[1] - 2 * _MARGIN_MM) // _CARD_MM[1]
    fonts = (ImageFont.truetype(bold, _dots(11)), ImageFont.truetype(regular, _dots(5)))
    return [_sheet(faces[first : first + rows], fonts) for first in range(0, len(faces), rows)]


def _sheet(
    faces: Sequence[CardFace], fonts: tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont]
) -> Image.Image:
    sheet = Image.new("L", (_dots(_A4_MM[0]), _dots(_A4_MM[1])), 255)
    draw = ImageDraw.Draw(sheet)
    for row, face in enumerate(faces):
        left, top = _MARGIN_MM, _MARGIN_MM + row * _CARD_MM[1]
        draw.rectangle(
            (_dots(left), _dots(top), _dots(left + _CARD_MM[0]), _dots(top + _CARD_MM[1])), outline=160
        )
        sheet.paste(_code(face.text), (_dots(left + 6), _dots(top + 6)))
        draw.text((_dots(left + 60), _dots(top + 15)), face.title, 0, fonts[0])
        draw.multiline_text((_dots(left + 60), _dots(top + 31)), face.meaning, 0, fonts[1], spacing=_dots(2))
    return sheet


def _code(text: str) -> Image.Image:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0)
    code.add_data(text)
    image = code.make_image().get_image().convert("L")
    return image.resize((_dots(_QR_MM), _dots(_QR_MM)), Image.Resampling.NEAREST)


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * _DPI)

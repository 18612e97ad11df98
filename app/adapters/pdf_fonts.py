"""Fonts inside a PDF: only the letters that are used, and the way back from letters to text."""

from __future__ import annotations

import io
from typing import Any

from fontTools.ttLib import TTFont

from app.adapters.label_fonts import LabelFont
from app.adapters.pdf_file import PdfFile

_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Letters def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{ranges}
endcmap
end
end
"""
_AT_ONCE = 100
"""A CMap lists no more than a hundred characters in a block."""


class PdfFont:
    """Collects the letters of one font while pages are made, and is added to the file at the end."""

    def __init__(self, font: LabelFont, name: str) -> None:
        self.font, self.name = font, name
        self._codes: dict[str, int] = {}
        self._names = _cid_names(font.font)

    def show(self, text: str) -> str:
        """The text as the operand of `Tj`."""
        return "<" + "".join(f"{self._code(character):04x}" for character in text) + ">"

    def _code(self, character: str) -> int:
        """A font that is keyed by CID is addressed by CID, any other by glyph."""
        if character not in self._codes:
            glyph = self.font.glyph(character)
            self._codes[character] = int(self._names[glyph][3:]) if self._names else glyph
        return self._codes[character]

    def add_to(self, file: PdfFile) -> int:
        """The number of the font's object."""
        cut = self.font.cut_to(set(self._codes))
        base = f"/AAAAA{chr(ord('A') + int(self.name[1:]))}+{self.font.path.stem}"
        described = file.add(self._descriptor(cut, base, _program(file, cut)))
        kind = "CIDFontType0" if "CFF " in cut else "CIDFontType2 /CIDToGIDMap /Identity"
        descendant = file.add(
            f"<< /Type /Font /Subtype /{kind} /BaseFont {base} /FontDescriptor {described} 0 R "
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/W [{self._widths()}] >>"
        )
        back = file.add_stream(self._to_unicode().encode("ascii"))
        return file.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont {base} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] /ToUnicode {back} 0 R >>"
        )

    def _widths(self) -> str:
        return " ".join(
            f"{code} [{round(self.font.advance(character) * 1000)}]"
            for character, code in sorted(self._codes.items(), key=lambda item: item[1])
        )

    def _descriptor(self, font: TTFont, base: str, program: str) -> str:
        scale = 1000 / self.font.units
        head, hhea = font["head"], font["hhea"]
        box = " ".join(str(round(one * scale)) for one in (head.xMin, head.yMin, head.xMax, head.yMax))
        return (
            f"<< /Type /FontDescriptor /FontName {base} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 "
            f"/Ascent {round(hhea.ascent * scale)} /Descent {round(hhea.descent * scale)} "
            f"/CapHeight 700 /StemV 80 {program} >>"
        )

    def _to_unicode(self) -> str:
        pairs = [
            f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in self._codes.items()
        ]
        blocks = [pairs[first : first + _AT_ONCE] for first in range(0, len(pairs), _AT_ONCE)]
        ranges = "\n".join(f"{len(one)} beginbfchar\n" + "\n".join(one) + "\nendbfchar" for one in blocks)
        return _MAP.format(ranges=ranges)


def _cid_names(font: TTFont) -> list[str]:
    """Glyph names such as `cid00042`, for a font that is keyed by CID."""
    if "CFF " not in font:
        return []
    top: Any = font["CFF "].cff.topDictIndex[0]
    return list(font.getGlyphOrder()) if hasattr(top, "ROS") else []


def _program(file: PdfFile, font: TTFont) -> str:
    """The font's own program, as the descriptor names it."""
    if "CFF " in font:
        content = font.getTableData("CFF ") if not font.isLoaded("CFF ") else font["CFF "].compile(font)
        return f"/FontFile3 {file.add_stream(content, '/Subtype /CIDFontType0C')} 0 R"
    buffer = io.BytesIO()
    font.save(buffer)
    return f"/FontFile2 {file.add_stream(buffer.getvalue(), f'/Length1 {len(buffer.getvalue())}')} 0 R"

"""Labels as a PDF: every code a vector path on whole dots, so that no module is lost where it is printed.

All lengths are dots of the layout's resolution, from the upper left corner; a page is a whole number of dots.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

from app.adapters.code_reader import codes_in
from app.adapters.label_fonts import LabelFonts
from app.adapters.label_work import LabelWork
from app.adapters.pdf_file import PdfFile, text_string
from app.adapters.pdf_fonts import PdfFont
from app.adapters.pdf_picture import opened
from app.adapters.spread import spread
from app.core.label_batch import LabelFile, MadeBatch
from app.core.label_drawing import DrawnCode, DrawnLabel, DrawnText
from app.core.label_layout import LabelLayout, Marks, dots, millimetres
from app.core.labels import Label

_POINTS = 72
_CROP_MM = 2.0
_ROUNDED = 0.0005
"""Points that a page is smaller than its dots, so that no program rounds it up to one more."""


class PdfPress:
    """Implements `app.core.label_batch.Press`."""

    def __init__(self, layout: LabelLayout, fonts: LabelFonts, start_at: int = 1) -> None:
        self._layout, self._start_at = layout, start_at
        self._work = LabelWork(layout, layout.dpi, fonts)
        self._ink = _Ink(fonts)

    def make(self, labels: Collection[Label]) -> MadeBatch:
        """See `Press`."""
        parts = list(spread(self._work, labels))
        drawn = [label for part in parts for label in part.labels]
        pages: dict[int, list[str]] = defaultdict(list)
        for label, (page, left, top) in zip(drawn, self._places(len(drawn)), strict=True):
            pages[page].append(self._ink.label(label, left, top))
        content = _document(self._layout, [pages[page] for page in sorted(pages)], self._ink)
        smallest = min((label.codes[0].dots for label in drawn), default=0)
        return MadeBatch(
            (LabelFile("", content),),
            sum(part.second_opinions for part in parts),
            millimetres(smallest, self._layout.dpi),
            len(pages),
        )

    def read_back(self, made: MadeBatch, labels: int) -> Iterator[tuple[str, ...]]:
        """From the finished file, drawn by PDFium at the printer's resolution, label by label."""
        dpi, bars = self._layout.dpi, bool(self._layout.bars)
        across, down = dots(self._layout.width, dpi), dots(self._layout.height, dpi)
        page_across, _ = _page_dots(self._layout)
        with opened(made.files[0].content) as pages:
            for page, labels_on_it in groupby(self._places(labels), key=itemgetter(0)):
                picture = pages.grey(page, page_across)
                for _, left, top in labels_on_it:
                    yield codes_in(picture.crop((left, top, left + across, top + down)), bars)

    def _places(self, labels: int) -> Iterator[tuple[int, int, int]]:
        dpi = self._layout.dpi
        for page, left, top in self._layout.places(labels, self._start_at):
            yield page, dots(left, dpi), dots(top, dpi)


class _Ink:
    """Writes the operators of a page, and collects the fonts that they need."""

    def __init__(self, fonts: LabelFonts) -> None:
        self._fonts = fonts
        self.used: dict[str, PdfFont] = {}

    def label(self, label: DrawnLabel, left: int, top: int) -> str:
        codes = [_code(code, left, top) for code in label.codes]
        return "\n".join([*codes, *(self._text(text, left, top) for text in label.texts)])

    def _text(self, text: DrawnText, left: int, top: int) -> str:
        font = self._fonts.font(text.face, text.text)
        pdf = self.used.setdefault(font.path.name, PdfFont(font, f"F{len(self.used)}"))
        place = f"1 0 0 -1 {left + text.left} {top + text.baseline} Tm"
        return f"BT /{pdf.name} {text.size:.2f} Tf {place} {pdf.show(text.text)} Tj ET"


def _code(code: DrawnCode, left: int, top: int) -> str:
    """All modules as one path, each a thousandth smaller than its dots.

    Printers that know no grey blacken every dot that a path touches, and a coordinate that was rounded up
    would touch the next one.
    """
    runs = " ".join(f"{x} {y} {length - 1}.999 .999 re" for x, y, length in code.modules.runs())
    x, y = left + code.left + 0.0005 * code.dots, top + code.top + 0.0005 * code.height
    return f"q {code.dots} 0 0 {code.height} {x:.4f} {y:.4f} cm {runs} f Q"


def _document(layout: LabelLayout, pages: list[list[str]], ink: _Ink) -> bytes:
    file = PdfFile()
    tree, resources = file.reserve(), file.reserve()
    marks = _marks(layout)
    kids = [_page(file, layout, [*marks, *labels], tree, resources) for labels in pages]
    fonts = " ".join(f"/{font.name} {font.add_to(file)} 0 R" for font in ink.used.values())
    file.set(resources, f"<< /Font << {fonts} >> >>")
    numbers = " ".join(f"{kid} 0 R" for kid in kids)
    file.set(tree, f"<< /Type /Pages /Kids [{numbers}] /Count {len(kids)} >>")
    root = file.add(f"<< /Type /Catalog /Pages {tree} 0 R /ViewerPreferences << /PrintScaling /None >> >>")
    info = file.add(f"<< /Title {text_string(layout.name)} /Producer (Binding Station) >>")
    return file.bytes(root, info)


def _page(file: PdfFile, layout: LabelLayout, operators: list[str], tree: int, resources: int) -> int:
    scale = _POINTS / layout.dpi
    across, down = _page_dots(layout)
    width, height = across * scale - _ROUNDED, down * scale - _ROUNDED
    begin = f"{scale:.9f} 0 0 {-scale:.9f} 0 {height:.6f} cm 0 g"
    content = file.add_stream("\n".join([begin, *operators]).encode("ascii"))
    return file.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {width:.6f} {height:.6f}] "
        f"/Resources {resources} 0 R /Contents {content} 0 R >>"
    )


def _page_dots(layout: LabelLayout) -> tuple[int, int]:
    width, height = layout.page
    return dots(width, layout.dpi), dots(height, layout.dpi)


def _marks(layout: LabelLayout) -> list[str]:
    sheet, dpi = layout.sheet, layout.dpi
    if sheet is None or sheet.marks is Marks.NONE:
        return []
    corners = [(left, top) for _, left, top in layout.places(sheet.labels)]
    columns = sorted({edge for left, _ in corners for edge in (left, left + layout.width)})
    rows = sorted({edge for _, top in corners for edge in (top, top + layout.height)})
    across = [dots(edge, dpi) for edge in columns]
    down = [dots(edge, dpi) for edge in rows]
    draw = _crosses if sheet.marks is Marks.CROP else _dashes
    pen = f"q {dpi / _POINTS * 0.3:.2f} w 0.4 G"
    return [pen, *draw(across, down, dots(_CROP_MM, dpi), _page_dots(layout)), "Q"]


def _crosses(across: list[int], down: list[int], arm: int, page: tuple[int, int]) -> Iterator[str]:
    for x in across:
        for y in down:
            yield f"{x - arm} {y} m {x + arm} {y} l {x} {y - arm} m {x} {y + arm} l S"


def _dashes(across: list[int], down: list[int], dash: int, page: tuple[int, int]) -> Iterator[str]:
    yield f"[{dash} {dash}] 0 d"
    yield from (f"{x} 0 m {x} {page[1]} l S" for x in across)
    yield from (f"0 {y} m {page[0]} {y} l S" for y in down)

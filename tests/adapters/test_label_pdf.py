"""PDFs of labels, as poppler draws and reads them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.label_pdf import PdfPress
from app.adapters.pdf_picture import opened
from app.adapters.qr_code import ZxingEncoder
from app.core.label_batch import LabelFile, MadeBatch
from app.core.label_drawing import Drawing
from app.core.label_layout import LabelLayout, Marks, dots
from app.core.labels import Label, codes_on
from tests.adapters.poppler import codes_on_pages, dots_of, needs_poppler, pictures, text_of, told_of
from tests.labelled import CHINESE, ENGLISH, FONTS, IMEI, LAYOUTS, labels, layout


def written(folder: Path, layout: LabelLayout, wanted: list[Label], start_at: int = 1) -> Path:
    press = PdfPress(layout, FONTS, start_at)
    made = press.make(wanted)
    assert list(press.read_back(made, len(wanted))) == [codes_on(label, layout) for label in wanted]
    path = folder / "labels.pdf"
    path.write_bytes(made.files[0].content)
    return path


@needs_poppler
@pytest.mark.parametrize("name", LAYOUTS.names())
@pytest.mark.parametrize("dpi", [203, 300])
def test_every_code_of_every_layout_is_read_from_the_page(tmp_path: Path, name: str, dpi: int) -> None:
    chosen = layout(name)
    wanted = labels(chosen.sheet.labels if chosen.sheet else 3, ENGLISH, IMEI)
    pdf = written(tmp_path, chosen, wanted)
    assert codes_on_pages(pictures(pdf, dpi)) == sorted(
        text for label in wanted for text in codes_on(label, chosen)
    )


@needs_poppler
@pytest.mark.parametrize("ink", ["-mono", "-gray"])
def test_every_module_is_whole_dots_where_it_is_printed(tmp_path: Path, ink: str) -> None:
    """At 203 dots an inch, with modules of two dots: none is a dot wider than meant, and none is lost."""
    chosen, wanted = layout("letter-80-44x13"), labels(80)
    (page,) = pictures(written(tmp_path, chosen, wanted), 203, ink)
    drawing = Drawing(chosen, 203, ZxingEncoder(), FONTS)
    for label, (_, left, top) in zip(wanted, chosen.places(80), strict=True):
        code = drawing.qr(label)
        x, y, side = dots(left, 203) + code.left, dots(top, 203) + code.top, code.modules.width * code.dots
        found = page.crop((x, y, x + side, y + side)).point([0] * 128 + [255] * 128)
        assert found.tobytes() == dots_of(code)


@needs_poppler
def test_letters_are_text_in_either_language(tmp_path: Path) -> None:
    pdf = written(tmp_path, layout("roll-100x50-box"), labels(1, CHINESE, IMEI))
    text = text_of(pdf)
    for line in ("智能追踪器 T1", "SN 123456789123456652", f"IMEI {IMEI}", "工单118 2025-11-22", "中国制造"):
        assert line in text
    fonts = told_of(pdf, "pdffonts").splitlines()[2:]
    assert len(fonts) == 3
    assert all(re.search(r" yes yes yes ", font) for font in fonts), (
        "embedded, cut down, and leading back to text"
    )


@needs_poppler
def test_a_sheet_is_as_large_as_its_paper(tmp_path: Path) -> None:
    for name, size in (("a4-24-70x37", (595.3, 841.9)), ("letter-30-67x25", (612, 792))):
        told = told_of(written(tmp_path, layout(name), labels(2)), "pdfinfo")
        found = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told)
        assert found is not None
        assert [float(one) for one in found.groups()] == pytest.approx(size, abs=0.2)


@needs_poppler
@pytest.mark.parametrize("marks", [Marks.CROP, Marks.FOLD])
def test_marks_do_not_touch_the_codes(tmp_path: Path, marks: Marks) -> None:
    plain = layout()
    assert plain.sheet is not None
    marked = replace(plain, sheet=replace(plain.sheet, marks=marks))
    (page,) = pictures(written(tmp_path, marked, labels(24)), 203)
    (bare,) = pictures(written(tmp_path, plain, labels(24)), 203)
    assert len(codes_on_pages([page])) == 24
    assert page.tobytes() != bare.tobytes()


def test_labels_begin_where_the_sheet_is_still_full() -> None:
    press = PdfPress(layout(), FONTS, start_at=23)
    wanted = labels(3)
    made = press.make(wanted)
    assert made.pages == 2
    assert list(press.read_back(made, 3)) == [(label.payload,) for label in wanted]
    moved = PdfPress(layout(), FONTS, start_at=22)
    assert list(moved.read_back(made, 3)) != [(label.payload,) for label in wanted]


def test_a_code_that_is_damaged_in_the_file_is_not_read_back() -> None:
    """The proof looks at the file, not at what was meant."""
    press, wanted = PdfPress(layout(), FONTS), labels(2)
    (other,) = PdfPress(layout(), FONTS).make([wanted[1]]).files
    first, *_ = press.read_back(MadeBatch((LabelFile("", other.content),), 0, 0.0), 1)
    assert first == (wanted[1].payload,)
    assert list(press.read_back(MadeBatch((other,), 0, 0.0), 2))[1] == ()


def test_a_thousand_labels_are_small_and_say_how_many_were_made_twice() -> None:
    made = PdfPress(layout(), FONTS).make(labels(1000, CHINESE))
    assert len(made.files[0].content) < 1_500_000
    assert (made.pages, made.second_opinions) == (42, 20)


def test_the_same_labels_are_the_same_file() -> None:
    one, other = (PdfPress(layout(), FONTS).make(labels(30, CHINESE)).files for _ in range(2))
    assert one == other


def test_a_page_can_be_shown() -> None:
    made = PdfPress(layout(), FONTS).make(labels(30))
    with opened(made.files[0].content) as pages:
        assert len(pages) == 2
        assert pages.grey(1, 400).width == 400
        assert pages.png(0, 400).startswith(b"\x89PNG")

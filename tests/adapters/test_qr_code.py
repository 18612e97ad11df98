"""Codes that are written here are read by others, and by another implementation module for module."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.adapters.code_reader import codes_in, codes_in_png, codes_in_svg
from app.adapters.qr_code import ZxingEncoder, png, svg
from app.adapters.second_opinion import SampledEncoder, second_reading
from app.core.code_modules import ErrorLevel, Modules, PictureSize
from app.core.errors import Faulted, Refused, Why

ENCODER = ZxingEncoder()
TEXT = "pk=p11sf2&sn=123456789123456652&v=1"
levels = st.sampled_from(ErrorLevel)
printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=300)


@given(printable | st.text("0123456789", min_size=1, max_size=400), levels)
def test_every_text_is_made_alike_by_a_second_implementation(text: str, level: ErrorLevel) -> None:
    assert second_reading(ENCODER.qr(text, level), level) == text


@given(printable, levels, st.integers(2, 9), st.integers(4, 8))
def test_every_text_is_read_back_from_png_and_svg(
    text: str, level: ErrorLevel, dots: int, quiet: int
) -> None:
    modules, size = ENCODER.qr(text, level), PictureSize(dots, quiet)
    assert codes_in_png(png(modules, size)) == (text,)
    assert codes_in_svg(svg(modules, size), 3) == (text,)


def test_a_png_is_one_bit_a_dot_and_names_its_resolution() -> None:
    modules = ENCODER.qr(TEXT, ErrorLevel.M)
    content = png(modules, PictureSize(7, 4, 203))
    with Image.open(io.BytesIO(content)) as picture:
        side = (modules.width + 8) * 7
        assert (picture.format, picture.mode, picture.size) == ("PNG", "1", (side, side))
        assert [round(one) for one in picture.info["dpi"]] == [203, 203]
        picture.verify()


def test_one_wrong_module_is_seen_by_the_second_implementation_alone() -> None:
    """Error correction hides it from every reader, and a scratch on the label would then be one too many."""
    good = ENCODER.qr(TEXT, ErrorLevel.M)
    for x, y in [(12, 12), (8, 2), (6, 10), (good.width - 1, good.width - 1)]:
        row = bytearray(good.rows[y])
        row[x] ^= 1
        bad = Modules((*good.rows[:y], bytes(row), *good.rows[y + 1 :]))
        assert codes_in_png(png(bad, PictureSize(4))) == (TEXT,)
        assert second_reading(bad, ErrorLevel.M) is None


def test_a_code_128_is_one_row_and_is_read_back() -> None:
    bars = ENCODER.code128("123456789123456652")
    assert len(bars.rows) == 1
    row = bytes(0 if module else 255 for module in bars.rows[0] for _ in range(2))
    picture = Image.new("L", (len(row) + 40, 60), 255)
    picture.paste(Image.frombytes("L", (len(row), 50), row * 50), (20, 5))
    assert codes_in(picture, bars=True) == ("123456789123456652",)
    assert codes_in(picture) == ()


def test_what_no_code_holds_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        ENCODER.qr("A" * 5000, ErrorLevel.H)
    assert refused.value.reason.why is Why.CODE_TOO_LONG
    with pytest.raises(Refused) as no_bars:
        ENCODER.code128("A" * 300)
    assert no_bars.value.reason.facts["length"] == 300


def test_one_code_in_so_many_is_asked_about() -> None:
    encoder = SampledEncoder(every=10)
    for number in range(31):
        encoder.qr(f"{TEXT}{number}", ErrorLevel.M)
    assert encoder.asked == 4


def test_a_difference_between_the_implementations_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    good = ENCODER.qr(TEXT, ErrorLevel.M)
    monkeypatch.setattr(ZxingEncoder, "qr", lambda *_: good)
    with pytest.raises(Faulted) as faulted:
        SampledEncoder().qr("another text", ErrorLevel.M)
    assert faulted.value.reason.why is Why.CODE_NOT_READ_BACK

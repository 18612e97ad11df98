"""ZPL for label printers, drawn by a renderer of the language that knows nothing of us."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import zplkit
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from zplkit.parse import parse
from zplkit.rendering import Limits

from app.adapters.label_zpl import ZplPress, field_data
from app.adapters.qr_code import ZxingEncoder
from app.core.label_batch import MadeBatch
from app.core.label_drawing import Drawing
from app.core.label_layout import DPI, dots
from app.core.labels import Label, codes_on
from tests.adapters.poppler import codes_on_pages, dots_of
from tests.labelled import CHINESE, ENGLISH, FONTS, IMEI, LAYOUTS, labels, layout

ROOM = Limits(graphic_bytes=4_000_000)
NASTY = {**ENGLISH, "order": "W_1^XZ~JA\\&", "text": "100 % «Grüße» 中国"}


def made(name: str, wanted: list[Label], dpi: int) -> MadeBatch:
    return ZplPress(layout(name), FONTS, dpi).make(wanted)


def drawn(content: bytes, name: str, dpi: int) -> list[Image.Image]:
    chosen = layout(name)
    options = zplkit.Options(
        profile="specification", width=dots(chosen.width, dpi), height=dots(chosen.height, dpi), dpi=dpi
    )
    rasters = [label.rasterize() for label in zplkit.render(content, options, limits=ROOM).labels]
    return [Image.frombytes("L", (one.width, one.height), one.pixels) for one in rasters]


@pytest.mark.parametrize("name", LAYOUTS.names())
@pytest.mark.parametrize("dpi", DPI)
def test_a_renderer_of_the_language_prints_every_code(name: str, dpi: int) -> None:
    wanted = labels(3, NASTY, IMEI)
    content = made(name, wanted, dpi).files[0].content
    for label, picture in zip(wanted, drawn(content, name, dpi), strict=True):
        assert codes_on_pages([picture]) == sorted(codes_on(label, layout(name)))


@pytest.mark.parametrize("dpi", DPI)
def test_the_renderer_sets_exactly_the_dots_that_were_read_back(dpi: int) -> None:
    (label,), chosen = labels(1), layout("roll-50x30")
    (picture,) = drawn(made("roll-50x30", [label], dpi).files[0].content, "roll-50x30", dpi)
    code = Drawing(chosen, dpi, ZxingEncoder(), FONTS).qr(label)
    side = code.modules.width * code.dots
    found = picture.crop((code.left, code.top, code.left + side, code.top + side))
    assert found.tobytes() == dots_of(code)


@pytest.mark.parametrize("dpi", DPI)
def test_it_is_read_back_from_the_finished_text(dpi: int) -> None:
    press, wanted = ZplPress(layout("roll-100x50-box"), FONTS, dpi), labels(4, CHINESE, IMEI)
    batch = press.make(wanted)
    found = list(press.read_back(batch, 4))
    assert found == [codes_on(label, layout("roll-100x50-box")) for label in wanted]
    text = batch.files[0].content
    cut = replace(batch.files[0], content=text.replace(b"^GFA", b"^GFX", 1))
    assert next(press.read_back(replace(batch, files=(cut,)), 4)) != codes_on(
        wanted[0], layout("roll-100x50-box")
    )


def test_every_command_is_one_of_the_language_with_its_parameters() -> None:
    """Field by field as the ZPL II Programming Guide has them."""
    shapes = {
        "^XA": "",
        "^CI": "28",
        "^PW": r"\d+",
        "^LL": r"\d+",
        "^LH": "0,0",
        "^FO": r"\d{1,5},\d{1,5}",
        "^GF": r"A,(\d+),\1,\d+,[0-9A-FG-Yg-z,:!]+",
        "^A0": r"N,\d+,\d+",
        "^FH": "_",
        "^FD": r"(?:[ -\[\]`-}]|_[0-9A-F]{2})+",
        "^FS": r"\s*",
        "^XZ": r"\s*",
    }
    content = made("roll-100x50-box", labels(2, NASTY, IMEI), 203).files[0].content
    assert content.isascii()
    commands = re.findall(r"(\^[A-Z][A-Z0-9])([^^]*)", content.decode("ascii"))
    assert "".join(name + rest for name, rest in commands) == content.decode("ascii")
    for name, rest in commands:
        assert re.fullmatch(shapes[name], rest.rstrip("\n")), name + rest[:40]
    assert [name for name, _ in commands].count("^XA") == 2
    kinds = {str(element.kind) for element in parse(content).elements}
    assert "control_command" not in kinds


@given(st.text(min_size=1, max_size=40))
def test_no_text_can_become_a_command(text: str) -> None:
    try:
        data = field_data(text)
    except UnicodeEncodeError:
        return
    assert data.startswith("^FH_^FD")
    inside = data[len("^FH_^FD") :]
    assert not set(inside) & set("^~")
    raw = re.sub(rb"_([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), inside.encode("ascii"))
    assert raw.decode("utf-8") == text


def test_chinese_letters_go_as_dots_and_latin_ones_as_the_printers_font() -> None:
    for values, graphics in ((ENGLISH, 1), (CHINESE, 3)):
        content = made("roll-50x30", labels(1, values), 203).files[0].content
        assert content.count(b"^GFA") == graphics
        assert content.count(b"^A0N") == 5 - graphics

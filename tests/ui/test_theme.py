"""The tokens: who reads them from how far, and who cannot tell red from green."""

from __future__ import annotations

import json
from dataclasses import fields
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo

from app.paths import resource
from app.ui.theme import CODE, VALUE, VERDICT, Palette, Style, font, load_palette, text_width

Rgb = tuple[float, float, float]


def linear(color: QColor) -> Rgb:
    def one(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    return one(color.redF()), one(color.greenF()), one(color.blueF())


def luminance(rgb: Rgb) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def contrast(one: QColor, other: QColor) -> float:
    """As WCAG 2 defines it."""
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


AT_LEAST = [
    ("text", "surface", 17.5),
    ("muted", "surface", 7.5),
    ("surface", "passed", 7.0),
    ("surface", "passed_deep", 7.0),
    ("surface", "neutral", 7.0),
    ("surface", "neutral_deep", 7.0),
    ("surface", "fault", 7.0),
    ("surface", "fault_deep", 7.0),
    ("surface", "accent", 7.0),
    ("text", "warning_fill", 7.0),
    ("text", "warning_tint", 7.0),
    ("fault_deep", "fault_tint", 7.0),
    ("ink_text", "ink", 7.0),
    ("ink_muted", "ink", 7.0),
    ("muted", "inset", 4.5),
    ("muted", "accent_tint", 4.5),
    ("muted", "neutral_tint", 4.5),
    ("muted", "fault_tint", 4.5),
    ("accent", "accent_tint", 4.5),
    ("passed", "passed_tint", 4.5),
    ("neutral", "neutral_tint", 4.5),
    ("fault", "fault_tint", 4.5),
    ("warning_text", "warning_tint", 4.5),
    ("control", "surface", 3.0),
    ("accent", "accent_track", 3.0),
    ("progress", "ink", 3.0),
]


@pytest.mark.parametrize(("front", "ground", "ratio"), AT_LEAST)
def test_what_is_written_stands_out_from_its_ground(
    palette: Palette, front: str, ground: str, ratio: float
) -> None:
    assert contrast(getattr(palette, front), getattr(palette, ground)) >= ratio


SEEN_WITHOUT = {
    "red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
"""Machado, Oliveira and Fernandes 2009: linear RGB as it is seen where one kind of cone is missing."""


def lightness_and_hue(rgb: Rgb) -> Rgb:
    """CIE L*a*b* under D65, where equal distances look equally large."""
    r, g, b = (max(0.0, value) for value in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("missing", SEEN_WITHOUT)
def test_the_verdicts_differ_for_the_colour_blind(palette: Palette, missing: str) -> None:
    def seen(color: QColor) -> Rgb:
        rgb = linear(color)
        rows = SEEN_WITHOUT[missing]
        r, g, b = (sum(a * c for a, c in zip(row, rgb, strict=True)) for row in rows)
        return lightness_and_hue((r, g, b))

    for one, other in combinations(("fault", "passed", "neutral", "accent"), 2):
        pairs = zip(seen(getattr(palette, one)), seen(getattr(palette, other)), strict=True)
        distance = sum((a - b) ** 2 for a, b in pairs) ** 0.5
        assert distance > (20 if one == "fault" else 10), f"{one} and {other} look alike"


def test_a_theme_is_one_file_with_exactly_the_names_of_the_palette(tmp_path: Path) -> None:
    tokens = json.loads(resource("themes/light.json").read_text(encoding="utf-8"))
    assert set(tokens) == {one.name for one in fields(Palette)}
    tokens["another"] = "#000000"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(tokens), encoding="utf-8")
    with pytest.raises(TypeError, match="another"):
        load_palette(changed)


def test_the_shipped_fonts_are_used(fonts: None) -> None:
    assert {"Inter", "JetBrains Mono", "Noto Sans SC"} <= set(QFontDatabase.families())
    assert QFontInfo(font(VERDICT)).family() == "Inter"
    assert QFontInfo(font(VERDICT)).weight() == 800
    assert QFontInfo(font(VALUE)).family() == "JetBrains Mono"


def test_chinese_is_not_set_tighter(fonts: None) -> None:
    assert VERDICT.tracking < 0
    together = text_width("合格", VERDICT)
    assert together == pytest.approx(text_width("合", VERDICT) + text_width("格", VERDICT), abs=1)


def test_every_digit_of_a_time_has_the_same_width(fonts: None) -> None:
    time = Style(34, 600, tabular=True)
    assert text_width("11:11", time) == pytest.approx(text_width("08:08", time), abs=0.1)


def test_codes_are_shown_character_by_character(fonts: None) -> None:
    assert text_width("=&;->", CODE) == pytest.approx(5 * text_width("=", CODE), abs=0.1)

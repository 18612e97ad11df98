"""Colours and letters: named tokens from `resources/themes`, the fonts that ship with the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF

from app.paths import resource
from app.wording.language import is_chinese

SANS = ("Inter", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Segoe UI")
"""The shipped Chinese comes before the system's: the rooms for texts are tested with it."""
MONO = ("JetBrains Mono", "Cascadia Mono", "Consolas", "Noto Sans SC")


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours by what they mean; one theme is one JSON file with exactly these names."""

    bg: QColor
    surface: QColor
    inset: QColor
    line: QColor
    control: QColor
    text: QColor
    muted: QColor
    ink: QColor
    ink2: QColor
    ink_text: QColor
    ink_muted: QColor
    progress: QColor
    track: QColor
    accent: QColor
    accent_tint: QColor
    accent_track: QColor
    passed: QColor
    passed_deep: QColor
    passed_tint: QColor
    neutral: QColor
    neutral_deep: QColor
    neutral_tint: QColor
    fault: QColor
    fault_deep: QColor
    fault_tint: QColor
    warning_text: QColor
    warning_fill: QColor
    warning_tint: QColor


def load_palette(path: Path | None = None) -> Palette:
    tokens = json.loads((path or resource("themes/light.json")).read_text(encoding="utf-8"))
    return Palette(**{name: QColor(value) for name, value in tokens.items()})


def load_fonts() -> None:
    for path in sorted(resource("fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))


@dataclass(frozen=True, slots=True)
class Style:
    """Letters: `size` is the logical pixel size, `tabular` gives all figures the same width."""

    size: float
    weight: int = 500
    mono: bool = False
    tabular: bool = False

    def sized(self, size: float) -> Style:
        return Style(size, self.weight, self.mono, self.tabular)

    @property
    def bold(self) -> Style:
        return Style(self.size, 600, self.mono, self.tabular)

    @property
    def tracking(self) -> float:
        """Pixels between letters: large text is set tighter, as the eye expects."""
        if self.mono:
            return -self.size / 40 if self.size >= 26 else 0.0
        if self.size >= 60:
            return -0.035 * self.size
        if self.size >= 40:
            return -0.03 * self.size
        return -0.02 * self.size if self.size >= 30 and self.weight >= 700 else 0.0


PASSED = Style(104, 800)
VERDICT = Style(96, 800)
INSTRUCTION = Style(64, 700)
REASON = Style(42, 700)
SENTENCE = Style(34, 500)
NEXT_ACTION = Style(34, 600)
STEP = Style(28, 600)
CARD_TITLE = Style(22, 600)
PAGE_TITLE = Style(22, 700)
FACT = Style(22, 600)
BODY = Style(18, 500)
CAPTION = Style(16, 500)
PILL = Style(17, 600)
VALUE = Style(40, 600, mono=True)
CODE = Style(20, 600, mono=True)


@lru_cache(maxsize=256)
def font(style: Style, tracked: bool = True) -> QFont:
    """The letters for painting; Chinese takes no negative tracking."""
    made = QFont(list(MONO if style.mono else SANS))
    made.setPixelSize(round(style.size))
    made.setWeight(QFont.Weight(style.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setKerning(not style.mono)
    if tracked and style.tracking:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.tracking)
    if style.mono:
        made.setFeature(QFont.Tag("calt"), 0)
    if style.tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@lru_cache(maxsize=256)
def metrics(style: Style, tracked: bool = True) -> QFontMetricsF:
    return QFontMetricsF(font(style, tracked))


def text_width(text: str, style: Style) -> float:
    return metrics(style, not is_chinese(text)).horizontalAdvance(text)


def style_sheet(palette: Palette, zoom: float) -> str:
    """For the few things that do not paint themselves: hints, fields and scroll bars."""
    return f"""
        QToolTip {{
            background: {palette.ink.name()}; color: {palette.ink_text.name()};
            border: none; padding: {round(6 * zoom)}px; font-size: {round(16 * zoom)}px;
        }}
        #PickMenu {{
            background: {palette.surface.name()};
            border: {round(1.5 * zoom)}px solid {palette.control.name()};
        }}
        TextField {{
            background: {palette.surface.name()}; color: {palette.text.name()};
            border: {round(2 * zoom)}px solid {palette.control.name()}; border-radius: {round(8 * zoom)}px;
            padding: 0 {round(11 * zoom)}px;
            selection-background-color: {palette.accent.name()};
        }}
        TextField:focus {{
            border: {round(3 * zoom)}px solid {palette.accent.name()}; padding: 0 {round(10 * zoom)}px;
        }}
        QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
        QScrollBar:vertical {{ background: {palette.inset.name()}; width: {round(12 * zoom)}px; }}
        QScrollBar::handle:vertical {{
            background: {palette.control.name()}; border-radius: {round(4 * zoom)}px;
            min-height: {round(40 * zoom)}px; margin: 2px;
        }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    """

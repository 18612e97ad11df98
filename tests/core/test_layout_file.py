"""Layout files: what they say, and the line where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused, Why
from app.core.label_layout import Face, LabelLayout, Marks, TextPlace
from app.core.layout_file import parse_layout
from app.core.layout_keys import SECTIONS
from tests.labelled import LAYOUTS

DOCUMENT = Path(__file__).parents[2] / "docs" / "labels.md"
GOOD = """\
name = "Test"

[label]
width = 60
height = 30

[qr]
left = 2
top = 3
size = 24
level = "Q"

[[text]]
left = 30
top = 3
size = 3
text = "{sn}"

[[text]]
left = 30
top = 8
size = 3
text = "SN"
font = "mono"

[sheet]
paper = "A4"
columns = 3
rows = 9
"""


def parsed(text: str) -> LabelLayout:
    return parse_layout(text, "mine.toml")


def test_a_layout_says_what_it_says_and_the_rest_is_usual() -> None:
    layout = parsed(GOOD)
    assert (layout.name, layout.dpi, layout.qr.level, layout.qr.quiet_zone) == ("Test", 203, "Q", 4)
    assert layout.texts[1] == TextPlace(30, 8, 3, "SN", 30, Face.MONO)
    assert layout.sheet is not None
    assert (layout.sheet.column_pitch, layout.sheet.row_pitch, layout.sheet.marks) == (60, 30, Marks.NONE)


@pytest.mark.parametrize(
    ("old", "new", "why", "line"),
    [
        ("width = 60", "width = 60 mm", Why.LAYOUT_SYNTAX, 4),
        ('name = "Test"', "", Why.LAYOUT_KEY_MISSING, 1),
        ('name = "Test"', 'name = "Test"\ncolour = 1', Why.LAYOUT_KEY_UNKNOWN, 2),
        ("size = 24", "sise = 24", Why.LAYOUT_KEY_UNKNOWN, 10),
        ("size = 24\n", "", Why.LAYOUT_KEY_MISSING, 7),
        ('level = "Q"', 'level = "X"', Why.LAYOUT_VALUE, 11),
        ('level = "Q"', "level = [1]", Why.LAYOUT_VALUE, 11),
        ("width = 60", 'width = "60"', Why.LAYOUT_VALUE, 4),
        ("width = 60", "width = true", Why.LAYOUT_VALUE, 4),
        ("width = 60", "width = nan", Why.LAYOUT_VALUE, 4),
        ("size = 24", "size = 28", Why.LAYOUT_OUTSIDE, 7),
        ("left = 30\ntop = 8", "left = 20\ntop = 8", Why.LAYOUT_OVERLAP, 19),
        ("left = 30\ntop = 8", "left = 30\ntop = 28", Why.LAYOUT_OUTSIDE, 19),
        ('text = "{sn}"', 'text = "{serial}"', Why.LAYOUT_VALUE, 17),
        ('text = "{sn}"', 'text = "{sn"', Why.LAYOUT_VALUE, 17),
        ("columns = 3", "columns = 4", Why.LAYOUT_SHEET, 26),
        ("rows = 9", "rows = 9\nrow_pitch = 29", Why.LAYOUT_SHEET, 26),
        ('paper = "A4"', "width = 210", Why.LAYOUT_KEY_MISSING, 26),
        ("[qr]", "[[qr]]", Why.LAYOUT_KEY_MISSING, 7),
        ("[qr]", "[qrs]", Why.LAYOUT_KEY_UNKNOWN, 7),
    ],
)
def test_a_wrong_layout_is_refused_by_its_line(old: str, new: str, why: Why, line: int) -> None:
    assert old in GOOD
    with pytest.raises(Refused) as refused:
        parsed(GOOD.replace(old, new, 1))
    facts = refused.value.reason.facts
    assert (refused.value.reason.why, facts["line"], facts["path"]) == (why, line, "mine.toml")


@given(st.text(max_size=60), st.integers(0, len(GOOD)), st.integers(0, 40))
def test_any_damage_is_a_layout_still_or_is_refused(junk: str, at: int, gone: int) -> None:
    try:
        parsed(GOOD[:at] + junk + GOOD[at + gone :])
    except Refused as refusal:
        line = refusal.reason.facts["line"]
        assert isinstance(line, int)
        assert line >= 1


def test_every_layout_that_comes_with_the_program_is_right() -> None:
    names = LAYOUTS.names()
    assert len(names) >= 9
    assert len({LAYOUTS.layout(name).name for name in names}) == len(names)


def test_the_layout_in_the_documentation_is_right_and_names_every_key() -> None:
    text = DOCUMENT.read_text("utf-8")
    shown = text.partition("```toml\n")[2].partition("```")[0]
    assert parsed(shown).name == "70 × 37 mm, ours"
    keys = [key for section in SECTIONS.values() for key in section]
    assert [key for key in keys if f"{key} = " not in shown] == []
    assert [name for name in LAYOUTS.names() if f"`{name}`" not in text] == []


def test_labels_lie_row_by_row_from_the_chosen_one() -> None:
    places = list(parsed(GOOD).places(27, start_at=27))
    assert places[:3] == [(0, 120, 240), (1, 0, 0), (1, 60, 0)]
    assert parsed(GOOD).pages(27, 27) == 2
    with pytest.raises(Refused) as refused:
        list(parsed(GOOD).places(1, start_at=28))
    assert refused.value.reason.why is Why.LABEL_START

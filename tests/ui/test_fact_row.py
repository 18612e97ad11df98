"""Facts in a row: where there is no room for all, a name is cut and the record's number stays."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPicture

from app.ui.fact_row import draw_facts
from app.ui.icons import Icon
from app.ui.theme import STEP, Palette
from tests.ui.written import Ear

NAME = "Maximiliane Alexandra von Hohenstein-Lichtenberg zu Oberkirchen"
FACTS = (
    (Icon.CLOCK, "Bound 10:31"),
    (Icon.SCAN, "Station 2"),
    (Icon.PERSON, NAME),
    (Icon.JOURNAL, "#10,412"),
)


def test_a_long_name_is_cut_and_the_number_of_the_record_is_not(palette: Palette) -> None:
    picture = QPicture()
    painter = QPainter(picture)
    ear = Ear(painter, palette)
    styles = [STEP.sized(28), STEP.sized(19)]
    draw_facts(ear, FACTS, 48, 40, 760, styles, palette.surface, palette.surface)
    painter.end()
    assert ear.cut == [NAME]
    clock, station, name, number = ear.heard
    assert (clock.text, station.text, number.text) == ("Bound 10:31", "Station 2", "#10,412")
    assert name.text.endswith("…")
    assert number.box.right() <= 48 + 760 + 1

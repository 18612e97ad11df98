"""The order in the header, the panel and the counters of the binding page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.state import State
from app.core.unit import Mode
from app.core.verdicts import Verdict
from app.ui.main_window import MainWindow
from app.ui.marks import Mark
from app.ui.order_bar import order_face
from app.ui.verdict_faces import SameFace
from tests.ui import scenes
from tests.ui.order_scenes import ORDER, order_scenes, ordered
from tests.ui.written import words


@pytest.mark.parametrize(
    ("bound", "quantity", "percent"),
    [
        (0, 500, "0 %"),
        (137, 500, "27 %"),
        (138, 500, "28 %"),
        (499, 500, "99 %"),
        (500, 500, "100 %"),
        (501, 500, "100 %"),
        (7, None, ""),
    ],
)
def test_a_hundred_per_cent_are_shown_only_where_all_are_bound(
    bound: int, quantity: int | None, percent: str
) -> None:
    face = order_face(replace(ORDER, bound=bound, quantity=quantity))
    assert face is not None
    assert face.percent == percent


def test_the_header_names_the_order_its_product_and_how_far_it_is(window: MainWindow) -> None:
    window.show_view(ordered(scenes.passed()))
    for text in ("Order 24-1107", "p11sf2", "Tracker T1", "138", "/ 500", "28 %"):
        assert text in words(window.header)
    assert "Order 24-1107, p11sf2, Tracker T1, 138 / 500" in window.header.accessibleName()
    assert "of 500" in words(window.bind_page.panel)
    assert "target 62" in words(window.bind_page.counters)
    assert "Tracker T1" in words(window.bind_page.device_slot)


def test_without_an_order_nothing_of_one_is_shown(window: MainWindow) -> None:
    window.show_view(scenes.passed())
    assert "Order" not in words(window.header)
    assert "of " not in words(window.bind_page.panel)
    assert "target" not in words(window.bind_page.counters)


def test_the_next_unit_is_counted_within_its_order(window: MainWindow) -> None:
    window.show_view(ordered(scenes.view(), replace(ORDER, bound=41)))
    assert "Next unit: 42" in words(window.bind_page.panel)


def test_a_narrow_window_has_the_dashed_line_without_its_word(window: MainWindow) -> None:
    window.resize(1024, 768)
    window.show_view(ordered(scenes.passed()))
    assert "target" not in words(window.bind_page.counters)
    assert "target 62" in window.bind_page.counters.accessibleName()


def test_the_band_is_there_while_units_are_verified(window: MainWindow) -> None:
    verifying = scenes.view(State(rules=scenes.RULES, mode=Mode.VERIFY))
    window.show_view(verifying)
    page = window.bind_page
    assert "VERIFY" in words(page.band)
    assert "Nothing is bound." in words(page.panel)
    assert page.device_slot.geometry().top() > page.band.geometry().bottom()
    window.show_view(scenes.view())
    assert page.band.isHidden()


@pytest.mark.parametrize(
    ("verdict", "word", "mark"),
    [
        (Verdict.MATCHES, "MATCHES", Mark.SAME),
        (Verdict.NOT_BOUND, "NOT BOUND", Mark.ABSENT),
        (Verdict.DIFFERS, "DIFFERS", Mark.DIFFERS),
    ],
)
def test_what_verify_mode_finds_has_its_word_and_its_sign(
    window: MainWindow, verdict: Verdict, word: str, mark: Mark
) -> None:
    window.show_view(scenes.verified(verdict))
    face = window.bind_page.panel.face
    assert isinstance(face, SameFace)
    assert (face.word, face.mark) == (word, mark)
    assert "PASS" not in words(window.bind_page)


def test_both_records_are_shown_where_a_unit_differs_from_both(window: MainWindow) -> None:
    window.show_view(order_scenes()["verify-differs-both"])
    shown = words(window.bind_page.panel)
    assert "This SN belongs to IMEI" in shown
    assert "This module belongs to SN" in shown
    assert "record #10,288" in shown
    assert "record #9,874" in shown

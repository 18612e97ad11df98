"""What the binding page says in each state, and that nothing on it moves or takes a key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.binding import State
from app.core.errors import Why, because
from app.core.unit import Answer, Dropped, ImeiSource, Mode, Unit
from app.core.verdicts import Verdict
from app.ports.fixture import LinkState, LinkStatus
from app.ui.bind_page import places
from app.ui.main_window import MainWindow
from tests.ui import scenes
from tests.ui.scenes import IMEI, LONG_SN, SN, device
from tests.ui.written import words

SAID = {
    "waiting": ["Next unit: 138", "Put it on the fixture.", "Scan its QR code.", "Waiting", "Ready"],
    "waiting-label": ["Scan its QR code.", "Scan the label of its module."],
    "waiting-both": ["Scan its QR code and its label."],
    "waiting-no-port": ["The module port is missing:", "No module port"],
    "half-no-port": ["The module cannot be read:", "see the settings."],
    "waiting-at-desk": ["Binding waits", "Something else is being put on record.", "Waiting"],
    "waiting-at-desk-scans": [
        "Binding waits",
        "3 scans wait",
        "Scans are answered afterwards.",
    ],
    "waiting-supervisors": ["A supervisor closes the shift", "Next unit: 138"],
    "waiting-dropped": ["Dropped: no module within 60 s"],
    "half-label": ["QR code captured", "Scan the label", "12345 67891 23456 789", "Label waiting"],
    "half-qr": ["Module read", "Scan the QR code", "86395 00694 94278"],
    "half-earlier": ["Bound already, record #10,288"],
    "put-on": ["Put it on the fixture", "The module is read by itself."],
    "reading": ["Reading the module", "Leave the unit on the fixture.", "of 5 s", "Reading"],
    "reading-both": ["Leave it there and scan its label.", "Label waiting"],
    "lifting": ["Take the last unit off", "Last unit"],
    "pass": ["PASS", "138", "Saved to journal #10,412", "Take the unit off. Put on the next one.", "Read"],
    "same": ["SAME PAIR", "Already bound, nothing changed. Next unit.", "Bound 08:17", "#10,391", "Li Wei"],
    "fault-sn-taken": ["STOP", "SN already bound", "Bound elsewhere", "record #10,288", "2 scans ignored"],
    "fault-imei-taken": ["STOP", "Module already bound", "This module belongs to SN"],
    "fault-crossed": ["STOP", "record #10,288", "record #9,874", "1 scan ignored"],
    "fault-mismatch": ["STOP", "Label and module differ", "The label says", "The module says"],
    "fault-invalid": ["STOP", "IMEI wrong", "last digit 5, expected 8", "Not valid"],
    "fault-unknown": ["SCAN AGAIN", "looks like a web address", "https://www.example.com/support?"],
    "fault-module": ["CALL HELP", "Module does not answer", "No answer", "Module COM5: no answer"],
    "fault-journal": ["CALL HELP", "Not saved", "Journal: cannot write"],
    "port-busy": ["Module COM5: in use"],
}


@pytest.mark.parametrize("name", SAID)
def test_each_state_says_what_it_has_to_say(window: MainWindow, name: str) -> None:
    window.show_view(scenes.scenes()[name])
    written = words(window)
    for text in SAID[name]:
        assert text in written


def test_every_fault_ends_with_continue(window: MainWindow) -> None:
    faults = {name: view for name, view in scenes.scenes().items() if name.startswith("fault-")}
    for name, view in faults.items():
        window.show_view(view)
        written = words(window.bind_page.panel)
        assert "Scan CONTINUE" in written, name
        assert "or press F9" in written, name


def test_only_a_pass_says_pass(window: MainWindow) -> None:
    for name, view in scenes.scenes().items():
        window.show_view(view)
        assert ("PASS" in words(window.bind_page.panel)) is name.startswith("pass"), name


def test_the_panel_tells_a_screen_reader_the_whole_answer(window: MainWindow) -> None:
    window.show_view(scenes.passed())
    assert window.bind_page.panel.accessibleName() == "PASS: saved to the journal as #10,412."
    window.show_view(scenes.sn_taken())
    assert "already bound to IMEI 863950069491084" in window.bind_page.panel.accessibleName()
    assert window.bind_page.device_slot.accessibleName() == "Device QR: Bound elsewhere"


def test_a_dropped_half_is_told_once_more_after_cancel(window: MainWindow) -> None:
    dropped = Dropped(Unit(device()), because(Why.DROPPED_CANCELLED))
    answer = Answer(Verdict.CANCELLED, dropped=dropped)
    window.show_view(scenes.view(State(rules=scenes.RULES, shown=answer)))
    assert "Dropped: cancelled" in words(window.bind_page.panel)
    assert "Next unit: 138" in words(window.bind_page.panel)


def test_a_list_of_units_that_pass_needs_no_words(window: MainWindow) -> None:
    window.show_view(scenes.view())
    first, _, same, *_ = window.bind_page.rail.rows
    assert first.accessibleName() == "123456789123456788, Passed, 10:31"
    assert first.toolTip() == first.accessibleName()
    assert words(first) == "10:31 …456 788"
    assert "Same pair" in words(same)


def test_yesterdays_units_show_their_date(window: MainWindow) -> None:
    row = replace(scenes.RECENT[0], when=scenes.at(24 * 60))
    window.show_view(replace(scenes.view(), recent=(row,)))
    assert "03-08 10:32" in words(window.bind_page.rail)


def test_what_is_unknown_is_left_out(window: MainWindow) -> None:
    window.show_view(scenes.first_start())
    written = words(window)
    assert "Binding Station" in written
    assert "Operator" not in written
    assert "Product" not in written
    assert "Next unit: 1" in written


def test_a_port_that_nobody_needs_is_no_trouble(window: MainWindow) -> None:
    rules = scenes.with_rules(ImeiSource.LABEL, has_port=False)
    window.show_view(scenes.view(State(rules=rules), LinkStatus(LinkState.NONE)))
    assert window.status.module.x() > window.status.scanner.x()
    rules = scenes.with_rules(ImeiSource.BOTH, has_port=False)
    window.show_view(scenes.view(State(rules=rules), LinkStatus(LinkState.NONE)))
    assert window.status.module.x() < window.status.scanner.x()


def test_the_worse_trouble_stands_further_left(window: MainWindow) -> None:
    busy = scenes.port_trouble()
    window.show_view(replace(busy, journal_trouble=because(Why.DISK_FULL, path="x")))
    status = window.status
    assert status.journal.x() < status.module.x() < status.scanner.x()
    assert "disk" in status.journal.toolTip()


# --- fixed places -----------------------------------------------------------------------------------------


def where(window: MainWindow) -> list[QRect]:
    page = window.bind_page
    fixed: list[QWidget] = [page.device_slot, page.module_slot, page.link_mark, page.panel, page.counters]
    return [part.geometry() for part in (*fixed, page.rail, window.header, window.status)]


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
def test_nothing_moves_between_states(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    places: dict[Mode, list[QRect]] = {}
    for name, view in scenes.scenes().items():
        window.show_view(view)
        assert where(window) == places.setdefault(view.state.mode, where(window)), name
    assert places[Mode.VERIFY][3].size() == places[Mode.BIND][3].size()  # the panel


def test_the_places_are_those_of_the_drawing(fonts: None) -> None:
    at = places(1366, 648)
    assert (at.device.x(), at.device.y(), at.device.width(), at.device.height()) == (24, 16, 487, 176)
    assert at.module.x() == 551
    assert (at.panel.y(), at.panel.width(), at.panel.height()) == (208, 1014, 320)
    assert (at.rail.x(), at.rail.width()) == (1054, 288)
    assert (at.counters.y(), at.counters.height()) == (544, 88)
    assert places(1024, 580).panel.height() == 252
    assert places(1536, 744).rail.width() == 288


def test_in_a_narrow_window_the_rail_folds_into_marks(window: MainWindow) -> None:
    window.resize(1024, 768)
    window.show_view(scenes.sn_taken())
    assert not window.bind_page.rail.isVisible()
    marks = window.bind_page.counters.mark_line.marks
    assert [mark.accessibleName().split(", ")[1] for mark in marks[:4]] == [
        "SN already bound",
        "Passed",
        "Passed",
        "Same pair",
    ]


# --- keys and mouse ---------------------------------------------------------------------------------------


def test_nothing_on_the_page_takes_the_focus(window: MainWindow) -> None:
    for part in (window.bind_page, window.header, window.status):
        for widget in (part, *part.findChildren(QWidget)):
            assert widget.focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keys_of_a_scanner_change_nothing(window: MainWindow, key: Qt.Key) -> None:
    window.show_view(scenes.sn_taken())
    before = words(window)
    pressed: list[str] = []
    window.continue_pressed.connect(lambda: pressed.append("continue"))
    QTest.keyClick(window.windowHandle(), key)
    assert words(window) == before
    assert pressed == []
    assert window.focusWidget() is None


def test_a_double_click_on_a_slot_takes_the_bare_value_along(window: MainWindow) -> None:
    window.show_view(scenes.passed())
    QTest.mouseDClick(window.bind_page.module_slot, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == IMEI
    QTest.mouseDClick(window.bind_page.device_slot, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == SN


def test_the_bar_moves_while_the_module_is_read_and_at_no_other_time(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = window.bind_page.panel
    window.show_view(scenes.reading(1.3))
    qtbot.waitUntil(lambda: panel.elapsed > 1.4)
    window.show_view(scenes.passed(LONG_SN))
    assert panel.elapsed == 0


def test_while_binding_waits_the_pass_before_is_not_shown_and_a_fault_stays(window: MainWindow) -> None:
    window.show_view(scenes.binding_waits(1))
    assert all(old not in words(window.bind_page) for old in ("PASS", "86395 00694 94278", SN))
    assert "1 scan waits" in words(window.bind_page)
    window.show_view(replace(scenes.unknown_code(), at_desk=True))
    assert "SCAN AGAIN" in words(window.bind_page)

"""Verify and rebuild from the page, beside the working station."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.core.record import EventKind
from app.main.window import StationWindow
from app.ui.proof_badge import ProofState
from tests.adapters.corrected import ISSUED
from tests.adapters.journals import PK, pair
from tests.benchmarks.bulk import make_journal
from tests.main.conftest import OPERATOR, PEOPLE, QA, SUPERVISOR, Desk
from tests.ui.written import words

Open = Callable[..., Desk]
LEFT = Qt.MouseButton.LeftButton


def change(desk: Desk, *statements: str) -> None:
    with closing(sqlite3.connect(desk.place.folder / "journal.db", isolation_level=None)) as journal:
        for statement in statements:
            journal.execute(statement)


def verify(desk: Desk, state: ProofState) -> None:
    QTest.mouseClick(desk.page.badge.verify, LEFT)
    desk.until(lambda: desk.page.badge.face.state is state)


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    made = open_desk()
    made.open_page()
    return made


def test_a_journal_that_holds_is_verified_up_to_its_newest_event(desk: Desk) -> None:
    assert desk.page.badge.face.state is ProofState.UNKNOWN
    verify(desk, ProofState.HOLDS)
    assert "Journal verified up to #29" in words(desk.page.badge)
    assert len(desk.events()) == 29


def test_a_broken_chain_is_red_until_a_verification_holds(desk: Desk) -> None:
    trigger = "SELECT sql FROM sqlite_schema WHERE name = 'event_never_changes'"
    with closing(sqlite3.connect(desk.place.folder / "journal.db")) as journal:
        (made,) = journal.execute(trigger).fetchone()
    drop = "DROP TRIGGER event_never_changes"
    change(desk, drop, "UPDATE event SET operator = 'Eve' WHERE seq = 9", made)
    verify(desk, ProofState.BROKEN)
    assert "Chain broken at #9" in words(desk.page.badge)
    assert "Chain broken at #9" in words(desk.shown.window.status)
    desk.shown.window.show_binding()
    desk.scan(f"pk={PK}&sn={ISSUED[0]}&v=1")
    desk.until(lambda: desk.shown.window.view.state.unit.device)
    assert "Chain broken at #9" in words(desk.shown.window.status)
    change(desk, drop, 'UPDATE event SET operator = "Anna O\'Neill" WHERE seq = 9', made)
    desk.open_page()
    verify(desk, ProofState.HOLDS)
    assert "Chain broken" not in words(desk.shown.window)


def test_a_finding_outlives_the_window(desk: Desk) -> None:
    change(desk, "DELETE FROM head")
    change(desk, "INSERT INTO head VALUES (1, 40, printf('%064d', 0))")
    verify(desk, ProofState.BROKEN)
    desk.shown.close()
    again = StationWindow(desk.place, "")
    try:
        assert "Chain broken at #30" in words(again.window.status)
    finally:
        again.close()


def test_live_tables_that_do_not_follow_are_rebuilt_by_a_supervisor(open_desk: Open) -> None:
    desk = open_desk(people=PEOPLE)
    desk.sign_in(QA)
    desk.open_page()
    change(desk, "DELETE FROM spoiled")
    verify(desk, ProofState.BROKEN)
    assert "Live tables wrong at #18" in words(desk.page.badge)
    assert desk.page.badge.rebuild.isHidden()
    desk.sign_in(SUPERVISOR)
    desk.open_page()
    QTest.mouseClick(desk.page.badge.rebuild, LEFT)
    desk.until(lambda: desk.page.badge.face.state is ProofState.HOLDS)
    assert desk.events()[-1].entry.kind is EventKind.REBUILT


def test_nothing_is_rebuilt_while_a_unit_is_in_hand(desk: Desk) -> None:
    change(desk, "DELETE FROM spoiled")
    verify(desk, ProofState.BROKEN)
    desk.shown.station.scanned(f"pk={PK}&sn={ISSUED[0]}&v=1")
    desk.until(lambda: desk.shown.window.view.state.unit.device)
    QTest.mouseClick(desk.page.badge.rebuild, LEFT)
    assert "A unit is in hand" in words(desk.page.unit)
    assert EventKind.REBUILT not in [event.entry.kind for event in desk.events()]


def large(path: Path) -> None:
    make_journal(path, 60_000)


def test_the_station_binds_while_the_journal_is_verified(open_desk: Open) -> None:
    desk = open_desk(large)
    desk.open_page()
    QTest.mouseClick(desk.page.badge.verify, LEFT)
    desk.until(lambda: desk.page.badge.face.state is ProofState.RUNNING)
    unit = pair(70_000)
    desk.shown.station.scanned(f"pk={unit.device.pk}&sn={unit.device.sn}&v=1")
    desk.shown.station.scanned(unit.imei)
    desk.until(lambda: desk.shown.window.view.tally.bound == 60_001)
    desk.until(lambda: desk.page.badge.face.state is ProofState.HOLDS)


def test_a_verification_that_is_called_off_says_nothing_new(open_desk: Open) -> None:
    desk = open_desk(large)
    desk.open_page()
    QTest.mouseClick(desk.page.badge.verify, LEFT)
    desk.until(lambda: desk.page.badge.face.share > 0)
    QTest.mouseClick(desk.page.badge.cancel, LEFT)
    desk.until(lambda: desk.page.badge.face.state is ProofState.UNKNOWN)
    assert not (desk.place.folder / "journal.proof.json").exists()


def test_the_window_closes_while_the_journal_is_verified(open_desk: Open) -> None:
    desk = open_desk(large)
    desk.open_page()
    QTest.mouseClick(desk.page.badge.verify, LEFT)
    desk.until(lambda: desk.page.badge.face.state is ProofState.RUNNING)
    desk.shown.close()
    assert not desk.shown.station.is_alive


def test_an_operator_is_shown_no_button_and_the_station_refuses(open_desk: Open) -> None:
    desk = open_desk(people=PEOPLE)
    desk.sign_in(QA)
    desk.open_page()
    desk.until(lambda: desk.page.unit.story.rows)
    desk.shown.station.signed_in(OPERATOR)
    desk.shown.journal_desk.proof.verify()
    desk.until(lambda: desk.shown.window.view.operator == OPERATOR.name)
    desk.until(lambda: "may not do this" in desk.page.unit.accessibleName())
    assert desk.page.badge.verify.isHidden()
    assert desk.page.badge.face.state is ProofState.UNKNOWN

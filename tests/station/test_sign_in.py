"""Who may sign in is changed by who may: at the station's desk, with a real journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.pins import Argon2Pins
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.errors import Refused, Why
from app.core.payload import PLATFORM_FORMAT
from app.core.people import Role
from app.core.record import Stamp
from app.station.sign_in import add_person, change_person, members, sign_in
from tests.e2e.units import qr
from tests.station.test_station import running

STAMP = Stamp("2026-01-01T00:00:00.000Z", 0, 0, "Line 1", "test", approver="Zhao Min")
PINS = Argon2Pins()
FORMATS = (PLATFORM_FORMAT,)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    create_journal(tmp_path / "journal.db", STAMP)
    opened = SqliteJournal(tmp_path / "journal.db")
    add_person(opened, PINS, STAMP, FORMATS, "Zhao Min", Role.SUPERVISOR, None, "2468")
    add_person(opened, PINS, STAMP, FORMATS, "Chen Jing", Role.OPERATOR, "BADGE-CHEN", None)
    yield opened
    opened.close()


def change(
    journal: SqliteJournal, name: str, role: Role, badge: str | None, pin: str | None, without: bool = False
) -> None:
    change_person(journal, PINS, STAMP, FORMATS, name, role, badge, pin, without)


def test_who_there_is_and_by_what_they_sign_in(journal: SqliteJournal) -> None:
    told = [(one.name, one.role, one.has_badge, one.has_pin) for one in members(journal)]
    assert told == [
        ("Chen Jing", Role.OPERATOR, True, False),
        ("Zhao Min", Role.SUPERVISOR, False, True),
    ]


def test_what_is_not_named_stays_as_it_is(journal: SqliteJournal) -> None:
    change(journal, "Chen Jing", Role.QA, None, None)
    chen, _ = members(journal)
    assert (chen.role, chen.has_badge, chen.has_pin) == (Role.QA, True, False)
    change(journal, "Chen Jing", Role.QA, None, "8642", without=True)
    chen, _ = members(journal)
    assert (chen.has_badge, chen.has_pin) == (False, True)
    assert sign_in(journal, PINS, STAMP, "Chen Jing", "8642").name == "Chen Jing"


@pytest.mark.parametrize(
    ("name", "badge", "pin", "without", "why"),
    [
        ("Nobody", None, None, False, Why.NO_SUCH_PERSON),
        ("Chen Jing", qr(1), None, False, Why.BADGE_IS_A_CODE),
        ("Chen Jing", None, "1111", False, Why.PIN_UNUSABLE),
        ("Chen Jing", None, None, True, Why.PIN_NEEDED),
        ("Zhao Min", "BADGE-CHEN", None, False, Why.BADGE_TAKEN),
        ("Zhao Min", None, None, False, Why.LAST_SUPERVISOR),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(
    journal: SqliteJournal, name: str, badge: str | None, pin: str | None, without: bool, why: Why
) -> None:
    before = (members(journal), journal.head())
    with pytest.raises(Refused) as refused:
        change(journal, name, Role.OPERATOR, badge, pin, without)
    assert refused.value.reason.why is why
    assert (members(journal), journal.head()) == before


def test_a_station_tells_that_nobody_could_sign_in_yet(tmp_path: Path) -> None:
    with running(tmp_path) as (station, seen):
        seen.until(lambda view: view.nobody_yet)
        station.use_sign_in(False)
        seen.until(lambda view: not view.nobody_yet)
        station.use_sign_in(True)
        seen.until(lambda view: view.nobody_yet)
        added = station.at_desk(
            lambda desk: add_person(
                desk.journal, PINS, desk.stamp, FORMATS, "Zhao Min", Role.SUPERVISOR, None, "2468"
            )
        )
        assert added.result(timeout=20).seq
        view = seen.until(lambda view: not view.nobody_yet)
        assert view.state.rules.sign_in

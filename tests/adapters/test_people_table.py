"""Who may sign in, and what of it is on record."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.core.errors import Refused, Why
from app.core.people import Person, Role, badge_digest
from app.core.record import EventKind, StoredEvent
from app.ports.journal import PinRecord
from tests.adapters.journals import STAMP

HASH, OTHER_HASH = "$argon2id$v=19$one", "$argon2id$v=19$other"
BADGE = badge_digest("0004711")
ANNA = Person("Anna", Role.SUPERVISOR, BADGE)
BO = Person("Bo 李雷", Role.OPERATOR)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_journal(tmp_path / "journal.db", STAMP)
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    """2 Anna added, 3 Bo added."""
    with closing(SqliteJournal(path)) as journal:
        journal.add_person(STAMP, ANNA, None)
        journal.add_person(STAMP, BO, HASH)
        yield journal


def refusal_of(journal: SqliteJournal, work: Callable[[], object]) -> Why:
    before = journal.head(), journal.people(), journal.pin_record(BO.name)
    with pytest.raises(Refused) as refused:
        work()
    assert (journal.head(), journal.people(), journal.pin_record(BO.name)) == before
    return refused.value.reason.why


def newest(journal: SqliteJournal) -> StoredEvent:
    event = journal.event(journal.head()[0])
    assert event is not None
    return event


def test_who_was_added_is_listed_and_on_record(journal: SqliteJournal, path: Path) -> None:
    with closing(SqliteJournalReader(path)) as reader:
        assert reader.people() == [ANNA, BO]
    entry = newest(journal).entry
    assert (entry.kind, entry.before, entry.after) == (EventKind.PERSON_ADDED, None, "operator pin")
    assert json.loads(entry.detail or "") == {"name": BO.name, "role": "operator"}
    assert journal.pin_record(BO.name) == PinRecord(BO, HASH, 0, None)
    assert journal.pin_record(ANNA.name) == PinRecord(ANNA, None, 0, None)
    assert journal.pin_record("Cy") is None
    assert journal.verify().finding is None


def test_no_event_holds_a_badge_or_a_pin(journal: SqliteJournal, path: Path) -> None:
    journal.change_person(STAMP, replace(BO, badge=badge_digest("0815")), OTHER_HASH)
    journal.note_wrong_pin(STAMP, BO.name)
    journal.retire_person(STAMP, BO.name)
    with closing(sqlite3.connect(path)) as connection:
        written = str(connection.execute("SELECT * FROM event").fetchall())
    assert [secret for secret in (HASH, OTHER_HASH, BADGE, badge_digest("0815")) if secret in written] == []


def test_a_change_says_what_is_new(journal: SqliteJournal) -> None:
    journal.change_person(STAMP, replace(BO, role=Role.QA), OTHER_HASH)
    entry = newest(journal).entry
    assert (entry.kind, entry.before, entry.after) == (EventKind.PERSON_CHANGED, "operator pin", "qa pin")
    assert json.loads(entry.detail or "") == {"name": BO.name, "role": "qa", "new": ["pin"]}
    journal.change_person(STAMP, replace(BO, role=Role.QA, badge=badge_digest("0815")))
    assert json.loads(newest(journal).entry.detail or "")["new"] == ["badge"]
    assert newest(journal).entry.after == "qa badge pin"
    assert journal.pin_record(BO.name) == PinRecord(
        Person(BO.name, Role.QA, badge_digest("0815")), OTHER_HASH, 0, None
    )


def test_who_is_retired_is_gone_and_may_come_back(journal: SqliteJournal) -> None:
    journal.retire_person(STAMP, BO.name)
    entry = newest(journal).entry
    assert (entry.kind, entry.before, entry.after) == (EventKind.PERSON_RETIRED, "operator pin", None)
    assert journal.people() == [ANNA]
    assert journal.pin_record(BO.name) is None
    with pytest.raises(Refused) as refused:
        journal.retire_person(STAMP, BO.name)
    assert refused.value.reason.why is Why.NO_SUCH_PERSON
    journal.add_person(STAMP, replace(BO, role=Role.QA), OTHER_HASH)
    assert journal.pin_record(BO.name) == PinRecord(replace(BO, role=Role.QA), OTHER_HASH, 0, None)


def test_the_badge_of_somebody_who_is_retired_may_be_given_away(journal: SqliteJournal) -> None:
    journal.change_person(STAMP, replace(BO, badge=badge_digest("0815")))
    journal.retire_person(STAMP, BO.name)
    cy = Person("Cy", Role.OPERATOR, badge_digest("0815"))
    journal.add_person(STAMP, cy, None)
    assert journal.people() == [ANNA, cy]
    assert refusal_of(journal, lambda: journal.add_person(STAMP, replace(BO, badge=cy.badge), HASH)) is (
        Why.BADGE_TAKEN
    )


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (lambda it: it.add_person(STAMP, replace(BO, role=Role.QA), HASH), Why.NAME_TAKEN),
        (lambda it: it.add_person(STAMP, replace(BO, name="ANNA"), HASH), Why.NAME_TAKEN),
        (lambda it: it.add_person(STAMP, Person("Cy", Role.QA, BADGE), HASH), Why.BADGE_TAKEN),
        (lambda it: it.add_person(STAMP, Person("Cy", Role.QA), None), Why.PIN_NEEDED),
        (lambda it: it.change_person(STAMP, replace(BO, badge=BADGE)), Why.BADGE_TAKEN),
        (lambda it: it.change_person(STAMP, replace(ANNA, badge=None)), Why.PIN_NEEDED),
        (lambda it: it.change_person(STAMP, replace(ANNA, role=Role.QA)), Why.LAST_SUPERVISOR),
        (lambda it: it.change_person(STAMP, Person("Cy", Role.QA), HASH), Why.NO_SUCH_PERSON),
        (lambda it: it.retire_person(STAMP, ANNA.name), Why.LAST_SUPERVISOR),
        (lambda it: it.retire_person(STAMP, "Cy"), Why.NO_SUCH_PERSON),
        (lambda it: it.note_wrong_pin(STAMP, "Cy"), Why.NO_SUCH_PERSON),
    ],
)
def test_what_is_refused_changes_nothing(
    journal: SqliteJournal, work: Callable[[SqliteJournal], object], why: Why
) -> None:
    assert refusal_of(journal, lambda: work(journal)) is why


def test_a_badge_that_is_taken_is_said_to_be_whose_it_is(journal: SqliteJournal) -> None:
    with pytest.raises(Refused) as refused:
        journal.add_person(STAMP, Person("Cy", Role.QA, BADGE), HASH)
    assert refused.value.reason.facts == {"name": ANNA.name}


def test_a_supervisor_may_go_where_another_one_stays(journal: SqliteJournal) -> None:
    journal.change_person(STAMP, replace(BO, role=Role.SUPERVISOR))
    journal.retire_person(STAMP, ANNA.name)
    assert journal.people() == [replace(BO, role=Role.SUPERVISOR)]


def test_the_first_person_is_a_supervisor(path: Path) -> None:
    with closing(SqliteJournal(path)) as journal:
        assert journal.people() == []
        assert refusal_of(journal, lambda: journal.add_person(STAMP, BO, HASH)) is Why.LAST_SUPERVISOR


def test_wrong_pins_are_counted_across_a_restart_until_the_right_one(
    journal: SqliteJournal, path: Path
) -> None:
    later = replace(STAMP, at="2026-01-01T08:16:00.000Z")
    assert journal.note_wrong_pin(STAMP, BO.name) == PinRecord(BO, HASH, 1, STAMP.at)
    assert journal.note_wrong_pin(later, BO.name) == PinRecord(BO, HASH, 2, later.at)
    entry = newest(journal).entry
    assert entry.kind is EventKind.PIN_REFUSED
    assert json.loads(entry.detail or "") == {"name": BO.name, "role": "operator"}
    assert journal.pin_record(ANNA.name) == PinRecord(ANNA, None, 0, None)
    with closing(SqliteJournal(path)) as again:
        assert again.pin_record(BO.name) == PinRecord(BO, HASH, 2, later.at)
        again.clear_wrong_pins(BO.name)
        assert again.pin_record(BO.name) == PinRecord(BO, HASH, 0, None)


def test_a_new_pin_begins_without_wrong_ones(journal: SqliteJournal) -> None:
    journal.note_wrong_pin(STAMP, BO.name)
    journal.change_person(STAMP, replace(BO, role=Role.QA))
    assert journal.pin_record(BO.name) == PinRecord(replace(BO, role=Role.QA), HASH, 1, STAMP.at)
    journal.change_person(STAMP, BO, OTHER_HASH)
    assert journal.pin_record(BO.name) == PinRecord(BO, OTHER_HASH, 0, None)


def test_people_survive_a_rebuild(journal: SqliteJournal, path: Path) -> None:
    assert journal.rebuild(STAMP).differences == 0
    assert journal.people() == [ANNA, BO]
    with closing(SqliteJournalReader(Path(shutil.copy(path, path.with_name("copy.db"))))) as copy:
        assert copy.verify().finding is None

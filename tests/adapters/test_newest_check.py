"""The check at start: the end of the chain holds, and what guards it is there, or nothing is written."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.event_row import COLUMNS, values_of
from app.adapters.hash_chain import hash_of
from app.adapters.newest_check import trouble_at_the_end, verify_newest
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader
from app.core.errors import Why
from app.core.record import Entry, EventKind
from tests.adapters.faults import PAGE, bind, fault_of
from tests.adapters.journals import STAMP
from tests.benchmarks.bulk import make_journal

UNITS = 1500
NEWEST = UNITS + 2
OLD, RECENT = 100, NEWEST - 100


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pristine") / "journal.db"
    make_journal(path, UNITS)
    return path


@pytest.fixture
def path(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pristine, tmp_path))


def tamper(path: Path, *statements: str) -> None:
    """With the triggers away, and back again."""
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        triggers = intruder.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            intruder.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            intruder.execute(statement)
        for _, sql in triggers:
            intruder.execute(sql)


def found(path: Path) -> str | None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return trouble_at_the_end(connection)


def test_a_journal_that_holds_opens(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        check = verify_newest(connection)
        assert (check.events, check.finding, connection.in_transaction) == (NEWEST, None, False)
    with closing(SqliteJournal(path)) as journal:
        assert bind(journal, UNITS) == NEWEST + 1


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (f"UPDATE event SET operator = 'X' WHERE seq = {RECENT}", f"#{RECENT}: changed"),
        (f"UPDATE event SET hash = 'x' WHERE seq = {NEWEST - 1000}", f"#{NEWEST - 999}: changed"),
        (f"DELETE FROM event WHERE seq = {RECENT}", f"#{RECENT}: missing"),
        (f"DELETE FROM event WHERE seq = {NEWEST - 1000}", f"#{NEWEST - 1000}: missing"),
        (f"DELETE FROM event WHERE seq = {NEWEST}", f"#{NEWEST}: missing"),
        (f"DELETE FROM event WHERE seq > {OLD}", f"#{NEWEST - 1000}: missing"),
        ("DELETE FROM event", f"#{NEWEST - 1000}: missing"),
        (f"UPDATE head SET seq = {OLD}", f"#{OLD + 1}: inserted"),
        (f"UPDATE head SET seq = {NEWEST + 1}", f"#{NEWEST + 1}: missing"),
        ("UPDATE head SET hash = printf('%064d', 0)", f"#{NEWEST}: head"),
        ("DELETE FROM head", "#1001: head"),
    ],
)
def test_what_does_not_hold_at_the_end_is_found_at_start(path: Path, statement: str, finding: str) -> None:
    tamper(path, statement)
    assert found(path) == finding
    assert fault_of(lambda: SqliteJournal(path)).why is Why.JOURNAL_DAMAGED


def test_an_event_put_in_at_the_end_is_found_even_with_a_right_hash(path: Path) -> None:
    with closing(SqliteJournalReader(path)) as reader:
        _, hash = reader.head()
    forged = values_of(NEWEST + 1, STAMP, Entry(EventKind.CONTINUED), hash)
    marks = ", ".join("?" for _ in COLUMNS)
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.execute("DROP TRIGGER head_follows_event")
        intruder.execute(f"INSERT INTO event VALUES ({marks})", (*forged, hash_of(forged)))
        check = verify_newest(intruder)
    assert (check.finding, check.first_bad) == ("inserted", NEWEST + 1)


@pytest.mark.parametrize(
    "name", ["event_never_changes", "event_never_goes", "event_follows_head", "binding_of_nothing_retired"]
)
def test_a_trigger_that_was_taken_away_or_changed_is_missed(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.execute(f"DROP TRIGGER {name}")
        assert trouble_at_the_end(intruder) == "schema"
        intruder.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON event BEGIN SELECT 1; END")
    assert found(path) == "schema"
    assert fault_of(lambda: SqliteJournal(path)).why is Why.JOURNAL_DAMAGED


def test_a_file_that_was_cut_off_is_found(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // PAGE // 2 * PAGE])
    assert fault_of(lambda: SqliteJournal(path)).why is Why.JOURNAL_DAMAGED


@pytest.mark.parametrize("name", ["event", "binding", "binding_live_imei", "binding_live_device", "head"])
def test_damage_at_the_root_of_what_every_unit_goes_through_is_found(path: Path, name: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        ((page,),) = connection.execute(query, (name,)).fetchall()
    whole = path.read_bytes()
    path.write_bytes(whole[: (page - 1) * PAGE] + b"\x55" * PAGE + whole[page * PAGE :])
    assert fault_of(lambda: SqliteJournal(path)).why is Why.JOURNAL_DAMAGED


def test_what_only_a_verification_proves_does_not_keep_the_station_from_starting(path: Path) -> None:
    """An older event, and a row that follows from the events: `journal rebuild` must still be possible."""
    tamper(
        path,
        f"UPDATE event SET operator = 'X' WHERE seq = {OLD}",
        f"DELETE FROM binding WHERE seq = {RECENT}",
    )
    with closing(SqliteJournal(path)) as journal:
        check = journal.verify()
        assert (check.finding, check.first_bad) == ("changed", OLD)

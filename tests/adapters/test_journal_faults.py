"""Faults of the journal's surroundings, made for real: nothing half done, nothing lost, and on it goes."""

from __future__ import annotations

import functools
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.core.errors import Why
from tests.adapters.faults import bind, fault_of, held, imeis, ruined
from tests.adapters.journals import STAMP, pair
from tests.benchmarks.bulk import make_journal

not_on_windows = pytest.mark.skipif(
    sys.platform == "win32", reason="no limit of file size, and an open file cannot be moved or deleted"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_journal(tmp_path / "journal.db", STAMP)
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    with closing(SqliteJournal(path, patience=0.05)) as journal:
        yield journal


def test_another_programs_lock_is_a_fault_until_it_is_released(journal: SqliteJournal, path: Path) -> None:
    bind(journal, 0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert fault_of(lambda: bind(journal, 1)).why is Why.JOURNAL_LOCKED
        assert journal.standing(pair(0).device, None).of_device is not None
        other.execute("ROLLBACK")
    assert bind(journal, 1) == 3
    assert held(path) == imeis(range(2))


def test_a_full_file_is_a_fault_until_there_is_room(journal: SqliteJournal, path: Path) -> None:
    with journal._file.use() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    done: list[int] = []
    assert fault_of(lambda: done.extend(bind(journal, number) for number in range(1000))).why is Why.DISK_FULL
    assert done
    assert bind(journal, len(done)) == done[-1] + 1
    assert held(path) == imeis(range(len(done) + 1))


@not_on_windows
@pytest.mark.parametrize("limit", [600_000, 1_000_000, 1_500_001])
def test_a_disk_that_takes_no_more_is_a_fault_until_it_does(path: Path, limit: int) -> None:
    """The limit strikes inside the write of a commit, at whatever byte it falls."""
    *said, fault, after = run_writer(path, "--file-limit", str(limit)).split()
    assert fault == Why.DISK_FULL
    assert len(said) > 10
    assert held(path) == [pair(int(number)).imei for number in (*said, after)]


def test_a_full_disk_is_a_fault_until_there_is_room(disk: Path) -> None:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(1_500_000))
    create_journal(disk / "journal.db", STAMP)
    with closing(SqliteJournal(disk / "journal.db")) as journal:
        done: list[int] = []
        fault = fault_of(lambda: done.extend(bind(journal, number) for number in range(10_000)))
        assert fault.why is Why.DISK_FULL
        assert done
        assert fault_of(lambda: bind(journal, len(done))).why is Why.DISK_FULL
        ballast.unlink()
        assert bind(journal, len(done)) == done[-1] + 1
    assert held(disk / "journal.db") == imeis(range(len(done) + 1))


def test_a_disk_that_became_read_only_is_a_fault(disk: Path) -> None:
    create_journal(disk / "journal.db", STAMP)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert fault_of(lambda: SqliteJournal(disk / "journal.db")).why is Why.JOURNAL_READ_ONLY


@not_on_windows
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o444, 0o555), (0o000, 0o777)])
def test_a_file_that_may_not_be_written_is_a_fault(file: int, folder: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "journal.db"
        create_journal(path, STAMP)
        path.chmod(file)
        Path(name).chmod(folder)
        assert set(run_writer(path, "--as-nobody").split()) == {Why.JOURNAL_READ_ONLY}


@not_on_windows
def test_a_journal_that_was_moved_away_is_a_fault_until_it_is_back(
    journal: SqliteJournal, path: Path
) -> None:
    bind(journal, 0)
    away = path.rename(path.with_name("elsewhere.db"))
    assert fault_of(lambda: bind(journal, 1)).why is Why.JOURNAL_GONE
    assert fault_of(journal.head).why is Why.JOURNAL_GONE
    away.rename(path)
    assert bind(journal, 1) == 3
    assert held(path) == imeis(range(2))


@not_on_windows
def test_an_old_copy_in_the_journals_place_is_not_gone_on_with(journal: SqliteJournal, path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    bind(journal, 0)
    away = path.rename(path.with_name("elsewhere.db"))
    path.with_name("journal.db-wal").rename(path.with_name("elsewhere.db-wal"))
    copy.rename(path)
    reason = fault_of(lambda: bind(journal, 1))
    assert (reason.why, reason.facts["detail"]) == (Why.JOURNAL_GONE, "#2 is not in it")
    assert journal.head()[0] == 1
    away.rename(path)
    assert bind(journal, 1) == 3
    assert held(path) == imeis(range(2))


@not_on_windows
@pytest.mark.parametrize("with_reader", [False, True])
def test_commits_are_saved_from_a_log_that_was_deleted(
    journal: SqliteJournal, path: Path, with_reader: bool
) -> None:
    bind(journal, 0)
    reader = SqliteJournalReader(path) if with_reader else None
    path.with_name("journal.db-wal").unlink()
    bind(journal, 1)
    if reader is not None:
        assert reader.relationship_count(None) == 2
        reader.close()
    shutil.copytree(path.parent, path.parent / "after a power cut")
    assert held(path.parent / "after a power cut" / path.name) == imeis(range(2))
    assert held(path) == imeis(range(2))


def test_a_damaged_page_is_a_fault_until_the_file_is_whole_again(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    make_journal(path, 2000)
    whole = path.read_bytes()
    with closing(SqliteJournal(path)) as journal:
        path.write_bytes(ruined(whole, keep=2))
        assert fault_of(lambda: bind(journal, 2000)).why is Why.JOURNAL_DAMAGED
        assert fault_of(lambda: journal.standing(pair(1).device, None)).why is Why.JOURNAL_DAMAGED
        path.write_bytes(whole)
        assert bind(journal, 2000) == 2003
    for keep in (1, 2):
        path.write_bytes(ruined(whole, keep))
        assert fault_of(lambda: SqliteJournal(path)).why is Why.JOURNAL_DAMAGED


@pytest.mark.parametrize(
    ("damage", "question"),
    [
        ("UPDATE event SET kind = 'unheard of'", lambda reader: reader.event(1)),
        ("UPDATE event SET operator = CAST(x'ff' AS TEXT)", lambda reader: reader.event(1)),
        ("DELETE FROM head", lambda reader: reader.head()),
    ],
)
def test_a_row_that_cannot_be_read_is_a_fault(
    path: Path, damage: str, question: Callable[[SqliteJournalReader], object]
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.execute("DROP TRIGGER event_never_changes")
        intruder.execute(damage)
    with closing(SqliteJournalReader(path)) as reader:
        assert fault_of(lambda: question(reader)).why is Why.JOURNAL_DAMAGED


def test_an_index_that_names_a_binding_which_is_not_there_is_a_fault(path: Path) -> None:
    with closing(SqliteJournal(path)) as journal:
        bind(journal, 0)
    indexes = "FROM sqlite_schema WHERE name LIKE 'binding_live_%'"
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        kept = intruder.execute(f"SELECT * {indexes}").fetchall()
        intruder.executescript(f"PRAGMA writable_schema = ON; DELETE {indexes}")
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.executescript("DELETE FROM binding; PRAGMA writable_schema = ON")
        intruder.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", kept)
    with closing(SqliteJournal(path)) as journal:
        assert fault_of(lambda: bind(journal, 0)).why is Why.JOURNAL_DAMAGED
        assert journal.head()[0] == 2
        assert journal.verify().finding == "bindings"


class SaysItFailed(sqlite3.Connection):
    """Raises after a COMMIT that was carried out, as where its answer was lost."""

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        cursor = super().execute(sql, parameters)
        if sql == "COMMIT":
            raise sqlite3.OperationalError("disk I/O error")
        return cursor


def test_a_commit_of_unknown_outcome_is_looked_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=SaysItFailed))
    with closing(SqliteJournal(path)) as journal:
        assert bind(journal, 0) == 2
    assert held(path) == imeis(range(1))


class CannotEnd(sqlite3.Connection):
    """Can neither commit nor roll back: what was written is still seen by this connection alone."""

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        if sql in ("COMMIT", "ROLLBACK") and self.total_changes:
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, parameters)


def test_what_could_not_be_ended_was_not_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=CannotEnd))
        journal = SqliteJournal(path)
        fault_of(lambda: bind(journal, 0))
    assert bind(journal, 0) == 2
    journal.close()
    assert held(path) == imeis(range(1))


def test_a_killed_writer_has_lost_nothing_that_it_said(path: Path) -> None:
    chance = random.Random(5)
    said: list[str] = []
    for kills in range(1, 9):
        with subprocess.Popen(writer(path), stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            said += [child.stdout.readline() for _ in range(chance.randrange(1, 60))]
            child.kill()
            said += child.stdout.readlines()
        in_journal = held(path)
        assert {pair(int(number)).imei for number in said} <= set(in_journal)
        assert len(in_journal) <= len(said) + kills


def run_writer(path: Path, *options: str) -> str:
    return subprocess.run(writer(path, *options), capture_output=True, text=True, check=True).stdout


def writer(path: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "tests.adapters.journal_writer", str(path), *options]

"""A journal of an older version: copied, the copy proven, and brought up to date."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.event_row import COLUMNS, values_of
from app.adapters.hash_chain import hash_of, head
from app.adapters.schema import APPLICATION_ID, MIGRATIONS, VERSION, migrate
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.core.errors import Faulted, Why
from app.core.record import Entry, EventKind, Taken
from tests.adapters.corrected import correction
from tests.adapters.journals import STAMP, bound, pair

UNITS = 50


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal as the first version wrote it, its newest events still in the log."""
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            f"PRAGMA journal_mode = WAL; {MIGRATIONS[0]} PRAGMA application_id = {APPLICATION_ID};"
            "PRAGMA user_version = 1;"
        )
        for number in range(UNITS):
            _bind_as_then(connection, number)
    return path


def _bind_as_then(connection: sqlite3.Connection, number: int) -> None:
    seq, hash = head(connection)
    unit = pair(number)
    values = values_of(seq + 1, STAMP, bound(unit), hash)
    marks = ", ".join("?" for _ in COLUMNS)
    connection.execute(f"INSERT INTO event VALUES ({marks})", (*values, hash_of(values)))
    connection.execute(
        "INSERT INTO binding (seq, imei, pk, sn, shift) VALUES (?, ?, ?, ?, ?)",
        (seq + 1, str(unit.imei), str(unit.device.pk), str(unit.device.sn), STAMP.shift),
    )


def test_an_order_of_an_older_journal_begins_with_the_units_that_are_bound() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as journal:
        journal.executescript("".join(MIGRATIONS[:5]) + "PRAGMA user_version = 5;")
        journal.executescript(
            "INSERT INTO work_order (seq, number, pk) VALUES (1, 'A', 'p'), (2, 'B', 'p');"
            "INSERT INTO binding (seq, imei, pk, sn, work_order, ended_seq) VALUES"
            "(3, '1', 'p', '1', 'A', NULL),"
            "(4, '2', 'p', '2', 'A', 5), (6, '3', 'p', '3', NULL, NULL);"
        )
        migrate(journal)
        assert journal.execute("SELECT number, bound FROM work_order").fetchall() == [("A", 1), ("B", 0)]


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def events_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM event").fetchall()


def test_an_older_journal_is_copied_and_brought_up_to_date(path: Path) -> None:
    before = events_of(path)
    with closing(SqliteJournal(path)) as journal:
        assert journal.verify().finding is None
        assert isinstance(journal.bind(STAMP, bound(pair(7)), pair(7)), Taken)
        journal.record(STAMP, correction(EventKind.UNBOUND, pair(7)))
        assert journal.verify().finding is None
    assert version_of(path) == VERSION
    assert events_of(path)[:UNITS] == before
    (copy,) = path.parent.glob("*backup*")
    assert re.fullmatch(r"journal\.db\.v1-backup-\d{8}T\d{6}Z", copy.name)
    assert version_of(copy) == 1
    assert events_of(copy) == before


def test_a_journal_that_is_up_to_date_is_not_copied(tmp_path: Path) -> None:
    create_journal(tmp_path / "journal.db", STAMP)
    SqliteJournal(tmp_path / "journal.db").close()
    assert list(tmp_path.glob("*backup*")) == []


def test_a_reader_leaves_an_older_journal_to_the_writer(path: Path) -> None:
    with pytest.raises(Faulted) as fault:
        SqliteJournalReader(path)
    assert fault.value.reason.why is Why.JOURNAL_OLDER
    assert (fault.value.reason.facts["version"], fault.value.reason.facts["known"]) == (1, VERSION)
    assert version_of(path) == 1


def test_a_journal_whose_copy_is_not_whole_stays_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'binding_live_imei'"
        page = (connection.execute(query).fetchone()[0] - 1) * 4096
    content = path.read_bytes()
    place = content.index(pair(3).imei.encode(), page)
    path.write_bytes(damaged := content[:place] + b"99" + content[place + 2 :])
    with pytest.raises(Faulted) as fault:
        SqliteJournal(path)
    assert fault.value.reason.why is Why.BACKUP_NOT_WHOLE
    assert path.read_bytes() == damaged
    assert list(path.parent.glob("*backup*")) == []


def test_a_migration_that_fails_leaves_the_journal_as_it_was(path: Path) -> None:
    """A table in the way stands for whatever may stop it half-way."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE person (name)")
    before = events_of(path)
    with pytest.raises(Faulted) as fault:
        SqliteJournal(path)
    assert fault.value.reason.why is Why.JOURNAL_UNUSABLE
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    assert "scrapped" not in tables
    assert (version_of(path), events_of(path)) == (1, before)


def test_an_older_journal_in_the_place_of_an_open_one_is_a_fault(path: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    place = tmp_path / "new" / "journal.db"
    create_journal(place, STAMP)
    with closing(SqliteJournal(place)) as journal:
        path.replace(place)
        with pytest.raises(Faulted) as fault:
            journal.record(STAMP, Entry(EventKind.CONTINUED))
    assert fault.value.reason.why is Why.JOURNAL_OLDER
    assert version_of(place) == 1


def test_a_shift_of_an_older_journal_keeps_who_opened_it(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(f"{MIGRATIONS[1]} PRAGMA user_version = 2;")
        seq, hash = head(connection)
        values = values_of(seq + 1, STAMP, Entry(EventKind.SHIFT_OPENED), hash)
        marks = ", ".join("?" for _ in COLUMNS)
        connection.execute(f"INSERT INTO event VALUES ({marks})", (*values, hash_of(values)))
        connection.execute(
            "INSERT INTO shift (id, station, opened_seq) VALUES (?, ?, ?)",
            (STAMP.shift, STAMP.station, seq + 1),
        )
    with closing(SqliteJournal(path)) as journal:
        shift = journal.current_shift()
        assert shift is not None
        assert (shift.operator, shift.work_order) == (STAMP.operator, None)
        assert journal.verify().finding is None
        assert journal.rebuild(STAMP).differences == 0

"""The rebuild gives the same rows from the events alone, or refuses."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.errors import Refused, Why
from app.core.record import EventKind
from app.ports.journal import RebuildResult
from tests.adapters.corrected import EVENTS, TAMPERINGS, correction, forge, rows_of
from tests.adapters.journals import STAMP, pair
from tests.benchmarks.bulk import make_journal


def tamper(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.executescript(statements)


def test_a_journal_that_holds_has_the_same_rows_afterwards(journal: SqliteJournal, path: Path) -> None:
    before = rows_of(path)
    assert journal.rebuild(STAMP) == RebuildResult(EVENTS, 0)
    assert rows_of(path) == before
    event = journal.event(EVENTS + 1)
    assert event is not None
    assert event.entry.kind is EventKind.REBUILT
    assert json.loads(event.entry.detail or "") == {"events": EVENTS, "differences": 0}
    assert journal.verify().finding is None


@pytest.mark.parametrize(
    ("tampering", "differences"),
    [
        *((statement, 1) for statement, _ in TAMPERINGS),
        ("UPDATE binding SET name = 'x', fingerprint = 'y' WHERE seq IN (7, 8)", 2),
        ("DELETE FROM binding; DELETE FROM released; DELETE FROM shift", 14 + 2 + 2),
        ("UPDATE shift SET station = 'Line 2' WHERE id = 1; UPDATE shift SET opened_seq = 5 WHERE id = 2", 2),
        ("INSERT INTO scrapped (seq, imei) SELECT seq, imei FROM binding WHERE seq = 14", 1),
    ],
)
def test_what_was_tampered_with_is_counted_and_put_right(
    journal: SqliteJournal, path: Path, pristine: Path, tampering: str, differences: int
) -> None:
    tamper(path, tampering)
    assert journal.verify().finding == "bindings"
    assert journal.rebuild(STAMP) == RebuildResult(EVENTS, differences)
    assert rows_of(path) == rows_of(pristine)
    assert journal.verify().finding is None


def test_a_damaged_index_is_made_anew(path: Path, pristine: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'binding_live_imei'"
        page = (connection.execute(query).fetchone()[0] - 1) * 4096
    content = path.read_bytes()
    place = content.index(pair(3).imei.encode(), page)
    path.write_bytes(content[:place] + b"99" + content[place + 2 :])
    with closing(SqliteJournal(path)) as journal:
        assert journal.verify().finding == "bindings"
        assert journal.rebuild(STAMP) == RebuildResult(EVENTS, 0)
        assert journal.verify().finding is None
    assert rows_of(path) == rows_of(pristine)


def test_a_broken_chain_is_refused_and_nothing_is_changed(journal: SqliteJournal, path: Path) -> None:
    change = "UPDATE event SET operator = 'X' WHERE seq = 7"
    tamper(path, f"DROP TRIGGER event_never_changes; {change}; DELETE FROM spoiled")
    before = rows_of(path), journal.head()
    assert refusal_of(journal) == {"seq": 7, "finding": "changed"}
    assert (rows_of(path), journal.head()) == before


def test_an_event_that_makes_no_sense_is_refused(journal: SqliteJournal, path: Path) -> None:
    forge(path, correction(EventKind.UNBOUND, pair(40)))
    before = rows_of(path)
    assert refusal_of(journal) == {"seq": EVENTS + 1, "finding": "impossible"}
    assert rows_of(path) == before


def refusal_of(journal: SqliteJournal) -> dict[str, str | int | float]:
    with pytest.raises(Refused) as refused:
        journal.rebuild(STAMP)
    assert refused.value.reason.why is Why.JOURNAL_NOT_PROVEN
    return dict(refused.value.reason.facts)


UNITS = 8000


@pytest.mark.parametrize("stop_at", [1, UNITS, UNITS + 3000])
def test_a_rebuild_says_how_far_it_is_and_can_be_cancelled(tmp_path: Path, stop_at: int) -> None:
    path = tmp_path / "journal.db"
    make_journal(path, UNITS)
    tamper(path, "DELETE FROM binding WHERE seq = 9")
    before = rows_of(path)
    said: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        said.append((done, total))
        return done < stop_at

    with closing(SqliteJournal(path)) as journal:
        assert journal.rebuild(STAMP, progress).cancelled
        assert rows_of(path) == before
        assert [total for _, total in said] == [2 * (UNITS + 2)] * len(said)
        assert [done for done, _ in said] == sorted(done for done, _ in said)
        assert said[-1][0] >= stop_at
        assert journal.rebuild(STAMP, lambda done, total: True) == RebuildResult(UNITS + 2, 1)
        assert journal.verify().finding is None


def test_a_new_journal_is_rebuilt(tmp_path: Path) -> None:
    create_journal(tmp_path / "journal.db", STAMP)
    with closing(SqliteJournal(tmp_path / "journal.db")) as journal:
        assert journal.rebuild(STAMP) == RebuildResult(1, 0)
        assert journal.rebuild(STAMP) == RebuildResult(2, 0)

"""The hash chain: its canonical form as documented, and every kind of tampering found."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.event_row import COLUMNS, plain, values_of
from app.adapters.hash_chain import CHAINED, GENESIS, canonical, hash_of
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.core.errors import Faulted, Why
from app.core.record import ChainCheck, Entry, EventKind
from app.core.verdicts import Verdict
from tests.adapters.journals import PK, STAMP, bound, pair, rescanned
from tests.benchmarks.bulk import make_journal

STAND_IN = """
import sqlite3, sys
for question in sys.argv[-1].split(";"):
    for row in sqlite3.connect(sys.argv[-2]).execute(question):
        print(*row, sep="|")
"""

DOCUMENT = Path(__file__).parents[2] / "docs" / "journal.md"
SWAP = "UPDATE event SET seq = 20 + seq WHERE seq < 0"

PAGE = 4096
TABLE_LEAF = 0x0D


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1 made, 2 shift opened, 3 to 42 bound with re-scans between, 43 shift closed."""
    path = tmp_path_factory.mktemp("pristine") / "journal.db"
    create_journal(path, replace(STAMP, shift=None))
    with closing(SqliteJournal(path)) as journal:
        journal.open_shift(replace(STAMP, shift=None))
        for number in range(20):
            journal.bind(STAMP, replace(bound(pair(number)), detail='{"it\'s": "größer"}'), pair(number))
            journal.record(STAMP, rescanned(pair(number)))
        journal.close_shift(STAMP, Entry(EventKind.SHIFT_CLOSED))
    return path


@pytest.fixture
def path(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(pristine, tmp_path))


def verified(path: Path) -> ChainCheck:
    with closing(SqliteJournalReader(path)) as reader:
        return reader.verify()


@contextmanager
def intruder(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody with a SQLite tool and time."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection


awkward = st.sampled_from(["", "'", "''", ",", "NULL", "X'00'"])
texts = st.text(st.characters(exclude_categories=["Cs"])) | awkward
values = st.none() | st.integers(-(2**63), 2**63 - 1) | texts


@given(st.lists(values, min_size=1, max_size=8))
def test_the_canonical_form_is_what_sqlite_quotes(row: list[str | int | None]) -> None:
    stored = [plain(value) if isinstance(value, str) else value for value in row]
    with closing(sqlite3.connect(":memory:")) as connection:
        quoted = " || ',' || ".join("quote(?)" for _ in stored)
        assert connection.execute(f"SELECT {quoted}", stored).fetchone() == (canonical(stored),)


def test_the_chain_covers_every_column_in_the_order_of_the_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        table = [name for _, name, *_ in connection.execute("PRAGMA table_info(event)")]
    assert tuple(table) == COLUMNS == (*CHAINED, "hash")


def test_an_events_hash_is_that_of_its_row_and_follows_the_one_before(path: Path) -> None:
    with closing(SqliteJournalReader(path)) as reader:
        before = GENESIS
        for seq in range(1, 44):
            event = reader.event(seq)
            assert event is not None
            assert event.previous_hash == before
            assert event.hash == hash_of(values_of(seq, event.stamp, event.entry, before))
            before = event.hash
        assert reader.head() == (43, before)
        assert reader.verify() == ChainCheck(43, None, None, before)


@pytest.mark.skipif(sys.platform == "win32", reason="the documented commands are a Unix shell's")
def test_an_auditor_recomputes_it_with_the_documented_commands(path: Path) -> None:
    computed, stored, *complaints = documented_output(path, documented("sh", 3))
    assert computed.split()[0] == stored
    assert complaints == []
    with intruder(path) as connection:
        connection.execute("UPDATE event SET operator = 'X' WHERE seq = 7")
        connection.execute("UPDATE event SET previous_hash = hash WHERE seq = 12")
        connection.execute("DELETE FROM event WHERE seq = 43")
    _, _, *complaints = documented_output(path, documented("sh", 3))
    assert [line for line in complaints if line[0] not in "<->"] == ["7c7", "12c12", "12", "head"]


@pytest.mark.skipif(sys.platform == "win32", reason="the documented commands are a Unix shell's")
def test_an_auditor_recomputes_the_digest_of_a_list_of_issued_sns(path: Path) -> None:
    with closing(SqliteJournal(path)) as journal:
        issued = [pair(number).device.sn for number in (3, 1, 2)]
        seq = journal.add_order(replace(STAMP, work_order="24-1107"), PK, None, issued).seq
    (commands,) = documented("shell", 1)
    computed, detail = documented_output(path, [commands.replace("= 12", f"= {seq}")])
    assert json.loads(detail)["sha256"] == computed.split()[0]


def documented(kind: str, count: int) -> list[str]:
    commands = re.findall(rf"```{kind}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert len(commands) == count
    return commands


def documented_output(path: Path, commands: list[str]) -> list[str]:
    """What they print, run as they stand there; where no sqlite3 shell is installed, with a stand-in."""
    if shutil.which("sqlite3") is None:
        shell = path.with_name("sqlite3")
        shell.write_text(f"#!{sys.executable}\n{STAND_IN}")
        shell.chmod(0o755)
    environment = {"PATH": f"{os.environ['PATH']}:{path.parent}"}
    run = ["bash", "-c", "\n".join(commands)]
    done = subprocess.run(run, cwd=path.parent, capture_output=True, text=True, check=True, env=environment)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_document_names_every_column_and_finding() -> None:
    text = DOCUMENT.read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text))
    assert named >= {*COLUMNS, "changed", "missing", "inserted", "unreadable", "head", "bindings"}


@pytest.mark.parametrize("column", CHAINED[1:])
@pytest.mark.parametrize("value", ["iif({} IS NULL, '', NULL)", "'forged'", "x'41'", "7", "x'00' || hash"])
def test_a_changed_column_is_found(path: Path, column: str, value: str) -> None:
    with intruder(path) as connection:
        connection.executescript(f"""
            CREATE TABLE loose ({", ".join(COLUMNS)}); INSERT INTO loose SELECT * FROM event;
            UPDATE loose SET {column} = {value.format(column)} WHERE seq = 9;
            DROP TABLE event; ALTER TABLE loose RENAME TO event""")
    check = verified(path)
    assert (check.finding, check.first_bad, check.events) == ("changed", 9, 8)


@pytest.mark.parametrize(
    ("tampering", "finding", "first_bad"),
    [
        ("UPDATE event SET hash = upper(hash) WHERE seq = 9", "changed", 9),
        ("UPDATE event SET hash = hash || ' ' WHERE seq = 9", "changed", 9),
        ("DELETE FROM event WHERE seq = 1", "missing", 1),
        ("DELETE FROM event WHERE seq = 9", "missing", 9),
        ("DELETE FROM event WHERE seq = 43", "missing", 43),
        ("DELETE FROM event", "missing", 1),
        ("DELETE FROM event WHERE seq > 40; UPDATE head SET seq = 40", "head", 40),
        ("UPDATE event SET seq = 100 WHERE seq = 9", "missing", 9),
        ("UPDATE event SET seq = -seq WHERE seq IN (9, 11);" + SWAP, "changed", 9),
        ("UPDATE head SET hash = printf('%064d', 0)", "head", 43),
        ("UPDATE head SET seq = 42", "inserted", 43),
        ("UPDATE head SET seq = 50", "missing", 44),
        ("UPDATE head SET hash = CAST(x'ff' AS TEXT)", "head", 43),
        ("DELETE FROM head", "head", 43),
    ],
)
def test_tampering_with_events_is_found(path: Path, tampering: str, finding: str, first_bad: int) -> None:
    with intruder(path) as connection:
        connection.executescript(tampering)
    check = verified(path)
    assert (check.finding, check.first_bad) == (finding, first_bad)


def test_a_changed_event_with_a_right_hash_of_its_own_is_found_at_the_next(path: Path) -> None:
    with closing(SqliteJournalReader(path)) as reader:
        event = reader.event(9)
    assert event is not None
    forged = values_of(9, replace(event.stamp, operator="Somebody Else"), event.entry, event.previous_hash)
    with intruder(path) as connection:
        change = "UPDATE event SET operator = 'Somebody Else', hash = ? WHERE seq = 9"
        connection.execute(change, (hash_of(forged),))
    check = verified(path)
    assert (check.finding, check.first_bad, check.events) == ("changed", 10, 9)


@pytest.mark.parametrize(
    ("seq", "finding"), [(0, "inserted"), (-5, "inserted"), (44, "inserted"), (60, "missing")]
)
def test_an_event_put_in_is_found_even_with_a_right_hash(path: Path, seq: int, finding: str) -> None:
    with closing(SqliteJournalReader(path)) as reader:
        _, hash = reader.head()
    forged = values_of(seq, STAMP, Entry(EventKind.FAULTED, Verdict.UNKNOWN_CODE), hash)
    with intruder(path) as connection:
        marks = ", ".join("?" for _ in COLUMNS)
        connection.execute(f"INSERT INTO event VALUES ({marks})", (*forged, hash_of(forged)))
    check = verified(path)
    assert (check.finding, check.first_bad) == (finding, min(seq, 44))


@pytest.mark.parametrize(
    ("tampering", "first_bad"),
    [
        ("DELETE FROM binding WHERE seq = 9", 9),
        ("DELETE FROM binding", 3),
        ("INSERT INTO binding (seq, imei, pk, sn) VALUES (10, '1', 'p', 's')", 10),
        ("INSERT INTO binding (seq, imei, pk, sn) VALUES (77, '1', 'p', 's')", 77),
        ("INSERT INTO binding (seq, imei, pk, sn) VALUES (0, '1', 'p', 's')", 0),
        *(
            (f"UPDATE binding SET {column} = {value} WHERE seq = 9", 9)
            for column, value in {
                "imei": "'359000000000006'",
                "pk": "'p08kx1'",
                "sn": "'1'",
                "name": "'x'",
                "fingerprint": "'x'",
                "shift": "2",
                "work_order": "'x'",
                "ended_seq": "12",
                "seq": "10",
            }.items()
        ),
        ("DELETE FROM shift", 2),
        ("UPDATE shift SET opened_seq = 20", 2),
        ("UPDATE shift SET closed_seq = NULL", 43),
        ("UPDATE shift SET closed_seq = 20", 43),
        ("UPDATE shift SET station = 'Line 2'", 2),
        ("UPDATE shift SET bound = bound - 1", 2),
        ("UPDATE shift SET rescanned = rescanned + 1", 2),
        ("UPDATE shift SET work_order = '24-1107'", 2),
        ("UPDATE shift SET operator = 'X'", 2),
        ("INSERT INTO shift (id, station, opened_seq, closed_seq) VALUES (7, 'Line 1', 30, 31)", 30),
    ],
)
def test_what_does_not_follow_from_the_events_is_found(path: Path, tampering: str, first_bad: int) -> None:
    with intruder(path) as connection:
        connection.execute(tampering)
    check = verified(path)
    assert (check.finding, check.first_bad, check.events) == ("bindings", first_bad, 43)


def test_a_damaged_index_is_found(path: Path) -> None:
    content, page = path.read_bytes(), page_of("binding_live_imei", path)
    place = content.index(pair(3).imei.encode(), page)
    path.write_bytes(content[:place] + b"99" + content[place + 2 :])
    assert verified(path).finding == "bindings"


@pytest.mark.parametrize("name", ["binding", "event_sn", "event_imei"])
def test_a_damaged_page_without_events_is_no_fault_of_the_events(path: Path, name: str) -> None:
    content, page = path.read_bytes(), page_of(name, path)
    path.write_bytes(content[:page] + bytes(PAGE) + content[page + PAGE :])
    check = verified(path)
    assert (check.finding, check.events) == ("bindings", 43)


def page_of(name: str, path: Path) -> int:
    """Where the first page of a table or index begins."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (number,) = connection.execute(query, (name,)).fetchone()
    return (int(number) - 1) * PAGE


def bytes_of_events(content: bytes) -> dict[int, range]:
    """Where the rows of the first events lie: they fill a page from its end, a cell pointer at its beginning
    tells where each starts."""
    page = next(
        place
        for place in range(PAGE, len(content), PAGE)
        if content[place] == TABLE_LEAF and b'"it\'s"' in content[place : place + PAGE]
    )
    count = int.from_bytes(content[page + 3 : page + 5], "big")
    starts = [page + PAGE, *(page + place for place in struct.unpack_from(f">{count}H", content, page + 8))]
    return {seq: range(starts[seq], starts[seq - 1]) for seq in range(1, count + 1)}


def readable(path: Path) -> list[tuple[str, ...]]:
    quoted = ", ".join(f"quote({column})" for column in COLUMNS)
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {quoted} FROM event NOT INDEXED").fetchall()


@pytest.mark.parametrize("seq", [9, 10])
@pytest.mark.parametrize("change", [*(1 << bit for bit in range(8)), 0x0A, 0xFF])
def test_every_changed_byte_of_an_event_is_found(path: Path, seq: int, change: int) -> None:
    """But for one that changes nothing that can be read, as the document says."""
    before, content = readable(path), path.read_bytes()
    places = bytes_of_events(content)[seq]
    with path.open("r+b", buffering=0) as file:
        for place in places:
            file.seek(place)
            file.write(bytes([content[place] ^ change]))
            check = verified(path)
            if check.finding is None:
                assert (content[place], change in (0x08, 0x0A), readable(path)) == (0, True, before)
            else:
                assert check.first_bad == seq
            file.seek(place)
            file.write(content[place : place + 1])
    assert verified(path).finding is None


def test_a_page_that_cannot_be_read_is_named_by_its_first_event(path: Path) -> None:
    content = path.read_bytes()
    rows = bytes_of_events(content)
    page = rows[1].stop // PAGE * PAGE
    path.write_bytes(content[: page - PAGE] + bytes(PAGE) + content[page:])
    check = verified(path)
    assert (check.finding, check.first_bad) == ("unreadable", 1)


def test_verification_says_how_far_it_is_and_can_be_cancelled(tmp_path: Path) -> None:
    path, units = tmp_path / "journal.db", 12_000
    make_journal(path, units)
    said: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        said.append((done, total))
        return done < 6000

    with closing(SqliteJournalReader(path)) as reader:
        cancelled = reader.verify(progress)
        assert [total for _, total in said] == [units + 2] * len(said)
        assert [done for done, _ in said] == sorted(done for done, _ in said)
        assert 2 <= len(said) < 10
        assert 6000 <= cancelled.events < units
        assert (cancelled.first_bad, cancelled.finding) == (None, None)
        assert reader.verify(lambda done, total: True).events == units + 2


def test_verification_takes_the_journal_as_it_stood_when_it_began(tmp_path: Path) -> None:
    path, units = tmp_path / "journal.db", 8000
    make_journal(path, units)
    with closing(SqliteJournal(path)) as writer, closing(SqliteJournalReader(path)) as reader:

        def bind_another(done: int, total: int) -> bool:
            number = writer.head()[0]
            writer.bind(STAMP, bound(pair(number)), pair(number))
            return True

        check = reader.verify(bind_another)
        assert (check.events, check.finding) == (units + 2, None)
        assert writer.head()[0] > units + 2
        assert writer.verify().finding is None


def test_what_was_added_behind_a_nul_is_found(path: Path) -> None:
    with intruder(path) as connection:
        connection.execute("UPDATE event SET station = station || char(0) || 'X' WHERE seq = 3")
    check = verified(path)
    assert (check.finding, check.first_bad) == ("changed", 3)


def test_a_judge_that_was_taken_away_is_missed(path: Path) -> None:
    with intruder(path) as connection:
        connection.execute("DROP INDEX binding_live_imei")
    assert verified(path).finding == "bindings"
    with pytest.raises(Faulted) as fault:
        SqliteJournal(path)
    assert fault.value.reason.why is Why.JOURNAL_DAMAGED

"""The incumbent tool's database is read as it lies there, and left as it was."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.table_reader import open_table
from app.core.errors import Refused, Why
from app.core.importing import FileRow

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "device_info.db"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path))


@pytest.fixture
def changing(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        yield connection


def rows(path: Path) -> list[FileRow]:
    with open_table(path) as table:
        return list(table.rows())


def refusal(path: Path) -> Why:
    with pytest.raises(Refused) as refused:
        rows(path)
    return refused.value.reason.why


def test_the_sample_comes_out_with_the_numbers_of_its_rows(database: Path) -> None:
    database.chmod(0o400)
    database.parent.chmod(0o500)
    try:
        found = rows(database)
    finally:
        database.parent.chmod(0o700)
    assert found[0] == FileRow(1, ["863950069494278", "p11sf2", "123456789123456789", ""])
    assert found[-1] == FileRow(42, ["12345678", "p11sf2", "999000000000002", "O'Brien"])
    assert [row.line for row in found] == list(range(1, 43))


def test_reading_changes_nothing_and_leaves_nothing_behind(database: Path) -> None:
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    with open_table(database) as table:
        list(table.rows())
        assert table.sha256 == before
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before
    assert [one.name for one in database.parent.iterdir()] == [database.name]


def test_a_deleted_row_leaves_the_others_their_numbers(database: Path, changing: sqlite3.Connection) -> None:
    changing.execute("DELETE FROM device_userInfo WHERE idex < 40")
    assert [row.line for row in rows(database)] == [40, 41, 42]


def test_what_is_no_text_comes_as_it_would_be_shown(database: Path, changing: sqlite3.Connection) -> None:
    changing.execute("DELETE FROM device_userInfo")
    values = (1, None, b"p11\xff", 123456789123456, 1.5)
    changing.execute("INSERT INTO device_userInfo (idex, dk, pk, sn, text) VALUES (?, ?, ?, ?, ?)", values)
    assert rows(database) == [FileRow(1, ["", "p11\udcff", "123456789123456", "1.5"])]


def test_a_database_that_another_program_is_writing_is_refused(
    database: Path, changing: sqlite3.Connection
) -> None:
    changing.execute("BEGIN")
    changing.execute("UPDATE device_userInfo SET text = 'x'")
    assert refusal(database) is Why.FILE_IN_USE
    changing.execute("ROLLBACK")
    assert len(rows(database)) == 42


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE device_userInfo (dk, pk)")
    assert refusal(path) is Why.FILE_OF_NO_KIND


def test_a_damaged_database_is_refused(database: Path) -> None:
    whole = database.read_bytes()
    for start in (16, 100, 4096, 8192):
        database.write_bytes(whole[:start] + b"\xee" * 200 + whole[start + 200 :])
        assert refusal(database) in (Why.FILE_DAMAGED, Why.FILE_OF_NO_KIND)
    database.write_bytes(whole[:5000])
    assert refusal(database) is Why.FILE_DAMAGED

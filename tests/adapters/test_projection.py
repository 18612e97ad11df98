"""What follows from corrections: what the tables say, what the database refuses, and what `verify` finds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.projection import EFFECTIVE, TABLES
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader
from app.core.codes import Pair
from app.core.errors import Refused, Why
from app.core.record import Committed, Entry, EventKind, Standing, Taken
from app.core.upload_record import UPLOAD_KINDS
from tests.adapters.corrected import (
    CORRECTED,
    ENDED,
    EVENTS,
    TAMPERINGS,
    correction,
    forge,
    imported,
    rows_of,
)
from tests.adapters.journals import STAMP, bound, pair


def bind(journal: SqliteJournal, unit: Pair) -> Committed | Taken:
    return journal.bind(STAMP, bound(unit), unit)


def refusal_of(journal: SqliteJournal, entry: Entry) -> Why:
    before = journal.head()
    with pytest.raises(Refused) as refused:
        journal.record(STAMP, entry)
    assert journal.head() == before
    return refused.value.reason.why


def test_the_rows_are_what_follows_from_the_events(path: Path) -> None:
    rows = rows_of(path)
    assert {table: rows[table] for table in TABLES[1:]} == {table: CORRECTED[table] for table in TABLES[1:]}
    assert {row[0]: row[-1] for row in rows["binding"] if row[-1] is not None} == ENDED
    assert [row[0] for row in rows["binding"]] == [*range(3, 13), 14, 20, 30, 31]
    with closing(SqliteJournalReader(path)) as reader:
        assert reader.verify().finding is None


def test_what_stands_is_told_with_its_events(journal: SqliteJournal) -> None:
    def standing(number: int) -> Standing:
        return journal.standing(pair(number).device, pair(number).imei)

    assert standing(1) == Standing(device_scrapped=15, imei_scrapped=15)
    assert standing(2) == Standing()
    assert standing(20) == Standing(spoiled=18)
    assert standing(22) == Standing(released=True)
    assert standing(21).released is False
    assert standing(0).of_device == standing(0).of_imei
    assert journal.standing(pair(1).device, None) == Standing(device_scrapped=15)
    assert journal.standing(None, pair(1).imei) == Standing(imei_scrapped=15)


@pytest.mark.parametrize(
    ("unit", "standing"),
    [
        (pair(1), Standing(device_scrapped=15, imei_scrapped=15)),
        (pair(1, imei_of=30), Standing(device_scrapped=15)),
        (pair(30, imei_of=1), Standing(imei_scrapped=15)),
        (pair(20), Standing(spoiled=18)),
        (pair(20, imei_of=22), Standing(spoiled=18, released=True)),
    ],
)
def test_the_database_refuses_what_is_retired(journal: SqliteJournal, unit: Pair, standing: Standing) -> None:
    before = journal.head()
    assert bind(journal, unit) == Taken(standing)
    assert journal.head() == before
    assert isinstance(bind(journal, pair(30)), Committed)


def test_what_was_freed_is_bound_again(journal: SqliteJournal) -> None:
    assert isinstance(bind(journal, pair(2)), Committed)
    journal.record(STAMP, correction(EventKind.UNBOUND, pair(2)))
    assert isinstance(bind(journal, pair(2, imei_of=30)), Committed)
    assert isinstance(bind(journal, pair(30, imei_of=2)), Committed)
    assert journal.verify().finding is None


def test_a_release_is_used_up_by_the_binding(journal: SqliteJournal) -> None:
    assert journal.standing(None, pair(22).imei).released
    assert isinstance(bind(journal, pair(22)), Committed)
    assert not journal.standing(None, pair(22).imei).released
    journal.record(STAMP, correction(EventKind.RELEASED, pair(23), device=False))
    journal.record(STAMP, correction(EventKind.RELEASED, pair(23), device=False))
    assert isinstance(bind(journal, pair(23)), Committed)
    assert not journal.standing(None, pair(23).imei).released
    assert journal.verify().finding is None


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (correction(EventKind.UNBOUND, pair(1)), Why.NOT_BOUND),
        (correction(EventKind.UNBOUND, pair(3, imei_of=4)), Why.NOT_BOUND),
        (correction(EventKind.UNBOUND, pair(3), imei=False), Why.NOT_BOUND),
        (correction(EventKind.SCRAPPED, pair(1)), Why.ALREADY_SCRAPPED),
        (correction(EventKind.SCRAPPED, pair(1, imei_of=5)), Why.ALREADY_SCRAPPED),
        (correction(EventKind.SCRAPPED, pair(1), device=False), Why.ALREADY_SCRAPPED),
        (correction(EventKind.REINSTATED, pair(1), device=False), Why.NOT_SCRAPPED),
        (correction(EventKind.REINSTATED, pair(1), imei=False), Why.NOT_SCRAPPED),
        (correction(EventKind.REINSTATED, pair(2), device=False), Why.NOT_SCRAPPED),
        (correction(EventKind.SPOILED, pair(3), imei=False), Why.SPOILED_WHILE_BOUND),
        (correction(EventKind.SPOILED, pair(20), imei=False), Why.ALREADY_SCRAPPED),
    ],
)
def test_a_correction_that_makes_no_sense_writes_nothing(
    journal: SqliteJournal, path: Path, entry: Entry, why: Why
) -> None:
    before = rows_of(path)
    assert refusal_of(journal, entry) is why
    assert rows_of(path) == before


def test_a_scrap_of_two_that_are_bound_elsewhere_ends_both_bindings(journal: SqliteJournal) -> None:
    crossed = pair(5, imei_of=6)
    seq = journal.record(STAMP, correction(EventKind.SCRAPPED, crossed)).seq
    assert journal.standing(crossed.device, crossed.imei) == Standing(device_scrapped=seq, imei_scrapped=seq)
    assert journal.standing(pair(6).device, pair(5).imei) == Standing()
    assert journal.verify().finding is None


def test_events_of_an_ended_binding_are_found(journal: SqliteJournal) -> None:
    assert [event.seq for event in journal.events_of(pair(1).imei)] == [4, 15]
    assert [event.seq for event in journal.events_of(pair(1).device.sn)] == [4, 15]
    assert [event.seq for event in journal.events_of(pair(0).imei)] == [3, 13, 14]


@pytest.mark.parametrize(("tampering", "first_bad"), TAMPERINGS)
def test_what_does_not_follow_from_corrections_is_found(path: Path, tampering: str, first_bad: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.execute(tampering)
    with closing(SqliteJournalReader(path)) as reader:
        check = reader.verify()
    assert (check.finding, check.first_bad, check.events) == ("bindings", first_bad, EVENTS)


@pytest.mark.parametrize(
    "entry", [correction(EventKind.UNBOUND, pair(40)), correction(EventKind.REINSTATED, pair(3))]
)
def test_an_event_that_makes_no_sense_is_found_even_with_a_right_hash(path: Path, entry: Entry) -> None:
    forge(path, entry)
    with closing(SqliteJournalReader(path)) as reader:
        check = reader.verify()
    assert (check.finding, check.first_bad, check.events) == ("bindings", EVENTS + 1, EVENTS + 1)


@pytest.mark.parametrize("detail", [None, "", "{", "[1]", '{"name": 1}', '{"name": "x"}'])
def test_an_imported_event_whose_detail_is_not_ours_is_found_even_with_a_right_hash(
    path: Path, detail: str | None
) -> None:
    unit = pair(40)
    forge(path, replace(imported(unit), detail=detail))
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        values = (EVENTS + 1, unit.imei, unit.device.pk, unit.device.sn, STAMP.shift, "y")
        intruder.execute(
            "INSERT INTO binding (seq, imei, pk, sn, shift, name) VALUES (?, ?, ?, ?, ?, ?)", values
        )
    with closing(SqliteJournalReader(path)) as reader:
        check = reader.verify()
    assert (check.finding, check.first_bad) == ("bindings", EVENTS + 1)


def test_name_and_fingerprint_of_an_imported_pair_are_kept(path: Path) -> None:
    row = next(row for row in rows_of(path)["binding"] if row[0] == 30)
    assert row[4:6] == ('O"Brien 设备', "0123456789" * 4)


def test_every_kind_of_event_that_has_rows_is_tested_here(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        kinds = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM event")}
    elsewhere = {EventKind.RESCANNED, EventKind.FAULTED, *UPLOAD_KINDS}  # the latter in test_uploads.py
    assert kinds == {EventKind.JOURNAL_MADE, *EFFECTIVE} - elsewhere


ANNA, BO = STAMP.operator, "Bo"


def test_the_last_unit_of_an_operator_is_told_while_it_is_live(journal: SqliteJournal) -> None:
    assert (last := journal.last_bound(STAMP.station, ANNA)) is not None
    assert (last.seq, last.imei) == (20, pair(21).imei)
    assert journal.last_bound(STAMP.station, BO) is None
    assert journal.last_bound("Line 2", ANNA) is None
    assert journal.last_bound(STAMP.station, None) is None
    journal.bind(replace(STAMP, operator=None), bound(pair(31)), pair(31))
    nobody = journal.last_bound(STAMP.station, None)
    assert nobody is not None
    assert nobody.imei == pair(31).imei
    journal.record(STAMP, correction(EventKind.UNBOUND, pair(21)))
    assert journal.last_bound(STAMP.station, ANNA) is None, "nor the one before: UNDO takes back one unit"


def test_the_last_unit_is_not_told_once_somebody_else_bound_it_again(journal: SqliteJournal) -> None:
    journal.record(STAMP, correction(EventKind.UNBOUND, pair(21)))
    journal.bind(replace(STAMP, operator=BO), bound(pair(21)), pair(21))
    assert journal.last_bound(STAMP.station, ANNA) is None


@pytest.mark.parametrize(
    ("detail", "was_exported"),
    [
        ('{"first_seq": 3, "last_seq": 20, "shift": 1}', True),
        ('{"first_seq": 20, "last_seq": 20, "shift": null}', True),
        ('{"first_seq": 3, "last_seq": 20, "shift": 2}', False),
        ('{"first_seq": 3, "last_seq": 14, "shift": 1}', False),
        ('{"first_seq": 21, "last_seq": 30, "shift": null}', False),
        ('{"first_seq": null, "last_seq": null, "shift": 1}', False),
        (None, False),
    ],
)
def test_an_export_since_is_one_that_held_the_binding(
    journal: SqliteJournal, detail: str | None, was_exported: bool
) -> None:
    record = journal.standing(pair(21).device, None).of_device
    assert record is not None
    assert not journal.exported_since(record)
    journal.record(STAMP, Entry(EventKind.EXPORTED, detail=detail))
    assert journal.exported_since(record) is was_exported


def test_an_export_before_the_binding_is_none_of_it(journal: SqliteJournal) -> None:
    journal.record(STAMP, Entry(EventKind.EXPORTED, detail='{"first_seq": 3, "last_seq": 99, "shift": null}'))
    bind(journal, pair(31))
    record = journal.standing(pair(31).device, None).of_device
    assert record is not None
    assert not journal.exported_since(record)

"""The list of units and their stories: each unit is there once, found by any of its numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters import unit_reader
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.adapters.unit_story import SqliteStoryReader
from app.core.codes import Pair, ProductKey
from app.core.errors import Refused
from app.core.record import Entry, EventKind, Stamp
from app.core.unit_list import UnitLine, UnitQuery, UnitState
from app.core.verdicts import Verdict
from app.station.found_units import FoundUnits
from tests.adapters.corrected import correction, make_corrected
from tests.adapters.journals import PK, STAMP, bound, pair

LI, CHEN = replace(STAMP, operator="Li Wei"), replace(STAMP, operator="Chen Jing")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def read(path: Path) -> Iterator[Callable[[], SqliteStoryReader]]:
    opened: list[SqliteStoryReader] = []

    def open_() -> SqliteStoryReader:
        opened.append(SqliteStoryReader(path))
        return opened[-1]

    yield open_
    for reader in opened:
        reader.close()


def found(reader: SqliteStoryReader, query: UnitQuery | None = None) -> list[UnitLine]:
    query = query or UnitQuery()
    return [line for span in reader.spans(query) for line in reader.lines(query, span, 0, span.count + 5)]


def states(lines: list[UnitLine]) -> list[tuple[int, str]]:
    return [(line.seq, str(line.state)) for line in lines]


def faulted(unit: Pair, verdict: Verdict = Verdict.IMEI_TAKEN, device: bool = True) -> Entry:
    return replace(correction(EventKind.FAULTED, unit, device=device), verdict=verdict, reason=None)


def test_every_unit_of_a_corrected_journal_is_there_once_by_its_newest_event(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    make_corrected(path)
    lines = found(read())
    assert states(lines) == [
        (21, "released"),
        (20, "bound"),
        (18, "spoiled"),
        (17, "unbound"),
        (16, "unbound"),
        (15, "scrapped"),
        (14, "bound"),
        *((seq, "bound") for seq in range(12, 5, -1)),
    ]
    assert (lines[3].sn, lines[3].imei) == (None, pair(2).imei)
    assert (lines[4].sn, lines[4].is_parted) == (pair(2).device.sn, True)


def test_a_unit_is_on_hold_from_its_fault_until_it_is_bound(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        journal.record(STAMP, faulted(pair(1)))
        journal.record(STAMP, faulted(pair(1)))
        journal.record(STAMP, faulted(pair(2), Verdict.IMEI_INVALID, device=False))
        reader = read()
        assert states(found(reader)) == [(4, "on-hold"), (3, "on-hold")]
        journal.bind(STAMP, bound(pair(1)), pair(1))
        journal.bind(STAMP, bound(pair(2)), pair(2))
        assert states(found(reader)) == [(6, "bound"), (5, "bound")]
        journal.record(STAMP, faulted(pair(1)))
        assert states(found(reader)) == [(6, "bound"), (5, "bound")]
        journal.record(STAMP, correction(EventKind.UNBOUND, pair(1)))
        journal.record(STAMP, faulted(pair(1)))
        assert states(found(reader)) == [(9, "on-hold"), (6, "bound")]


def test_verifying_a_unit_changes_neither_its_time_nor_its_place(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    create_journal(path, STAMP)
    times = [replace(STAMP, at=f"2026-03-09T02:0{minute}:00.000Z") for minute in range(4)]
    with closing(SqliteJournal(path)) as journal:
        for number in (1, 2):
            journal.bind(times[number], bound(pair(number)), pair(number))
        seen = replace(correction(EventKind.VERIFIED, pair(1)), verdict=Verdict.MATCHES, reason=None)
        journal.record(times[3], seen)
    lines = found(read())
    assert states(lines) == [(3, "bound"), (2, "verified")]
    assert [line.at for line in lines] == [times[2].at, times[1].at]


def test_a_module_that_was_taken_off_is_found_by_its_number_alone(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    create_journal(path, STAMP)
    rebuilt = pair(1, imei_of=2)
    with closing(SqliteJournal(path)) as journal:
        journal.bind(STAMP, bound(pair(1)), pair(1))
        journal.record(STAMP, correction(EventKind.UNBOUND, pair(1)))
        journal.bind(STAMP, bound(rebuilt), rebuilt)
    reader = read()
    assert [(line.sn, line.imei) for line in found(reader)] == [(rebuilt.device.sn, rebuilt.imei)]
    (line,) = found(reader, UnitQuery(pair(1).imei))
    assert (line.sn, line.imei, line.state) == (None, pair(1).imei, UnitState.UNBOUND)
    kinds = [one.event.entry.kind for one in reader.story(line).happenings]
    assert kinds == [EventKind.BOUND, EventKind.UNBOUND]


def test_scrapping_one_half_leaves_the_other_to_be_found(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        for number in (1, 2):
            journal.bind(STAMP, bound(pair(number)), pair(number))
        journal.record(STAMP, correction(EventKind.SCRAPPED, pair(1), device=False))
        journal.record(STAMP, correction(EventKind.SCRAPPED, pair(2), imei=False))
    reader = read()
    for unit in (pair(1), pair(2)):
        for text in (unit.device.sn, unit.imei):
            (line,) = reader.exactly(UnitQuery(text))
            assert (line.sn, line.imei, line.state) == (unit.device.sn, unit.imei, UnitState.SCRAPPED)
    assert len(found(reader)) == 2


def random_journal(path: Path, steps: int) -> None:
    """Whatever corrections the journal takes."""
    chance = random.Random(7)
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        for _ in range(steps):
            unit = pair(chance.randrange(12), imei_of=chance.randrange(12))
            stamp = chance.choice((LI, CHEN))
            kind = chance.choice(
                [EventKind.BOUND] * 4
                + [EventKind.UNBOUND, EventKind.SCRAPPED, EventKind.REINSTATED, EventKind.SPOILED]
                + [EventKind.FAULTED]
            )
            device, imei = chance.choice([(True, True), (True, False), (False, True)])
            try:
                if kind is EventKind.BOUND:
                    journal.bind(stamp, bound(unit), unit)
                elif kind is EventKind.FAULTED:
                    journal.record(stamp, faulted(unit))
                elif kind is EventKind.UNBOUND:
                    standing = journal.standing(unit.device, None).of_device
                    if standing is not None:
                        whole = Pair(unit.device, standing.imei)
                        journal.record(stamp, correction(kind, whole))
                else:
                    spoils = kind is EventKind.SPOILED
                    journal.record(stamp, correction(kind, unit, device or spoils, imei and not spoils))
            except Refused:
                continue


def test_in_any_journal_no_unit_is_there_twice_and_none_is_missing(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    random_journal(path, 400)
    reader = read()
    lines = found(reader)
    assert [line.seq for line in lines] == sorted({line.seq for line in lines}, reverse=True)
    sns = [line.sn for line in lines if line.sn]
    assert len(sns) == len(set(sns))
    named: set[str] = set()
    for seq in range(1, reader.head()[0] + 1):
        event = reader.event(seq)
        assert event is not None
        entry = event.entry
        named |= {number for number in (entry.sn, entry.chip_imei, entry.label_imei) if number}
        if entry.sn:
            assert entry.sn in sns
    for number in named:
        assert reader.exactly(UnitQuery(number)), number
    for line in lines:
        standing = reader.standing(line.device, None)
        assert (line.state is UnitState.BOUND) is (standing.of_device is not None)


@pytest.mark.parametrize(
    "query",
    [
        UnitQuery(),
        UnitQuery("86"),
        UnitQuery("9825"),
        UnitQuery(operator="Li Wei"),
        UnitQuery("00", operator="Chen Jing"),
    ],
)
def test_counting_by_stretches_and_reading_at_any_place_give_the_same(
    path: Path,
    read: Callable[[], SqliteStoryReader],
    query: UnitQuery,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random_journal(path, 300)
    reader = read()
    whole = found(reader, query)
    monkeypatch.setattr(unit_reader, "_SPAN", 7)
    units = FoundUnits(reader, query)
    while not units.is_whole:
        units.count_on()
    assert units.total == len(whole)
    assert units.lines(0, 1000) == whole
    for first in range(len(whole) + 1):
        assert units.lines(first, 3) == whole[first : first + 3]


def test_a_whole_number_comes_first_and_is_not_there_twice(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    create_journal(path, STAMP)
    short = replace(pair(1), device=replace(pair(1).device, sn=type(pair(1).device.sn)("1234")))
    with closing(SqliteJournal(path)) as journal:
        journal.bind(STAMP, bound(short), short)
        for number in range(2, 6):
            sn = type(short.device.sn)(f"1234{number}")
            unit = replace(pair(number), device=replace(short.device, sn=sn))
            journal.bind(STAMP, bound(unit), unit)
    units = FoundUnits(read(), UnitQuery("1234"))
    assert (units.total, units.is_whole) == (1, False)
    while not units.is_whole:
        units.count_on()
    assert [line.sn for line in units.lines(0, 9)] == ["1234", "12345", "12344", "12343", "12342"]
    assert [line.sn for line in units.lines(1, 2)] == ["12345", "12344"]


def at(hour: int) -> Stamp:
    return replace(STAMP, at=f"2026-03-08T{hour:02d}:00:00.000Z")


def test_times_are_found_also_where_the_clock_was_set_back(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    create_journal(path, at(5))
    hours = [6, 7, 8, 9, 3, 4, 7, 10]
    with closing(SqliteJournal(path)) as journal:
        for number, hour in enumerate(hours):
            journal.bind(at(hour), bound(pair(number)), pair(number))
    reader = read()
    for first in range(2, 12):
        for last in range(first, 12):
            lines = found(reader, UnitQuery(since=at(first).at, until=at(last).at))
            wanted = [pair(number).imei for number, hour in enumerate(hours) if first <= hour < last]
            assert [line.imei for line in lines] == wanted[::-1]


def test_a_story_tells_rebinding_exports_with_the_row_and_what_ended_a_binding(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    create_journal(path, STAMP)
    again = pair(2, imei_of=7)
    exported = Entry(
        EventKind.EXPORTED, detail='{"file": "a.csv", "first_seq": 2, "last_seq": 4, "shift": null}'
    )
    with closing(SqliteJournal(path)) as journal:
        for number in (1, 2, 3):
            journal.bind(STAMP, bound(pair(number)), pair(number))
        journal.record(STAMP, exported)
        journal.record(STAMP, correction(EventKind.SCRAPPED, pair(2), device=False))
        journal.bind(STAMP, bound(again), again)
        journal.record(STAMP, exported)
    reader = read()
    (line,) = reader.exactly(UnitQuery(pair(2).device.sn))
    told = [
        (one.event.seq, one.event.entry.kind, one.is_again, one.row) for one in reader.story(line).happenings
    ]
    assert told == [
        (3, EventKind.BOUND, False, None),
        (5, EventKind.EXPORTED, False, 2),
        (6, EventKind.SCRAPPED, False, None),
        (7, EventKind.BOUND, True, None),
    ]
    assert line.device is not None
    assert line.device.pk == PK


def test_a_record_leads_to_the_unit_that_it_names(path: Path, read: Callable[[], SqliteStoryReader]) -> None:
    make_corrected(path)
    reader = read()
    assert reader.line_of(1) is None
    assert reader.line_of(99) is None
    line = reader.line_of(13)
    assert line is not None
    assert (line.seq, line.sn) == (14, pair(0).device.sn)


def test_a_text_that_could_not_be_a_number_finds_nothing_and_breaks_nothing(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    make_corrected(path)
    for text in ("'; DROP TABLE event", "%", "_____", "\x00\x01", "\ud800", "产品", "x" * 5000):
        assert found(read(), UnitQuery(text)) == []


def test_a_unit_that_was_never_bound_is_in_no_file_of_another_product_with_its_sn(
    path: Path, read: Callable[[], SqliteStoryReader]
) -> None:
    of_other = Pair(replace(pair(1).device, pk=ProductKey("p08kx1")), pair(50).imei)
    create_journal(path, STAMP)
    with closing(SqliteJournal(path)) as journal:
        refused = journal.record(STAMP, faulted(of_other, Verdict.WRONG_PRODUCT)).seq
        journal.bind(STAMP, bound(pair(1)), pair(1))
        detail = '{"file": "a.csv", "first_seq": 3, "last_seq": 3, "shift": null}'
        journal.record(STAMP, Entry(EventKind.EXPORTED, detail=detail))
    reader = read()
    lines = {line.pk: line for line in found(reader)}
    never, once = lines["p08kx1"], lines[PK]
    assert reader.records_of(never) == [refused]
    for line in (never, once):
        assert reader.records_of(line) == [one.event.seq for one in reader.story(line).happenings]

"""What files are made of, as the journal gives it: as of any event, of any selection, of any time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.core.codes import DeviceCode, Pair, ProductKey
from app.core.record import Entry, EventKind, OpenShift, Stamp
from app.core.selection import Coverage, Export, Range, Selection
from tests.adapters.corrected import correction, make_corrected
from tests.adapters.journals import STAMP, bound, pair
from tests.adapters.tables import row

OTHER_PK = ProductKey("p08kx1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_journal(tmp_path / "journal.db", STAMP)
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[SqliteJournal]:
    with closing(SqliteJournal(path)) as journal:
        yield journal


def bind(journal: SqliteJournal, number: int, stamp: Stamp = STAMP, pk: ProductKey | None = None) -> int:
    unit = pair(number)
    if pk is not None:
        unit = Pair(DeviceCode(pk, unit.device.sn), unit.imei)
    return journal.record(stamp, bound(unit)).seq


def seqs(journal: SqliteJournal, selection: Selection, until: int | None = None) -> list[int]:
    end = until or journal.head()[0]
    ranges = journal.row_ranges(selection, end)
    return [one[0] for within in ranges for one in journal.live_rows(selection, within, end)]


def test_what_was_live_at_an_event_is_told_at_any_later_time(journal: SqliteJournal) -> None:
    one, two = bind(journal, 1), bind(journal, 2)
    ended = journal.record(STAMP, correction(EventKind.UNBOUND, pair(1))).seq
    again = bind(journal, 1)
    assert [seqs(journal, Selection(), end) for end in (one, two, ended, again)] == [
        [one],
        [one, two],
        [two],
        [two, again],
    ]
    assert journal.live_rows(Selection(), (two, two), again) == [(two, *row(2)[1:])]
    assert [(one.seq, one.ended_seq) for one in journal.ended_bindings(again)] == [(one, ended)]
    assert journal.ended_bindings(ended - 1) == []
    assert [one.seq for one in journal.bindings_of(pair(1).imei)] == [again, one]


def test_every_condition_of_a_selection_holds(journal: SqliteJournal) -> None:
    shift = journal.open_shift(STAMP)
    in_shift = replace(STAMP, shift=shift.id, work_order="WO-7")
    units = {
        "shift": bind(journal, 1, in_shift),
        "product": bind(journal, 2, in_shift, OTHER_PK),
        "order": bind(journal, 3, replace(STAMP, shift=None, work_order="WO-7")),
    }
    journal.close_shift(in_shift, Entry(EventKind.SHIFT_CLOSED))
    second = replace(STAMP, shift=journal.open_shift(STAMP).id)
    later = bind(journal, 4, second)
    assert seqs(journal, Selection(shift=shift.id)) == [units["shift"], units["product"]]
    assert seqs(journal, Selection(shift=second.shift)) == [later]
    assert seqs(journal, Selection(order="WO-7")) == list(units.values())
    assert seqs(journal, Selection(product=OTHER_PK)) == [units["product"]]
    assert seqs(journal, Selection(shift=shift.id, product=OTHER_PK, order="WO-8")) == []
    assert seqs(journal, Selection(shift=99)) == []


def test_what_has_gone_out_is_left_out(journal: SqliteJournal) -> None:
    one, two = bind(journal, 1), bind(journal, 2, replace(STAMP, shift=9))
    gone_out = Coverage([Export(9, 8, Selection(shift=9), ((1, 8),), "")])
    assert journal.live_rows(Selection(), (1, 9), 9, gone_out) == [(one, *row(1)[1:])]
    assert journal.live_rows(Selection(), (1, 9), 9, Coverage([])) == journal.live_rows(
        Selection(), (1, two), 9
    )


def test_those_that_a_release_let_pass_are_told(tmp_path: Path) -> None:
    make_corrected(tmp_path / "corrected.db")
    with closing(SqliteJournal(tmp_path / "corrected.db")) as journal:
        assert [one.seq for one in journal.released_bindings(22)] == [20]
        assert journal.released_bindings(19) == []


HOURS = (8, 9, 9, 10, 12, 15)
"""When the events 2 to 7 bound units."""
FIRST_JUMP = 8
"""The event of the clock that was set back."""
LATER_HOURS = (9, 11, 13)
"""When more were bound after that."""


def time(hour: int | None) -> str | None:
    return None if hour is None else f"2026-01-02T{hour:02}:00:00.000Z"


@pytest.fixture
def over_a_day(journal: SqliteJournal) -> SqliteJournal:
    def at(hour: int) -> Stamp:
        return replace(STAMP, at=f"2026-01-02T{hour:02}:00:00.000Z")

    for number, hour in enumerate(HOURS):
        bind(journal, number, at(hour))
    for number, hour in enumerate(LATER_HOURS, start=50):
        bind(journal, number, at(hour))
    return journal


def test_times_are_found_although_the_clock_was_set_back(over_a_day: SqliteJournal) -> None:
    events = [over_a_day.event(seq) for seq in range(1, over_a_day.head()[0] + 1)]
    bound_at = {one.seq: one.stamp.at for one in events if one and one.entry.kind is EventKind.BOUND}
    for since, until in itertools.product(map(time, [None, *range(7, 17)]), repeat=2):
        expected = [seq for seq, at in bound_at.items() if (since or "") <= at < (until or "~")]
        assert seqs(over_a_day, Selection(since=since, until=until)) == expected


def test_a_time_has_as_many_stretches_as_it_needs(over_a_day: SqliteJournal) -> None:
    def ranges(since: int, until: int, shift: int | None = None) -> tuple[Range, ...]:
        selection = Selection(shift, since=time(since), until=time(until))
        return over_a_day.row_ranges(selection, over_a_day.head()[0])

    assert ranges(8, 9) == ((2, 2),)
    assert ranges(9, 10) == ((3, 4), (FIRST_JUMP, FIRST_JUMP + 1))
    assert ranges(20, 21) == ranges(9, 10, shift=99) == ()


def test_a_shift_and_a_time_together(journal: SqliteJournal) -> None:
    bind(journal, 1)
    shift: OpenShift = journal.open_shift(STAMP)
    inside = bind(journal, 2, replace(STAMP, shift=shift.id))
    assert seqs(journal, Selection(shift=shift.id, since=STAMP.at)) == [inside]
    assert seqs(journal, Selection(shift=shift.id, until=STAMP.at)) == []


def test_a_unit_tells_of_the_files_that_held_it(journal: SqliteJournal) -> None:
    one = bind(journal, 1)
    first = journal.record(STAMP, Entry(EventKind.EXPORTED, detail=_detail(1, one))).seq
    ended = journal.record(STAMP, correction(EventKind.UNBOUND, pair(1))).seq
    bind(journal, 2)
    second = journal.record(STAMP, Entry(EventKind.EXPORTED, detail=_detail(1, ended + 1))).seq
    for text in (pair(1).imei, pair(1).device.sn):
        assert [event.seq for event in journal.events_of(text)] == [one, first, ended]
    assert [event.seq for event in journal.events_of(pair(2).imei)] == [ended + 1, second]


def _detail(first: int, last: int) -> str:
    return f'{{"first_seq": {first}, "last_seq": {last}, "end_seq": {last}}}'

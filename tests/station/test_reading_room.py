"""The thread that reads the journal for a page: newest search first, no answer to an older one."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from app.adapters.unit_story import SqliteStoryReader
from app.core.errors import Why
from app.core.unit_list import UnitQuery, UnitState
from app.station.reading_room import (
    Counted,
    LinesRead,
    OperatorsRead,
    ReadingFailed,
    ReadingRoom,
    RecordRead,
    StoryRead,
    Told,
)
from tests.adapters.corrected import make_corrected
from tests.adapters.journals import pair
from tests.benchmarks.bulk import make_journal

Answers = queue.SimpleQueue[Told]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_corrected(tmp_path / "journal.db")
    return tmp_path / "journal.db"


@pytest.fixture
def answers() -> Answers:
    return queue.SimpleQueue()


@pytest.fixture
def room(path: Path, answers: Answers) -> Iterator[ReadingRoom]:
    made = ReadingRoom(partial(SqliteStoryReader, path), answers.put)
    made.start()
    yield made
    made.close()


def next_of(answers: Answers) -> Told:
    return answers.get(timeout=20)


def counted(answers: Answers) -> Counted:
    """The last count of a search."""
    while True:
        told = next_of(answers)
        if isinstance(told, Counted) and told.share >= 1:
            return told


def test_a_search_is_counted_and_its_lines_are_read_at_any_place(room: ReadingRoom, answers: Answers) -> None:
    room.search(1, UnitQuery())
    assert counted(answers) == Counted(1, 14, 1.0)
    room.read_lines(1, 12, 10)
    told = next_of(answers)
    assert isinstance(told, LinesRead)
    assert (told.search, told.first, [line.seq for line in told.lines]) == (1, 12, [7, 6])


def test_lines_of_an_older_search_are_never_told(room: ReadingRoom, answers: Answers) -> None:
    room.search(1, UnitQuery())
    counted(answers)
    room.search(2, UnitQuery(pair(5).imei))
    room.read_lines(1, 0, 10)
    room.read_lines(2, 0, 10)
    told = next_of(answers)
    while not isinstance(told, LinesRead):
        assert isinstance(told, Counted)
        assert told.search == 2
        told = next_of(answers)
    assert told.search == 2


def test_a_search_that_was_replaced_is_not_gone_on_with(tmp_path: Path, answers: Answers) -> None:
    make_journal(tmp_path / "large.db", 100_000)
    room = ReadingRoom(partial(SqliteStoryReader, tmp_path / "large.db"), answers.put)
    for number in range(1, 20):
        room.search(number, UnitQuery(f"zz{number}"))
    room.start()
    told = counted(answers)
    room.close()
    assert told.search == 19
    assert answers.empty()


def test_counting_that_is_stopped_leaves_what_was_found(tmp_path: Path, answers: Answers) -> None:
    make_journal(tmp_path / "large.db", 100_000)
    room = ReadingRoom(partial(SqliteStoryReader, tmp_path / "large.db"), answers.put)
    room.search(1, UnitQuery("86"))
    room.stop_searching()
    room.read_lines(1, 0, 5)
    room.read_operators()
    room.start()
    told: list[Told] = []
    while not (told and isinstance(told[-1], OperatorsRead)):
        told.append(next_of(answers))
    room.close()
    assert not any(isinstance(one, Counted) and one.share >= 1 for one in told)


def test_a_record_comes_with_the_unit_that_it_names(room: ReadingRoom, answers: Answers) -> None:
    room.read_record(1, 13)
    told = next_of(answers)
    assert isinstance(told, RecordRead)
    assert told.event is not None
    assert told.unit is not None
    assert (told.event.seq, told.unit.seq, told.unit.state) == (13, 14, UnitState.BOUND)
    room.read_record(2, 4711)
    assert next_of(answers) == RecordRead(2, 4711, None, None)


def test_the_story_after_a_correction_is_that_of_its_unit(room: ReadingRoom, answers: Answers) -> None:
    room.read_story_after(16)
    told = next_of(answers)
    assert isinstance(told, StoryRead)
    assert told.story.unit.imei == pair(2).imei


def test_a_journal_that_is_gone_is_told_and_read_again_once_it_is_back(
    path: Path, room: ReadingRoom, answers: Answers
) -> None:
    away = path.rename(path.with_name("away.db"))
    room.search(1, UnitQuery())
    told = next_of(answers)
    assert isinstance(told, ReadingFailed)
    assert told.reason.why is Why.JOURNAL_GONE
    away.rename(path)
    room.search(2, UnitQuery())
    assert counted(answers).total == 14

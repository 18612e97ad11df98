"""What the tests of the journal's faults have in common: a unit bound, a fault's reason, what is held."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader
from app.core.errors import Faulted, Reason
from app.core.record import Committed
from tests.adapters.journals import STAMP, bound, live_rows, pair

PAGE = 4096


def bind(journal: SqliteJournal, number: int) -> int:
    result = journal.bind(STAMP, bound(pair(number)), pair(number))
    assert isinstance(result, Committed)
    return result.seq


def fault_of(work: Callable[[], object]) -> Reason:
    with pytest.raises(Faulted) as fault:
        work()
    return fault.value.reason


def held(path: Path) -> list[str]:
    """The IMEIs of a journal that holds in every respect."""
    with closing(SqliteJournalReader(path)) as reader:
        assert reader.verify().finding is None
        return [imei for _, imei, *_ in live_rows(reader)]


def imeis(numbers: range) -> list[str]:
    return [pair(number).imei for number in numbers]


def ruined(whole: bytes, keep: int) -> bytes:
    """A journal whose pages hold nothing any more, but for the first few and those with the schema."""
    pages = [whole[place : place + PAGE] for place in range(0, len(whole), PAGE)]
    rest = (page if b"CREATE " in page and keep > 1 else b"\x55" * PAGE for page in pages[keep:])
    return b"".join([*pages[:keep], *rest])

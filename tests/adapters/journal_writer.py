"""Writes a journal in a process of its own, for the tests that kill, starve or disarm it.

`python -m tests.adapters.journal_writer PATH` binds unit after unit, prints each number once it is committed,
and a fault as its `Why`. With `--file-limit BYTES` no file may grow beyond that size until the fault has
come, then one more unit is bound. `--as-nobody` gives up the rights of root first.
"""

from __future__ import annotations

import argparse
import itertools
import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from app.adapters.sqlite_journal import SqliteJournal
from app.core.errors import Faulted
from tests.adapters.journals import STAMP, bound, pair

_NOBODY = 65534


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--file-limit", type=int)
    parser.add_argument("--as-nobody", action="store_true")
    options = parser.parse_args()
    if options.as_nobody and os.geteuid() == 0:
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    try:
        with closing(SqliteJournal(options.path)) as journal:
            numbers = itertools.count(journal.head()[0])
            if options.file_limit:
                _bind_until_the_fault(journal, numbers, options.file_limit)
                _bind(journal, [next(numbers)])
            else:
                _bind(journal, numbers)
    except Faulted as fault:
        print(fault.reason.why, flush=True)


def _bind_until_the_fault(journal: SqliteJournal, numbers: Iterable[int], file_limit: int) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, before[1]))
    try:
        _bind(journal, numbers)
    except Faulted as fault:
        print(fault.reason.why, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _bind(journal: SqliteJournal, numbers: Iterable[int]) -> None:
    for number in numbers:
        journal.bind(STAMP, bound(pair(number)), pair(number))
        print(number, flush=True)


if __name__ == "__main__":
    main()

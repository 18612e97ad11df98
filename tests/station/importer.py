"""Imports a file in a process of its own, for the tests that kill it.

`python -m tests.station.importer JOURNAL FILE` prints how far it is and waits for a line before it goes on.
At the end it prints how many pairs came in.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from app.adapters.import_stage import ImportStage
from app.adapters.sqlite_journal import SqliteJournal
from app.adapters.table_reader import open_table
from app.station.importing import examine, take
from tests.adapters.journals import STAMP


def main() -> None:
    journal_path, file = map(Path, sys.argv[1:])
    with closing(SqliteJournal(journal_path)) as journal, ImportStage() as stage:
        with open_table(file) as table:
            examined = examine(table, file.name, stage, journal)
        print("taken", take(examined, stage, journal, STAMP, None, _say), flush=True)


def _say(done: int, total: int) -> bool:
    print(done, flush=True)
    return bool(sys.stdin.readline())


if __name__ == "__main__":
    main()

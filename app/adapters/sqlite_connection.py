"""One SQLite connection to a journal: opened when it is needed, given up after trouble, opened again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.adapters.newest_check import trouble_at_the_end
from app.adapters.schema import APPLICATION_ID, VERSION
from app.adapters.sqlite_errors import damaged, faulted, not_ours
from app.core.errors import Faulted, Why, because

PATIENCE = 2.0
"""Seconds to wait for another program's lock: longer than a program holds it, shorter than a person does."""

_CHECKPOINT_PAGES = 500
"""About 2 MB of write-ahead log. Overwriting a log that is there is quicker than growing one."""

_LOG_BYTES = 1 << 24
"""To which the log shrinks again when it grew longer, as it does while somebody reads for minutes."""

_READING = "PRAGMA query_only = ON;"
_WRITING = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES};
PRAGMA journal_size_limit = {_LOG_BYTES};
"""

_Files = tuple[int, int, int | None]
"""Device and number of the file, number of its write-ahead log."""


class JournalConnection:
    """Belongs to the thread that makes it.

    Raises:
        Faulted: JOURNAL_GONE, JOURNAL_NOT_OURS, JOURNAL_NEWER, JOURNAL_OLDER, or what `sqlite_errors` says;
            for writing also JOURNAL_DAMAGED, where the check at start finds something.
    """

    def __init__(self, path: Path, *, writing: bool, patience: float = PATIENCE) -> None:
        self.path = path
        self._log_name = f"{path.name}-wal"
        self._writing = writing
        self._patience = patience
        self._connection: sqlite3.Connection | None = None
        self._opened: _Files | None = None
        self._ready()

    @contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """The connection, checked to be the file at the path.

        Raises:
            Faulted: for SQLite's errors; the next use opens the file afresh.
        """
        connection = self._ready()
        try:
            yield connection
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # an answer, and a bug of ours
        except sqlite3.Error as error:
            self.close()
            raise faulted(error, self.path) from error

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ready(self) -> sqlite3.Connection:
        try:
            if self._connection is None:
                return self._open()
            # while the file is gone its connection is kept: what was committed is still in it
            if self._opened == self._files():
                return self._connection
            self._let_go()
            return self._open()
        except (sqlite3.Error, OSError) as error:
            raise faulted(error, self.path) from error

    def _let_go(self) -> None:
        """Gives up the connection to files that no longer have their names.

        Where only the log was taken away, its commits move into the file first.
        """
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close()

    def _open(self) -> sqlite3.Connection:
        mode = "rw" if self._writing else "ro"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
        )
        try:
            self._check_ours(connection)
            connection.executescript(_WRITING if self._writing else _READING)
            self._opened = self._files()
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _check_ours(self, connection: sqlite3.Connection) -> None:
        version = version_of(connection, self.path)
        if version < VERSION:
            raise Faulted(because(Why.JOURNAL_OLDER, path=str(self.path), version=version, known=VERSION))
        if self._writing and (trouble := trouble_at_the_end(connection)):
            raise damaged(self.path, trouble)

    def _files(self) -> _Files:
        """Tells the file, and the log with its newest commits, from others that took their names.

        The log's number is read off the folder: to look at the log itself has the system note the time of its
        next write, and that makes its flush a third slower (Linux 6.13 and later).
        """
        file = self.path.stat()
        with os.scandir(self.path.parent) as entries:
            log = next((entry.inode() for entry in entries if entry.name == self._log_name), None)
        return file.st_dev, file.st_ino, log


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The number of the last migration that this journal has.

    Raises:
        Faulted: JOURNAL_NOT_OURS, or JOURNAL_DAMAGED where the station made one here; JOURNAL_NEWER.
    """
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        raise not_ours(path) from error
    if application != APPLICATION_ID:
        raise not_ours(path)
    if version > VERSION:
        raise Faulted(because(Why.JOURNAL_NEWER, path=str(path), version=version, known=VERSION))
    return int(version)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, on the disk at the end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.ProgrammingError):  # given up after trouble, and rolled back with that
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise

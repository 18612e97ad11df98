"""The database of the incumbent tool, `device_info.db`: read as it lies there, and never written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from app.adapters.file_digest import digest_of
from app.core.errors import Refused, Why, because
from app.core.importing import FileRow
from app.core.remarks import Remark

_COLUMNS = ("dk", "pk", "sn", "text")
"""Of its table: DeviceKey, ProductKey, SN and device name."""
_HEADER = ("dk", "pk", "sn", "Device Name")
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name = 'device_userInfo' DESC"
_LOGS = ("-journal", "-wal")


class IncumbentTable:
    """Implements `ports.Table`. A row's line is its number in the database.

    Raises:
        Refused: FILE_IN_USE, another program has not finished writing it; FILE_OF_NO_KIND, it is another
            program's database; FILE_DAMAGED, also while its rows are read.
    """

    header: Sequence[str] = _HEADER
    header_row = FileRow(0, _HEADER)
    remarks: Sequence[Remark] = ()

    def __init__(self, path: Path) -> None:
        if any(_holds_something(path.with_name(path.name + log)) for log in _LOGS):
            raise Refused(because(Why.FILE_IN_USE))
        with path.open("rb") as file:
            self.sha256 = digest_of(file)
        self._read = 0
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
        )
        self._connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        try:
            self._table = self._find_table()
            self._count = self._connection.execute(f"SELECT count(*) FROM {self._table}").fetchone()[0]  # noqa: S608 one of the two names that we look for
        except sqlite3.Error as error:
            self.close()
            raise _damaged(error) from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def rows(self) -> Iterator[FileRow]:
        query = f"SELECT rowid, {', '.join(_COLUMNS)} FROM {self._table} ORDER BY rowid"  # noqa: S608 quoted
        try:
            for number, *cells in self._connection.execute(query):
                self._read += 1
                yield FileRow(number, [_text(cell) for cell in cells])
        except sqlite3.Error as error:
            raise _damaged(error) from error

    def done(self) -> float:
        return self._read / self._count if self._count else 1.0

    def _find_table(self) -> str:
        for (name,) in self._connection.execute(_TABLES).fetchall():
            quoted = '"' + name.replace('"', '""') + '"'
            known = {row[1].lower() for row in self._connection.execute(f"PRAGMA table_info({quoted})")}
            if known >= set(_COLUMNS):
                return str(quoted)
        raise Refused(because(Why.FILE_OF_NO_KIND))


def _holds_something(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _text(cell: object) -> str:
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "surrogateescape")
    return "" if cell is None else str(cell)


def _damaged(error: sqlite3.Error) -> Refused:
    return Refused(because(Why.FILE_DAMAGED, detail=str(error)))

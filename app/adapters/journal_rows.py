"""A journal's rows, for every kind of question."""

from __future__ import annotations

from typing import Any, TypeVar

from app.adapters.sqlite_connection import JournalConnection

_Code = TypeVar("_Code", bound=str)


class JournalRows:
    """Questions over a connection of either kind. Each raises `Faulted` where the file cannot be read."""

    def __init__(self, file: JournalConnection) -> None:
        self._file = file

    def close(self) -> None:
        self._file.close()

    def _rows(self, query: str, parameters: Any = ()) -> list[Any]:
        with self._file.use() as connection:
            return connection.execute(query, parameters).fetchall()


def parsed(kind: type[_Code], text: str) -> _Code:
    """A code that was parsed when it came in. A second parse would slow a file of a million rows, and refuse
    what the factory has put on its list of placeholders since."""
    return str.__new__(kind, text)

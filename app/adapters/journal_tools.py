"""Questions about a journal that no scan waits for: counts, and the search for parts of a number."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from app.adapters.sqlite_errors import faulted
from app.core.record import JournalStats, UnitFound

_SEARCH = """
SELECT seq, pk, sn, imei, ended_seq FROM binding
WHERE instr(sn, :part) OR instr(imei, :part) ORDER BY seq DESC LIMIT :limit"""


class JournalTools:
    """Reads one journal beside a working station. Loads sqlite-utils, which takes a fifth of a second."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def stats(self) -> JournalStats:
        """Raises `Faulted` where the journal cannot be read."""
        kinds = self._rows("SELECT kind, count(*) AS number FROM event GROUP BY kind ORDER BY kind")
        live = self._rows("SELECT count(*) AS number FROM binding WHERE ended_seq IS NULL")
        span = self._rows("SELECT min(at) AS first, max(at) AS last FROM event")[0]
        by_kind = {row["kind"]: row["number"] for row in kinds}
        return JournalStats(
            events=sum(by_kind.values()),
            live_bindings=live[0]["number"],
            by_kind=by_kind,
            first=span["first"],
            last=span["last"],
            size=self._path.stat().st_size,
        )

    def search(self, part: str, limit: int) -> list[UnitFound]:
        """Units whose SN or IMEI contains this text, newest first. Raises `Faulted` as `stats`."""
        rows = self._rows(_SEARCH, {"part": part, "limit": limit})
        return [
            UnitFound(row["seq"], row["pk"], row["sn"], row["imei"], live=row["ended_seq"] is None)
            for row in rows
        ]

    def _rows(self, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        from sqlite_utils import Database

        try:
            uri = f"{self._path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                return list(Database(connection).query(query, parameters or {}))
        except (sqlite3.Error, OSError) as error:
            raise faulted(error, self._path) from error

"""The journal as screens, files and questions read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

from app.adapters import chain_check, hash_chain
from app.adapters.event_row import COLUMNS, event_of, plain, word
from app.adapters.sqlite_connection import PATIENCE, JournalConnection
from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.people import Person, Role
from app.core.record import (
    BoundRecord,
    ChainCheck,
    OpenShift,
    RelationshipRow,
    Standing,
    StoredEvent,
    Tally,
    UnitRow,
)
from app.core.verdicts import Verdict

_EVENTS = f"SELECT {', '.join(COLUMNS)} FROM event"  # noqa: S608 our own column names

_LIVE = """
SELECT b.seq, b.imei, b.pk, b.sn, e.at, e.station, e.operator
FROM binding AS b JOIN event AS e ON e.seq = b.seq
WHERE b.ended_seq IS NULL AND """

_SHIFTS = """
SELECT s.id, s.opened_seq, e.at, s.closed_seq
FROM shift AS s JOIN event AS e ON e.seq = s.opened_seq """

_FLAGS = """
SELECT
    (SELECT seq FROM scrapped WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) AS device_scrapped,
    (SELECT seq FROM scrapped WHERE imei = :imei AND ended_seq IS NULL) AS imei_scrapped,
    (SELECT seq FROM spoiled WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) AS spoiled,
    EXISTS (SELECT 1 FROM released WHERE imei = :imei AND ended_seq IS NULL) AS released"""

_LAST_BOUND = """
SELECT seq FROM event WHERE seq > (SELECT seq FROM head) - :back
AND kind = 'bound' AND station = :station AND operator IS :operator
ORDER BY seq DESC LIMIT 1"""

_BACK = 20_000
"""Events in which the last unit of somebody is looked for: hours of work, where UNDO reaches back minutes."""

_EXPORTED = """
SELECT 1 FROM event AS e JOIN binding AS b ON b.seq = :seq
WHERE e.kind = 'exported' AND e.seq > b.seq
AND b.seq BETWEEN json_extract(e.detail, '$.first_seq') AND json_extract(e.detail, '$.last_seq')
AND coalesce(json_extract(e.detail, '$.shift') = b.shift, json_extract(e.detail, '$.shift') IS NULL)
LIMIT 1"""

_PEOPLE = "SELECT name, role, badge FROM person WHERE retired_seq IS NULL ORDER BY name"

# the range keeps a shift's question off the rest of the table: nothing is indexed by shift
_OF_SHIFT = "seq BETWEEN :first AND :last AND (:shift IS NULL OR shift = :shift)"
_TALLY = "SELECT bound, rescanned, faulted FROM shift WHERE id = ?"
_TIMES = f"SELECT at FROM event WHERE kind = 'bound' AND {_OF_SHIFT} ORDER BY seq DESC"  # noqa: S608
_LIVE_OF_SHIFT = f"FROM binding WHERE ended_seq IS NULL AND {_OF_SHIFT}"

# each index of `binding` holds only the live rows, or only the ended ones
_NAMING = """
SELECT seq FROM binding WHERE sn = :text AND ended_seq IS NULL
UNION SELECT seq FROM binding WHERE sn = :text AND ended_seq IS NOT NULL
UNION SELECT seq FROM binding WHERE imei = :text AND ended_seq IS NULL
UNION SELECT seq FROM binding WHERE imei = :text AND ended_seq IS NOT NULL
UNION SELECT seq FROM event WHERE sn = :text AND kind <> 'bound'
UNION SELECT seq FROM event WHERE coalesce(chip_imei, label_imei) = :text AND kind <> 'bound'
UNION SELECT seq FROM event WHERE label_imei = :text AND label_imei <> chip_imei"""

_UNITS = """
SELECT seq, at, verdict, pk, sn, coalesce(chip_imei, label_imei) FROM event
WHERE kind IN ('bound', 're-scanned', 'scan-faulted') AND verdict IS NOT NULL
ORDER BY seq DESC LIMIT ?"""

_NEWEST = 2**63 - 1

_Code = TypeVar("_Code", bound=str)


class JournalReads:
    """Every question to a journal, over a connection of either kind."""

    def __init__(self, file: JournalConnection) -> None:
        self._file = file

    def close(self) -> None:
        self._file.close()

    def standing(self, device: DeviceCode | None, imei: Imei | None) -> Standing:
        sn, pk = (str(device.sn), str(device.pk)) if device else (None, None)
        named = {"sn": sn, "pk": pk, "imei": str(imei) if imei else None}
        ((device_scrapped, imei_scrapped, spoiled, released),) = self._rows(_FLAGS, named)
        return Standing(
            of_device=self._live("b.sn = ? AND b.pk = ?", sn, pk) if device else None,
            of_imei=self._live("b.imei = ?", named["imei"]) if imei else None,
            device_scrapped=device_scrapped,
            imei_scrapped=imei_scrapped,
            spoiled=spoiled,
            released=bool(released),
        )

    def last_bound(self, station: str, operator: str | None) -> BoundRecord | None:
        named = {"station": plain(station), "operator": operator and plain(operator), "back": _BACK}
        for (seq,) in self._rows(_LAST_BOUND, named):
            return self._live("b.seq = ?", seq)
        return None

    def exported_since(self, record: BoundRecord) -> bool:
        return bool(self._rows(_EXPORTED, {"seq": record.seq}))

    def people(self) -> Sequence[Person]:
        return [Person(name, word(Role, role), badge) for name, role, badge in self._rows(_PEOPLE)]

    def tally(self, shift: OpenShift) -> Tally:
        return next((Tally(*row) for row in self._rows(_TALLY, (shift.id,))), Tally())

    def recent_units(self, limit: int) -> Sequence[UnitRow]:
        with self._file.use() as connection:
            return [
                UnitRow(seq, at, word(Verdict, verdict), pk, sn, imei)
                for seq, at, verdict, pk, sn, imei in connection.execute(_UNITS, (limit,))
            ]

    def bound_times(self, shift: OpenShift, since: str = "") -> Sequence[str]:
        with self._file.use() as connection:
            newest_first = (at for (at,) in connection.execute(_TIMES, _range(shift)))
            return list(takewhile(lambda at: at >= since, newest_first))[::-1]

    def current_shift(self) -> OpenShift | None:
        return self._shift("WHERE s.closed_seq IS NULL")

    def shift(self, id: int | None = None) -> OpenShift | None:
        if id is not None:
            return self._shift("WHERE s.id = ?", id)
        return self.current_shift() or self._shift("ORDER BY s.id DESC LIMIT 1")

    def relationship_rows(self, shift: OpenShift | None) -> Iterator[RelationshipRow]:
        """As of the moment of the first row, however long the reading takes.

        Raises:
            Faulted: while iterating.
        """
        query = f"SELECT seq, pk, sn, imei, name, fingerprint {_LIVE_OF_SHIFT} ORDER BY seq"
        with self._file.use() as connection:
            for seq, pk, sn, imei, name, fingerprint in connection.execute(query, _range(shift)):
                device = DeviceCode(_parsed(ProductKey, pk), _parsed(SerialNumber, sn))
                yield RelationshipRow(seq, Pair(device, _parsed(Imei, imei)), name, fingerprint)

    def relationship_count(self, shift: OpenShift | None) -> int:
        ((count,),) = self._rows(f"SELECT count(*) {_LIVE_OF_SHIFT}", _range(shift))
        return int(count)

    def head(self) -> tuple[int, str]:
        with self._file.use() as connection:
            return hash_chain.head(connection)

    def event(self, seq: int) -> StoredEvent | None:
        if seq > _NEWEST:  # more than SQLite can be asked for
            return None
        with self._file.use() as connection:
            row = connection.execute(f"{_EVENTS} WHERE seq = ?", (seq,)).fetchone()
            return row and event_of(row)

    def events_of(self, sn_or_imei: str) -> Sequence[StoredEvent]:
        with self._file.use() as connection:
            query = f"{_EVENTS} WHERE seq IN ({_NAMING}) ORDER BY seq"
            return [event_of(row) for row in connection.execute(query, {"text": plain(sn_or_imei)})]

    def verify(self, progress: Callable[[int, int], bool] | None = None) -> ChainCheck:
        with self._file.use() as connection:
            return chain_check.verify(connection, progress)

    def _rows(self, query: str, parameters: Any = ()) -> list[Any]:
        with self._file.use() as connection:
            return connection.execute(query, parameters).fetchall()

    def _live(self, where: str, *values: str | int | None) -> BoundRecord | None:
        for seq, imei, pk, sn, when, station, operator in self._rows(_LIVE + where, values):
            codes = _parsed(Imei, imei), _parsed(ProductKey, pk), _parsed(SerialNumber, sn)
            return BoundRecord(seq, *codes, when, station, operator)
        return None

    def _shift(self, which: str, *values: int) -> OpenShift | None:
        for id, opened_seq, opened_at, closed_seq in self._rows(_SHIFTS + which, values):
            return OpenShift(id, opened_seq, opened_at, closed_seq)
        return None


class SqliteJournalReader(JournalReads):
    """A read-only connection of its own, for the thread that makes it. Fills `ports.JournalReader`.

    Raises:
        Faulted: JOURNAL_GONE, JOURNAL_NOT_OURS, JOURNAL_NEWER, JOURNAL_OLDER, JOURNAL_DAMAGED,
            JOURNAL_UNUSABLE.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        super().__init__(JournalConnection(path, writing=False, patience=patience))


def _range(shift: OpenShift | None) -> dict[str, int | None]:
    if shift is None:
        return {"first": 1, "last": _NEWEST, "shift": None}
    return {"first": shift.opened_seq, "last": shift.closed_seq or _NEWEST, "shift": shift.id}


def _parsed(kind: type[_Code], text: str) -> _Code:
    """A code that was parsed when it came in. A second parse would slow a file of a million rows, and refuse
    what the factory has put on its list of placeholders since."""
    return str.__new__(kind, text)

"""The journal as screens, files and questions read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from app.adapters import bulk_reads, chain_check, hash_chain
from app.adapters.event_row import COLUMNS, event_of, plain, word
from app.adapters.journal_rows import parsed
from app.adapters.label_reads import LabelReads
from app.adapters.order_reads import ORDER_OF
from app.adapters.shift_reads import NEWEST, OF_SHIFT, ShiftReads, range_of
from app.adapters.sqlite_connection import PATIENCE, JournalConnection
from app.adapters.upload_figures import UploadFigures
from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.importing import PairRow
from app.core.people import Person, Role
from app.core.record import (
    BoundRecord,
    ChainCheck,
    InTheWay,
    OpenShift,
    Standing,
    StoredEvent,
    UnitRow,
)
from app.core.verdicts import Verdict

_EVENTS = f"SELECT {', '.join(COLUMNS)} FROM event"  # noqa: S608 our own column names

_LIVE = """
SELECT b.seq, b.imei, b.pk, b.sn, e.at, e.station, e.operator, b.work_order
FROM binding AS b JOIN event AS e ON e.seq = b.seq
WHERE b.ended_seq IS NULL AND """

_FLAGS = f"""
SELECT
    (SELECT seq FROM scrapped WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) AS device_scrapped,
    (SELECT seq FROM scrapped WHERE imei = :imei AND ended_seq IS NULL) AS imei_scrapped,
    (SELECT seq FROM spoiled WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) AS spoiled,
    EXISTS (SELECT 1 FROM released WHERE imei = :imei AND ended_seq IS NULL) AS released,
    ({ORDER_OF}) AS issued"""  # noqa: S608 our own words

_RETIRED = """
SELECT pk, sn FROM scrapped WHERE sn = :sn AND ended_seq IS NULL
UNION SELECT pk, sn FROM spoiled WHERE sn = :sn AND ended_seq IS NULL"""

_BACKWARDS = """
SELECT seq, at, kind = 'bound' AND station = :station AND operator IS :operator
FROM event ORDER BY seq DESC"""

_HOURS_BACK = 12
"""In which the last unit of somebody is looked for, where UNDO reaches back minutes."""

_PEOPLE = "SELECT name, role, badge FROM person WHERE retired_seq IS NULL ORDER BY name"

_LIVE_OF_SHIFT = f"FROM binding WHERE ended_seq IS NULL AND {OF_SHIFT}"

# each index of `binding` holds only the live rows, or only the ended ones
_NAMING = """
SELECT seq FROM binding WHERE sn = :text AND ended_seq IS NULL
UNION SELECT seq FROM binding WHERE sn = :text AND ended_seq IS NOT NULL
UNION SELECT seq FROM binding WHERE imei = :text AND ended_seq IS NULL
UNION SELECT seq FROM binding WHERE imei = :text AND ended_seq IS NOT NULL
UNION SELECT seq FROM event WHERE sn = :text AND kind <> 'bound'
UNION SELECT seq FROM event WHERE coalesce(chip_imei, label_imei) = :text AND kind <> 'bound'
UNION SELECT seq FROM event WHERE label_imei = :text AND label_imei <> chip_imei"""

# a pass that was taken back is none; where the code was bound anew only that is told
_UNITS = """
SELECT e.seq, e.at, CASE WHEN e.kind = 'bound' AND NOT EXISTS (
    SELECT 1 FROM binding AS b WHERE b.seq = e.seq AND b.ended_seq IS NULL)
    THEN 'undone' ELSE e.verdict END,
    e.pk, e.sn, coalesce(e.chip_imei, e.label_imei) FROM event AS e
WHERE e.kind IN ('bound', 're-scanned', 'scan-faulted') AND e.verdict IS NOT NULL
AND NOT (e.kind = 'bound' AND (
    EXISTS (SELECT 1 FROM binding AS b
        WHERE b.sn = e.sn AND b.pk = e.pk AND b.ended_seq IS NULL AND b.seq > e.seq)
    OR EXISTS (SELECT 1 FROM binding AS b
        WHERE b.sn = e.sn AND b.pk = e.pk AND b.ended_seq IS NOT NULL AND b.seq > e.seq)))
ORDER BY e.seq DESC LIMIT ?"""


class JournalReads(UploadFigures, ShiftReads, LabelReads):
    """Every question to a journal, over a connection of either kind."""

    def standing(self, device: DeviceCode | None, imei: Imei | None) -> Standing:
        sn, pk = (str(device.sn), str(device.pk)) if device else (None, None)
        named = {"sn": sn, "pk": pk, "imei": str(imei) if imei else None}
        ((device_scrapped, imei_scrapped, spoiled, released, issued),) = self._rows(_FLAGS, named)
        return Standing(
            of_device=self._live("b.sn = ? AND b.pk = ?", sn, pk) if device else None,
            of_imei=self._live("b.imei = ?", named["imei"]) if imei else None,
            device_scrapped=device_scrapped,
            imei_scrapped=imei_scrapped,
            spoiled=spoiled,
            released=bool(released),
            issued=issued,
        )

    def live_of_sn(self, sn: str) -> Sequence[BoundRecord]:
        return self._live_all("b.sn = ?", plain(sn))

    def retired_codes(self, sn: str) -> Sequence[DeviceCode]:
        rows = self._rows(_RETIRED, {"sn": plain(sn)})
        return [DeviceCode(parsed(ProductKey, pk), parsed(SerialNumber, named)) for pk, named in rows]

    def in_the_way(self, rows: Sequence[PairRow]) -> InTheWay:
        with self._file.use() as connection:
            found = dict(bulk_reads.not_free(connection, rows))
        taken = [row for row in rows if found.get(row.line) is False]
        return InTheWay(
            same=frozenset(line for line, same in found.items() if same),
            standings={row.line: self.standing(*_codes(row)) for row in taken},
        )

    def released_imeis(self) -> frozenset[str]:
        with self._file.use() as connection:
            return bulk_reads.released(connection)

    def last_bound(self, station: str, operator: str | None) -> BoundRecord | None:
        named = {"station": plain(station), "operator": operator and plain(operator)}
        with self._file.use() as connection:
            seq = _newest_of_theirs(connection.execute(_BACKWARDS, named))
        return None if seq is None else self._live("b.seq = ?", seq)

    def people(self) -> Sequence[Person]:
        return [Person(name, word(Role, role), badge) for name, role, badge in self._rows(_PEOPLE)]

    def recent_units(self, limit: int) -> Sequence[UnitRow]:
        with self._file.use() as connection:
            return [
                UnitRow(seq, at, word(Verdict, verdict), pk, sn, imei)
                for seq, at, verdict, pk, sn, imei in connection.execute(_UNITS, (limit,))
            ]

    def relationship_count(self, shift: OpenShift | None) -> int:
        ((count,),) = self._rows(f"SELECT count(*) {_LIVE_OF_SHIFT}", range_of(shift))
        return int(count)

    def live_since(self, seq: int) -> int:
        """How many live pairs were bound by this event or a later one."""
        ((count,),) = self._rows("SELECT count(*) FROM binding WHERE seq >= ? AND ended_seq IS NULL", (seq,))
        return int(count)

    def head(self) -> tuple[int, str]:
        with self._file.use() as connection:
            return hash_chain.head(connection)

    def event(self, seq: int) -> StoredEvent | None:
        if seq > NEWEST:  # more than SQLite can be asked for
            return None
        with self._file.use() as connection:
            row = connection.execute(f"{_EVENTS} WHERE seq = ?", (seq,)).fetchone()
            return row and event_of(row)

    def events_of(self, sn_or_imei: str) -> Sequence[StoredEvent]:
        with self._file.use() as connection:
            query = f"{_EVENTS} WHERE seq IN ({_NAMING}) ORDER BY seq"
            found = [event_of(row) for row in connection.execute(query, {"text": plain(sn_or_imei)})]
            named = {event.seq for event in found}
            bindings = self._bindings_with(plain(sn_or_imei))
            together = self._files_with(bindings) | self._uploads_with({one.seq for one in bindings})
            others = [self.event(seq) for seq in together - named]
        return sorted(filter(None, [*found, *others]), key=lambda event: event.seq)

    def verify(self, progress: Callable[[int, int], bool] | None = None) -> ChainCheck:
        with self._file.use() as connection:
            return chain_check.verify(connection, progress)

    def _live(self, where: str, *values: str | int | None) -> BoundRecord | None:
        return next(iter(self._live_all(where, *values)), None)

    def _live_all(self, where: str, *values: str | int | None) -> list[BoundRecord]:
        return [
            BoundRecord(seq, parsed(Imei, imei), parsed(ProductKey, pk), parsed(SerialNumber, sn), *stamp)
            for seq, imei, pk, sn, *stamp in self._rows(_LIVE + where, values)
        ]


class SqliteJournalReader(JournalReads):
    """A read-only connection of its own, for the thread that makes it. Fills `ports.JournalReader`.

    Raises:
        Faulted: JOURNAL_GONE, JOURNAL_NOT_OURS, JOURNAL_NEWER, JOURNAL_OLDER, JOURNAL_DAMAGED,
            JOURNAL_UNUSABLE.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        super().__init__(JournalConnection(path, writing=False, patience=patience))


def _codes(row: PairRow) -> tuple[DeviceCode, Imei]:
    device = DeviceCode(parsed(ProductKey, row.pk), parsed(SerialNumber, row.sn))
    return device, parsed(Imei, row.imei)


def _newest_of_theirs(newest_first: Iterable[tuple[int, str, int]]) -> int | None:
    since = ""
    for seq, at, is_theirs in newest_first:
        since = since or f"{datetime.fromisoformat(at) - timedelta(hours=_HOURS_BACK):%Y-%m-%dT%H:%M:%S}"
        if is_theirs or at < since:
            return seq if is_theirs else None
    return None

"""What the journal knows of SNs and labels before new ones are made."""

from __future__ import annotations

from collections.abc import Sequence

from app.adapters.journal_rows import JournalRows, parsed
from app.core.codes import DeviceCode, ProductKey, SerialNumber
from app.core.serials import SerialStanding

# Whoever scans a code has a label of it, whatever the answer was: so every event counts, though only some
# tell that the SN was issued. Each index of `binding` holds only the live rows, or only the ended ones. A
# list stays one when its order is closed.
_TELLS_OF_A_LABEL = "('label-made', 'label-reprinted', 'scrapped', 'spoiled', 'reinstated')"
_LISTED = (
    "SELECT 1 FROM work_order AS o JOIN issued AS i ON i.work_order = o.seq AND i.sn = :sn WHERE o.pk = :pk"
)
_STANDING = f"""
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) THEN 'bound'
    WHEN EXISTS (SELECT 1 FROM scrapped WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL)
        OR EXISTS (SELECT 1 FROM spoiled WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) THEN 'retired'
    WHEN EXISTS (SELECT 1 FROM event WHERE sn = :sn AND pk = :pk AND kind <> 'bound'
            AND kind IN {_TELLS_OF_A_LABEL})
        OR EXISTS (SELECT 1 FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NOT NULL) THEN 'issued'
    WHEN EXISTS (SELECT 1 FROM event WHERE sn = :sn AND pk = :pk AND kind <> 'bound')
        THEN CASE WHEN EXISTS ({_LISTED}) THEN 'issued' ELSE 'seen' END
    WHEN EXISTS ({_LISTED}) THEN 'listed'
    ELSE 'free' END"""  # noqa: S608 our own words

_HAS_LABEL = """
SELECT EXISTS (
    SELECT 1 FROM event WHERE sn = :sn AND pk = :pk AND kind <> 'bound'
    AND kind IN ('label-made', 'label-reprinted') AND json_extract(detail, '$.layout') = :layout)"""


_RECENT = 100_000
"""Events that are looked through: nobody waits for older labels."""

# labels are made in the order of binding, so that everything before the last one has had its turn
_LAST_TURN = """
SELECT CASE kind WHEN 'setting-changed' THEN seq ELSE (
    SELECT max(b.seq) FROM binding AS b WHERE b.pk = e.pk AND b.ended_seq IS NULL
    AND b.sn = coalesce(e.sn, json_extract(e.detail, '$.first'))) END
FROM event AS e WHERE seq > (SELECT max(seq) FROM event) - :recent AND (
    kind = 'label-failed'
    OR kind = 'labels-made' AND json_extract(detail, '$.purpose') = 'after-pass'
    OR kind = 'setting-changed' AND json_extract(detail, '$.setting') = 'label_after_pass')
ORDER BY seq DESC"""

_LOST = """
SELECT b.pk, b.sn FROM binding AS b JOIN event AS e ON e.seq = b.seq AND e.kind = 'bound'
WHERE b.ended_seq IS NULL AND b.seq > :since AND NOT EXISTS (
    SELECT 1 FROM event AS l WHERE l.sn = b.sn AND l.pk = b.pk AND l.kind <> 'bound' AND l.seq > b.seq
    AND l.kind IN ('label-made', 'label-reprinted', 'label-failed'))
ORDER BY b.seq"""


class LabelReads(JournalRows):
    """Fills `ports.LabelsReader`."""

    def serial_standings(self, devices: Sequence[DeviceCode]) -> Sequence[SerialStanding]:
        with self._file.use() as connection:
            asked = ({"sn": str(one.sn), "pk": str(one.pk)} for one in devices)
            return [SerialStanding(connection.execute(_STANDING, one).fetchone()[0]) for one in asked]

    def has_label(self, device: DeviceCode, layout: str) -> bool:
        named = {"sn": str(device.sn), "pk": str(device.pk), "layout": layout}
        ((found,),) = self._rows(_HAS_LABEL, named)
        return bool(found)

    def labels_lost(self) -> Sequence[DeviceCode]:
        turns = self._rows(_LAST_TURN, {"recent": _RECENT})
        since = next((seq for (seq,) in turns if seq is not None), None)
        if since is None:
            return []
        found = self._rows(_LOST, {"since": since})
        return [DeviceCode(parsed(ProductKey, pk), parsed(SerialNumber, sn)) for pk, sn in found]

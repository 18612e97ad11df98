"""What the journal knows of SNs and labels before new ones are made."""

from __future__ import annotations

from collections.abc import Sequence

from app.adapters.journal_rows import JournalRows
from app.core.codes import DeviceCode
from app.core.serials import SerialStanding

# Whoever scans a code has a label of it, whatever the answer was: so every event counts, and each index of
# `binding` holds only the live rows, or only the ended ones. A list stays one when its order is closed.
_STANDING = """
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) THEN 'bound'
    WHEN EXISTS (SELECT 1 FROM scrapped WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL)
        OR EXISTS (SELECT 1 FROM spoiled WHERE sn = :sn AND pk = :pk AND ended_seq IS NULL) THEN 'retired'
    WHEN EXISTS (SELECT 1 FROM event WHERE sn = :sn AND pk = :pk AND kind <> 'bound')
        OR EXISTS (SELECT 1 FROM binding WHERE sn = :sn AND pk = :pk AND ended_seq IS NOT NULL) THEN 'issued'
    WHEN EXISTS (
        SELECT 1 FROM work_order AS o JOIN issued AS i ON i.work_order = o.seq AND i.sn = :sn
        WHERE o.pk = :pk) THEN 'listed'
    ELSE 'free' END"""

_HAS_LABEL = """
SELECT EXISTS (
    SELECT 1 FROM event WHERE sn = :sn AND pk = :pk AND kind <> 'bound'
    AND kind IN ('label-made', 'label-reprinted') AND json_extract(detail, '$.layout') = :layout)"""


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

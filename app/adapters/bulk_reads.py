"""What stands in the way of pairs by the hundred: asked one by one, a million of them would take minutes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator

from app.core.importing import PairRow

_FREE = "coalesce(i.seq, d.seq, si.seq, sd.seq, sp.seq) IS NULL"
_RETIRED = "coalesce(si.seq, sd.seq, sp.seq) IS NOT NULL"
_IN_THE_WAY = f"""
WITH pair (line, imei, pk, sn) AS MATERIALIZED (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
        json_extract(value, '$[3]') FROM json_each(?))
SELECT line, i.seq IS d.seq AND NOT {_RETIRED} FROM pair
LEFT JOIN binding AS i ON i.imei = pair.imei AND i.ended_seq IS NULL
LEFT JOIN binding AS d ON d.sn = pair.sn AND d.pk = pair.pk AND d.ended_seq IS NULL
LEFT JOIN scrapped AS si ON si.imei = pair.imei AND si.ended_seq IS NULL
LEFT JOIN scrapped AS sd ON sd.sn = pair.sn AND sd.pk = pair.pk AND sd.ended_seq IS NULL
LEFT JOIN spoiled AS sp ON sp.sn = pair.sn AND sp.pk = pair.pk AND sp.ended_seq IS NULL
WHERE NOT {_FREE}"""  # noqa: S608 our own words

_RELEASED = "SELECT imei FROM released WHERE ended_seq IS NULL"


def not_free(connection: sqlite3.Connection, rows: Iterable[PairRow]) -> Iterator[tuple[int, bool]]:
    """The lines whose IMEI or device code is bound or retired; True where exactly this pair is bound."""
    asked = json.dumps([row[:4] for row in rows])
    for line, same in connection.execute(_IN_THE_WAY, (asked,)):
        yield line, bool(same)


def released(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(imei for (imei,) in connection.execute(_RELEASED))

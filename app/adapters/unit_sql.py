"""The questions behind the list of units.

A unit that is bound stands in the list by its row in `binding`; any other by the newest event that touched
its SN, or its IMEI where the event knows no SN. So each unit is there once, in the order of the events.
"""

from __future__ import annotations

from app.core.unit_list import UnitQuery

_TOUCHING = "kind IN ('scan-faulted', 'unbound', 'scrapped', 'reinstated', 'spoiled', 'released')"
"""With `kind <> 'bound'`, word for word as in the index `event_of_unit`."""

_ENDED_BY = """(SELECT b.{what} FROM binding AS b
    WHERE b.{other} = {of} AND b.ended_seq IS NOT NULL AND b.ended_seq = e.seq)"""

_IMEI = "coalesce(e.chip_imei, e.label_imei)"

_TOUCHED = f"""
SELECT e.seq, e.at, e.operator, e.kind, e.verdict,
    coalesce(e.sn, {_ENDED_BY.format(what="sn", other="imei", of=_IMEI)}) AS sn,
    coalesce(e.pk, {_ENDED_BY.format(what="pk", other="imei", of=_IMEI)}) AS pk,
    coalesce({_IMEI}, {_ENDED_BY.format(what="imei", other="sn", of="e.sn")}) AS imei
FROM event AS e INDEXED BY event_of_unit WHERE e.kind <> 'bound' AND e.{_TOUCHING} AND """  # noqa: S608 our own words

_SINCE = f"""l.kind <> 'bound' AND l.seq > t.seq AND l.{_TOUCHING}"""

# each index of `binding` holds only the live rows, or only the ended ones
_NEWEST_OF_SN = f"""(t.sn IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM binding AS b WHERE b.sn = t.sn AND b.pk = t.pk AND b.ended_seq IS NULL)
    AND NOT EXISTS (SELECT 1 FROM binding AS b
        WHERE b.sn = t.sn AND b.pk = t.pk AND b.ended_seq IS NOT NULL AND b.ended_seq > t.seq)
    AND NOT EXISTS (SELECT 1 FROM event AS l WHERE l.sn = t.sn AND l.pk IS t.pk AND {_SINCE}))"""  # noqa: S608 our own words

_NEWEST_OF_IMEI = f"""(t.imei IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM binding AS b WHERE b.imei = t.imei AND b.ended_seq IS NULL)
    AND NOT EXISTS (SELECT 1 FROM binding AS b
        WHERE b.imei = t.imei AND b.ended_seq IS NOT NULL AND b.ended_seq > t.seq)
    AND NOT EXISTS (SELECT 1 FROM event AS l
        WHERE coalesce(l.chip_imei, l.label_imei) = t.imei AND {_SINCE}))"""  # noqa: S608 our own words

# a code that was bound before belongs to another unit: the one that was refused is known by its module
_KNOWN_BY_MODULE = """(t.sn IS NULL OR t.kind = 'scan-faulted' AND EXISTS (SELECT 1 FROM binding AS b
    WHERE b.sn = t.sn AND b.pk = t.pk AND b.ended_seq IS NULL AND b.seq < t.seq))"""

_ANY_PART = "(instr({0}.sn, :part) OR instr({0}.imei, :part))"

CANDIDATES = f"""
SELECT seq FROM binding WHERE sn = :part AND ended_seq IS NULL
UNION SELECT seq FROM binding WHERE imei = :part AND ended_seq IS NULL
UNION SELECT ended_seq FROM binding WHERE sn = :part AND ended_seq IS NOT NULL
UNION SELECT ended_seq FROM binding WHERE imei = :part AND ended_seq IS NOT NULL
UNION SELECT seq FROM event WHERE sn = :part AND kind <> 'bound' AND {_TOUCHING}
UNION SELECT seq FROM event WHERE coalesce(chip_imei, label_imei) = :part AND kind <> 'bound' AND {_TOUCHING}
"""  # noqa: S608 our own words
"""The events by which units of exactly this SN or IMEI can stand in the list."""

WITHIN = "{0}.seq BETWEEN :oldest AND :newest"
"""A stretch of the events."""
AMONG = "{0}.seq IN (SELECT value FROM json_each(:seqs))"
"""Certain events; `seqs` is a JSON array."""


def found(query: UnitQuery, where: str) -> str:
    """The events of the units that are found, and whether each is a live binding; newest first.

    `where` is `WITHIN` or `AMONG`.
    """
    return f"{_bound(query, where)} UNION ALL {_touched(query, where)} ORDER BY 1 DESC"


def _bound(query: UnitQuery, where: str) -> str:
    joined = "CROSS JOIN event AS e ON e.seq = b.seq" if query.operator or query.since or query.until else ""
    wanted = [where.format("b"), "b.ended_seq IS NULL", *_conditions(query, "e")]
    if query.part:
        wanted.append(_ANY_PART.format("b"))
    return f"SELECT b.seq, 1 FROM binding AS b NOT INDEXED {joined} WHERE {' AND '.join(wanted)}"  # noqa: S608 our own words


def _touched(query: UnitQuery, where: str) -> str:
    """Without a part, an event that knows an SN stands for that and not for its IMEI too."""
    of_sn, of_imei = _NEWEST_OF_SN, f"{_KNOWN_BY_MODULE} AND {_NEWEST_OF_IMEI}"
    if query.part:
        of_sn = f"{_ANY_PART.format('t')} AND {of_sn}"
        of_imei = f"instr(t.imei, :part) AND {_NEWEST_OF_IMEI}"
    wanted = [f"(({of_sn}) OR ({of_imei}))", *_conditions(query, "t")]
    return f"SELECT t.seq, 0 FROM ({_TOUCHED}{where.format('e')}) AS t WHERE {' AND '.join(wanted)}"  # noqa: S608 our own words


def _conditions(query: UnitQuery, event: str) -> list[str]:
    wanted = {"operator = :operator": query.operator, "at >= :since": query.since, "at < :until": query.until}
    return [f"{event}.{condition}" for condition, value in wanted.items() if value]


BOUND_LINES = f"""
SELECT b.seq, b.pk, b.sn, b.imei, e.at, e.operator, v.seq IS NOT NULL
FROM binding AS b JOIN event AS e ON e.seq = b.seq LEFT JOIN event AS v ON v.seq = (
    SELECT max(l.seq) FROM event AS l WHERE l.sn = b.sn AND l.pk = b.pk AND l.seq > b.seq
    AND l.kind <> 'bound' AND l.kind = 'verified' AND l.verdict = 'matches')
WHERE {AMONG.format("b")}"""  # noqa: S608 our own words

_SN_SCRAPPED = (
    "EXISTS (SELECT 1 FROM scrapped AS s WHERE s.sn = t.sn AND s.pk = t.pk AND s.ended_seq IS NULL)"
)
_IMEI_SCRAPPED = "EXISTS (SELECT 1 FROM scrapped AS s WHERE s.imei = t.imei AND s.ended_seq IS NULL)"
_SN_SPOILED = "EXISTS (SELECT 1 FROM spoiled AS s WHERE s.sn = t.sn AND s.pk = t.pk AND s.ended_seq IS NULL)"

TOUCHED_LINES = f"""
SELECT t.seq, t.pk, t.sn, t.imei, t.at, t.operator, t.kind, {_NEWEST_OF_SN}, {_NEWEST_OF_IMEI},
    {_SN_SCRAPPED}, {_IMEI_SCRAPPED}, {_SN_SPOILED},
    EXISTS (SELECT 1 FROM released AS r WHERE r.imei = t.imei AND r.ended_seq IS NULL)
FROM ({_TOUCHED}{AMONG.format("e")}) AS t"""  # noqa: S608 our own words

ON_HOLD = f"""
SELECT seq, at, verdict, CASE WHEN of_sn THEN pk END, CASE WHEN of_sn THEN sn END, imei FROM (
    SELECT t.*, {_NEWEST_OF_SN} AS of_sn FROM ({_TOUCHED} e.kind = 'scan-faulted') AS t) AS t
WHERE CASE WHEN of_sn THEN NOT {_SN_SCRAPPED} AND NOT {_SN_SPOILED} AND NOT (
        {_IMEI_SCRAPPED} AND {_NEWEST_OF_IMEI})
    ELSE {_KNOWN_BY_MODULE} AND {_NEWEST_OF_IMEI} AND NOT {_IMEI_SCRAPPED} END
ORDER BY seq DESC LIMIT :limit"""  # noqa: S608 our own words
"""The units that stand in the list as on hold, the newest first.

Looks at the faults alone, from the newest back, until there are enough."""

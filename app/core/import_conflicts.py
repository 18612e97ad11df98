"""Rows of a file that stand in each other's way, or in whose way the journal stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from app.core.errors import Reason, Why, because
from app.core.importing import Finding, PairRow
from app.core.layout import Column
from app.core.record import Standing

Head = Callable[[Column], str]
"""The header's cell above a column."""


def repeated_imeis(rows: Iterable[PairRow], head: Head) -> Iterator[Finding]:
    """Of rows ordered by IMEI, then by line. The same row twice is refused the second time; where two rows
    give one IMEI to different devices nobody knows which is right, and both are refused."""
    for imei, group in groupby(rows, key=lambda row: row.imei):
        yield from _repeated(group, head(Column.DEVICE_KEY), imei, Why.IMEI_TWICE)


def repeated_sns(rows: Iterable[PairRow], head: Head) -> Iterator[Finding]:
    """Of rows ordered by SN and PK, then by line; a row that is there twice was told with its IMEI."""
    for (sn, _), group in groupby(rows, key=lambda row: (row.sn, row.pk)):
        findings = _repeated(group, head(Column.SN), sn, Why.SN_TWICE)
        yield from (one for one in findings if one.reason.why is Why.SN_TWICE)


def _repeated(group: Iterable[PairRow], column: str, value: str, why: Why) -> Iterator[Finding]:
    first, first_was_told = None, False
    for row in group:
        if first is None:
            first = row
        elif _pair(row) == _pair(first):
            yield Finding(row.line, column, value, because(Why.ROW_TWICE, line=first.line))
        else:
            yield Finding(row.line, column, value, because(why, text=value, line=first.line))
            if not first_was_told:
                yield Finding(first.line, column, value, because(why, text=value, line=row.line))
                first_was_told = True


def _pair(row: PairRow) -> tuple[str, str, str]:
    return row.imei, row.pk, row.sn


def conflicts(row: PairRow, standing: Standing, head: Head) -> list[Finding]:
    """Why the journal cannot take this row; nothing where exactly this pair is bound already."""
    of_device, of_imei = standing.of_device, standing.of_imei
    findings = list[tuple[Column, str, Reason]]()
    if standing.spoiled is not None:
        findings.append((Column.SN, row.sn, because(Why.SN_SPOILED, seq=standing.spoiled)))
    if standing.device_scrapped is not None:
        findings.append((Column.SN, row.sn, because(Why.SN_RETIRED, seq=standing.device_scrapped)))
    if standing.imei_scrapped is not None:
        findings.append((Column.DEVICE_KEY, row.imei, because(Why.IMEI_RETIRED, seq=standing.imei_scrapped)))
    if of_device is None or of_imei is None or of_device.seq != of_imei.seq:
        if of_device is not None:
            reason = because(Why.SN_BOUND_IN_JOURNAL, sn=row.sn, imei=of_device.imei, seq=of_device.seq)
            findings.append((Column.SN, row.sn, reason))
        if of_imei is not None:
            pk, sn, seq = of_imei.pk, of_imei.sn, of_imei.seq
            reason = because(Why.IMEI_BOUND_IN_JOURNAL, imei=row.imei, pk=pk, sn=sn, seq=seq)
            findings.append((Column.DEVICE_KEY, row.imei, reason))
    return [Finding(row.line, head(column), value, reason) for column, value, reason in findings]

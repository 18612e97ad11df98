"""The report of a shift, as it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.reconciliation import Reconciliation, ShiftReport
from app.wording.language import tr
from app.wording.moments import moment
from app.wording.verdicts import short


def report_text(report: ShiftReport) -> str:
    return "\n".join(_lines(report))


def _lines(report: ShiftReport) -> Iterator[str]:
    shift = report.shift
    yield tr("Shift {id}, opened {when}").format(id=shift.id, when=moment(shift.opened_at))
    yield sum_text(report.reconciliation)
    if report.explanation:
        yield tr("Explained: {text}").format(text=report.explanation)
    counts = tr("{passes} passed, {rescans} re-scans, {faults} faults")
    yield counts.format(passes=report.passes, rescans=report.rescans, faults=sum(report.faults.values()))
    for verdict, count in report.faults.items():
        yield f"  {short(verdict)}: {count}"
    for hour, count in report.by_hour.items():
        yield f"  {hour.replace('T', ' ')}  {count}"
    if report.on_hold:
        yield tr("Units on hold: {count}").format(count=len(report.on_hold))
    for unit in report.on_hold:
        named = " ".join(part for part in (unit.pk, unit.sn, unit.imei) if part)
        yield f"  #{unit.seq}  {named}  {short(unit.verdict)}"


def sum_text(reconciliation: Reconciliation) -> str:
    """The whole sum on one line."""
    total = reconciliation.facts()
    if total["issued"] is None:
        return tr("No list of issued SNs: labels are not counted.")
    text = tr(
        "{issued} labels issued = {bound} bound + {spoiled} spoiled + {left} left (counted) "
        "+ {missing} missing"
    )
    return text.format(**{**total, "left": total["left"] or 0})

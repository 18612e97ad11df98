"""The report of a shift, as it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.reconciliation import Reconciliation, ShiftReport
from app.station.shift_picture import ShiftPicture
from app.wording.language import ntr, tr
from app.wording.moments import moment
from app.wording.people import person
from app.wording.verdicts import short


def report_text(report: ShiftReport) -> str:
    """How the shift stands, for the terminal."""
    shift = report.shift
    opened = tr("Shift {id}, opened {when}").format(id=shift.id, when=moment(shift.opened_at))
    return "\n".join((opened, *_lines(report)))


def closing_text(report: ShiftReport, picture: ShiftPicture, station: str) -> str:
    """The closing report to keep: also who closed the shift, when, and the file that went out."""
    facts = [f"{name}: {text}" for name, text in closing_facts(report, picture, station)]
    labels = [f"  {sn}" for sn in report.labels_not_bound]
    told = [tr("Labels that are neither bound nor spoiled"), *labels] if labels else []
    return "\n".join((closing_title(report), *facts, *_lines(report), *told))


def closing_title(report: ShiftReport) -> str:
    return tr("Closing report of shift {id}").format(id=report.shift.id)


def closing_facts(report: ShiftReport, picture: ShiftPicture, station: str) -> list[tuple[str, str]]:
    """`picture` is of the closed shift that `report` was kept of."""
    shift, file = report.shift, picture.closing_file
    closed = f"{moment(picture.closed_at)}, " if picture.closed_at else ""
    rows = ntr("{count} row", "{count} rows", file.count).format(count=f"{file.count:,}") if file else ""
    return [
        (tr("Station"), station),
        (tr("Shift opened"), f"{moment(shift.opened_at)}, #{shift.opened_seq}"),
        (tr("Shift closed"), f"{closed}{person(picture.closed_by)}, #{shift.closed_seq}"),
        (tr("In charge"), person(shift.operator) if shift.operator else "–"),
        (tr("Order of the shift"), shift.work_order or "–"),
        (tr("Labels of orders"), ", ".join(report.orders) or "–"),
        (tr("Relationship file"), f"{file.file}, {rows}, #{file.seq}" if file else "–"),
    ]


def counts_text(report: ShiftReport) -> str:
    """In one line."""
    counts = tr("{passes} passed, {rescans} re-scans, {faults} faults")
    told = counts.format(passes=report.passes, rescans=report.rescans, faults=sum(report.faults.values()))
    if report.taken_back:
        back = tr("taken back: {count}, bound now: {bound}")
        told += f" ({back.format(count=report.taken_back, bound=report.bound)})"
    return told


def _lines(report: ShiftReport) -> Iterator[str]:
    yield sum_text(report.reconciliation)
    if report.explanation:
        yield tr("Explained: {text}").format(text=report.explanation)
    yield counts_text(report)
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

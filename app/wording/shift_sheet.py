"""The closing report of a shift as it is printed: the same figures as the text, laid out on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from app.core.reconciliation import Reconciliation, ShiftReport
from app.station.shift_picture import ShiftPicture
from app.wording.language import tr
from app.wording.shifts import closing_facts, closing_title, counts_text
from app.wording.verdicts import short

_SHADE = "#E8ECF0"
_MONO = "font-family: 'JetBrains Mono', monospace"


def sheet_html(report: ShiftReport, picture: ShiftPicture, station: str) -> str:
    """`picture` is of the closed shift that `report` was kept of. A document of rich text; nothing in it is
    anybody's markup."""
    signature = tr("Name, date, signature")
    return "\n".join(
        (
            _line("h1", closing_title(report)),
            _table(closing_facts(report, picture, station)),
            *_sum(report.reconciliation),
            *_explanation(report.explanation),
            *_figures(report),
            *_open_problems(report),
            f"<p><br><br>{escape(signature)}: {'_' * 48}</p>",
        )
    )


def _line(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


def _sum(total: Reconciliation) -> Iterator[str]:
    """Issued = bound + spoiled + left + missing."""
    yield _line("h2", tr("Labels"))
    facts = total.facts()
    if facts["issued"] is None:
        yield _line("p", tr("No list of issued SNs: labels are not counted."))
        return
    names = (tr("labels issued"), tr("bound"), tr("spoiled"), tr("left, counted"), tr("missing"))
    numbers = [_number(facts[key]) for key in ("issued", "bound", "spoiled", "left", "missing")]
    signs = ("", "=", "+", "+", "+")
    shown = zip(signs, numbers, strict=True)
    yield _table([[f"{sign} {number}".strip() for sign, number in shown], names], strong_rows=1)


def _number(value: int | None) -> str:
    """Nobody counted what has none."""
    return "–" if value is None else f"{value:,}"


def _explanation(text: str) -> Iterator[str]:
    if text:
        yield _line("p", tr("Explained: {text}").format(text=text))


def _figures(report: ShiftReport) -> Iterator[str]:
    yield _line("h2", tr("Units"))
    yield _line("p", counts_text(report))
    if report.faults:
        yield _table([(short(verdict), f"{count:,}") for verdict, count in report.faults.items()])
    if report.by_hour:
        yield _line("h2", tr("By hour"))
        yield _table([(hour.replace("T", " "), f"{count:,}") for hour, count in report.by_hour.items()])


def _open_problems(report: ShiftReport) -> Iterator[str]:
    if report.on_hold:
        yield _line("h2", tr("Units on hold: {count}").format(count=len(report.on_hold)))
        rows = [
            (f"#{unit.seq}", short(unit.verdict), unit.pk or "", unit.sn or "", unit.imei or "")
            for unit in report.on_hold
        ]
        yield _table([("", tr("Reason"), tr("PK"), tr("SN"), tr("IMEI")), *rows], mono_from=2, strong_rows=1)
    if report.labels_not_bound:
        yield _line("h2", tr("Labels that are neither bound nor spoiled"))
        yield f'<p style="{_MONO}">{escape("  ".join(report.labels_not_bound))}</p>'


def _table(rows: Iterable[Sequence[str]], mono_from: int = 99, strong_rows: int = 0) -> str:
    lines = []
    for number, row in enumerate(rows):
        cells = (_cell(text, number < strong_rows, place >= mono_from) for place, text in enumerate(row))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table cellpadding="4" cellspacing="0">{"".join(lines)}</table>'


def _cell(text: str, is_strong: bool, is_mono: bool) -> str:
    style = f' style="{_MONO}"' if is_mono and not is_strong else ""
    shade = f' bgcolor="{_SHADE}"' if is_strong else ""
    inner = f"<b>{escape(text)}</b>" if is_strong else escape(text)
    return f"<td{shade}{style}>{inner}&nbsp;&nbsp;</td>"

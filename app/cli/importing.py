"""`import`: relationship files, and the incumbent tool's files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from app.cli.speaking import DONE, REFUSED, Run, as_user, common
from app.cli.tools import Workplace
from app.core.errors import Refused
from app.core.importing import Finding
from app.core.people import Act, Person
from app.ports.journal import Journal
from app.ports.journal_reads import JournalReader
from app.ports.tables import Stage
from app.station.importing import Examined, Progress, examine, take
from app.station.refused_rows import refused_beside
from app.station.sign_in import require
from app.wording.imports import finding_line, outcome
from app.wording.reasons import sentence
from app.wording.remarks import remark_sentence


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only look: nothing is written.")
@click.option("--skip-refused", is_flag=True, help="Take the good rows, and put the others into a file.")
@as_user
@common
@click.pass_obj
def import_command(run: Run, path: Path, dry_run: bool, skip_refused: bool) -> None:
    """Brings pairs into the journal: relationship files, and the incumbent tool's CSV and database."""
    place = run.workplace()
    with place.stage() as stage:
        if dry_run:
            with place.reader() as reader:
                examined = _examined(run, place, path, stage, reader)
            taken, beside = 0, None
        else:
            examined, taken, beside = _imported(run, place, path, stage, skip_refused)
        _say(run, examined, stage, dry_run, taken, beside)
    none_came_in = examined.refused == examined.rows
    raise SystemExit(REFUSED if examined.refused and (none_came_in or not skip_refused) else DONE)


def _imported(
    run: Run, place: Workplace, path: Path, stage: Stage, skip_refused: bool
) -> tuple[Examined, int, Path | None]:
    """What the file held, how many rows came in, and where the refused ones are."""
    with place.alone(), place.journal() as journal:
        approver = run.person(place, journal)
        require(approver, Act.MANAGE)
        examined = _examined(run, place, path, stage, journal)
        if examined.refused and not skip_refused:
            return examined, 0, None
        with refused_beside(place.write_refused, sentence, path, stage, examined) as beside:
            return examined, _taken(place, stage, journal, examined, approver), beside


def _examined(run: Run, place: Workplace, path: Path, stage: Stage, journal: JournalReader) -> Examined:
    """Ends the command where the file as a whole is refused."""
    try:
        with place.table(path) as table:
            return examine(table, path.name, stage, journal, _progress())
    except Refused as refusal:
        line = refusal.reason.facts.get("line", 1)
        problem = {"line": line, "column": "", "value": path.name, "why": sentence(refusal.reason)}
        run.refuse(refusal.reason, rows=0, taken=0, problems=[problem])


def _taken(
    place: Workplace, stage: Stage, journal: Journal, examined: Examined, approver: Person | None
) -> int:
    if not examined.takeable:
        return 0
    return take(examined, stage, journal, place.stamp(), approver, _progress())


def _say(run: Run, examined: Examined, stage: Stage, dry_run: bool, taken: int, beside: Path | None) -> None:
    told = outcome(examined, dry_run, taken, beside)
    notes = [remark_sentence(one) for one in examined.remarks]
    if run.json:
        facts: dict[str, Any] = {
            "rows": examined.rows,
            "taken": taken,
            "problems": list(map(_of_finding, stage.findings(refuses=True))),
            "warnings": list(map(_of_finding, stage.findings(refuses=False))),
            "notes": notes,
            "already_there": examined.already_there,
            "takeable": examined.takeable,
            "dry_run": dry_run,
            "refused_file": str(beside) if beside else None,
            "sha256": examined.origin.sha256,
        }
        run.emit(facts)
        click.echo(told, err=True)
        return
    for refuses in (True, False):
        for finding in stage.findings(refuses):
            click.echo(finding_line(finding))
    for line in (*notes, told):
        click.echo(line)


def _of_finding(finding: Finding) -> dict[str, Any]:
    return {
        "line": finding.line,
        "column": finding.column,
        "value": finding.value,
        "why": sentence(finding.reason),
    }


def _progress() -> Progress:
    return _shown if sys.stderr.isatty() else lambda done, total: True


def _shown(done: int, total: int) -> bool:
    click.echo(f"\r{100 * done // total} %", nl=done >= total, err=True)
    return True

"""What an import says to people."""

from __future__ import annotations

from pathlib import Path

from app.core.errors import Why, because
from app.core.importing import Finding
from app.station.importing import Examined
from app.wording.language import tr
from app.wording.reasons import sentence


def finding_line(finding: Finding) -> str:
    """One finding as a line of a list."""
    text = tr("Line {line}, {column}: {sentence}") if finding.column else tr("Line {line}: {sentence}")
    return text.format(line=finding.line, column=finding.column, sentence=sentence(finding.reason))


def outcome(examined: Examined, dry_run: bool, taken: int, refused_file: Path | None) -> str:
    """What came of it."""
    if examined.refused and refused_file is None and not dry_run:
        return sentence(because(Why.IMPORT_REFUSED, rows=examined.rows, refused=examined.refused))
    if dry_run:
        text = tr(
            "Looked at only, nothing was written. Rows: {rows}; could be taken: {takeable}; "
            "bound already: {same}; refused: {refused}."
        )
    else:
        text = tr("Rows: {rows}; taken: {taken}; bound already: {same}; refused: {refused}.")
    told = text.format(
        rows=examined.rows,
        taken=taken,
        takeable=examined.takeable,
        same=examined.already_there,
        refused=examined.refused,
    )
    if refused_file is None:
        return told
    return told + " " + tr("The refused rows are in {file}.").format(file=str(refused_file))


def before_taking(examined: Examined) -> str:
    """What there is to decide, once a file was looked at."""
    if not examined.takeable and not examined.refused and examined.already_there:
        return tr("Nothing was written. Every pair of this file is bound already; there is nothing to take.")
    if not examined.takeable:
        return tr("Nothing was written. The file holds no row that could be taken.")
    if examined.refused:
        text = tr(
            "Nothing was written yet. The good rows can be taken; the others are then put into {file}, "
            "with the reasons. Binding waits meanwhile."
        )
        return text.format(file=f"{examined.origin.file}.refused.csv")
    return tr("Nothing was written yet. Binding waits while the rows come in.")


def nothing_wrong() -> str:
    return tr("Nothing is wrong with any row.")


def more_than_listed(listed: int) -> str:
    text = tr("Only the first {count} findings are listed; {command} lists them all.")
    return text.format(count=f"{listed:,}", command="import --dry-run")

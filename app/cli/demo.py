"""`demo`: a whole shift with a simulated module and a simulated scanner."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from app.cli.speaking import Run, common
from app.core.unit import Answer
from app.wording.language import tr
from app.wording.verdicts import say


@click.command("demo")
@click.option("--headless", is_flag=True, help="Without a window, even where there is a display.")
@click.option("--units", type=click.IntRange(1, 100_000), default=20, metavar="N", help="Good units.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where the files go."
)
@common
@click.pass_obj
def demo(run: Run, headless: bool, units: int, out: Path | None) -> None:
    """Binds a whole shift with a simulated module and scanner, and closes it."""
    folder = out.absolute() if out else Path(tempfile.mkdtemp(prefix="binding-station-demo-"))

    def tell(answer: Answer) -> None:
        click.echo(say(answer), err=True)

    result = run.tools.demo(units, folder, headless or not run.tools.has_display(), tell)
    facts = {
        "file": str(result.relationship_file),
        "screenshot": str(result.screenshot) if result.screenshot else None,
        "verdicts": result.verdicts,
        "shift_closed": result.shift_closed,
    }
    run.emit(facts, _text(facts))
    if result.why_no_screenshot:
        click.echo(result.why_no_screenshot, err=True)


def _text(facts: Mapping[str, object]) -> str:
    lines = [tr("The shift is closed. Relationship file: {file}").format(file=facts["file"])]
    if facts["screenshot"]:
        lines.append(tr("Screenshot: {file}").format(file=facts["screenshot"]))
    return "\n".join(lines)

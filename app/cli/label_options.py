"""What `labels` may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from app.core.code_modules import ErrorLevel
from app.core.label_layout import DPI
from app.station.label_order import DEFAULT_PATTERN

DEFAULT_LAYOUT = "a4-24-70x37"

HELP = """QR codes and labels of new SNs; every code is read back before it goes out.

SNs go on from a first one, stand in a list, or follow a pattern: letters and digits with the fields {n:6}
(a counter of 6 digits), {r:12} (12 random digits), {luhn} and {mod37} (check digits). PATH is a file; for png
a folder; for zpl also tcp://HOST or a device. Ctrl+C calls everything off until the SNs are on record."""

_OPTIONS = (
    click.option("--pk", required=True, metavar="PK"),
    click.option("--count", type=click.IntRange(min=1), metavar="N", help="How many labels."),
    click.option("--first", metavar="SN", help="The first SN; its last digits are counted on."),
    click.option("--pattern", default=DEFAULT_PATTERN, show_default=True, metavar="PATTERN"),
    click.option("--start", type=click.IntRange(min=0), default=1, metavar="N", help="The counter's first."),
    click.option("--from", "source", type=click.Path(path_type=Path), metavar="FILE", help="A list of SNs."),
    click.option("--skip-printed", is_flag=True, help="With --from: passes over what was printed before."),
    click.option("--bound", is_flag=True, help="Labels of bound units, with their IMEI where it is printed."),
    click.option("--of-order", metavar="NUMBER", help="The bound units of a work order."),
    click.option("--of-shift", type=int, metavar="ID", help="The bound units of a shift."),
    click.option("--out", required=True, metavar="PATH"),
    click.option("--as", "kind", type=click.Choice(["pdf", "png", "zip", "zpl"]), default="pdf"),
    click.option(
        "--format", "template", metavar="TEMPLATE", help="Without it the product's or the platform's."
    ),
    click.option("--layout", default=DEFAULT_LAYOUT, show_default=True, metavar="NAME|FILE"),
    click.option("--dpi", type=click.Choice([str(one) for one in DPI]), help="The printer's dots an inch."),
    click.option("--level", type=click.Choice([str(one) for one in ErrorLevel]), help="Error correction."),
    click.option("--quiet-zone", type=click.IntRange(2, 20), metavar="N", help="Light modules around a QR."),
    click.option("--size", type=click.FloatRange(4, 200), metavar="MM", help="Of a picture, png or zip."),
    click.option("--svg", is_flag=True, help="SVG beside each PNG."),
    click.option(
        "--start-at", type=click.IntRange(min=1), default=1, metavar="N", help="First on the sheet."
    ),
    click.option("--product", metavar="TEXT", help="By default the product's name."),
    click.option("--order", metavar="TEXT"),
    click.option("--date", metavar="TEXT"),
    click.option("--text", metavar="TEXT"),
    click.option("--replace", is_flag=True, help="Overwrite a file that exists."),
    click.option("--reprint", metavar="REASON", help="Print again what was printed; the reason is recorded."),
)


def label_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Wanted:
    """The command's options."""

    pk: str
    count: int | None
    first: str | None
    pattern: str
    start: int
    source: Path | None
    skip_printed: bool
    bound: bool
    of_order: str | None
    of_shift: int | None
    out: str
    kind: str
    template: str | None
    layout: str
    dpi: str | None
    level: str | None
    quiet_zone: int | None
    size: float | None
    svg: bool
    start_at: int
    product: str | None
    order: str | None
    date: str | None
    text: str | None
    replace: bool
    reprint: str | None

    @property
    def texts(self) -> dict[str, str]:
        """Those that are to be printed, by the names in `app.core.labels.FIELDS`."""
        given = {"product": self.product, "order": self.order, "date": self.date, "text": self.text}
        return {name: text for name, text in given.items() if text}

    @property
    def names_units(self) -> bool:
        """Whether units of the journal are meant, by their order or shift."""
        return self.of_order is not None or self.of_shift is not None

"""`labels`: QR codes and labels, from SNs to a file or a printer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from app.cli.interrupts import called_off
from app.cli.label_options import HELP, Wanted, label_options
from app.cli.speaking import Run, as_user, common
from app.cli.tools import LabelTools, PressOptions, Workplace
from app.core.code_modules import ErrorLevel
from app.core.codes import ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.label_layout import LabelLayout
from app.core.labels import require_places
from app.core.payload import PLATFORM_FORMAT
from app.core.people import NO_SIGN_IN, Act
from app.core.products import Product
from app.core.record import Stamp
from app.core.selection import Selection
from app.core.template import parse_template
from app.ports.journal import Journal
from app.station.label_book import JournalBook, record_labels
from app.station.label_order import LabelOrder, bound_serials, plan
from app.station.labels import BatchResult, LabelRun, Step, run_labels
from app.station.orders import informed, known_product
from app.station.sign_in import require
from app.wording.labels import listed_twice, made, module_warning, step_name
from app.wording.language import tr

PICTURES = ("png", "zip")
_LABELS_BETWEEN_PROGRESS = 25


@click.command("labels", help=HELP)
@label_options
@as_user
@common
@click.pass_obj
def labels(run: Run, /, **given: Any) -> None:
    wanted = Wanted(**given)
    _require_sense(wanted)
    place = run.workplace()
    if place.owns(Path(wanted.out).absolute()):
        raise Refused(because(Why.FILE_IS_OURS, path=wanted.out))
    tools = run.tools.labels(place.folder)
    with _desk(run, place) as (journal, book), called_off() as is_called_off:
        ordered, twice = _planned(place, tools, journal, book, wanted)
        press = tools.press(PressOptions(wanted.kind, ordered.layout, wanted.start_at, wanted.svg))
        outlet = tools.outlet(wanted.out, wanted.kind, wanted.replace)
        result = run_labels(ordered, press, outlet, book, partial(_goes_on, is_called_off))
    if result.cancelled:
        raise Refused(because(Why.LABELS_CANCELLED))
    _tell(run, wanted, ordered, result, twice)


@contextmanager
def _desk(run: Run, place: Workplace) -> Iterator[tuple[Journal, JournalBook]]:
    """The journal, and the same as labels see it, for somebody who may make them."""
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        require(person, Act.MANAGE)

        def stamp() -> Stamp:
            return replace(place.stamp(approver=person), operator=person.name if person else NO_SIGN_IN)

        yield journal, JournalBook(journal, lambda made: record_labels(journal, stamp(), person, made))


def _require_sense(wanted: Wanted) -> None:
    if wanted.size is not None and wanted.kind not in PICTURES:
        raise click.UsageError(tr("--size is for pictures; a label's code is as large as its layout says."))
    if wanted.reprint is not None and not wanted.reprint.strip():
        raise Refused(because(Why.REASON_NEEDED, most=500))
    if wanted.names_units and wanted.source is not None:
        raise click.UsageError(tr("--from and a work order or a shift exclude each other."))
    named = wanted.first is not None or wanted.source is not None or wanted.names_units
    if wanted.reprint is not None and not named:
        raise click.UsageError(tr("--reprint needs --first, --from, --of-order or --of-shift: which labels?"))
    if wanted.bound and not named:
        raise click.UsageError(tr("--bound needs --first, --from, --of-order or --of-shift: which units?"))
    if wanted.names_units and not wanted.bound and wanted.reprint is None:
        raise click.UsageError(tr("--of-order and --of-shift need --bound or --reprint."))
    if wanted.skip_printed and (wanted.source is None or wanted.bound or wanted.reprint is not None):
        raise click.UsageError(tr("--skip-printed is for new labels of a list, with --from."))


def _planned(
    place: Workplace, tools: LabelTools, journal: Journal, book: JournalBook, wanted: Wanted
) -> tuple[LabelRun, list[str]]:
    """The labels, and the SNs that stand in the list more than once."""
    pk = ProductKey(wanted.pk)
    layout = _layout(tools.layout(wanted.layout), wanted)
    require_places(layout, wanted.texts)
    rows, twice = _rows(place, journal, wanted, pk)
    order = _order(wanted, pk, known_product(journal, pk), rows)
    known = informed(place.settings.rules(), journal).every_format
    formats = known if order.format in known else (*known, order.format)
    return plan(order, layout, wanted.kind, formats, book, tools.digits(), wanted.reprint), twice


def _rows(
    place: Workplace, journal: Journal, wanted: Wanted, pk: ProductKey
) -> tuple[list[SerialNumber] | None, list[str]]:
    if wanted.source is not None:
        found = place.issued_sns(wanted.source.absolute())
        return list(found.of_product(pk)), list(found.named_twice())
    if wanted.names_units:
        chosen = Selection(shift=wanted.of_shift, order=wanted.of_order, product=pk)
        return bound_serials(journal, chosen), []
    return None, []


def _layout(layout: LabelLayout, wanted: Wanted) -> LabelLayout:
    qr = replace(
        layout.qr,
        level=ErrorLevel(wanted.level or layout.qr.level),
        quiet_zone=wanted.quiet_zone or layout.qr.quiet_zone,
        size=wanted.size or layout.qr.size,
    )
    changed = replace(layout, qr=qr, dpi=int(wanted.dpi or layout.dpi))
    return changed.code_alone() if wanted.kind in PICTURES else changed


def _order(
    wanted: Wanted, pk: ProductKey, product: Product | None, rows: list[SerialNumber] | None
) -> LabelOrder:
    name = wanted.product if wanted.product is not None else product and product.name
    values = {**wanted.texts, "product": name}
    usual = (product and product.format) or PLATFORM_FORMAT
    return LabelOrder(
        pk,
        wanted.count,
        wanted.first,
        rows,
        wanted.pattern,
        wanted.start,
        parse_template(wanted.template) if wanted.template is not None else usual,
        {name: value for name, value in values.items() if value},
        skip_used=wanted.skip_printed,
        bound=wanted.bound,
    )


def _goes_on(is_called_off: Callable[[], bool], step: Step, done: int, total: int) -> bool:
    if sys.stderr.isatty() and (done % _LABELS_BETWEEN_PROGRESS == 0 or done == total):
        click.echo(f"\r{step_name(step)}: {done} / {total} ", nl=done == total, err=True)
    return not is_called_off()


def _tell(run: Run, wanted: Wanted, ordered: LabelRun, result: BatchResult, twice: list[str]) -> None:
    warning = module_warning(result.smallest_module)
    facts = {
        "out": wanted.out,
        "as": wanted.kind,
        "labels": result.labels,
        "proven": result.proven,
        "codes": result.codes,
        "second": result.second_opinions,
        "pages": result.pages,
        "module_mm": round(result.smallest_module, 3),
        "first": ordered.labels[0].device.sn,
        "last": ordered.labels[-1].device.sn,
        "purpose": str(ordered.record.purpose),
        "duplicates": twice,
        "warning": warning,
    }
    run.emit(facts, made(result, wanted.out))
    for said in filter(None, (warning, listed_twice(twice))):
        click.echo(said, err=True)

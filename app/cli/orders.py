"""`product`, `order`: what is made, and how many of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from app.cli.speaking import Run, as_user, common
from app.cli.tools import Workplace
from app.core.codes import ProductKey
from app.core.people import NO_SIGN_IN
from app.core.products import TARGET_MAX, ImeiSource, Product
from app.core.settings import Settings
from app.core.template import parse_template
from app.ports.journal import Journal
from app.station.orders import Orders, known_product
from app.wording.language import ntr, tr


@contextmanager
def _orders(run: Run, place: Workplace) -> Iterator[tuple[Orders, Journal]]:
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        operator = person.name if person else NO_SIGN_IN
        stamp = replace(place.stamp(approver=person), operator=operator)
        yield Orders(journal, stamp, person), journal


@click.group("product")
@common
def product_group() -> None:
    """What is made: each product's name, IMEI source, module types and payload format."""


@product_group.command("set")
@click.argument("pk")
@click.option("--name", metavar="NAME")
@click.option("--imei-from", type=click.Choice([str(one) for one in ImeiSource]))
@click.option(
    "--tac", "tacs", multiple=True, metavar="TAC", help="A type that its modules may have; empty allows all."
)
@click.option("--format", "template", metavar="TEMPLATE", help="Of its QR code; empty is the platform's.")
@click.option("--typed/--not-typed", default=None, help="Whether SN and IMEI may be typed in.")
@click.option("--device-name", metavar="PATTERN", help="Device Name with {pk}, {sn}, {imei}; empty is none.")
@click.option("--target", type=click.IntRange(0, TARGET_MAX), metavar="N", help="Units per hour; 0 is none.")
@as_user
@common
@click.pass_obj
def set_product(run: Run, /, pk: str, tacs: tuple[str, ...], template: str | None, **given: Any) -> None:
    """Sets a product, new or known; what is not given stays as it is."""
    change = {name: value for name, value in given.items() if value is not None}
    if "imei_from" in change:
        change["imei_from"] = ImeiSource(change["imei_from"])
    if tacs:
        change["tacs"] = tuple(dict.fromkeys(tac for text in tacs for tac in text.replace(",", " ").split()))
    if template is not None:
        change["format"] = parse_template(template) if template else None
    place, key = run.workplace(), ProductKey(pk)
    with _orders(run, place) as (orders, journal):
        product = replace(known_product(journal, key) or Product(key), **change)
        seq = orders.set_product(product).seq
    text = tr("Product {pk} is set, record #{seq}.").format(pk=pk, seq=seq)
    run.emit({"seq": seq, **_of_product(product, place.settings)}, text)


@product_group.command("list")
@common
@click.pass_obj
def list_products(run: Run) -> None:
    """Every product that was set."""
    place = run.workplace()
    with place.reader() as journal:
        products = [_of_product(one, place.settings) for one in journal.products()]
    if run.json:
        run.emit({"products": products})
        return
    for one in products:
        shown = (one["pk"], one["name"], one["imei_from"], " ".join(one["tacs"]), one["format"])
        click.echo("\t".join(shown))
    if not products:
        click.echo(tr("No product was set; every one takes the platform's format."))


def _of_product(product: Product, settings: Settings) -> dict[str, Any]:
    facts: dict[str, Any] = {"pk": product.pk, **product.facts()}
    return {**facts, "imei_from": str(product.imei_from or settings.imei_from)}


@click.group("order")
@common
def order_group() -> None:
    """How many of which product, and which labels were issued for them."""


@order_group.command("add")
@click.argument("number")
@click.option("--product", required=True, metavar="PK")
@click.option("--quantity", type=click.IntRange(min=1), metavar="N")
@click.option(
    "--issued",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The list of the SNs that were issued.",
)
@as_user
@common
@click.pass_obj
def add(run: Run, number: str, product: str, quantity: int | None, issued: Path | None) -> None:
    """Opens a work order."""
    place, pk = run.workplace(), ProductKey(product)
    found = place.issued_sns(issued.absolute()) if issued is not None else None
    sns = list(found.of_product(pk)) if found else None
    duplicates = list(found.named_twice()) if found else []
    with _orders(run, place) as (orders, _):
        seq = orders.add(number, pk, quantity, sns).seq
    facts: dict[str, Any] = {
        "seq": seq,
        "number": number.strip(),
        "product": pk,
        "quantity": quantity,
        "issued": None if sns is None else len(sns),
        "duplicates": duplicates,
    }
    run.emit(facts, tr("Work order {number} is open, record #{seq}.").format(**facts))
    if duplicates:
        _warn_of(duplicates)


def _warn_of(duplicates: list[str]) -> None:
    text = ntr(
        "{count} SN stands in the list more than once; it counts once: {sns}",
        "{count} SNs stand in the list more than once; each counts once: {sns}",
        len(duplicates),
    )
    click.echo(text.format(count=len(duplicates), sns=", ".join(duplicates[:10])), err=True)


@order_group.command("close")
@click.argument("number")
@as_user
@common
@click.pass_obj
def close(run: Run, number: str) -> None:
    """Closes a work order; what was bound stays."""
    with _orders(run, run.workplace()) as (orders, _):
        seq = orders.close(number).seq
    text = tr("Work order {number} is closed, record #{seq}.").format(number=number, seq=seq)
    run.emit({"seq": seq, "number": number.strip()}, text)


@order_group.command("list")
@common
@click.pass_obj
def list_orders(run: Run) -> None:
    """Every work order, and how far it is."""
    with run.workplace().reader() as journal:
        known, bound = journal.orders(), journal.bound_by_order()
        orders: list[dict[str, Any]] = [
            {
                "number": one.number,
                "product": one.pk,
                "quantity": one.quantity,
                "issued": one.issued,
                "bound": bound[one.number],
                "open": one.is_open,
                "opened_at": one.opened_at,
            }
            for one in known
        ]
    if run.json:
        run.emit({"orders": orders})
        return
    for one in orders:
        of = one["quantity"] or one["issued"] or "?"
        state = tr("open") if one["open"] else tr("closed")
        click.echo(f"{one['number']}\t{one['product']}\t{one['bound']} / {of}\t{state}")
    if not orders:
        click.echo(tr("There is no work order; every product is accepted."))

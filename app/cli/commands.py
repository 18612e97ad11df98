"""The command line: every command by its name."""

from __future__ import annotations

from collections.abc import Sequence

import click

from app import __version__
from app.cli.backups import backup, restore
from app.cli.codes import cards, ports, read_imei, recognise_command
from app.cli.corrections import reinstate, release, scrap, spoil, unbind
from app.cli.demo import demo
from app.cli.export import export_command
from app.cli.importing import import_command
from app.cli.labels import labels
from app.cli.orders import order_group, product_group
from app.cli.people import user_group
from app.cli.records import init, journal_group
from app.cli.scanning import scan
from app.cli.shifts import shift_group
from app.cli.speaking import Run, common, telling
from app.cli.tools import Tools
from app.cli.upload import upload
from app.cli.verifying import check


@click.group(invoke_without_command=True)
@common
@click.version_option(__version__)
@click.pass_context
def station(context: click.Context) -> None:
    """Binds a device's QR code to its module's IMEI. Without a command it opens the window."""
    run = context.find_object(Run)
    if context.invoked_subcommand is None and run is not None:
        raise SystemExit(run.tools.open_window(run.data))


for command in (
    init,
    demo,
    recognise_command,
    read_imei,
    ports,
    cards,
    labels,
    scan,
    export_command,
    upload,
    import_command,
    journal_group,
    user_group,
    product_group,
    order_group,
    shift_group,
    check,
    unbind,
    scrap,
    reinstate,
    spoil,
    release,
    backup,
    restore,
):
    station.add_command(command)


def run_command_line(tools: Tools, arguments: Sequence[str] | None = None) -> None:
    """Ends the process with the command's exit code: 0 done, 1 refused, 2 wrong usage, 3 fault."""
    run = Run(tools)
    with telling(run):
        station.main(args=arguments, prog_name="binding-station", obj=run)

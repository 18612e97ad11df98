"""Puts the parts together by hand; the only package that knows them all."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

from app.cli.commands import run_command_line
from app.main.parts import Parts
from app.wording import language


def main() -> None:
    """The command `binding-station`."""
    freeze_support()
    _speak_whatever_the_console_can_show()
    language.use(language.of_this_computer())
    run_command_line(Parts())


def _speak_whatever_the_console_can_show() -> None:
    """A Windows console in a legacy code page shows `?` for what it lacks, rather than ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")

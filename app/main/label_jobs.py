"""Batches of labels by where they go: a printer of the system, a label printer, or files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from app.adapters.pdf_picture import opened
from app.cli.tools import PressOptions
from app.core.errors import Refused, Why, because
from app.core.label_layout import dots
from app.main.label_making import Job
from app.main.label_parts import LabelParts
from app.main.place import Place
from app.station.labels import LabelRun
from app.ui.label_wish import SaveAs
from app.ui.system_printer import Printer, SystemOutlet, dots_of, print_once, use_paper

PRINT = "print"
"""How a batch on a printer of the system is called on record."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files that are wanted."""

    path: Path
    kind: SaveAs
    also_svg: bool = False
    replace: bool = False


class LabelJobs:
    """Knows the station's layouts and its own files."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.parts = LabelParts(place.folder / "templates")

    def to_files(self, run: LabelRun, start_at: int, files: Files) -> Job:
        """Raises `Refused` where the file is one of the station's own."""
        self._require_not_ours(files.path)
        alone = files.kind in (SaveAs.PICTURES, SaveAs.PACKAGE)
        made = replace(run, output=str(files.kind), layout=run.layout.code_alone() if alone else run.layout)
        press = self.parts.press(PressOptions(files.kind, made.layout, start_at, files.also_svg))
        return Job(made, press, self.parts.outlet(str(files.path), files.kind, files.replace))

    def _require_not_ours(self, path: Path) -> None:
        if self._place.owns(path.absolute()):
            raise Refused(because(Why.FILE_IS_OURS, path=str(path)))

    def to_label_printer(self, run: LabelRun, address: str) -> Job:
        """Raises `Refused` where it is no address."""
        made = replace(run, output=str(SaveAs.ZPL))
        press = self.parts.press(PressOptions(SaveAs.ZPL, made.layout))
        return Job(made, press, self.parts.outlet(address, SaveAs.ZPL, False))

    def to_printer(self, run: LabelRun, start_at: int, printer: Printer) -> Job:
        """Codes are made of whole dots of this very printer, and read back in them.

        Raises `Refused` where it prints to a file, and that is one of the station's own.
        """
        file = printer.outputFileName()
        if file:
            self._require_not_ours(Path(file))
        print_once(printer)
        dpi = dots_of(printer)
        made = replace(run, output=PRINT, layout=replace(run.layout, dpi=dpi))
        use_paper(printer, made.layout.page)
        press = self.parts.press(PressOptions(SaveAs.PDF, made.layout, start_at))
        across = dots(made.layout.page[0], dpi)
        return Job(made, press, SystemOutlet(printer, dpi, opened, across, made.layout.name))

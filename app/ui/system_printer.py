"""Printers that the system knows: chosen in its own dialog, and fed with the pages that were read back.

A page is drawn dot by dot as its codes were proven, so that no printer driver has a say in their shape.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageRanges, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from app.core.errors import Faulted, Refused, Why, because
from app.core.label_batch import MadeBatch

FINEST = 600
"""Dots an inch; finer printers get pages of a whole part of their dots."""


class Pages(Protocol):
    """A finished document."""

    def __len__(self) -> int: ...

    def dots(self, page: int, across: int) -> tuple[int, int, bytes]:
        """Width, height and grey dots of a page, exactly so many wide."""
        ...


Printer = QPrinter
OpenPages = Callable[[bytes], AbstractContextManager[Pages]]


def printer_names() -> list[str]:
    return QPrinterInfo.availablePrinterNames()


def new_printer(name: str = "") -> QPrinter:
    """The printer of this name, or the usual one. Raises `Refused` where there is none of this name."""
    if not name:
        return QPrinter(QPrinter.PrinterMode.HighResolution)
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise Refused(because(Why.PRINTER_UNKNOWN, printer=name))
    return QPrinter(info, QPrinter.PrinterMode.HighResolution)


def use_paper(printer: QPrinter, page: tuple[float, float]) -> None:
    """Pages of this size in millimetres, from edge to edge and never scaled."""
    wide, high = page
    size = QPageSize(QSizeF(wide, high), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)


def dots_of(printer: QPrinter) -> int:
    """The resolution at which pages are made for it, in dots an inch."""
    return printer.resolution() // -(-printer.resolution() // FINEST)


def print_once(printer: QPrinter) -> bool:
    """Every page, and each once: a copy is a label that is not on record. Whether more or less was wanted."""
    asked = printer.copyCount() > 1 or printer.printRange() != QPrinter.PrintRange.AllPages
    asked = asked or printer.fromPage() > 0 or not printer.pageRanges().isEmpty()
    printer.setCopyCount(1)
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    printer.setFromTo(0, 0)
    printer.setPageRanges(QPageRanges())
    return asked


def ask_for_printer(parent: QWidget, printer: QPrinter, then: Callable[[], object]) -> QPrintDialog:
    """Opens the system's dialog and returns; `then` comes where somebody chose. Nothing is printed by it."""
    dialog = QPrintDialog(printer, parent)
    for option in (
        QPrintDialog.PrintDialogOption.PrintPageRange,
        QPrintDialog.PrintDialogOption.PrintSelection,
    ):
        dialog.setOption(option, on=False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(then)
    QDialog.open(dialog)
    return dialog


class SystemOutlet:
    """Implements `app.core.label_batch.Outlet`. `put` may be called from any thread, one at a time."""

    def __init__(self, printer: QPrinter, dpi: int, open_pages: OpenPages, across: int, title: str) -> None:
        """`across` is a page's width in dots of `dpi`."""
        self._printer, self._dpi, self._open = printer, dpi, open_pages
        self._across = across
        printer.setDocName(title)

    @property
    def name(self) -> str:
        return self._printer.printerName() or self._printer.outputFileName()

    def check(self) -> None:
        """See `Outlet`."""
        if not self._printer.isValid():
            raise Refused(because(Why.PRINTER_UNKNOWN, printer=self.name))

    def put(self, made: MadeBatch) -> None:
        """Raises `Faulted` where the printer took not every page."""
        painter = QPainter()
        with self._open(made.files[0].content) as pages:
            if not painter.begin(self._printer):
                raise self._stopped(0, len(pages))
            try:
                for number in range(len(pages)):
                    if number and not self._printer.newPage():
                        raise self._stopped(number, len(pages))
                    self._draw(painter, *pages.dots(number, self._across))
            finally:
                painter.end()

    def close(self) -> None:
        """See `Outlet`: nothing is held."""

    def _draw(self, painter: QPainter, width: int, height: int, grey: bytes) -> None:
        picture = QImage(grey, width, height, width, QImage.Format.Format_Grayscale8)
        black = picture.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
        scale = self._printer.resolution() / self._dpi
        painter.drawImage(QRectF(0, 0, width * scale, height * scale), black)

    def _stopped(self, sent: int, pages: int) -> Faulted:
        return Faulted(because(Why.PRINTER_STOPPED, printer=self.name, sent=sent, pages=pages))

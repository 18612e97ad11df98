"""Documents on paper: at a printer of this system, or as a PDF.

The printers are offered in a menu of our own: a scan's Enter would answer the system's dialog.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.core.errors import Faulted, Why, because
from app.ui.theme import BODY, font

_POINTS = 10.0


def printers() -> list[str]:
    """The names of this system's printers, its own choice first."""
    own = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != own, name))


def document_of(html: str) -> QTextDocument:
    document = QTextDocument()
    letters = QFont(font(BODY))
    letters.setPointSizeF(_POINTS)
    document.setDefaultFont(letters)
    document.setDefaultStyleSheet("h1 { font-size: 18pt } h2 { font-size: 12pt; margin-top: 14px }")
    document.setHtml(html)
    return document


def pdf_of(html: str, title: str) -> bytes:
    """One A4 page, or as many as it takes."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())  # a document keeps 2 cm of its own
    document_of(html).print_(writer)
    buffer.close()
    return bytes(kept.data())


def print_at(name: str, html: str, title: str) -> None:
    """
    Raises:
        Faulted: PRINTER_REFUSED.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(title)
    if printer.printerName() != name or not printer.isValid():
        raise Faulted(because(Why.PRINTER_REFUSED, printer=name))
    send(printer, html)


def send(printer: QPrinter, html: str) -> None:
    """On the paper that the printer has. Raises `Faulted` (PRINTER_REFUSED)."""
    document_of(html).print_(printer)
    if printer.printerState() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error):
        raise Faulted(because(Why.PRINTER_REFUSED, printer=printer.printerName()))

"""A picture of the window without a display."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.station.view import StationView
from app.ui.main_window import MainWindow
from app.ui.theme import load_fonts, load_palette


def save_picture(view: StationView, version: str, path: Path) -> None:
    """Needs the platform `offscreen`; makes the QApplication where there is none."""
    _application = QApplication.instance() or QApplication([])
    load_fonts()
    window = MainWindow(load_palette(), version)
    window.resize(1366, 768)
    window.show_view(view)
    window.grab().save(str(path))

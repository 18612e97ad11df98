"""Choosing a file as somebody does who types where it is."""

from __future__ import annotations

from pathlib import Path

from app.ui.file_dialog import FileDialog
from tests.main.conftest import Desk


def choose_file(desk: Desk, path: Path) -> None:
    """In the one dialog that is open."""
    (dialog,) = desk.shown.window.findChildren(FileDialog)
    desk.until(lambda: not dialog.is_looking)
    dialog.sheet.name.put(str(path))
    dialog.sheet.confirm.click()
    desk.until(lambda: not desk.shown.window.findChildren(FileDialog))

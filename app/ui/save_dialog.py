"""Where a file is to be written, or which one is meant: a dialog that blocks nothing and asks nothing that a
scan could answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.file_dialog import FileDialog, Purpose, Wanted

Then = Callable[[Path], None]


def ask_where_to_save(parent: QWidget, title: str, name: str, then: Then) -> FileDialog:
    """Opens it and returns. A file that exists is not asked about: whoever writes refuses it."""
    suffix = Path(name).suffix.removeprefix(".")
    return _opened(parent, Wanted(Purpose.SAVE, title, (suffix,), name), then)


def ask_which_file(parent: QWidget, title: str, suffixes: Sequence[str], then: Then) -> FileDialog:
    """Opens it and returns; one file that exists can be chosen."""
    return _opened(parent, Wanted(Purpose.OPEN, title, tuple(suffixes)), then)


def ask_which_folder(parent: QWidget, title: str, then: Then) -> FileDialog:
    """Opens it and returns; one folder that exists can be chosen."""
    return _opened(parent, Wanted(Purpose.FOLDER, title), then)


def _opened(parent: QWidget, wanted: Wanted, then: Then) -> FileDialog:
    dialog = FileDialog(parent, wanted)
    dialog.chosen.connect(then)
    dialog.open()
    return dialog

"""Where a file is to be written, or which one is meant: a dialog that blocks nothing and asks nothing that a
scan could answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.wording.language import tr

Then = Callable[[Path], None]


def ask_where_to_save(parent: QWidget, title: str, name: str, then: Then) -> QFileDialog:
    """Opens it and returns. A file that exists is not asked about: whoever writes refuses it."""
    suffix = Path(name).suffix.removeprefix(".")
    dialog = _dialog(parent, title, [suffix], tr("Save"))
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Save"))
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return _opened(dialog, then)


def ask_which_file(parent: QWidget, title: str, suffixes: Sequence[str], then: Then) -> QFileDialog:
    """Opens it and returns; one file that exists can be chosen."""
    dialog = _dialog(parent, title, suffixes, tr("Open"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([*dialog.nameFilters(), f"{tr('All files')} (*)"])
    return _opened(dialog, then)


def ask_which_folder(parent: QWidget, title: str, then: Then) -> QFileDialog:
    """Opens it and returns; one folder that exists can be chosen."""
    dialog = _dialog(parent, title, (), tr("Choose"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(dialog, then)


def _dialog(parent: QWidget, title: str, suffixes: Sequence[str], accept: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    if suffixes:
        dialog.setNameFilter(f"{', '.join(suffixes).upper()} ({' '.join(f'*.{one}' for one in suffixes)})")
    labels = {
        QFileDialog.DialogLabel.LookIn: tr("Folder"),
        QFileDialog.DialogLabel.FileName: tr("File name"),
        QFileDialog.DialogLabel.FileType: tr("Kind of file"),
        QFileDialog.DialogLabel.Accept: accept,
        QFileDialog.DialogLabel.Reject: tr("Cancel"),
    }
    for label, text in labels.items():
        dialog.setLabelText(label, text)
    return dialog


def _opened(dialog: QFileDialog, then: Then) -> QFileDialog:
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog

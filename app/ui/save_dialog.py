"""Where a file is to be written: a dialog that blocks nothing and asks nothing that a scan could answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.wording.language import tr


def ask_where_to_save(parent: QWidget, title: str, name: str, then: Callable[[Path], None]) -> QFileDialog:
    """Opens it and returns. A file that exists is not asked about: whoever writes refuses it."""
    dialog = QFileDialog(parent, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    suffix = Path(name).suffix.removeprefix(".")
    dialog.setDefaultSuffix(suffix)
    dialog.setNameFilter(f"{suffix.upper()} (*.{suffix})")
    labels = {
        QFileDialog.DialogLabel.LookIn: tr("Folder"),
        QFileDialog.DialogLabel.FileName: tr("File name"),
        QFileDialog.DialogLabel.FileType: tr("Kind of file"),
        QFileDialog.DialogLabel.Accept: tr("Save"),
        QFileDialog.DialogLabel.Reject: tr("Cancel"),
    }
    for label, text in labels.items():
        dialog.setLabelText(label, text)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog

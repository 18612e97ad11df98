"""Where a file was last taken from or written to: the next one is looked for there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QSettings, QStandardPaths

_KEY = "last_folder"
_kept: dict[str, str] = {}
_files: list[QSettings] = []


def keep_last_folder_in(file: Path) -> None:
    """From now on; until then it is forgotten with the program."""
    _files[:] = [QSettings(str(file), QSettings.Format.IniFormat)]
    _kept.clear()


def remember_folder(folder: Path) -> None:
    _kept[_KEY] = str(folder)
    for settings in _files:
        settings.setValue(_KEY, str(folder))


def last_folder() -> Path:
    """At first the person's documents."""
    kept = _kept.get(_KEY) or next((str(one.value(_KEY, "")) for one in _files), "")
    return Path(kept) if kept else documents()


def documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def places() -> list[Path]:
    """Where people keep files, and the disks; whether they answer is not asked."""
    kinds = QStandardPaths.StandardLocation
    usual = (kinds.DesktopLocation, kinds.DocumentsLocation, kinds.DownloadLocation, kinds.HomeLocation)
    folders = [Path(QStandardPaths.writableLocation(one)) for one in usual]
    return list(dict.fromkeys([*folders, *(Path(one.absolutePath()) for one in QDir.drives())]))


def forget() -> None:
    """Nothing is remembered, and nothing is kept any more."""
    _files.clear()
    _kept.clear()

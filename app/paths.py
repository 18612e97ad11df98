"""Where resources and data live: source tree, installed, frozen. The only file that knows."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_data_path

_APP = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """A file under `resources/`, by its path there."""
    return _resources() / name


def _resources() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    installed = _APP / "resources"
    return installed if installed.is_dir() else _APP.parent / "resources"


def default_data_folder() -> Path:
    """The user's own folder for this station's journal, settings and backups."""
    return user_data_path("Binding Station", appauthor=False)

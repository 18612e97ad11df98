"""Where finished labels go: a file or a folder, whole or not at all, or a device."""

from __future__ import annotations

import glob
import os
import re
import shutil
import tempfile
from pathlib import Path

from app.adapters.durable_file import as_fault, sync_folder, write_bytes_durably
from app.core.errors import Refused, Why, because
from app.core.label_batch import MadeBatch


class FileOutlet:
    """Implements `app.core.label_batch.Outlet` for a batch that is one file."""

    def __init__(self, path: Path, replace: bool = False) -> None:
        self._path, self._replace = path, replace

    def check(self) -> None:
        """See `Outlet`."""
        if self._path.is_dir() or (self._path.exists() and not self._replace):
            raise Refused(because(Why.FILE_EXISTS, path=str(self._path)))
        _require_parent(self._path)

    def put(self, made: MadeBatch) -> None:
        """See `Outlet`."""
        write_bytes_durably(self._path, made.files[0].content, self._replace)

    def close(self) -> None:
        """Nothing is held."""


def _require_parent(path: Path) -> None:
    """Said before SNs are on record for an output that could never be written."""
    with as_fault(path):
        path.parent.stat()


class FolderOutlet:
    """Implements `app.core.label_batch.Outlet` for a batch of many files, in a new folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def check(self) -> None:
        """See `Outlet`."""
        if self._path.exists() and not (self._path.is_dir() and not any(self._path.iterdir())):
            raise Refused(because(Why.FILE_EXISTS, path=str(self._path)))
        _require_parent(self._path)

    def put(self, made: MadeBatch) -> None:
        """Everything is written and synced beside; then the folder gets its name."""
        self.check()
        with as_fault(self._path):
            self._clear_leftovers()
            beside = Path(
                tempfile.mkdtemp(dir=self._path.parent, prefix=f".{self._path.name}.", suffix=".part")
            )
            try:
                _write_all(beside, made)
                if self._path.exists():
                    self._path.rmdir()
                beside.chmod(0o755)
                beside.rename(self._path)
                sync_folder(self._path.parent)
            except BaseException:
                shutil.rmtree(beside, ignore_errors=True)
                raise

    def close(self) -> None:
        """Nothing is held."""

    def _clear_leftovers(self) -> None:
        """Of a program that was killed while it wrote here."""
        for left in self._path.parent.glob(f".{glob.escape(self._path.name)}.*.part"):
            shutil.rmtree(left, ignore_errors=True)


def _write_all(folder: Path, made: MadeBatch) -> None:
    """First all files, then all syncs: the first sync carries most of the others with it."""
    paths = [folder / file.name for file in made.files]
    for parent in {path.parent for path in paths}:
        parent.mkdir(parents=True, exist_ok=True)
    for path, file in zip(paths, made.files, strict=True):
        path.write_bytes(file.content)
    for path in paths:
        with path.open("r+b") as written:
            os.fsync(written.fileno())
    for parent in {path.parent for path in paths}:
        sync_folder(parent)


class DeviceOutlet:
    """Implements `app.core.label_batch.Outlet` for printers such as `/dev/usb/lp0`, `LPT1`, `COM3`."""

    def __init__(self, path: Path) -> None:
        self._path = Path(rf"\\.\{path.stem}") if _is_port(path) else path

    def check(self) -> None:
        """Nothing can be known of a device before it is written to."""

    def put(self, made: MadeBatch) -> None:
        """Raises `Faulted` where the device takes no more; it may have printed some labels."""
        with as_fault(self._path), self._path.open("wb", buffering=0) as device:
            rest = memoryview(made.files[0].content)
            while rest:
                rest = rest[device.write(rest) or 0 :]

    def close(self) -> None:
        """Nothing is held."""


def is_device(path: Path) -> bool:
    """Whether this name is a device rather than a file: it is written to, never replaced.

    On Windows a shared printer, `\\\\PC\\printer`, is one too.
    """
    if os.name == "nt":
        return _is_port(path) or (path.drive.startswith("\\\\") and not path.name)
    return path.is_char_device() or path.is_fifo()


def _is_port(path: Path) -> bool:
    return os.name == "nt" and is_port_name(path.stem)


def is_port_name(name: str) -> bool:
    """As Windows calls its parallel and serial ports."""
    return re.fullmatch("LPT[1-9]|PRN|COM[1-9][0-9]{0,2}", name, re.IGNORECASE) is not None

"""What became of a relationship file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.wording.language import ntr, tr


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file that was written."""

    file: Path
    count: int
    withdrawn: int
    """How many of its side file's units went out earlier and are unbound now."""


def exports_made(files: Sequence[FileTold]) -> str:
    """One file is told in full; of several how many, what they hold together, and the first names."""
    if len(files) == 1:
        return export_made(files[0].file, files[0].count, files[0].withdrawn)
    units = sum(one.count for one in files)
    text = ntr(
        "{count} unit written to {files} files: {names}.",
        "{count} units written to {files} files: {names}.",
        units,
    )
    names = ", ".join([one.file.name for one in files[:_NAMED]] + ["…"] * (len(files) > _NAMED))
    told = text.format(count=units, files=len(files), names=names)
    withdrawn = sum(one.withdrawn for one in files)
    return f"{told}\n{_withdrawn(withdrawn, '*.withdrawn.csv')}" if withdrawn else told


_NAMED = 3


def files_complete(count: int) -> str:
    """Of several, when the next one went wrong."""
    return ntr("{count} file is complete.", "{count} files are complete.", count).format(count=count)


def files_until_called_off(count: int) -> str:
    """How many were complete by then."""
    called_off = tr("Called off.")
    return f"{called_off} {files_complete(count)}" if count else tr("No file was written.")


def export_made(file: Path, count: int, withdrawn: int) -> str:
    """`withdrawn` of its side file's units went out earlier and are unbound now."""
    told = ntr("{count} unit written to {file}.", "{count} units written to {file}.", count)
    told = told.format(count=count, file=str(file))
    if not withdrawn:
        return told
    beside = file.with_name(f"{file.stem}.withdrawn.csv")
    return f"{told}\n{_withdrawn(withdrawn, str(beside))}"


def _withdrawn(count: int, file: str) -> str:
    return ntr(
        "{count} unit that went out earlier is unbound now. Take it off the platform before you import this "
        "file; it stands in {file}.",
        "{count} units that went out earlier are unbound now. Take them off the platform before you import "
        "this file; they stand in {file}.",
        count,
    ).format(count=count, file=file)

"""What became of a relationship file."""

from __future__ import annotations

from pathlib import Path

from app.wording.language import ntr


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

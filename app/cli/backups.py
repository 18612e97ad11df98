"""`backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli.speaking import Run, as_user, common, counted_on_a_terminal
from app.core.people import Act
from app.ports.backups import BackupMade, Restored
from app.station.backups import record
from app.station.sign_in import require
from app.wording import backups
from app.wording.reasons import sentence


@click.command("backup")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@as_user
@common
@click.pass_obj
def backup(run: Run, out: Path | None) -> None:
    """A proven copy of the journal: to the folder's backups and the second folder, or only to FILE."""
    place = run.workplace()
    with place.alone(), place.journal() as journal:
        person = run.person(place, journal)
        require(person, Act.MANAGE)
        made = place.backups().make(out.absolute() if out else None, counted_on_a_terminal())
        seq = record(journal, place.stamp(approver=person), made).seq
    run.emit({"seq": seq, **_of_backup(made)}, backups.backup_made(made))
    if made.second_trouble is not None:
        click.echo(sentence(made.second_trouble), err=True)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@as_user
@common
@click.pass_obj
def restore(run: Run, file: Path) -> None:
    """Puts a backup in the place of the journal; the old journal is kept beside it."""
    place = run.workplace()
    with place.alone(), place.restoring(file, counted_on_a_terminal()) as restoring:
        with restoring.people() as journal:
            person = run.person(place, journal)
            require(person, Act.MANAGE)
        done = restoring.put_in_place(place.stamp(approver=person))
    run.emit(_of_restored(done), backups.restored(done))


def _of_backup(made: BackupMade) -> dict[str, Any]:
    return {
        "path": str(made.path),
        "up_to": made.seq,
        "hash": made.hash,
        "sha256": made.sha256,
        "size": made.size,
        "second_path": str(made.second) if made.second else None,
        "second_why": sentence(made.second_trouble) if made.second_trouble else None,
        "pruned": list(made.pruned),
    }


def _of_restored(done: Restored) -> dict[str, Any]:
    lost = done.lost
    return {
        "seq": done.seq,
        "path": str(done.file),
        "up_to": done.up_to,
        "hash": done.hash,
        "kept": str(done.kept) if done.kept else None,
        "old_seq": done.old_seq,
        "old_hash": done.old_hash,
        "same_history": done.same_history,
        "lost": _of_lost(lost, done.lost_units) if lost else None,
    }


def _of_lost(lost: range, units: int) -> dict[str, int]:
    return {"first": lost[0], "last": lost[-1], "records": len(lost), "units": units}

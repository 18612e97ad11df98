"""What became of a backup, and of a restore."""

from __future__ import annotations

from app.ports.backups import BackupMade, Restored
from app.wording.language import mark, ntr, tr

_DONE = mark("The journal is restored up to #{up_to}; record #{seq} says so.")
_NONE_BEFORE = mark("There was no journal before.")
_NOTHING_LOST = mark("Nothing is lost; the old journal is kept as {kept}.")
_LOST = mark(
    "Lost: records #{first} to #{last}, with {units}. They stand in the old journal alone, which is kept as "
    "{kept}; tell the quality department."
)
_OTHER = mark(
    "The old journal has another history. Lost: its records #{first} to #{last}, with {units}. It is kept as "
    "{kept}; tell the quality department."
)
_UNREADABLE = mark(
    "What came after #{up_to} is lost: the old journal cannot be read. It is kept as {kept}; "
    "tell the quality department."
)


def backup_made(made: BackupMade) -> str:
    """Trouble with the second folder is a `Reason` of its own."""
    parts = [tr("The journal up to #{seq} is saved as {path}.").format(seq=made.seq, path=made.path)]
    if made.second is not None:
        parts.append(tr("A copy is in {second}.").format(second=made.second))
    if made.pruned:
        gone = len(made.pruned)
        older = ntr("{count} older backup was taken away.", "{count} older backups were taken away.", gone)
        parts.append(older.format(count=gone))
    return " ".join(parts)


def restored(done: Restored) -> str:
    """What stands now, what is lost, and where it is kept."""
    lost, units = done.lost, done.lost_units
    facts = {
        "up_to": done.up_to,
        "seq": done.seq,
        "old_seq": done.old_seq,
        "kept": done.kept,
        "first": lost[0] if lost else 0,
        "last": lost[-1] if lost else 0,
        "units": ntr("{count} bound unit", "{count} bound units", units).format(count=units),
    }
    return " ".join(tr(text).format(**facts) for text in (_DONE, _of_the_old(done)))


def _of_the_old(done: Restored) -> str:
    if done.kept is None:
        return _NONE_BEFORE
    if done.same_history is None:
        return _UNREADABLE
    if not done.lost:
        return _NOTHING_LOST
    return _LOST if done.same_history else _OTHER

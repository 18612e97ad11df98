"""A backup takes the place of the journal; the old one is kept, whatever its state, wherever it stops."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.adapters import restore_steps
from app.adapters.backups import Backups
from app.adapters.restoring import JournalRestoring
from app.adapters.schema import APPLICATION_ID, MIGRATIONS, VERSION
from app.adapters.sqlite_journal import SqliteJournal, SqliteJournalReader, create_journal
from app.adapters.station_folder import StationFolder
from app.core.errors import Faulted, Reason, Refused, Why
from app.core.people import Person, Role
from app.core.record import EventKind
from app.main.place import Place
from app.ports.backups import Restored
from app.ports.relationship import Cancelled
from tests.adapters.faults import PAGE, bind, fault_of, held, imeis, ruined
from tests.adapters.journals import STAMP

needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL are POSIX only")


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    """A station with 3 units in its backup, and 5 in its journal."""
    folder = StationFolder(tmp_path / "station")
    folder.make()
    create_journal(folder.journal, STAMP)
    folder.birth.write_text("now")
    bind_more(folder, range(3))
    Backups(folder, "Line 1", 14).make()
    bind_more(folder, range(3, 5))
    return folder


def bind_more(folder: StationFolder, numbers: range) -> None:
    with closing(SqliteJournal(folder.journal)) as journal:
        for number in numbers:
            bind(journal, number)


def backup_of(folder: StationFolder) -> Path:
    (backup,) = folder.backups.glob("*.db")
    return backup


def restore(folder: StationFolder, file: Path | None = None) -> Restored:
    with JournalRestoring(folder, file or backup_of(folder)) as restoring, restoring.people():
        pass
    with JournalRestoring(folder, file or backup_of(folder)) as restoring:
        return restoring.put_in_place(STAMP)


def refusal_of(folder: StationFolder, file: Path) -> Reason:
    before = (content(folder), names(folder))
    with pytest.raises(Refused) as refused:
        restore(folder, file)
    assert (content(folder), names(folder)) == before
    return refused.value.reason


def content(folder: StationFolder) -> bytes | None:
    return folder.journal.read_bytes() if folder.journal.exists() else None


def names(folder: StationFolder) -> list[str]:
    """Without what SQLite keeps beside a journal that was read."""
    return sorted(path.name for path in folder.path.iterdir() if not path.name.endswith(("-wal", "-shm")))


def last_event(folder: StationFolder) -> tuple[EventKind, dict[str, object]]:
    with closing(SqliteJournalReader(folder.journal)) as reader:
        event = reader.event(reader.head()[0])
    assert event is not None
    return event.entry.kind, json.loads(event.entry.detail or "{}")


# --- what it does


def test_a_backup_takes_the_place_of_the_journal_which_is_kept(folder: StationFolder) -> None:
    done = restore(folder)
    assert (done.seq, done.up_to, done.old_seq, done.same_history) == (5, 4, 6, True)
    assert list(done.lost) == [5, 6]
    assert held(folder.journal) == imeis(range(3))
    assert done.kept is not None
    assert held(done.kept) == imeis(range(5))
    assert names(folder) == ["backups", "journal.db", done.kept.name, "journal.made"]
    kind, detail = last_event(folder)
    assert kind is EventKind.RESTORED
    assert detail == {
        "file": backup_of(folder).name,
        "up_to": 4,
        "hash": done.hash,
        "kept": done.kept.name,
        "old_seq": 6,
        "old_hash": done.old_hash,
        "same_history": True,
        "lost": [5, 6],
        "lost_units": 2,
    }
    bind_more(folder, range(3, 4))
    assert held(folder.journal) == imeis(range(4))


def test_the_old_journals_newest_commits_go_with_it(folder: StationFolder, tmp_path: Path) -> None:
    """As after a power cut: they stand in the log alone; neither are they lost, nor come into the new one."""
    with closing(SqliteJournal(folder.journal)) as journal:
        bind(journal, 5)
        for suffix in ("", "-wal"):
            shutil.copy(f"{folder.journal}{suffix}", tmp_path / f"cut{suffix}")
    for suffix in ("", "-wal"):
        shutil.copy(tmp_path / f"cut{suffix}", f"{folder.journal}{suffix}")
    with JournalRestoring(folder, backup_of(folder)) as restoring:
        done = restoring.put_in_place(STAMP)
    assert held(folder.journal) == imeis(range(3))
    assert done.kept is not None
    assert done.old_seq == 7
    assert done.kept.with_name(f"{done.kept.name}-wal").stat().st_size > 0
    assert held(done.kept) == imeis(range(6))


def test_nothing_is_lost_where_the_backup_is_as_new(folder: StationFolder) -> None:
    Backups(folder, "Line 1", 1).make()
    done = restore(folder)
    assert (list(done.lost), done.same_history) == ([], True)


def test_a_journal_put_aside_comes_back_log_and_all(folder: StationFolder) -> None:
    aside = restore(folder).kept
    assert aside is not None
    done = restore(folder, aside)
    assert (done.up_to, done.old_seq, done.same_history) == (6, 5, False)
    assert (list(done.lost), done.lost_units) == ([5], 0), "that it was restored"
    assert held(folder.journal) == imeis(range(5))


@pytest.mark.parametrize(
    "ruin",
    [
        lambda whole: ruined(whole, keep=1),
        lambda whole: ruined(whole, keep=2),
        lambda whole: b"",
        lambda whole: b"\x55" * len(whole),
        lambda whole: whole[: 3 * PAGE],
    ],
)
def test_a_damaged_journal_is_kept_byte_for_byte(
    folder: StationFolder, ruin: Callable[[bytes], bytes]
) -> None:
    damaged = ruin(folder.journal.read_bytes())
    folder.journal.write_bytes(damaged)
    assert fault_of(lambda: SqliteJournal(folder.journal)).why is Why.JOURNAL_DAMAGED
    done = restore(folder)
    assert held(folder.journal) == imeis(range(3))
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged


def test_a_journal_that_is_gone_is_restored(folder: StationFolder) -> None:
    folder.journal.unlink()
    done = restore(folder)
    assert (done.old_seq, done.same_history) == (None, None)
    assert held(folder.journal) == imeis(range(3))


def test_a_new_computer_begins_with_a_backup(folder: StationFolder, tmp_path: Path) -> None:
    new = StationFolder(tmp_path / "new")
    new.make()
    done = restore(new, backup_of(folder))
    assert done.kept is None
    assert held(new.journal) == imeis(range(3))
    assert new.birth.exists()


def test_another_stations_journal_is_told_apart(folder: StationFolder, tmp_path: Path) -> None:
    other = StationFolder(tmp_path / "other")
    other.make()
    create_journal(other.journal, STAMP)
    bind_more(other, range(40, 48))
    done = restore(other, backup_of(folder))
    assert (done.old_seq, done.same_history, list(done.lost)) == (9, False, list(range(2, 10)))
    assert done.lost_units == 8
    assert done.kept is not None
    assert held(done.kept) == imeis(range(40, 48))


def test_a_backup_of_an_older_version_is_brought_up_to_date_and_itself_left_alone(
    folder: StationFolder, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.executescript(
            f"{MIGRATIONS[0]} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;"
        )
    before = old.read_bytes()
    assert restore(folder, old).up_to == 0
    assert held(folder.journal) == []
    assert old.read_bytes() == before
    with closing(sqlite3.connect(folder.journal)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


# --- who may


def test_the_present_journal_says_who_may_while_it_can(folder: StationFolder) -> None:
    with closing(SqliteJournal(folder.journal)) as journal:
        journal.add_person(STAMP, Person("Zhao Min", Role.SUPERVISOR), "hash")
    with JournalRestoring(folder, backup_of(folder)) as restoring, restoring.people() as journal:
        assert [person.name for person in journal.people()] == ["Zhao Min"]


def test_where_it_cannot_the_backup_does(folder: StationFolder) -> None:
    with closing(SqliteJournal(folder.journal)) as journal:
        journal.add_person(STAMP, Person("Zhao Min", Role.SUPERVISOR), "hash")
    backup = Backups(folder, "Line 1", 1).make().path
    folder.journal.write_bytes(b"\x55" * PAGE)
    with JournalRestoring(folder, backup) as restoring:
        with restoring.people() as journal:
            assert [person.name for person in journal.people()] == ["Zhao Min"]
            up_to = journal.head()[0]
            journal.note_wrong_pin(STAMP, "Zhao Min")
        assert restoring.put_in_place(STAMP).up_to == up_to


def test_a_journal_that_another_program_holds_stays(folder: StationFolder) -> None:
    with closing(sqlite3.connect(folder.journal, isolation_level=None)) as other:
        other.executescript("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;")
        assert fault_of(lambda: restore(folder)).why is Why.JOURNAL_LOCKED
    assert held(folder.journal) == imeis(range(5))


# --- what is refused


def changed(folder: StationFolder, statement: str) -> Path:
    """A backup in which somebody changed something."""
    path = backup_of(folder).with_name("changed.db")
    shutil.copy(backup_of(folder), path)
    with closing(sqlite3.connect(path, isolation_level=None)) as intruder:
        intruder.executescript(statement)
    return path


@pytest.mark.parametrize(
    ("statement", "why", "detail"),
    [
        ("PRAGMA application_id = 1", Why.JOURNAL_NOT_OURS, None),
        (f"PRAGMA user_version = {VERSION + 1}", Why.JOURNAL_NEWER, None),
        (
            "DROP TRIGGER event_never_changes; UPDATE event SET operator = 'X' WHERE seq = 2",
            Why.BACKUP_UNPROVEN,
            "#2: changed",
        ),
        ("DROP TRIGGER event_never_changes", Why.BACKUP_UNPROVEN, "schema"),
        ("DROP INDEX binding_live_imei", Why.BACKUP_UNPROVEN, "#1: bindings"),
        ("DELETE FROM binding", Why.BACKUP_UNPROVEN, "#2: bindings"),
        ("DELETE FROM head", Why.BACKUP_UNPROVEN, "#4: head"),
    ],
)
def test_a_backup_that_does_not_hold_in_every_respect_is_refused(
    folder: StationFolder, statement: str, why: Why, detail: str | None
) -> None:
    file = changed(folder, statement)
    reason = refusal_of(folder, file)
    assert reason.why is why
    assert reason.facts["path"] == str(file)
    assert reason.facts.get("detail") == detail


@pytest.mark.parametrize("keep", [1, 2])
def test_a_backup_with_a_damaged_page_is_refused(folder: StationFolder, keep: int) -> None:
    backup_of(folder).write_bytes(ruined(backup_of(folder).read_bytes(), keep))
    assert refusal_of(folder, backup_of(folder)).why is Why.BACKUP_UNPROVEN


def test_what_is_no_journal_is_refused(folder: StationFolder, tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    letter.write_bytes(b"dear supervisor\n" * 1000)
    assert refusal_of(folder, letter).why is Why.JOURNAL_NOT_OURS
    letter.write_bytes(b"")
    assert refusal_of(folder, letter).why is Why.JOURNAL_NOT_OURS
    assert refusal_of(folder, tmp_path / "nothing").why is Why.BACKUP_UNREADABLE
    assert refusal_of(folder, tmp_path).why is Why.BACKUP_UNREADABLE
    assert refusal_of(folder, folder.journal).why is Why.FILE_IS_OURS


@pytest.mark.parametrize("stop_at", [0, 150, 1000])
def test_a_cancelled_restore_changes_nothing(folder: StationFolder, stop_at: int) -> None:
    before = names(folder)
    progress = lambda done, total: done < stop_at * total // 1000  # noqa: E731
    with (
        JournalRestoring(folder, backup_of(folder), progress) as restoring,
        pytest.raises(Cancelled),
    ):
        restoring.put_in_place(STAMP)
    assert names(folder) == before
    assert held(folder.journal) == imeis(range(5))


def test_a_disk_without_room_for_it_keeps_the_journal(folder: StationFolder, disk: Path) -> None:
    small = StationFolder(disk)
    create_journal(small.journal, STAMP)
    (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free - 60_000))
    assert fault_of(lambda: restore(small, backup_of(folder))).why in (Why.DISK_FULL, Why.FILE_UNWRITABLE)
    (disk / "ballast").unlink()
    assert names(small) == ["journal.db"]
    assert held(small.journal) == []


# --- wherever it stops


def test_a_restore_that_cannot_be_finished_goes_on_at_the_next_start(
    folder: StationFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*paths: object) -> None:
        raise PermissionError("used by another program")

    with monkeypatch.context() as broken:
        broken.setattr(restore_steps, "_move_away", in_use)
        with pytest.raises(Faulted) as fault:
            restore(folder)
        assert fault.value.reason.why is Why.RESTORE_UNFINISHED
        assert fault_of(lambda: Place(folder.path).alone().__enter__()).why is Why.RESTORE_UNFINISHED
    assert held(folder.journal) == imeis(range(5))
    with Place(folder.path).reader() as reader:
        assert reader.relationship_count(None) == 3
    assert last_event(folder)[0] is EventKind.RESTORED
    assert not folder.restoring.exists()


def test_what_somebody_put_in_the_way_is_not_overwritten(folder: StationFolder) -> None:
    kept = restore_steps.kept_name(folder)
    assert kept is not None
    kept.write_bytes(b"mine")
    shutil.copy(backup_of(folder), restore_steps.draft_of(folder))
    restore_steps.begin(folder, kept)
    assert fault_of(lambda: restore_steps.finish(folder)).why is Why.RESTORE_UNFINISHED
    assert kept.read_bytes() == b"mine"
    kept.unlink()
    restore_steps.finish(folder)
    assert held(folder.journal) == imeis(range(3))
    assert held(kept) == imeis(range(5))


def test_a_begun_restore_that_cannot_be_read_is_told(folder: StationFolder) -> None:
    folder.restoring.write_bytes(b"[]")
    assert fault_of(lambda: restore_steps.finish(folder)).why is Why.RESTORE_UNFINISHED
    assert held(folder.journal) == imeis(range(5))


@needs_kill
@pytest.mark.parametrize("old", ["whole", "damaged", "gone"])
def test_a_restore_that_is_killed_leaves_the_old_journal_or_the_new_one(
    folder: StationFolder, tmp_path: Path, old: str
) -> None:
    """At each of its steps in turn; what was there before is there afterwards, under its name or another."""
    if old == "damaged":
        folder.journal.write_bytes(ruined(folder.journal.read_bytes(), keep=1))
    if old == "gone":
        folder.journal.unlink()
    before = content(folder)
    outcomes = []
    for step in range(1, 200):
        trial = StationFolder(tmp_path / f"trial {step}")
        shutil.copytree(folder.path, trial.path)
        killed = run_restorer(trial, step)
        outcomes.append(_state_after(trial, old, before))
        shutil.rmtree(trial.path)
        if not killed:
            break
    assert len(outcomes) > 20
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {"0 the old one", "1 the new one"}


def run_restorer(folder: StationFolder, step: int) -> bool:
    """Restores in a process that is killed just before its Nth change in the folder. Whether it was."""
    process = multiprocessing.get_context("fork").Process(target=_restore_until, args=(folder, step))
    process.start()
    process.join(timeout=60)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _restore_until(folder: StationFolder, last: int) -> None:
    number = itertools.count(1)
    watched = ("os.rename", "os.remove", "open", "sqlite3.connect")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in watched and str(folder.path) in str(arguments[0]) and next(number) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    place = Place(folder.path)
    sys.addaudithook(hook)
    with place.alone(), place.restoring(backup_of(folder)) as restoring:
        with restoring.people():
            pass
        restoring.put_in_place(place.stamp())


def _state_after(folder: StationFolder, old: str, before: bytes | None) -> str:
    """As the next start finds it."""
    place = Place(folder.path)
    try:
        with place.alone(), place.journal() as journal:
            units = journal.relationship_count(None)
            assert journal.verify().finding is None
    except Faulted as fault:
        reason = fault.reason
    else:
        return _standing(folder, units, old, before)
    assert reason.why is {"damaged": Why.JOURNAL_DAMAGED, "gone": Why.JOURNAL_GONE}[old]
    assert reason.facts["backup"] == backup_of(folder).name
    assert content(folder) == before
    return "0 the old one"


def _standing(folder: StationFolder, units: int, old: str, before: bytes | None) -> str:
    assert not folder.restoring.exists()
    if units == 5:
        return "0 the old one"
    assert units == 3
    kept = [path for path in folder.path.glob("journal.db.replaced-*") if "-wal" not in path.name]
    kept = [path for path in kept if "-shm" not in path.name]
    if old == "whole":
        assert [held(one) for one in kept] == [imeis(range(5))]
    elif old == "damaged":
        assert [one.read_bytes() for one in kept] == [before]
    return "1 the new one"

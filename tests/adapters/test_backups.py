"""Backups: made beside a working station, proven, named, copied, pruned; and what is in their way."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters import journal_copy
from app.adapters.backup_files import backup_name, is_backup, newest_backup, prune
from app.adapters.backups import Backups
from app.adapters.sqlite_journal import SqliteJournal, create_journal
from app.adapters.station_folder import StationFolder
from app.core.errors import Faulted, Refused, Why
from app.ports.backups import BackupMade
from app.ports.relationship import Cancelled
from app.station.backups import back_up, backed_up
from tests.adapters.faults import PAGE, bind, fault_of, held, imeis, ruined
from tests.adapters.journals import STAMP
from tests.benchmarks.bulk import make_journal

not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    (tmp_path / "station").mkdir()
    create_journal(tmp_path / "station" / "journal.db", STAMP)
    return StationFolder(tmp_path / "station")


def keeper(folder: StationFolder, kept: int = 14, second: str = "") -> Backups:
    return Backups(folder, "Line 7/中", kept, second)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "backup.lock")


def a_backup(folder: StationFolder, minute: int, seq: int = 1) -> Path:
    """One of that minute, whole where `seq` is 1, which is what a new journal ends with."""
    folder.backups.mkdir(exist_ok=True)
    name = backup_name(datetime(2026, 1, 1, 8, minute, tzinfo=UTC), seq)
    return Path(shutil.copy(folder.journal, folder.backups / name))


# --- what a backup is


def test_a_backup_holds_the_journal_as_it_was_and_says_what_it_is(folder: StationFolder) -> None:
    with closing(SqliteJournal(folder.journal)) as journal:
        bind(journal, 0)
        made = keeper(folder).make()
        bind(journal, 1)
        event = journal.event(2)
    assert event is not None
    assert (made.seq, made.hash) == (2, event.hash)
    assert made.path.name == f"journal-{made.when[:19].replace('-', '').replace(':', '')}Z-0000002.db"
    assert files(folder.backups) == [made.path.name]
    assert made.sha256 == sha256(made.path.read_bytes()).hexdigest()
    assert made.size == made.path.stat().st_size
    assert abs(datetime.fromisoformat(made.when) - datetime.now(UTC)) < timedelta(minutes=5)
    assert held(made.path) == imeis(range(1))
    assert (made.second, made.second_trouble) == (None, None)


def test_a_backup_is_of_one_moment_whatever_is_written_meanwhile(
    folder: StationFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_copy, "_PAGES_AT_ONCE", 1)
    with closing(SqliteJournal(folder.journal)) as journal:
        for number in range(20):
            bind(journal, number)
        written = iter(range(20, 100_000))
        said: list[tuple[int, int]] = []

        def progress(done: int, total: int) -> bool:
            said.append((done, total))
            bind(journal, next(written))
            return True

        made = keeper(folder).make(progress=progress)
        assert made.seq == 21
        bound = next(written)
    assert bound > 40
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert {total for _, total in said} == {1000}
    assert held(made.path) == imeis(range(20))
    assert held(folder.journal) == imeis(range(bound))


def test_a_backup_is_put_on_record_with_what_it_holds(folder: StationFolder) -> None:
    with closing(SqliteJournal(folder.journal)) as journal:
        made = back_up(keeper(folder), journal, STAMP)
        event = journal.event(2)
    assert event is not None
    assert event.entry == backed_up(made)
    detail = json.loads(event.entry.detail or "")
    assert (detail["file"], detail["seq"], detail["hash"]) == (str(made.path), 1, made.hash)
    assert (detail["sha256"], detail["size"], detail["pruned"]) == (made.sha256, made.size, [])


@pytest.mark.parametrize("stop_at", [0, 200, 280, 700])
def test_a_cancelled_backup_leaves_nothing(folder: StationFolder, stop_at: int) -> None:
    old = a_backup(folder, 1)
    with pytest.raises(Cancelled):
        keeper(folder, kept=1).make(progress=lambda done, total: done < stop_at * total // 1000)
    assert files(folder.backups) == [old.name]


def test_what_a_killed_backup_left_is_cleared_away(folder: StationFolder) -> None:
    folder.backups.mkdir()
    for name in ("backup.db", "backup.db.new", "backup.db.new-wal", "backup.db-shm"):
        (folder.backups / name).write_bytes(b"half")
    made = keeper(folder).make()
    assert files(folder.backups) == [made.path.name]


def test_two_threads_that_want_a_backup_get_one_each(folder: StationFolder) -> None:
    made: list[BackupMade] = []
    first_is_at_it, second = threading.Event(), threading.Thread(target=lambda: made.append(_made(folder)))

    def progress(done: int, total: int) -> bool:
        if not first_is_at_it.is_set():
            first_is_at_it.set()
            second.start()
        return True

    made.append(keeper(folder).make(progress=progress))
    second.join()
    assert [one.seq for one in made] == [1, 1]
    assert all(held(one.path) == [] for one in made)


def _made(folder: StationFolder) -> BackupMade:
    return keeper(folder).make()


# --- names, the newest, and which go

moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001
    datetime(2099, 1, 1),  # noqa: DTZ001
    timezones=st.just(timezone(timedelta(hours=8))),
)


@given(moments, st.integers(1, 2**63 - 1))
def test_every_name_is_known_again(when: datetime, seq: int) -> None:
    assert is_backup(Path(backup_name(when, seq)))


@given(st.text(max_size=60))
def test_no_other_name_is_taken_for_one(name: str) -> None:
    assert not is_backup(Path(f"x{name}"))


def test_the_newest_good_backup_is_found_by_its_own_head(folder: StationFolder) -> None:
    assert newest_backup(folder.path) is None
    good = a_backup(folder, 10)
    a_backup(folder, 11, seq=7)  # its end is another
    a_backup(folder, 12).write_bytes(good.read_bytes()[:-PAGE])
    a_backup(folder, 13).write_bytes(b"")
    a_backup(folder, 14).write_bytes(b"\x55" * PAGE)
    (folder.backups / "journal-20260231T250000Z-0000001.db").write_bytes(good.read_bytes())
    (folder.backups / "notes.txt").write_text("keep")
    found = newest_backup(folder.path)
    assert found is not None
    assert (found.path, found.when, found.seq) == (good, "2026-01-01T08:10:00.000Z", 1)
    assert files(folder.backups)[-1] == "notes.txt"


def test_only_our_own_oldest_backups_go(folder: StationFolder) -> None:
    old = [a_backup(folder, minute) for minute in range(5)]
    kept = ("journal-2026.db", "mine.db", "journal-20260101T080000Z-0000001.db.bak")
    for name in kept:
        (folder.backups / name).write_text("a person's")
    made = keeper(folder, kept=3).make()
    assert made.pruned == (old[2].name, old[1].name, old[0].name)
    assert files(folder.backups) == sorted([made.path.name, old[3].name, old[4].name, *kept])


def test_the_one_just_made_stays_even_where_the_clock_ran_backwards(folder: StationFolder) -> None:
    later = [a_backup(folder, minute) for minute in range(3)]
    oldest = a_backup(folder, 0, seq=2)
    oldest = oldest.rename(oldest.with_name(backup_name(datetime(2001, 1, 1, tzinfo=UTC), 1)))
    assert set(prune(folder.backups, 1, spare=oldest)) == {later[0].name, later[1].name}
    assert files(folder.backups) == sorted([oldest.name, later[2].name])


# --- elsewhere


def test_each_backup_goes_to_the_second_folder_too_and_is_never_taken_away_there(
    folder: StationFolder, tmp_path: Path
) -> None:
    second = tmp_path / "share" / "backups"
    of_this_station = second / "station-Line_7_中"
    with closing(SqliteJournal(folder.journal)) as journal:
        made = []
        for number in range(3):
            made.append(keeper(folder, kept=1, second=str(second)).make())
            bind(journal, number)
    assert files(folder.backups) == [made[-1].path.name]
    assert files(of_this_station) == sorted(one.path.name for one in made)
    for one in made:
        assert one.second == of_this_station / one.path.name
        assert sha256(one.second.read_bytes()).hexdigest() == one.sha256
        assert one.second_trouble is None


def test_a_second_folder_that_is_relative_lies_in_the_stations(folder: StationFolder) -> None:
    made = keeper(folder, second="more").make()
    assert made.second == folder.path / "more" / "station-Line_7_中" / made.path.name


def test_trouble_in_the_second_folder_leaves_the_backup_what_it_is(
    folder: StationFolder, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    made = keeper(folder, second=str(tmp_path / "file")).make()
    assert held(made.path) == []
    assert made.second is None
    assert made.second_trouble is not None
    assert made.second_trouble.why is Why.SECOND_BACKUP_FAILED
    detail = json.loads(backed_up(made).detail or "")
    assert detail["second_trouble"]["why"] == "second-backup-failed"


def test_a_full_second_disk_leaves_the_backup_and_nothing_half_there(
    folder: StationFolder, disk: Path
) -> None:
    (disk / "ballast").write_bytes(bytes(2_000_000))
    made = keeper(folder, second=str(disk)).make()
    assert made.second_trouble is not None
    assert held(made.path) == []
    assert [path for path in disk.rglob("*") if path.is_file()] == [disk / "ballast"]


def test_a_backup_to_one_file_goes_there_alone(folder: StationFolder, tmp_path: Path) -> None:
    old = a_backup(folder, 1)
    out = tmp_path / "out.db"
    made = keeper(folder, kept=1, second=str(tmp_path / "second")).make(out)
    assert (made.path, held(out), files(folder.backups)) == (out, [], [old.name])
    assert not (tmp_path / "second").exists()


def test_a_file_that_is_there_or_is_the_stations_own_is_left_alone(
    folder: StationFolder, tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    old = a_backup(folder, 1)
    for out, why in ((taken, Why.FILE_EXISTS), (folder.journal, Why.FILE_IS_OURS), (old, Why.FILE_IS_OURS)):
        with pytest.raises(Refused) as refused:
            keeper(folder).make(out)
        assert refused.value.reason.why is why
    assert taken.read_text() == "mine"
    assert files(folder.backups) == [old.name]


# --- what is in the way


def test_a_journal_that_is_damaged_gives_no_backup_and_no_old_one_goes(tmp_path: Path) -> None:
    folder = StationFolder(tmp_path)
    make_journal(folder.journal, 2000)
    good = keeper(folder).make()
    whole = folder.journal.read_bytes()
    middle = len(whole) // PAGE // 2 * PAGE
    folder.journal.write_bytes(whole[:middle] + b"\x55" * PAGE + whole[middle + PAGE :])
    assert fault_of(lambda: keeper(folder, kept=1).make()).why is Why.BACKUP_NOT_WHOLE
    folder.journal.write_bytes(ruined(whole, keep=1))
    fault = fault_of(lambda: keeper(folder, kept=1).make())
    assert fault.why in (Why.JOURNAL_DAMAGED, Why.BACKUP_NOT_WHOLE, Why.BACKUP_FAILED)
    assert files(folder.backups) == [good.path.name]


def test_a_journal_whose_newest_events_were_changed_gives_no_backup(folder: StationFolder) -> None:
    with closing(SqliteJournal(folder.journal)) as journal:
        bind(journal, 0)
    with closing(sqlite3.connect(folder.journal, isolation_level=None)) as intruder:
        intruder.execute("DROP TRIGGER event_never_changes")
        intruder.execute("UPDATE event SET operator = 'X' WHERE seq = 2")
    reason = fault_of(lambda: keeper(folder).make())
    assert (reason.why, reason.facts["detail"]) == (Why.BACKUP_NOT_WHOLE, "#2: changed")
    assert files(folder.backups) == []


def test_a_disk_without_room_for_a_backup_is_a_fault_and_binding_goes_on(disk: Path) -> None:
    folder = StationFolder(disk)
    ballast = disk / "ballast"
    create_journal(folder.journal, STAMP)
    with closing(SqliteJournal(folder.journal)) as journal:
        for number in range(40):
            bind(journal, number)
        ballast.write_bytes(bytes(shutil.disk_usage(disk).free - 100_000))
        assert fault_of(lambda: keeper(folder).make()).why in (Why.BACKUP_FAILED, Why.DISK_FULL)
        assert files(folder.backups) == []
        bind(journal, 40)
        ballast.unlink()
        made = keeper(folder).make()
        assert held(made.path) == imeis(range(41))


def test_a_disk_that_is_read_only_is_a_fault(disk: Path) -> None:
    folder = StationFolder(disk)
    create_journal(folder.journal, STAMP)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert fault_of(lambda: keeper(folder).make()).why is Why.BACKUP_FAILED


def test_another_programs_lock_is_waited_for_and_then_a_fault(folder: StationFolder) -> None:
    with closing(sqlite3.connect(folder.journal, isolation_level=None)) as other:
        other.executescript("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;")
        assert fault_of(lambda: keeper(folder).make()).why in (Why.JOURNAL_LOCKED, Why.BACKUP_FAILED)
    assert keeper(folder).make().seq == 1


@not_on_windows
def test_a_journal_that_is_gone_is_a_fault_with_the_way_back(folder: StationFolder) -> None:
    made = keeper(folder).make()
    folder.journal.unlink()
    reason = fault_of(lambda: keeper(folder).make())
    assert reason.why is Why.JOURNAL_GONE
    assert (reason.facts["backup"], reason.facts["seq"]) == (made.path.name, 1)


@not_on_windows
def test_a_journal_deleted_under_the_copy_is_saved_in_it(folder: StationFolder) -> None:
    with closing(SqliteJournal(folder.journal)) as journal:
        bind(journal, 0)

    def progress(done: int, total: int) -> bool:
        folder.journal.unlink(missing_ok=True)
        return True

    assert held(keeper(folder).make(progress=progress).path) == imeis(range(1))


@pytest.mark.parametrize("ruin", [lambda whole: ruined(whole, keep=1), lambda whole: b"\x55" * len(whole)])
def test_a_damaged_journal_is_told_with_the_way_back(
    folder: StationFolder, ruin: Callable[[bytes], bytes]
) -> None:
    folder.birth.write_text("now")
    with closing(SqliteJournal(folder.journal)) as journal:
        for number in range(30):
            bind(journal, number)
    made = keeper(folder).make()
    folder.journal.write_bytes(ruin(folder.journal.read_bytes()))
    with pytest.raises(Faulted) as fault:
        SqliteJournal(folder.journal)
    reason = fault.value.reason
    assert reason.why is Why.JOURNAL_DAMAGED
    assert (reason.facts["backup"], reason.facts["when"]) == (made.path.name, made.when)
    assert reason.facts["seq"] == 31

"""Files that are there whole or not at all; settings; the folder's lock."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.durable_file import write_durably
from app.adapters.settings_file import load_settings, save_settings
from app.adapters.station_folder import FolderLock, StationFolder
from app.core.errors import Faulted, Refused, Why
from app.core.settings import Settings
from app.core.unit import ImeiSource


def test_an_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        file.write(b"new")

    with pytest.raises(Refused):
        write_durably(path, write, replace=False)
    assert path.read_bytes() == b"old"
    write_durably(path, write, replace=True)
    assert path.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_a_fault_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(Faulted) as fault:
        write_durably(tmp_path / "nowhere" / "file", lambda file: None)
    assert fault.value.reason.why is Why.FILE_UNWRITABLE


settings = st.builds(
    Settings,
    station=st.text(max_size=20),
    port=st.text(max_size=20),
    imei_from=st.sampled_from(list(ImeiSource)),
    formats=st.sampled_from([(), ("A{pk}+{sn}",)]),
    half_seconds=st.integers(5, 3600),
    volume=st.integers(0, 100),
    backups_kept=st.integers(1, 1000),
    second_backup_folder=st.text(max_size=20),
    assert_dtr_rts=st.booleans(),
    data_centre=st.sampled_from(["", "china", "https://iot-api.example.com"]),
    upload_proxy=st.sampled_from(["", "none", "http://proxy:3128"]),
    upload_at_shift_close=st.booleans(),
    upload_minutes=st.integers(0, 1440),
)


@given(chosen=settings)
def test_settings_come_back_as_they_were_kept(
    chosen: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    save_settings(path, chosen)
    assert load_settings(path) == chosen


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"nonsense": 1}',
        b'{"baud": "115200"}',
        b'{"baud": true}',
        b'{"imei_from": "x"}',
    ],
)
def test_a_settings_file_of_any_other_kind_is_a_fault(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with pytest.raises(Faulted) as fault:
        load_settings(path)
    assert fault.value.reason.why is Why.SETTINGS_UNREADABLE


@pytest.mark.parametrize(
    "found", [{"half_seconds": 4}, {"volume": 101}, {"formats": ["{pk}{sn}"]}, {"backups_kept": 0}]
)
def test_a_setting_out_of_its_range_is_refused(found: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(found), "utf-8")
    with pytest.raises(Faulted) as fault:
        load_settings(path)
    assert fault.value.reason.why is Why.SETTINGS_UNREADABLE


def test_the_folder_has_one_holder_and_the_second_is_told_who(tmp_path: Path) -> None:
    folder = StationFolder(tmp_path)
    first, second = FolderLock(folder), FolderLock(folder)
    first.acquire()
    with pytest.raises(Faulted) as fault:
        second.acquire()
    assert fault.value.reason.why is Why.STATION_IN_USE
    assert fault.value.reason.facts["pid"] == str(os.getpid())
    first.release()
    second.acquire()
    second.release()


@pytest.mark.parametrize("holder", ["", "[]", "{", '{"pid": 1}'])
def test_a_holder_that_did_not_come_to_say_who_it_is_holds_all_the_same(tmp_path: Path, holder: str) -> None:
    folder = StationFolder(tmp_path)
    lock = FolderLock(folder)
    lock.acquire()
    (tmp_path / "station.holder").write_text(holder, "utf-8")
    with pytest.raises(Faulted) as fault:
        FolderLock(folder).acquire()
    assert fault.value.reason.facts == {"pid": "?", "computer": "?", "since": "?"}
    lock.release()


def test_a_holder_that_cannot_say_who_it_is_holds_all_the_same(tmp_path: Path) -> None:
    """As on a full disk; what is wrong is the journal's to say."""
    (tmp_path / "station.holder").mkdir()
    folder = StationFolder(tmp_path)
    lock = FolderLock(folder)
    lock.acquire()
    with pytest.raises(Faulted) as fault:
        FolderLock(folder).acquire()
    assert fault.value.reason.why is Why.STATION_IN_USE
    lock.release()


def test_the_folder_of_a_killed_holder_is_free(tmp_path: Path) -> None:
    script = """
import sys, time
from pathlib import Path
from app.adapters.station_folder import FolderLock, StationFolder
lock = FolderLock(StationFolder(Path(sys.argv[1])))
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", script, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(Faulted) as fault:
            FolderLock(StationFolder(tmp_path)).acquire()
        assert fault.value.reason.facts["pid"] == str(holder.pid)
        holder.kill()
    lock = FolderLock(StationFolder(tmp_path))
    lock.acquire()
    lock.release()


def test_a_station_knows_the_files_that_it_lives_by(tmp_path: Path) -> None:
    folder = StationFolder(tmp_path)
    ours = (
        "journal.db",
        "journal.db-wal",
        "journal.db.replaced-20260101T000000Z",
        "settings.json",
        "station.log",
        "JOURNAL.DB",
        "backups/journal-20260101T000000Z-0000012.db",
    )
    others = ("file.csv", "backups/file.csv", "backups/journal-1.db", "a/journal.db")
    assert [name for name in ours if not folder.owns(tmp_path / name)] == []
    assert [name for name in others if folder.owns(tmp_path / name)] == []

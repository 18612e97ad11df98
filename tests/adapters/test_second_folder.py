"""The second folder for backups is looked at before it is chosen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.adapters.second_folder import look_at_second_folder
from app.core.errors import Refused, Why


@pytest.fixture
def station(tmp_path: Path) -> Path:
    folder = tmp_path / "station"
    (folder / "backups").mkdir(parents=True)
    return folder


def why(folder: Path, station: Path) -> Why:
    with pytest.raises(Refused) as refusal:
        look_at_second_folder(folder, station)
    return refusal.value.reason.why


def test_a_folder_on_the_same_disk_is_told_from_one_on_another(station: Path, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    assert look_at_second_folder(tmp_path / "second", station) is False
    assert list((tmp_path / "second").iterdir()) == []
    other = Path("/dev/shm")
    if other.is_dir() and other.stat().st_dev != tmp_path.stat().st_dev:
        assert look_at_second_folder(other, station) is True


def test_what_is_no_folder_is_refused(station: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert why(tmp_path / "nowhere", station) is Why.SECOND_FOLDER_GONE
    assert why(tmp_path / "file", station) is Why.SECOND_FOLDER_GONE


def test_the_stations_own_folder_is_refused_however_it_is_named(station: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(station / "backups")
    for folder in (station, station / "backups", tmp_path / "link"):
        assert why(folder, station) is Why.SECOND_FOLDER_OURS


def test_a_folder_that_nobody_can_write_into_is_refused(station: Path) -> None:
    read_only = Path("/proc/self")
    if not read_only.is_dir() or os.name == "nt":
        pytest.skip("needs /proc, which nobody can write into")
    assert why(read_only, station) is Why.SECOND_FOLDER_UNWRITABLE

"""Where labels go: whole or not at all."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from app.adapters.label_outlets import DeviceOutlet, FileOutlet, FolderOutlet, is_device, is_port_name
from app.core.errors import Faulted, Refused, Why
from app.core.label_batch import LabelFile, MadeBatch

ONE = MadeBatch((LabelFile("", b"labels"),), 0, 0.3)
MANY = MadeBatch(
    (LabelFile("QR/1.png", b"1"), LabelFile("QR/2.png", b"2"), LabelFile("SN_list.csv", b"l")), 0, 0.3
)

posix = pytest.mark.skipif(os.name != "posix", reason="device files are POSIX")


def test_a_file_that_is_there_is_only_replaced_where_that_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    FileOutlet(path).check()
    FileOutlet(path).put(ONE)
    with pytest.raises(Refused) as refused:
        FileOutlet(path).check()
    assert refused.value.reason.why is Why.FILE_EXISTS
    FileOutlet(path, replace=True).check()
    FileOutlet(path, replace=True).put(ONE)
    assert path.read_bytes() == b"labels"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_comes_whole(tmp_path: Path) -> None:
    path = tmp_path / "codes"
    path.mkdir()
    FolderOutlet(path).check()
    FolderOutlet(path).put(MANY)
    files = sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file())
    assert files == ["QR/1.png", "QR/2.png", "SN_list.csv"]
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(Refused):
        FolderOutlet(path).check()


def test_of_a_folder_that_fails_nothing_is_left(tmp_path: Path) -> None:
    bad = MadeBatch((*MANY.files, LabelFile("QR/" + "x" * 300, b"")), 0, 0.3)
    with pytest.raises(Faulted):
        FolderOutlet(tmp_path / "codes").put(bad)
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    fifo = tmp_path / "printer"
    os.mkfifo(fifo)
    taken: list[bytes] = []
    reader = threading.Thread(target=lambda: taken.append(fifo.read_bytes()))
    reader.start()
    assert is_device(fifo)
    DeviceOutlet(fifo).check()
    DeviceOutlet(fifo).put(ONE)
    reader.join(10)
    assert taken == [b"labels"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is Linux's")
def test_a_device_that_takes_nothing_is_a_fault() -> None:
    with pytest.raises(Faulted) as faulted:
        DeviceOutlet(Path("/dev/full")).put(ONE)
    assert faulted.value.reason.why is Why.DISK_FULL
    assert not is_device(Path(__file__))


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("LPT1", True), ("com3", True), ("COM12", True), ("PRN", True), ("COM0", False), ("COMB", False)],
)
def test_ports_of_windows_are_known_by_their_names(name: str, is_one: bool) -> None:
    assert is_port_name(name) is is_one


def test_what_a_killed_program_left_beside_a_folder_is_cleared(tmp_path: Path) -> None:
    left, other = tmp_path / ".codes.abc.part", tmp_path / ".others.abc.part"
    for folder in (left, other):
        folder.mkdir()
        (folder / "1.png").write_bytes(b"x")
    FolderOutlet(tmp_path / "codes").put(MadeBatch((LabelFile("1.png", b"x"),), 0, 0.3))
    assert (left.exists(), other.exists()) == (False, True)

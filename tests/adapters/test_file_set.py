"""Files come into place together, or everything is as it was: also on a full disk and without a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.adapters import file_set
from app.adapters.file_set import FileSet, together
from app.adapters.relationship_files import RelationshipFiles
from app.core.errors import Faulted, Refused, Why
from app.core.relationship import FileKind
from tests.adapters.tables import EN, blocks, names, row

MANY = [[row(number, f"{number:060}") for number in range(20_000)]]

both_kinds = pytest.mark.parametrize("kind", FileKind)


def attempt(replace: bool, *steps: Callable[[FileSet], None]) -> None:
    with together(replace) as files:
        for step in steps:
            step(files)


def put(path: Path, text: str = "x") -> Callable[[FileSet], None]:
    return lambda files: files.write_text(path, text)


def export(path: Path, kind: FileKind, meanwhile: Callable[[], None] = lambda: None) -> None:
    with RelationshipFiles().together(replace=True) as files:
        files.write(path, kind, EN, blocks(*MANY))
        meanwhile()
        files.place()


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_files_get_their_names_together(tmp_path: Path) -> None:
    with together(replace=False) as files:
        files.write_text(tmp_path / "main", "m")
        files.write_text(tmp_path / "side", "s")
        assert all(name.startswith(".") for name in names(tmp_path))
        files.place()
    assert contents(tmp_path) == {"main": "m", "side": "s"}


def test_the_file_that_people_use_comes_last(tmp_path: Path) -> None:
    (tmp_path / "side").mkdir()
    with pytest.raises(Faulted):
        attempt(True, put(tmp_path / "main"), put(tmp_path / "side"), FileSet.place)
    assert names(tmp_path) == ["side"]


@pytest.mark.parametrize("links", [True, False], ids=["a disk with second names", "a USB stick"])
def test_what_was_replaced_comes_back_where_the_block_raises(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _no_links)
    before = {"main": "old m", "gone": "old g"}
    for name, text in before.items():
        (tmp_path / name).write_text(text, "utf-8")

    def interrupted(files: FileSet) -> None:
        assert {"main": "m", "new": "n"}.items() <= contents(tmp_path).items()
        assert not (tmp_path / "gone").exists()
        raise KeyboardInterrupt

    steps = (
        put(tmp_path / "main", "m"),
        put(tmp_path / "new", "n"),
        lambda files: files.remove(tmp_path / "gone"),
    )
    with pytest.raises(KeyboardInterrupt):
        attempt(True, *steps, FileSet.place, interrupted)
    assert contents(tmp_path) == before


def _no_links(self: Path, target: Path) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_nothing_is_replaced_or_removed_without_being_asked(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", "utf-8")
    with pytest.raises(Refused) as refused:
        attempt(False, put(tmp_path / "mine"))
    assert refused.value.reason.why is Why.FILE_EXISTS
    with pytest.raises(Refused):
        attempt(False, lambda files: files.remove(tmp_path / "mine"))

    def somebody(files: FileSet) -> None:
        (tmp_path / "late").write_text("somebody else's", "utf-8")

    with pytest.raises(Refused):
        attempt(False, put(tmp_path / "late"), somebody, FileSet.place)
    assert contents(tmp_path) == {"mine": "mine", "late": "somebody else's"}


def test_what_a_killed_program_left_is_taken_away_after_an_hour(tmp_path: Path) -> None:
    old, young, other = (tmp_path / f".{name}.part" for name in ("a[1].csv.x", "a[1].csv.y", "b.csv.x"))
    for path in (old, young, other):
        path.touch()
    long_ago = time.time() - file_set._LEFT_BEHIND - 60
    for path in (old, other):
        os.utime(path, (long_ago, long_ago))
    with together(replace=False) as files:
        files.write_text(tmp_path / "a[1].csv", "x")
    assert names(tmp_path) == sorted([young.name, other.name])


@both_kinds
def test_a_folder_that_vanishes_meanwhile_is_said(tmp_path: Path, kind: FileKind) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(Faulted) as fault:
        export(folder / "file", kind, meanwhile=lambda: shutil.rmtree(folder))
    assert fault.value.reason.why is Why.FILE_UNWRITABLE
    with pytest.raises(Faulted):
        export(folder / "file", kind)
    assert names(tmp_path) == []


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from app.core.errors import Faulted
from app.core.relationship import FileKind
from tests.adapters.test_file_set import export
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
try:
    export(Path(sys.argv[1]), FileKind(sys.argv[2]))
except Faulted as fault:
    print(fault.reason.why)
"""


@both_kinds
@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX only")
def test_a_file_that_may_not_grow_leaves_the_old_one(tmp_path: Path, kind: FileKind) -> None:
    path = tmp_path / "file"
    path.write_text("old", "utf-8")
    command = [sys.executable, "-c", _LIMITED, str(path), kind]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == Why.FILE_UNWRITABLE
    assert contents(tmp_path) == {"file": "old"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root of a Linux mounts a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", disk], check=True)


@both_kinds
def test_a_full_disk_leaves_the_old_file_and_says_so(small_disk: Path, kind: FileKind) -> None:
    path = small_disk / "file"
    path.write_text("old", "utf-8")
    with pytest.raises(Faulted) as fault:
        export(path, kind)
    assert fault.value.reason.why is Why.DISK_FULL
    assert contents(small_disk) == {"file": "old"}

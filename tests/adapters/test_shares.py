"""Network shares are known by what the system says of the mount or the drive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.shares import mounts, refuse_share, share_of, share_on_linux, share_on_windows
from app.core.errors import Faulted, Why
from app.main.place import Place

# as kernels write them: a desktop with shares, a container, a virtual machine, WSL 2
DESKTOP = r"""
22 29 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
29 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
95 29 259:1 / /boot/efi rw,relatime shared:31 - vfat /dev/nvme0n1p1 rw,fmask=0077,dmask=0077,codepage=437
101 29 0:46 / /home/line7 rw,relatime shared:52 - btrfs /dev/sda1 rw,space_cache=v2,subvolid=256,subvol=/@home
310 29 0:52 / /mnt/plant rw,relatime shared:170 - cifs //files.plant.local/line\0407 rw,vers=3.1.1
322 29 0:54 / /srv/nfs rw,relatime shared:179 - nfs4 10.0.3.9:/export/journals rw,vers=4.2,rsize=1048576,hard
333 29 0:55 / /srv/old rw,relatime shared:180 - nfs 10.0.3.9:/old rw,vers=3
340 29 0:60 / /home/line7/remote rw,nosuid,nodev,relatime shared:190 - fuse.sshfs op@box:/data rw,user_id=1000
341 340 8:1 / /home/line7/remote/stick rw,relatime shared:191 - ext4 /dev/sdb1 rw
350 29 8:17 / /media/usb\040stick rw,relatime shared:195 - fuseblk /dev/sdb1 rw,blksize=4096
360 29 0:70 / /run/user/1000/gvfs rw,nosuid,nodev,relatime shared:201 - fuse.gvfsd-fuse gvfsd-fuse rw
361 29 0:71 / /mnt/cloud rw,relatime shared:202 - fuse.rclone remote:bucket rw
362 29 0:72 / /mnt/secret rw,relatime shared:203 - fuse.gocryptfs /home/line7/cipher rw
363 29 0:73 / /mnt/pool rw,relatime shared:204 - fuse.mergerfs disk1:disk2 rw
364 29 0:74 / /mnt/twice rw,relatime shared:205 - nfs4 10.0.3.9:/twice rw
365 364 8:33 / /mnt/twice rw,relatime shared:206 - xfs /dev/sdc1 rw
366 29 0:75 / /mnt/unheard rw,relatime shared:207 - newfs //nas/share rw
"""
CONTAINER = r"""
1523 1211 0:312 / / rw,relatime master:437 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/AB
1524 1523 0:315 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
1545 1523 8:1 /var/lib/docker/volumes/a/_data /data rw,relatime master:1 - ext4 /dev/sda1 rw
1546 1523 0:40 / /share rw,relatime - nfs4 nas:/vol rw
1547 1523 0:41 / /host rw,relatime - fuse.grpcfuse grpcfuse rw
"""
WSL = r"""
65 60 8:32 / / rw,relatime - ext4 /dev/sdc rw,discard,errors=remount-ro,data=ordered
90 65 0:53 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs;path=C:\;uid=1000,access=client,trans=fd
"""
SANDBOX = """
50 40 0:20 / / rw,relatime - 9p none rw,trans=fd,rfdno=4,wfdno=4
51 50 0:21 / /tmp rw - tmpfs none rw
52 50 0:22 / /work rw - virtiofs folder rw
"""


@pytest.mark.parametrize(
    ("mountinfo", "folder", "share"),
    [
        (DESKTOP, "/var/lib/station", None),
        (DESKTOP, "/home/line7/station", None),
        (DESKTOP, "/mnt/plant", "//files.plant.local/line 7"),
        (DESKTOP, "/mnt/plant/a/b", "//files.plant.local/line 7"),
        (DESKTOP, "/mnt/plantation", None),
        (DESKTOP, "/srv/nfs/station", "10.0.3.9:/export/journals"),
        (DESKTOP, "/srv/old/station", "10.0.3.9:/old"),
        (DESKTOP, "/home/line7/remote/station", "op@box:/data"),
        (DESKTOP, "/home/line7/remote/stick/station", None),
        (DESKTOP, "/media/usb stick/station", None),
        (DESKTOP, "/run/user/1000/gvfs/smb-share:server=nas,share=a", "gvfsd-fuse"),
        (DESKTOP, "/mnt/cloud/station", "remote:bucket"),
        (DESKTOP, "/mnt/secret/station", None),
        (DESKTOP, "/mnt/pool/station", None),
        (DESKTOP, "/mnt/twice/station", None),
        (DESKTOP, "/mnt/unheard/station", "//nas/share"),
        (CONTAINER, "/root/station", None),
        (CONTAINER, "/data/station", None),
        (CONTAINER, "/share/station", "nas:/vol"),
        (CONTAINER, "/host/station", "grpcfuse"),
        (WSL, "/home/line7", None),
        (WSL, "/mnt/c/station", "C:\\"),
        (SANDBOX, "/root/station", None),
        (SANDBOX, "/tmp/station", None),
        (SANDBOX, "/work/station", "folder"),
        ("", "/srv/station", None),
        ("nonsense\n1 2 3 - nfs\n", "/srv/station", None),
    ],
)
def test_the_deepest_mount_over_a_folder_says_whether_it_is_a_share(
    mountinfo: str, folder: str, share: str | None
) -> None:
    assert share_on_linux(PurePosixPath(folder), mountinfo) == share


names = st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=12)


@given(names.filter(lambda name: name not in (".", "..")))
def test_whatever_a_mount_is_called_it_is_found(name: str) -> None:
    """The kernel writes blank, tab, line feed and backslash in octal."""
    escaped = "".join(f"\\{ord(one):03o}" if one in " \t\n\\#" else one for one in name)
    line = f"36 35 98:0 / /mnt/{escaped} rw master:1 propagate_from:2 - cifs //nas/{escaped} rw"
    assert share_on_linux(PurePosixPath(f"/mnt/{name}/x"), line) == f"//nas/{name}"


@given(st.text())
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(mounts(text), list)


LOCAL, REMOTE = 3, 4


@pytest.mark.parametrize(
    ("folder", "share"),
    [
        (r"\\server\share\station", "//server/share"),
        ("//server/share/station", "//server/share"),
        (r"\\wsl.localhost\Debian\home", "//wsl.localhost/Debian"),
        (r"\\?\UNC\server\share\station", "//server/share"),
        (r"C:\ProgramData\station", None),
        (r"\\?\C:\ProgramData\station", None),
        (r"\\.\C:\station", None),
        (r"\\?\Volume{0cf1c6d5-0000}\station", None),
        (r"Z:\station", "Z:"),
        (r"\\?\z:\station", "z:"),
        ("station", None),
    ],
)
def test_windows_says_it_by_the_path_and_the_drive(folder: str, share: str | None) -> None:
    def drive_type(root: str) -> int:
        assert len(root) == 3
        return REMOTE if root.upper() == "Z:\\" else LOCAL

    assert share_on_windows(PureWindowsPath(folder), drive_type) == share


def test_a_folder_of_this_computer_is_none(tmp_path: Path) -> None:
    assert share_of(tmp_path) is None
    assert share_of(tmp_path / "not" / "there") is None
    refuse_share(tmp_path)


@pytest.fixture
def dead_share(tmp_path: Path) -> Iterator[Path]:
    """Mounted over FUSE as sshfs does, by a program that has ended: nothing in it can be read any more."""
    if sys.platform != "linux" or not Path("/dev/fuse").exists() or not shutil.which("mount"):
        pytest.skip("no FUSE here; the texts above stand for it")
    point = tmp_path / "a share"
    point.mkdir()
    fuse = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={fuse},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    mount = ["mount", "-i", "-t", "fuse.sshfs", "-o", options, "op@box:/line 7", str(point)]
    failed = subprocess.run(mount, pass_fds=[fuse], capture_output=True, check=False).returncode
    os.close(fuse)
    if failed:
        pytest.skip("mounting is not permitted here; the texts above stand for it")
    yield point
    subprocess.run(["umount", "-l", str(point)], check=True)


def test_a_share_that_is_mounted_is_refused_by_name(dead_share: Path, tmp_path: Path) -> None:
    way_in = tmp_path / "link"
    way_in.symlink_to(dead_share)
    for folder in (dead_share, dead_share / "station" / "7", way_in / "station"):
        with pytest.raises(Faulted) as fault:
            Place(folder)
        assert fault.value.reason.why is Why.FOLDER_ON_SHARE
        assert fault.value.reason.facts == {"path": str(folder), "share": "op@box:/line 7"}
    assert share_of(tmp_path) is None

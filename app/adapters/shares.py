"""Which folders lie on a network share: there a journal would be lost, for neither locks nor flushes hold.

Linux says it in `/proc/self/mountinfo`, Windows in the path itself and by the kind of the drive. Other
systems are not asked.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from app.core.errors import Faulted, Why, because

_NETWORK = re.compile(
    "9p|acfs|afs|beegfs|ceph|cifs|coda|davfs|drvfs|fhgfs|gfs2|glusterfs|gpfs|lustre|ncp|ncpfs|nfs|nfs4|ocfs2"
    "|orangefs|panfs|prl_fs|pvfs2|shfs|smb2|smb3|smbfs|vboxsf|virtiofs|vmhgfs"
)
"""File systems whose files another computer keeps, be it the host of this virtual machine."""

_NETWORK_BY_FUSE = re.compile(
    "afpfs|blobfuse2?|ceph|ceph-fuse|cifs|curlftpfs|davfs2?|gcsfuse|geesefs|glusterfs|goofys|grpcfuse|gvfsd-fuse"
    "|hdfs|juicefs|kio-fuse|lizardfs|mfs|moosefs|nfs|osxfs|ossfs|prl_fsd|rclone|s3fs|seaweedfs|smbnetfs|sshfs"
    "|vmhgfs-fuse|weed|wekafs"
)

_OF_A_HOST = ("9p", "virtiofs")
"""As the root it is a virtual machine's or container's own disk, anywhere else a folder of its host."""

_ADDRESS = re.compile(r"//[^/]|[\w.\-\[\]:@]+:/")
"""How a share is named: `//server/share`, `server:/path`."""

_REMOTE_DRIVE = 4
"""DRIVE_REMOTE of GetDriveTypeW."""

_ESCAPED = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of `/proc/self/mountinfo`."""

    point: PurePosixPath
    kind: str
    source: str

    @property
    def is_share(self) -> bool:
        if self.kind in _OF_A_HOST:
            return self.point != PurePosixPath("/")
        base, _, program = self.kind.partition(".")
        if base == "fuse" and (_NETWORK_BY_FUSE.fullmatch(program) or _ADDRESS.match(self.source)):
            return True
        return bool(_NETWORK.fullmatch(self.kind)) or self.source.startswith("//")


def refuse_share(folder: Path) -> None:
    """
    Raises:
        Faulted: FOLDER_ON_SHARE; facts: `path`, and the name of the `share`.
    """
    share = share_of(folder)
    if share is not None:
        raise Faulted(because(Why.FOLDER_ON_SHARE, path=str(folder), share=share))


def share_of(folder: Path) -> str | None:
    """The share's name, such as `//server/share`; None for a folder on a disk of this computer."""
    real = os.path.realpath(folder)
    if sys.platform == "win32":
        return share_on_windows(PureWindowsPath(real), _drive_type())
    if sys.platform == "linux":
        with suppress(OSError):  # looked into, a share that is mounted when it is needed is there
            os.stat(f"{real}/.")  # noqa: PTH116  pathlib would leave out the dot
        return share_on_linux(PurePosixPath(real), _mountinfo())
    return None


def share_on_linux(folder: PurePosixPath, mountinfo: str) -> str | None:
    """Of the mounts over this folder the deepest counts, of several at one place the last."""
    mount = None
    for one in mounts(mountinfo):
        if folder.is_relative_to(one.point) and (
            mount is None or len(one.point.parts) >= len(mount.point.parts)
        ):
            mount = one
    return mount.source or mount.kind if mount is not None and mount.is_share else None


def mounts(mountinfo: str) -> list[Mount]:
    """What can be read of the text; proc(5) tells its form."""
    return [mount for line in mountinfo.split("\n") if (mount := _mount(line)) is not None]


def _mount(line: str) -> Mount | None:
    try:
        fields = line.split(" ")
        kind, source = fields[fields.index("-", 6) + 1 :][:2]
    except ValueError:
        return None
    return Mount(PurePosixPath(_plain(fields[4])), kind, _plain(source))


def _plain(field: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), field)


def _mountinfo() -> str:
    try:
        return os.fsdecode(Path("/proc/self/mountinfo").read_bytes())
    except OSError:  # no /proc here: nobody can tell
        return ""


def share_on_windows(folder: PureWindowsPath, drive_type: Callable[[str], int]) -> str | None:
    """`drive_type` is asked about a root such as `Z:\\`, as GetDriveTypeW."""
    drive = folder.drive.replace("\\", "/")
    if drive.upper().startswith("//?/UNC/"):
        return "//" + drive[len("//?/UNC/") :]
    if drive.startswith("//") and not drive.startswith(("//?/", "//./")):
        return drive
    letter = drive[-2:]
    return letter if letter.endswith(":") and drive_type(f"{letter}\\") == _REMOTE_DRIVE else None


def _drive_type() -> Callable[[str], int]:
    if sys.platform != "win32":
        raise OSError("only Windows has drives")
    import ctypes

    kernel = ctypes.windll.kernel32

    def ask(root: str) -> int:
        return int(kernel.GetDriveTypeW(ctypes.c_wchar_p(root)))

    return ask

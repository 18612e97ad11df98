"""Whether a window can be shown here: Qt ends the whole program where it finds out itself that it cannot."""

from __future__ import annotations

import os
import re
import socket
import sys
from contextlib import closing


def has_display() -> bool:
    """True where a display is named and answers; what is no local X display is believed."""
    if sys.platform != "linux":
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    name = os.environ.get("DISPLAY", "")
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", name)
    return _answers(f"/tmp/.X11-unix/X{local[1]}") if local else bool(name)  # noqa: S108  where the server listens


def _answers(path: str) -> bool:
    """An X server listens in the file system, in the abstract name space, or in both."""
    return any(_connects(one) for one in (path, f"\0{path}"))


def _connects(path: str) -> bool:
    if sys.platform == "win32":
        return False
    with closing(socket.socket(socket.AF_UNIX)) as caller:
        return caller.connect_ex(path) == 0

"""A real X server without a screen, its keyboard layout, and a keyboard that presses physical keys."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import pytest

from app.ui.scan_codes import US

PACKAGES = {"Xvfb": "xvfb", "xdotool": "xdotool", "setxkbmap": "x11-xkb-utils", "xkbcomp": "x11-xkb-utils"}
"""Each program that is needed, and the Debian package that brings it."""

ENTER, CAPS_LOCK, LEFT_SHIFT = 36, 66, 50
"""X11 key codes."""

_FIRST_OF_KEYPAD = 71
_KEYCODES = {character: place + 8 for place, character in US.plain.items() if place < _FIRST_OF_KEYPAD}
_SHIFTED = {character: place + 8 for place, character in US.shifted.items() if character not in _KEYCODES}


def require_x_server() -> None:
    """Skips where there is no X11; fails where there should be one."""
    if sys.platform != "linux":
        pytest.skip("this test speaks to an X server, which is Linux's")
    missing = [program for program in PACKAGES if shutil.which(program) is None]
    if missing:
        packages = " ".join(sorted({PACKAGES[program] for program in missing}))
        pytest.fail(f"{', '.join(missing)} not found: install the Debian packages {packages}")


class XServer:
    """Xvfb on a display that is free."""

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        self._process = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(writing),
                "-screen",
                "0",
                "1366x768x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.display = f":{pipe.readline().strip()}"
        if self.display == ":":
            pytest.fail(f"Xvfb ended with exit code {self._process.wait()} before it had a display")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    @property
    def environment(self) -> dict[str, str]:
        """For a program that shall open its windows here."""
        return os.environ | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def set_layout(self, layout: str) -> None:
        """`us`, `de`, `fr` … as `setxkbmap` names them; `us+intl` with a variant."""
        name, _, variant = layout.partition("+")
        self._run(["setxkbmap", "-layout", name, "-variant", variant])

    def press(self, keycode: int) -> None:
        self.xdotool([f"key {keycode}"])

    def type(self, text: str, gap_ms: int) -> None:
        """Presses the keys that a keyboard with US layout has for the text; `\\r` is Enter, `\\t` Tab."""
        self.xdotool(keys(text, gap_ms))

    def xdotool(self, commands: Iterable[str]) -> str:
        """Runs the commands one after the other; returns what they print."""
        return self._run(["xdotool", "-"], "\n".join(commands) + "\n")

    def _run(self, command: list[str], text: str = "") -> str:
        environment = os.environ | {"DISPLAY": self.display}
        return subprocess.run(
            command, env=environment, input=text, text=True, check=True, capture_output=True
        ).stdout


def keys(text: str, gap_ms: int) -> list[str]:
    """The xdotool commands that press the text's keys, `gap_ms` from key to key."""
    return [command for character in text for command in _key(character, gap_ms)]


def _key(character: str, gap_ms: int) -> list[str]:
    if character in _KEYCODES:
        return [f"key --delay {gap_ms} {_KEYCODES[character]}"]
    return [
        f"keydown --delay 0 {LEFT_SHIFT}",
        f"key --delay {gap_ms} {_SHIFTED[character]}",
        f"keyup --delay 0 {LEFT_SHIFT}",
    ]

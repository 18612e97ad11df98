"""Physical keys, as a scanner with US layout presses them, through a real X server with many layouts."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.e2e.xserver import CAPS_LOCK, ENTER, XServer, keys, require_x_server

pytestmark = pytest.mark.screen

DEVICE = "pk=p11sf2&sn=zyZY0123456789&v=1"
PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
PAYLOADS = [DEVICE, "863950069494278;MPY25E61D000625", PRINTABLE, "00 11  22__''``^^~~\"\""]
ATTEMPTS = 5
PATIENCE = 20
"""Seconds in which a program must have told what is waited for."""


class Program:
    """The small program of `wedge_program`, and what it told so far."""

    def __init__(self, server: XServer, scene: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.wedge_program", scene],
            env=server.environment,
            stdout=subprocess.PIPE,
        )
        self.told: list[dict[str, Any]] = []
        self._rest = b""
        self.wait_until(lambda: self.all("ready"))

    def all(self, what: str) -> list[Any]:
        return [line[what] for line in self.told if what in line]

    def hear_scans(self, number: int) -> list[str]:
        """The frames that were rebuilt, once so many scans came or no more do."""
        while len(self.all("frame") + self.all("not_rebuilt")) < number and self._listen(2):
            pass
        return self.all("frame")

    def wait_until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self._listen(deadline - time.monotonic()), f"in {PATIENCE} s it told only {self.told}"

    def listen_for(self, seconds: float) -> None:
        """For what must not happen."""
        deadline = time.monotonic() + seconds
        while self._listen(deadline - time.monotonic()):
            pass

    def close(self) -> None:
        self._process.terminate()
        self._process.communicate()

    def _listen(self, seconds: float) -> bool:
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], max(0.0, seconds))[0]:
            return False
        heard = os.read(self._process.stdout.fileno(), 65536)
        assert heard, f"it ended with exit code {self._process.wait()}"
        *lines, self._rest = (self._rest + heard).split(b"\n")
        self.told += map(json.loads, lines)
        return True


Start = Callable[[str], Program]


@pytest.fixture
def start(x_server: XServer) -> Iterator[Start]:
    programs: list[Program] = []

    def start(scene: str) -> Program:
        programs.append(Program(x_server, scene))
        return programs[-1]

    yield start
    for program in programs:
        program.close()


@pytest.fixture(scope="module")
def binding(x_server: XServer) -> Iterator[Program]:
    program = Program(x_server, "binding")
    yield program
    program.close()


@contextmanager
def host(server: XServer, layout: str, caps_lock: bool = False) -> Iterator[None]:
    server.set_layout(layout)
    if caps_lock:
        server.press(CAPS_LOCK)
    try:
        yield
    finally:
        if caps_lock:
            server.press(CAPS_LOCK)
        server.set_layout("us")


def scan_all(server: XServer, program: Program, gap_ms: int) -> list[str]:
    """Scans all payloads in a row, without a pause between them; returns the frames that were rebuilt.

    Under load xdotool pauses as no scanner does. Such a scan must be refused, not shortened; then once more.
    """
    frames: list[str] = []
    for _ in range(ATTEMPTS):
        program.told.clear()
        server.type("".join(f"{payload}\r" for payload in PAYLOADS), gap_ms)
        frames = program.hear_scans(len(PAYLOADS))
        assert set(frames) <= set(PAYLOADS)
        if not program.all("not_rebuilt"):
            break
    return frames


@pytest.mark.parametrize(
    ("layout", "caps_lock"),
    [(layout, False) for layout in ("us", "de", "fr", "es", "it", "ru", "ch", "us+intl")]
    + [(layout, True) for layout in ("us", "de", "ru")],
)
def test_every_scan_arrives_byte_for_byte_on_every_layout(
    x_server: XServer, binding: Program, layout: str, caps_lock: bool
) -> None:
    with host(x_server, layout, caps_lock):
        for gap_ms in (8, 2, 1, 0):
            assert scan_all(x_server, binding, gap_ms) == PAYLOADS
    as_the_host_made_it = binding.all("host_text")
    assert (as_the_host_made_it == PAYLOADS) == (layout == "us" and not caps_lock)


@pytest.mark.parametrize("scene", ["field", "box", "popup"])
def test_a_scan_touches_nothing_wherever_the_focus_is(x_server: XServer, start: Start, scene: str) -> None:
    program = start(scene)
    with host(x_server, "de"):
        for gap_ms in (8, 1):
            assert scan_all(x_server, program, gap_ms) == PAYLOADS
            program.listen_for(0.3)
            assert {key for line in program.told for key in line} == {"host_text", "frame"}


def test_a_gui_that_is_blocked_most_of_the_time_loses_and_splits_nothing(
    x_server: XServer, start: Start
) -> None:
    program = start("busy")
    for gap_ms in (8, 2):
        assert scan_all(x_server, program, gap_ms) == PAYLOADS


def test_a_hand_types_into_a_field_as_ever(x_server: XServer, start: Start) -> None:
    program = start("field")
    x_server.type("Order 4711/b", gap_ms=90)
    program.wait_until(lambda: "Order 4711/b" in program.all("typed"))
    program.listen_for(0.3)
    assert program.all("typed")[-1] == "Order 4711/b"
    assert program.all("host_text") == []


def test_a_held_key_repeats_into_a_field(x_server: XServer, start: Start) -> None:
    program = start("field")
    x_server.xdotool(["keydown 53", "sleep 1.2", "keyup 53"])
    program.wait_until(lambda: any(len(text) > 6 for text in program.all("typed")))
    program.listen_for(0.3)
    assert program.all("host_text") == []


def test_prose_takes_dead_keys_and_a_scan_into_it_is_never_a_wrong_code(
    x_server: XServer, start: Start
) -> None:
    program = start("prose")
    with host(x_server, "de"):
        x_server.type("=e", gap_ms=90)
        program.wait_until(lambda: program.all("typed") == ["é"])
        x_server.type(f"{DEVICE}\r", gap_ms=8)
        assert program.hear_scans(1) == []
    assert program.all("not_rebuilt")


def test_characters_that_are_no_keys_are_never_a_code(x_server: XServer, start: Start) -> None:
    """xdotool lends characters that the layout lacks a spare key; so do programs for remote work."""
    program = start("binding")
    x_server.xdotool([f"type --delay 4 ґ{DEVICE}ґ", f"key {ENTER}"])
    assert program.hear_scans(1) == []
    assert program.all("not_rebuilt")


def test_a_scan_that_is_cut_by_another_programs_window_is_no_code(x_server: XServer, start: Start) -> None:
    first, second = start("binding"), start("binding")
    x_server.xdotool([f"windowfocus --sync {first.all('ready')[0]}"])
    first.listen_for(0.2)
    move = [f"windowfocus {second.all('ready')[0]}"]
    x_server.xdotool([*keys("SN=0123456789", 8), *move, *keys("0123456789\r", 8)])
    for program in (first, second):
        assert program.hear_scans(1) == []
        assert program.all("not_rebuilt")


def test_a_machine_without_the_programs_is_told_which_packages_to_install(
    x_server: XServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match="Debian packages x11-xkb-utils xdotool xvfb"):
        require_x_server()

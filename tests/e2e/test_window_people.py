"""Sign-in, a second start and a start that fails: on a real screen, with real keys."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.core.cards import badge_text
from tests.e2e.command import COMMAND, ROOT, run
from tests.e2e.test_window import verdicts, wait_for
from tests.e2e.units import imei, qr
from tests.e2e.xserver import XServer
from tests.soak.window_shift import PATIENCE, Line, line

pytestmark = pytest.mark.screen

HAND_MS = 220
"""Between two keys: a hand, also where the gap of a scanner is set to its largest."""


@pytest.fixture
def guarded(x_server: XServer, tmp_path: Path) -> Iterator[Line]:
    """A window where Zhao Min has badge and PIN."""
    made = run("init", "--data", tmp_path / "s", "--supervisor", "Zhao Min", BINDING_STATION_NEW_PIN="246810")
    assert made.code == 0, made.err
    added = run(
        *("user", "add", "Chen Jing", "--role", "operator", "--badge", badge_text("A1"), "--as-user"),
        *("Zhao Min", "--data", tmp_path / "s"),
        BINDING_STATION_PIN="246810",
    )
    assert added.code == 0, added.err
    with line(x_server, tmp_path / "s", sign_in=True) as window:
        yield window


def by_hand(server: XServer, *keys: str) -> None:
    """And then a pause: what comes within half a second of a key may be a part of it."""
    for key in keys:
        server.xdotool([f"key {key}", f"sleep {HAND_MS / 1000}"])
    time.sleep(0.6)


def test_a_scan_on_the_sign_in_page_is_no_pin_and_presses_nothing(x_server: XServer, guarded: Line) -> None:
    by_hand(x_server, "F2")
    by_hand(x_server, "2", "4", "6")
    guarded.scan(qr(1))
    by_hand(x_server, "F2")
    guarded.scan(imei(1))
    by_hand(x_server, "F2", "Tab")
    guarded.scan(imei(2)[:12])
    time.sleep(1)
    assert not {"pin-refused", "signed-in", "bound"} & set(verdicts(guarded.folder))
    by_hand(x_server, "F2")
    guarded.scan(badge_text("A1"))
    wait_for(guarded.folder, "signed-in")
    guarded.bind(1)


def test_the_pin_is_typed_by_hand(x_server: XServer, guarded: Line) -> None:
    by_hand(x_server, "F2", *"246811", "Return")
    wait_for(guarded.folder, "pin-refused")
    by_hand(x_server, *"246810", "Return")
    wait_for(guarded.folder, "signed-in")
    guarded.bind(1)


def test_the_first_supervisor_is_entered_and_her_badge_taught(x_server: XServer, tmp_path: Path) -> None:
    with line(x_server, tmp_path, sign_in=True) as window:
        time.sleep(1)
        by_hand(x_server, *"zhao", "Tab", *"2468", "Tab", *"2468")
        window.scan(badge_text("B2"))
        time.sleep(0.7)
        by_hand(x_server, "Return")
        wait_for(tmp_path, "person-added")
        wait_for(tmp_path, "signed-in")
        window.bind(1)
    people = run("--data", tmp_path, "user", "list", "--json").json["people"]
    assert people == [{"name": "zhao", "role": "supervisor", "badge": True}]


# --- a second start, and a start that fails


@contextmanager
def started(server: XServer, folder: Path) -> Iterator[subprocess.Popen[str]]:
    environment = server.environment | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [*COMMAND, "--data", str(folder)], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, told = process.communicate(timeout=30)
    return process.returncode, told


CLOSE, TRY_AGAIN = (662, 371), (508, 371)
"""Where the buttons of the small window are."""


def click_until(server: XServer, place: tuple[int, int], holds: Callable[[], object]) -> None:
    """A window that was just shown may not hear the first click."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"clicking at {place} led to nothing"
        with suppress(subprocess.CalledProcessError):  # it closes while it is looked for
            found = server.xdotool(["search --onlyvisible --name 'Binding Station'"]).split()
            if found:
                x, y = place
                server.xdotool([f"mousemove --window {found[-1]} {x} {y} click 1"])
        time.sleep(0.3)


def close_the_trouble(server: XServer, process: subprocess.Popen[str]) -> None:
    click_until(server, CLOSE, lambda: process.poll() is not None)


def test_a_second_start_says_who_works_here_and_shows_the_first(x_server: XServer, tmp_path: Path) -> None:
    with line(x_server, tmp_path) as first, started(x_server, tmp_path) as second:
        code, told = ended(second)
        assert code == 3
        assert f"process {first.process.pid}" in told
        first.bind(1)


def test_a_folder_that_a_command_holds_is_told_in_a_window(x_server: XServer, tmp_path: Path) -> None:
    scan = subprocess.Popen([*COMMAND, "--data", str(tmp_path), "scan"], stdin=subprocess.PIPE, cwd=ROOT)
    try:
        while not (tmp_path / "station.holder").exists():
            time.sleep(0.05)
        with started(x_server, tmp_path) as window:
            close_the_trouble(x_server, window)
            code, told = ended(window)
            assert code == 3
            assert f"process {scan.pid}" in told
    finally:
        scan.communicate(timeout=30)


def test_a_damaged_journal_is_told_in_a_window_and_left_alone(x_server: XServer, tmp_path: Path) -> None:
    assert run("init", "--data", tmp_path / "s", "--no-sign-in").code == 0
    journal = tmp_path / "s" / "journal.db"
    journal.write_bytes(b"SQLite format 3\0" + b"\x5a" * 8000)
    with started(x_server, tmp_path / "s") as window:
        close_the_trouble(x_server, window)
        code, told = ended(window)
    assert code == 3
    assert "journal.db" in told
    assert "Traceback" not in told
    assert journal.read_bytes().endswith(b"\x5a" * 8000)


def test_what_was_wrong_is_put_right_and_tried_again(x_server: XServer, tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"volume": "loud"}', "ascii")
    with started(x_server, tmp_path) as process:
        x_server.xdotool(["search --sync --onlyvisible --name 'Binding Station'"])
        settings.write_text(json.dumps({"sign_in": False}), "ascii")
        click_until(x_server, TRY_AGAIN, (tmp_path / "journal.db").exists)
        process.terminate()
        assert ended(process)[0] == 0


def test_without_a_display_only_the_sentence_is_said(tmp_path: Path) -> None:
    told = run("--data", tmp_path)
    assert told.code == 3
    assert "no display" in told.err

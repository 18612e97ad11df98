"""The real window on a real screen, with the keys of a scanner."""

import sqlite3
import time
from pathlib import Path

import pytest

from tests.e2e.units import imei, qr
from tests.e2e.xserver import CAPS_LOCK, XServer
from tests.soak.window_shift import line, shift

pytestmark = pytest.mark.screen


def verdicts(folder: Path) -> list[str]:
    with sqlite3.connect(f"file:{folder / 'journal.db'}?mode=ro", uri=True) as journal:
        return [kind for (kind,) in journal.execute("SELECT kind FROM event ORDER BY seq")]


def wait_for(folder: Path, kind: str, count: int = 1) -> None:
    deadline = time.monotonic() + 20
    while verdicts(folder).count(kind) < count:
        assert time.monotonic() < deadline, f"no {kind}: {verdicts(folder)}"
        time.sleep(0.05)


def test_a_shift_of_30_units_gives_exactly_the_right_file(x_server: XServer, tmp_path: Path) -> None:
    shift(x_server, tmp_path, 30)


def test_a_fault_swallows_scans_until_the_key_is_pressed(x_server: XServer, tmp_path: Path) -> None:
    with line(x_server, tmp_path) as window:
        window.scan("6901234567892")
        wait_for(tmp_path, "scan-faulted")
        window.scan(qr(1))
        window.scan(imei(1))
        wait_for(tmp_path, "scan-ignored", 2)
        assert "bound" not in verdicts(tmp_path)
        x_server.xdotool(["key F9"])
        wait_for(tmp_path, "continued")
        window.bind(1)


def test_a_scan_on_the_settings_page_presses_nothing_there_and_is_taken(
    x_server: XServer, tmp_path: Path
) -> None:
    with line(x_server, tmp_path) as window:
        x_server.xdotool(["key ctrl+5", "sleep 0.3", "key --delay 100 Tab Tab Tab Tab"])
        window.bind(1)
        assert "setting-changed" not in verdicts(tmp_path)


def test_the_window_binds_on_a_german_host_with_caps_lock(x_server: XServer, tmp_path: Path) -> None:
    x_server.set_layout("de")
    x_server.press(CAPS_LOCK)
    try:
        with line(x_server, tmp_path) as window:
            window.bind(1)
    finally:
        x_server.press(CAPS_LOCK)
        x_server.set_layout("us")

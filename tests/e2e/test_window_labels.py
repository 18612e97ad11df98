"""Labels in the real window on a real screen, with the keys of a scanner."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.e2e.test_window import verdicts, wait_for
from tests.e2e.units import qr
from tests.e2e.xserver import XServer
from tests.label_printer import label_printer
from tests.soak.window_shift import line

pytestmark = pytest.mark.screen


def test_a_label_comes_after_each_pass(x_server: XServer, tmp_path: Path) -> None:
    with label_printer() as printer:
        settings = {"label_after_pass": True, "label_printer": printer.address}
        with line(x_server, tmp_path, settings=settings) as window:
            window.bind(1)
            window.bind(2)
            wait_for(tmp_path, "label-made", 2)
            deadline = time.monotonic() + 20
            while printer.taken.count(b"^XZ") < 2:
                assert time.monotonic() < deadline, "the labels did not arrive"
                time.sleep(0.05)


def test_a_scan_into_the_printers_dialog_prints_nothing(x_server: XServer, tmp_path: Path) -> None:
    with line(x_server, tmp_path) as window:
        x_server.xdotool(["key ctrl+4", "sleep 1"])
        window.scan(qr(1))
        time.sleep(2)
        x_server.xdotool(["key ctrl+Return", "sleep 1"])
        x_server.xdotool(["search --sync --onlyvisible --name '^Print$' windowfocus --sync"])
        window.scan(qr(2))
        window.scan(qr(3))
        time.sleep(1)
        x_server.xdotool(["search --sync --onlyvisible --name '^Print$'"])
        assert "label-made" not in verdicts(tmp_path)
        x_server.xdotool(["key Escape", "sleep 0.5", f"windowfocus --sync {window.window.split()[0]}"])
        x_server.xdotool(["key Escape", "sleep 0.5"])
        window.bind(4)

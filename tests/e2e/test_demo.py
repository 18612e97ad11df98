"""The demonstration: a whole shift, with and without a window."""

import csv
import json
import subprocess
from pathlib import Path

import pytest

from tests.e2e.command import COMMAND, ROOT, run
from tests.e2e.xserver import XServer


def check(folder: Path, told: dict[str, object], units: int) -> None:
    rows = list(csv.reader((folder / "relationship.csv").read_text("ascii").splitlines()))
    assert len(rows) == units + 1
    verdicts = told["verdicts"]
    assert isinstance(verdicts, dict)
    assert verdicts["bound"] == units
    assert {"already-bound", "imei-taken"} <= set(verdicts)
    assert told["shift_closed"] is True
    assert (folder / "screenshot.png").read_bytes().startswith(b"\x89PNG")


def test_the_demo_without_a_window(tmp_path: Path) -> None:
    done = run("demo", "--headless", "--units", "12", "--out", tmp_path, "--json")
    assert done.code == 0, done.err
    check(tmp_path, done.json, 12)
    assert "Traceback" not in done.err


@pytest.mark.screen
def test_the_demo_in_the_window(x_server: XServer, tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "demo", "--units", "6", "--out", str(tmp_path), "--json"],
        env=x_server.environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    check(tmp_path, json.loads(done.stdout), 6)
    assert b"Traceback" not in done.stderr


def test_a_display_that_is_named_and_not_there_is_no_display(tmp_path: Path) -> None:
    done = run("demo", "--units", "2", "--out", tmp_path, "--json", DISPLAY=":9999")
    assert done.code == 0, done.err
    window = run("--data", tmp_path / "station", "--json", DISPLAY=":9999")
    assert (window.code, window.json["error"]) == (3, "no-display")

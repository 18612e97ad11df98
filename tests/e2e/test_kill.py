"""SIGKILL at any moment loses no unit that was answered; `tests.soak.kill_storm` does it by the hundred."""

from pathlib import Path

from tests.soak.kill_storm import storm


def test_a_killed_scan_has_lost_nothing_that_it_answered(tmp_path: Path) -> None:
    done = storm(tmp_path, kills=6, seed=7)
    assert done.bound

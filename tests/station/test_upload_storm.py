"""Killed in the middle of a storm, the upload brings each binding to the platform exactly once.

`tests.soak.upload_storm` does it with 20,000 bindings and twenty kills.
"""

from pathlib import Path

from tests.soak.upload_storm import storm


def test_a_killed_upload_has_neither_lost_nor_doubled_anything(tmp_path: Path) -> None:
    done = storm(tmp_path, bindings=1500, kills=3, seed=3)
    assert any(recorded.fault for recorded in done.service.records)

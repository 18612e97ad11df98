"""Sounds go to a real program, on a thread of their own."""

from __future__ import annotations

import array
import sys
import wave
from pathlib import Path

import pytest

from app.adapters.sound import SoundPlayer
from app.paths import resource

COPIES_TO = "import shutil, sys; shutil.copy(sys.argv[-1], sys.argv[1])"
"""A player that keeps what it was given to play."""


def loudest(path: Path) -> int:
    with wave.open(str(path), "rb") as file:
        return max(array.array("h", file.readframes(file.getnframes())))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays through its own library, not a program")
class TestSoundPlayer:
    def player(self, heard: Path, folder: Path | None = None) -> SoundPlayer:
        return SoundPlayer(folder or resource("sounds"), [sys.executable, "-c", COPIES_TO, str(heard)])

    def test_a_sound_is_played_as_loud_as_it_was_asked_for(self, tmp_path: Path) -> None:
        heard = tmp_path / "heard.wav"
        player = self.player(heard)
        player.play("fault", 50)
        player.close()
        assert loudest(heard) == pytest.approx(loudest(resource("sounds/fault.wav")) / 2, abs=1)

    def test_a_sound_that_is_missing_is_logged_and_the_next_one_is_played(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        heard = tmp_path / "heard.wav"
        player = self.player(heard)
        player.play("no-such-sound", 50)
        player.play("pass", 100)
        player.close()
        assert "no-such-sound" in caplog.text
        assert heard.exists()

    def test_a_program_that_is_gone_harms_nobody(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        player = SoundPlayer(resource("sounds"), [str(tmp_path / "gone")])
        player.play("pass", 100)
        player.close()
        assert "pass" in caplog.text

    def test_without_any_player_it_says_so(self) -> None:
        player = SoundPlayer(resource("sounds"), [])
        assert not player.works
        player.play("pass", 100)
        player.close()

"""Plays short sounds with what the system has, on a thread of its own: nobody waits for a loudspeaker."""

from __future__ import annotations

import array
import logging
import shutil
import subprocess
import sys
import tempfile
import threading
import wave
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue

_log = logging.getLogger(__name__)

_LONGEST_SOUND = 2.0
"""Seconds."""
_PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"), ("afplay",))
"""Programs that take the name of a WAV file, the first that is there counts."""


def system_player() -> tuple[str, ...]:
    """The program that plays a file, empty where there is none; Windows needs none."""
    return next((player for player in _PLAYERS if shutil.which(player[0])), ())


def _end(process: subprocess.Popen[bytes]) -> None:
    """A player that hangs holds nobody up."""
    try:
        process.wait(_LONGEST_SOUND)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class SoundPlayer:
    """`folder` holds the sounds as 16-bit WAV files."""

    def __init__(self, folder: Path, command: Sequence[str] | None = None) -> None:
        self._folder = folder
        self._command = tuple(system_player() if command is None else command)
        self._wanted: SimpleQueue[tuple[str, int] | None] = SimpleQueue()
        self._playing: list[subprocess.Popen[bytes]] = []
        self._copies = tempfile.TemporaryDirectory(
            prefix="binding-station-sounds-", ignore_cleanup_errors=True
        )
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    @property
    def works(self) -> bool:
        """Whether anything here can play a file."""
        return sys.platform == "win32" or bool(self._command)

    def play(self, name: str, loudness: int) -> None:
        """Begins soon and returns at once; `loudness` in per cent. What cannot be played is logged only."""
        self._wanted.put((name, loudness))

    def close(self) -> None:
        """Waits for what is sounding."""
        self._wanted.put(None)
        self._thread.join()
        self._copies.cleanup()

    def _run(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            try:
                self._start(self._copy(*wanted))
            except (OSError, RuntimeError, wave.Error) as error:
                _log.warning("sound %s cannot be played: %s", wanted[0], error)
        for process in self._playing:
            _end(process)

    def _start(self, path: Path) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif self._command:
            nowhere = subprocess.DEVNULL
            self._playing = [process for process in self._playing if process.poll() is None]
            command = (*self._command, str(path))
            self._playing.append(subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere))  # noqa: S603 a player of the system, with a file of ours

    def _copy(self, name: str, loudness: int) -> Path:
        """The sound as loud as it was asked for: not every player can turn it down."""
        copy = Path(self._copies.name) / f"{name}-{loudness}.wav"
        if not copy.exists():
            with (
                wave.open(str(self._folder / f"{name}.wav"), "rb") as source,
                wave.open(str(copy), "wb") as target,
            ):
                target.setparams(source.getparams())
                samples = array.array("h", source.readframes(source.getnframes()))
                target.writeframes(array.array("h", (value * loudness // 100 for value in samples)).tobytes())
        return copy

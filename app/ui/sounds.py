"""When which sound is heard. A sound never carries anything that the screen does not."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.core.binding import State
from app.core.verdicts import Verdict
from app.station.view import StationView
from app.ui.scene import dropped_of

_TIMES_AGAIN = 6
_LEAST_FOR_FAULTS = 20
"""Per cent: nobody may overhear a fault because the sound was turned off for the passes."""


class Sound(StrEnum):
    """The files in `resources/sounds`."""

    PASS = "pass"
    SAME = "same"
    FAULT = "fault"
    IGNORED = "ignored"


_OF_ANSWERS = {
    Verdict.BOUND: Sound.PASS,
    Verdict.ALREADY_BOUND: Sound.SAME,
    Verdict.UNDONE: Sound.SAME,
    Verdict.MATCHES: Sound.SAME,
    Verdict.NOT_BOUND: Sound.FAULT,
    Verdict.DIFFERS: Sound.FAULT,
    Verdict.MODE: Sound.SAME,
    Verdict.SIGNED_IN: Sound.SAME,
    Verdict.SIGNED_OUT: Sound.SAME,
}

Play = Callable[[str, int], None]
"""Plays the sound of this name, so and so loud (per cent), and returns at once."""


def sound_between(before: State, after: State) -> Sound | None:
    """What is heard when the second state follows on the first one."""
    if after.latch is not None:
        if before.latch is None or before.latch.answer != after.latch.answer:
            return Sound.FAULT
        return Sound.IGNORED if after.latch.ignored > before.latch.ignored else None
    if after.shown is not None and after.shown != before.shown and after.shown.verdict in _OF_ANSWERS:
        return _OF_ANSWERS[after.shown.verdict]
    dropped = dropped_of(after)
    return Sound.SAME if dropped is not None and dropped != dropped_of(before) else None


class Sounds(QObject):
    """Follows the station's views; without a player the desktop's own beep has to do."""

    def __init__(self, play: Play | None, volume: int, again_ms: int = 5000) -> None:
        super().__init__()
        self._play = play or self._beep
        self._volume = volume
        self._state: State | None = None
        self._left = 0
        self._again = QTimer(self)
        self._again.setInterval(again_ms)
        self._again.timeout.connect(self._repeat)

    def set_volume(self, percent: int) -> None:
        self._volume = percent

    def show_view(self, view: StationView) -> None:
        before, self._state = self._state or State(), view.state
        if view.state.latch is None:
            self._again.stop()
        sound = sound_between(before, view.state)
        if sound is not None:
            self._sound(sound)
        if sound is Sound.FAULT:
            self._left = _TIMES_AGAIN
            self._again.start()

    def _repeat(self) -> None:
        self._left -= 1
        self._sound(Sound.FAULT)
        if self._left == 0:
            self._again.stop()

    def _sound(self, sound: Sound) -> None:
        least = _LEAST_FOR_FAULTS if sound is Sound.FAULT else 0
        loudness = max(self._volume, least)
        if loudness > 0:
            self._play(sound, loudness)

    def _beep(self, sound: str, _loudness: int) -> None:
        if sound != Sound.IGNORED:
            QApplication.beep()

"""Which sound is heard when, and that the files differ by their rhythm."""

from __future__ import annotations

import array
import wave
from dataclasses import replace
from itertools import groupby

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import Why, because
from app.core.state import Latch, State
from app.core.unit import Answer, Dropped, Unit
from app.core.verdicts import Verdict
from app.paths import resource
from app.ui.sounds import Sound, Sounds, sound_between
from tests.ui import scenes
from tests.ui.scenes import device

EMPTY = State()
PASS = State(shown=Answer(Verdict.BOUND, seq=7))
FAULT = State(latch=Latch(Answer(Verdict.SN_TAKEN, seq=8)))
DROPPED = State(dropped=Dropped(Unit(device()), because(Why.DROPPED_TIME_OUT, seconds=60)))


@pytest.mark.parametrize(
    ("before", "after", "sound"),
    [
        (EMPTY, PASS, Sound.PASS),
        (PASS, PASS, None),
        (PASS, State(shown=Answer(Verdict.BOUND, seq=9)), Sound.PASS),
        (EMPTY, State(shown=Answer(Verdict.ALREADY_BOUND, seq=7)), Sound.SAME),
        (EMPTY, State(shown=Answer(Verdict.HALF)), None),
        (EMPTY, State(shown=Answer(Verdict.CANCELLED)), None),
        (EMPTY, DROPPED, Sound.SAME),
        (DROPPED, State(shown=Answer(Verdict.CANCELLED, dropped=DROPPED.dropped)), None),
        (EMPTY, FAULT, Sound.FAULT),
        (FAULT, FAULT, None),
        (FAULT, State(latch=Latch(Answer(Verdict.SN_TAKEN, seq=8), ignored=1)), Sound.IGNORED),
        (FAULT, State(latch=Latch(Answer(Verdict.CROSSED, seq=9))), Sound.FAULT),
        (FAULT, EMPTY, None),
    ],
)
def test_what_is_heard_between_two_states(before: State, after: State, sound: Sound | None) -> None:
    assert sound_between(before, after) is sound


class Listener:
    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []

    def play(self, name: str, loudness: int) -> None:
        self.heard.append((name, loudness))


def test_a_fault_is_heard_again_six_times_and_no_more(qtbot: QtBot) -> None:
    listener = Listener()
    sounds = Sounds(listener.play, 80, again_ms=1)
    sounds.show_view(scenes.sn_taken(ignored=0))
    qtbot.waitUntil(lambda: len(listener.heard) == 7)
    qtbot.wait(20)
    assert listener.heard == [("fault", 80)] * 7


def test_continue_ends_the_sound_of_a_fault(qtbot: QtBot) -> None:
    listener = Listener()
    sounds = Sounds(listener.play, 80, again_ms=1)
    sounds.show_view(scenes.sn_taken(ignored=0))
    sounds.show_view(scenes.view())
    qtbot.wait(20)
    assert listener.heard == [("fault", 80)]


def test_no_volume_silences_a_fault(qtbot: QtBot) -> None:
    listener = Listener()
    sounds = Sounds(listener.play, 0)
    sounds.show_view(scenes.passed())
    sounds.show_view(scenes.sn_taken(ignored=0))
    sounds.show_view(scenes.sn_taken(ignored=1))
    assert listener.heard == [("fault", 20)]


def test_the_volume_holds_from_the_next_sound_on(qtbot: QtBot) -> None:
    listener = Listener()
    sounds = Sounds(listener.play, 0)
    sounds.set_volume(40)
    sounds.show_view(scenes.passed())
    assert listener.heard == [("pass", 40)]


def test_without_a_player_the_desktop_beeps(qtbot: QtBot) -> None:
    sounds = Sounds(None, 80)
    sounds.show_view(scenes.passed())
    sounds.show_view(replace(scenes.view(), state=FAULT))


def bursts(name: str) -> tuple[int, float]:
    """How many times a sound begins, and its length in seconds."""
    with wave.open(str(resource(f"sounds/{name}.wav")), "rb") as file:
        samples = array.array("h", file.readframes(file.getnframes()))
        rate = file.getframerate()
    step = rate // 100
    loud = [max(map(abs, samples[start : start + step])) > 600 for start in range(0, len(samples), step)]
    return sum(1 for is_loud, _ in groupby(loud) if is_loud), len(samples) / rate


def test_each_sound_has_a_rhythm_of_its_own() -> None:
    lengths = {"pass": (2, 0.2), "same": (1, 0.15), "fault": (3, 0.9), "ignored": (1, 0.05)}
    for name, (times, seconds) in lengths.items():
        begun, length = bursts(name)
        assert begun == times
        assert length == pytest.approx(seconds, abs=0.01)

"""Makes the sounds in `resources/sounds`. They are told apart by their rhythm, not by pitch alone."""

from __future__ import annotations

import math
import struct
import wave
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sounds"
RATE = 22050
"""Samples a second."""

Samples = list[float]
"""From -1 to 1."""


def silence(seconds: float) -> Samples:
    return [0.0] * round(seconds * RATE)


def note(hertz: float, seconds: float, loudness: float, harmonics: Iterable[float] = (1.0,)) -> Samples:
    """A tone that begins and ends softly; `harmonics` are the shares of its multiples."""
    shares = list(harmonics)
    length = round(seconds * RATE)
    edge = min(length // 3, round(0.012 * RATE))
    samples = []
    for number in range(length):
        phase = 2 * math.pi * hertz * number / RATE
        value = sum(share * math.sin(phase * place) for place, share in enumerate(shares, start=1))
        envelope = min(1.0, (number + 1) / edge, (length - number) / edge)
        samples.append(loudness * envelope * value / sum(shares))
    return samples


def click(hertz: float, seconds: float, loudness: float) -> Samples:
    """A knock that dies away at once."""
    length = round(seconds * RATE)
    return [
        loudness * math.exp(-6 * number / length) * math.sin(2 * math.pi * hertz * number / RATE)
        for number in range(length)
    ]


_BUZZ = (1.0, 0.7, 0.6, 0.5, 0.4, 0.35)
"""Small loudspeakers give only the multiples of a low tone."""

SOUNDS = {
    "pass": note(880, 0.085, 0.7, (1.0, 0.2)) + silence(0.015) + note(1319, 0.1, 0.7, (1.0, 0.2)),
    "same": note(523, 0.15, 0.45),
    "fault": (2 * (note(165, 0.22, 0.95, _BUZZ) + silence(0.12))) + note(165, 0.22, 0.95, _BUZZ),
    "ignored": click(190, 0.05, 0.8),
}


def write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", round(value * 32767)) for value in samples))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, samples in SOUNDS.items():
        write(FOLDER / f"{name}.wav", samples)


if __name__ == "__main__":
    main()

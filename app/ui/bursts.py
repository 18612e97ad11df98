"""A scanner or a hand: told by the times of the keys, and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from statistics import median

from app.ui.scan_codes import ENDS

_MISSED_END_MS = 500
"""Where the last burst had an end, the next one is given this long to send its own."""
_WRAP = 2**32
"""Event times of X11, Wayland and Windows are milliseconds in 32 bits: they wrap after 49.7 days."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key that a scanner may have typed. `character` is None where the key's place does not tell it."""

    at: int
    character: str | None
    text: str
    """What the host's layout made of it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A burst as it came: rebuilt from the keys' places (None where that failed), and as the host made it."""

    rebuilt: str | None
    text: str
    gap_ms: float
    """Median time between two keys."""


class Judged(Enum):
    """What is known of the keys so far, where they are no whole burst."""

    OPEN = auto()
    """More may follow."""
    HAND = auto()
    """Typed by a hand."""
    TAIL = auto()
    """A second end of the burst before, such as LF after CR."""


@dataclass(slots=True)
class _Run:
    """Characters in quick succession."""

    whole: bool = True
    """False once a part may be missing: it began or went on elsewhere, or was interrupted."""
    follows_burst: bool = False
    strokes: list[Stroke] = field(default_factory=list)

    def arrival(self) -> Arrival:
        known = [stroke.character for stroke in self.strokes if stroke.character is not None]
        whole = self.whole and len(known) == len(self.strokes)
        gaps = [apart(one.at, other.at) for one, other in pairwise(self.strokes)]
        text = "".join(stroke.text for stroke in self.strokes)
        return Arrival("".join(known) if whole else None, text, float(median(gaps)))


class Bursts:
    """Finds bursts: gaps of at most `gap_ms`, at least `minimum` characters, an end or `silence_ms`.

    A burst is rebuilt only if silence, or the end of another one, went before it, and nothing came between: a
    scanner's hiccup or a lost focus must never shorten a code unseen. So silence is longer than `silence_ms`
    until a burst has come without an end.
    """

    def __init__(self, gap_ms: int, silence_ms: int, minimum: int) -> None:
        self._gap = gap_ms
        self._silence = max(gap_ms, silence_ms)
        self._minimum = minimum
        self._sends_end = True
        self._run = _Run()
        self._last: int | None = None

    @property
    def begun(self) -> bool:
        """There are characters that nothing has settled yet."""
        return bool(self._run.strokes)

    @property
    def silence(self) -> int:
        """Milliseconds that end a burst; more where the last one had an end, for so has this one."""
        return max(self._silence, _MISSED_END_MS) if self._sends_end else self._silence

    @property
    def certain(self) -> bool:
        """No hand types like this."""
        return len(self._run.strokes) >= self._minimum

    def advance(self, now: int) -> Arrival | Judged:
        """Time has come to `now`: what it parts from the last stroke is over."""
        since = self._since(now)
        if since <= self._gap or (since <= self.silence and self.certain):
            return Judged.OPEN
        clean = since > self.silence or (self._run.whole and not self.begun)
        judged = self.settle()
        self._run = _Run(whole=clean)
        return judged

    def add(self, stroke: Stroke) -> Arrival | Judged:
        since = self._since(stroke.at)
        self._last = stroke.at
        if stroke.character is not None and stroke.character in ENDS:
            return self._end()
        if since > self._gap:
            self.interrupt()
        self._run.strokes.append(stroke)
        return Judged.OPEN

    def interrupt(self) -> None:
        """Something came between, or was lost. A run that has not begun cannot be interrupted."""
        if self.begun:
            self._run.whole = False

    def settle(self) -> Arrival | Judged:
        """Silence: a burst is over; a hand's keys go on, so what still follows on them is no whole code."""
        if self.certain and not self._is_one_held_key:
            self._sends_end = False
            return self._finish(_Run(whole=False))
        self.interrupt()
        return Judged.HAND

    @property
    def _is_one_held_key(self) -> bool:
        """On a busy host a held key arrives as so many presses, and no code is one character alone."""
        return len({stroke.character for stroke in self._run.strokes}) == 1

    def _end(self) -> Arrival | Judged:
        if self.certain:
            self._sends_end = True
            return self._finish(_Run(follows_burst=True))
        if self.begun:
            self._run = _Run()
            return Judged.HAND
        return Judged.TAIL if self._run.follows_burst else Judged.OPEN

    def _finish(self, next_run: _Run) -> Arrival:
        arrival = self._run.arrival()
        self._run = next_run
        return arrival

    def _since(self, now: int) -> int:
        return _WRAP if self._last is None else apart(now, self._last)


def apart(one: int, other: int) -> int:
    """Milliseconds between two event times."""
    return min((one - other) % _WRAP, (other - one) % _WRAP)

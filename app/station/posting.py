"""What is posted to the station's thread, from scanners, keys, pages and the fixture."""

from __future__ import annotations

import queue
from dataclasses import dataclass

from app.core.errors import Reason
from app.core.events import (
    CancelPressed,
    ContinuePressed,
    Event,
    ImeiTyped,
    ModeChosen,
    ModuleAnswered,
    ModuleFailed,
    ModuleGone,
    RulesChanged,
    Scanned,
    ScanRefused,
    SignedIn,
    SignOutPressed,
    SnTyped,
    Touched,
)
from app.core.people import Person
from app.core.unit import Mode, Rules
from app.ports.clock import Clock
from app.ports.fixture import Fixture, LinkStatus, ModuleReading, ModuleTrouble
from app.station.desk import AnyWork


class Stop:
    """Ends the thread."""


@dataclass(frozen=True, slots=True)
class NewFixture:
    """Another port was chosen."""

    fixture: Fixture | None


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whether people sign in here was changed."""

    wanted: bool


Post = Event | LinkStatus | NewFixture | SignIn | AnyWork | Stop


class Posting:
    """Implements `FixtureListener`. All methods may be called from any thread: they post and return."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._posts: queue.SimpleQueue[Post] = queue.SimpleQueue()
        self._scans_posted = self._scans_taken = 0

    @property
    def waiting(self) -> int:
        """Scans whose turn has not come."""
        return self._scans_posted - self._scans_taken

    def scanned(self, text: str) -> None:
        self._scans_posted += 1
        self._posts.put(Scanned(at=self._clock.monotonic(), text=text))

    def sn_typed(self, pk: str, sn: str, again: str) -> None:
        """By a hand, twice; from a form that no scan gets into."""
        self._posts.put(SnTyped(at=self._clock.monotonic(), pk=pk, sn=sn, again=again))

    def imei_typed(self, imei: str, again: str) -> None:
        """The same with the IMEI of the unit in hand."""
        self._posts.put(ImeiTyped(at=self._clock.monotonic(), imei=imei, again=again))

    def scan_refused(self, reason: Reason, raw: str) -> None:
        self._scans_posted += 1
        self._posts.put(ScanRefused(at=self._clock.monotonic(), reason=reason, raw=raw))

    def continue_pressed(self) -> None:
        self._posts.put(ContinuePressed(at=self._clock.monotonic()))

    def cancel_pressed(self) -> None:
        self._posts.put(CancelPressed(at=self._clock.monotonic()))

    def signed_in(self, person: Person) -> None:
        """Somebody gave the right PIN."""
        self._posts.put(SignedIn(at=self._clock.monotonic(), person=person))

    def sign_out_pressed(self) -> None:
        self._posts.put(SignOutPressed(at=self._clock.monotonic()))

    def touched(self) -> None:
        """Somebody works on another page than Binding."""
        self._posts.put(Touched(at=self._clock.monotonic()))

    def mode_chosen(self, mode: Mode) -> None:
        """As the card of this mode."""
        self._posts.put(ModeChosen(at=self._clock.monotonic(), mode=mode))

    def change_rules(self, rules: Rules) -> None:
        self._posts.put(RulesChanged(at=self._clock.monotonic(), rules=rules))

    def module_answered(self, ask: int | None, reading: ModuleReading) -> None:
        self._posts.put(ModuleAnswered(at=self._clock.monotonic(), ask=ask, imei_text=reading.imei))

    def module_failed(self, ask: int, trouble: ModuleTrouble) -> None:
        self._posts.put(ModuleFailed(at=self._clock.monotonic(), ask=ask, reason=trouble.reason))

    def module_gone(self) -> None:
        self._posts.put(ModuleGone(at=self._clock.monotonic()))

    def link_changed(self, status: LinkStatus) -> None:
        self._posts.put(status)

    def use_sign_in(self, wanted: bool) -> None:
        """From now on people sign in, or nobody does."""
        self._posts.put(SignIn(wanted))

    def use_fixture(self, fixture: Fixture | None) -> None:
        """From now on modules are read at this port; it is started here, and the one before is stopped."""
        self._posts.put(NewFixture(fixture))

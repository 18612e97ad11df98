"""The station: one thread that runs the rules against the journal and the fixture."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from app.core.errors import Why, because
from app.core.events import (
    Event,
    JournalFailed,
    RulesChanged,
    Scanned,
    ScanRefused,
    TimePassed,
)
from app.core.people import Act
from app.core.unit import Answer, Rules
from app.core.verdicts import Verdict
from app.ports.clock import Clock
from app.ports.fixture import Fixture, LinkStatus
from app.ports.journal import Journal
from app.station.books import Books, Identity, NewestBackup
from app.station.desk import Desk, Result, Work
from app.station.posting import NewFixture, Post, SignIn, Stop
from app.station.running import Running
from app.station.view import StationView

__all__ = ["Identity", "Station"]

_log = logging.getLogger(__name__)


class Station(Running):
    """Runs what is posted, one after the other, on a thread of its own.

    `publish` and `answered` are called on that thread; all other methods may be called from any.
    """

    def __init__(
        self,
        open_journal: Callable[[], Journal],
        clock: Clock,
        identity: Identity,
        rules: Rules,
        fixture: Fixture | None = None,
        publish: Callable[[StationView], None] = lambda view: None,
        answered: Callable[[Answer], None] = lambda answer: None,
        sign_in: bool = True,
        newest_backup: NewestBackup = lambda: None,
    ) -> None:
        super().__init__(clock, identity, rules, fixture, publish, answered, sign_in)
        self._open_journal = open_journal
        self._newest_backup = newest_backup
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="station")

    # --- called from outside ------------------------------------------------------------------------------

    def start(self) -> None:
        """Opens the journal and begins.

        Raises:
            Faulted: the journal cannot be opened; the station did not start.
        """
        self._thread.start()
        try:
            self._ready.result()
        except BaseException:
            self._thread.join()
            raise
        if self._fixture is not None:
            self._fixture.start(self)

    def stop(self) -> None:
        """Finishes what was posted before, then ends; returns when the journal is closed."""
        if not self._thread.is_alive():
            return
        if self._fixture is not None:
            self._fixture.stop()
        self._posts.put(Stop())
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        """False once the thread has ended, by `stop` or by an error that nobody could handle."""
        return self._thread.is_alive()

    def at_desk(
        self, do: Callable[[Desk], Result], act: Act | None = None, is_quiet: bool = False
    ) -> Future[Result]:
        """Has something done on the station's thread, by whoever is signed in when its turn comes.

        `act` is what they must be allowed; `is_quiet` where nothing changes that the binding page shows. The
        future is cancelled where the station ends before, and raises `Refused` (SIGN_IN_FIRST, NOT_ALLOWED)
        or what `do` raises.
        """
        work = Work(act, do, Future[Result](), is_quiet)
        self._posts.put(work)
        if not self._thread.is_alive():
            self._send_home()
        return work.result

    # --- the station's thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self._books = Books(self._open_journal(), self._clock, self._identity, self._newest_backup)
            self._state = replace(self._state, rules=self._books.rules(self._state.rules, self._sign_in))
        except Exception as error:  # noqa: BLE001  handed to whoever called start()
            self._ready.set_exception(error)
            return
        self._ready.set_result(None)
        self._show()
        while not isinstance(post := self._next_post(), Stop):
            self._handle_or_stop_binding(post)
        self._books.close()
        self._send_home()

    def _send_home(self) -> None:
        """Whoever still waits for their turn learns that it does not come."""
        while not self._posts.empty():
            post = self._posts.get()
            if isinstance(post, Work):
                post.result.cancel()

    def _next_post(self) -> Post:
        wake_at = self._state.wake_at
        wait = None if wake_at is None else max(0.0, wake_at - self._clock.monotonic())
        try:
            return self._posts.get(timeout=wait)
        except queue.Empty:
            return TimePassed(at=self._clock.monotonic())

    def _handle_or_stop_binding(self, post: Post) -> None:
        """A bug is told to people as the station's fault, and binding stops; it never passes in silence."""
        try:
            self._handle(post)
            self._show()
        except Exception as bug:  # noqa: BLE001  said to people, and binding stops
            _log.exception("The station met an error that nobody expected")
            reason = because(Why.UNEXPECTED, detail=type(bug).__name__)
            if not self._process(JournalFailed(at=self._clock.monotonic(), reason=reason)):
                self._answered(Answer(Verdict.JOURNAL_FAULT, reason=reason))
            self._show()

    def _handle(self, post: Post) -> None:
        if isinstance(post, Scanned | ScanRefused):
            self._scans_taken += 1
        if isinstance(post, LinkStatus):
            self._note_link(post)
        elif isinstance(post, NewFixture):
            self._change_fixture(post.fixture)
        elif isinstance(post, SignIn):
            self._sign_in = post.wanted
            self._look_into_the_journal()
        elif isinstance(post, Work):
            self._do(post)
        elif isinstance(post, RulesChanged):
            rules = self._books.rules(post.rules, self._sign_in)
            rules = replace(rules, has_port=self._state.rules.has_port)
            self._process(replace(post, rules=rules))
        elif isinstance(post, Event):
            self._process(post)

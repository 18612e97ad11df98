"""The station: one thread that runs the rules against the journal and the fixture."""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

from app.core.binding import State, advance
from app.core.errors import Reason, Why, because
from app.core.events import (
    Action,
    AskModule,
    CancelPressed,
    ContinuePressed,
    Event,
    FixtureEmpty,
    JournalFailed,
    ModeChosen,
    ModuleAnswered,
    ModuleFailed,
    ModuleGone,
    RulesChanged,
    Say,
    Scanned,
    ScanRefused,
    SignedIn,
    SignOutPressed,
    TimePassed,
    Touched,
)
from app.core.people import Act, Person
from app.core.unit import Answer, Mode, Rules
from app.core.verdicts import Verdict
from app.ports.clock import Clock
from app.ports.fixture import Fixture, LinkState, LinkStatus, ModuleReading, ModuleTrouble
from app.ports.journal import Journal
from app.station.books import Books, Identity, NewestBackup
from app.station.desk import AnyWork, Desk, Result, Work
from app.station.view import StationView

__all__ = ["Identity", "Station"]

_log = logging.getLogger(__name__)

_LEAST_QUESTION = 1.0
"""Seconds that a question gets at a port that was chosen while it was under way."""


class _Stop:
    """Ends the thread."""


@dataclass(frozen=True, slots=True)
class _NewFixture:
    """Another port was chosen."""

    fixture: Fixture | None


@dataclass(frozen=True, slots=True)
class _SignIn:
    """Whether people sign in here was changed."""

    wanted: bool


_Post = Event | LinkStatus | _NewFixture | _SignIn | AnyWork | _Stop


class Station:
    """Implements `FixtureListener`. All methods may be called from any thread: they post and return.

    `publish` and `answered` are called on the station's own thread.
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
        self._open_journal = open_journal
        self._clock = clock
        self._identity = identity
        self._fixture = fixture
        self._sign_in = sign_in
        self._newest_backup = newest_backup
        self._publish = publish
        self._answered = answered
        self._state = State(rules=rules)
        self._link = LinkStatus(LinkState.NONE)
        self._posts: queue.SimpleQueue[_Post] = queue.SimpleQueue()
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
        self._posts.put(_Stop())
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        """False once the thread has ended, by `stop` or by an error that nobody could handle."""
        return self._thread.is_alive()

    def scanned(self, text: str) -> None:
        self._posts.put(Scanned(at=self._clock.monotonic(), text=text))

    def scan_refused(self, reason: Reason, raw: str) -> None:
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

    def use_sign_in(self, wanted: bool) -> None:
        """From now on people sign in, or nobody does."""
        self._posts.put(_SignIn(wanted))

    def use_fixture(self, fixture: Fixture | None) -> None:
        """From now on modules are read at this port; it is started here, and the one before is stopped."""
        self._posts.put(_NewFixture(fixture))

    def at_desk(self, do: Callable[[Desk], Result], act: Act | None = None) -> Future[Result]:
        """Has something done on the station's thread, by whoever is signed in when its turn comes.

        `act` is what they must be allowed. The future is cancelled where the station ends before, and raises
        `Refused` (SIGN_IN_FIRST, NOT_ALLOWED) or what `do` raises.
        """
        work = Work(act, do, Future[Result]())
        self._posts.put(work)
        if not self._thread.is_alive():
            self._send_home()
        return work.result

    def module_answered(self, ask: int | None, reading: ModuleReading) -> None:
        self._posts.put(ModuleAnswered(at=self._clock.monotonic(), ask=ask, imei_text=reading.imei))

    def module_failed(self, ask: int, trouble: ModuleTrouble) -> None:
        self._posts.put(ModuleFailed(at=self._clock.monotonic(), ask=ask, reason=trouble.reason))

    def module_gone(self) -> None:
        self._posts.put(ModuleGone(at=self._clock.monotonic()))

    def link_changed(self, status: LinkStatus) -> None:
        self._posts.put(status)

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
        while not isinstance(post := self._next_post(), _Stop):
            self._handle_or_stop_binding(post)
        self._books.close()
        self._send_home()

    def _look_into_the_journal(self) -> None:
        """Products and orders that changed count at once; whoever was retired is not signed in any more."""
        rules, operator = self._books.rules(self._state.rules, self._sign_in), self._state.operator
        same = next((one for one in rules.people if operator and one.name == operator.name), None)
        if operator is not None and same is None:  # still in their own name
            self._process(SignOutPressed(at=self._clock.monotonic()))
        elif same is not None:
            self._state = replace(self._state, operator=same)
        if rules != self._state.rules:
            self._process(RulesChanged(at=self._clock.monotonic(), rules=rules))

    def _send_home(self) -> None:
        """Whoever still waits for their turn learns that it does not come."""
        while not self._posts.empty():
            post = self._posts.get()
            if isinstance(post, Work):
                post.result.cancel()

    def _next_post(self) -> _Post:
        wake_at = self._state.wake_at
        wait = None if wake_at is None else max(0.0, wake_at - self._clock.monotonic())
        try:
            return self._posts.get(timeout=wait)
        except queue.Empty:
            return TimePassed(at=self._clock.monotonic())

    def _handle_or_stop_binding(self, post: _Post) -> None:
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

    def _handle(self, post: _Post) -> None:
        if isinstance(post, LinkStatus):
            self._note_link(post)
        elif isinstance(post, _NewFixture):
            self._change_fixture(post.fixture)
        elif isinstance(post, _SignIn):
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

    def _change_fixture(self, fixture: Fixture | None) -> None:
        if self._fixture is not None:
            self._fixture.stop()
            self._process(ModuleGone(at=self._clock.monotonic()))
        self._fixture = fixture
        self._note_link(LinkStatus(LinkState.NONE))
        asking = self._state.asking
        if fixture is not None:
            fixture.start(self)
        if asking is not None:  # the old one was stopped before it could answer
            end = self._state.asked_at + self._state.rules.read_seconds
            failed = self._ask(asking, max(_LEAST_QUESTION, end - self._clock.monotonic()))
            if failed is not None:
                self._process(failed)

    def _note_link(self, status: LinkStatus) -> None:
        self._link = status
        has_port = status.state is not LinkState.NONE
        if has_port != self._state.rules.has_port:
            rules = replace(self._state.rules, has_port=has_port)
            self._process(RulesChanged(at=self._clock.monotonic(), rules=rules))
        if status.state is not LinkState.ANSWERING:
            self._process(FixtureEmpty(at=self._clock.monotonic()))

    def _process(self, event: Event) -> bool:
        """Whether an answer was said. Of several about one event the last one holds: the worst comes last."""
        events, said = deque([event]), list[Answer]()
        while events:
            self._state, actions = advance(self._state, events.popleft())
            for action in actions:
                if isinstance(action, Say):
                    said.append(action.answer)
                    continue
                result = self._perform(action)
                if result is not None:
                    events.append(result)
        for answer in said:
            self._books.note(answer)
        if said:
            self._answered(said[-1])
        return bool(said)

    def _perform(self, action: Action) -> Event | None:
        match action:
            case AskModule(ask=ask, within=within):
                return self._ask(ask, within)
            case _:
                return self._books.carry_out(action, self._state)

    def _ask(self, ask: int, within: float) -> Event | None:
        if self._fixture is None:
            reason = because(Why.PORT_ABSENT, port="")
            return ModuleFailed(at=self._clock.monotonic(), ask=ask, reason=reason)
        self._fixture.ask(ask, within)
        return None

    def _do(self, work: AnyWork) -> None:
        if not work.result.set_running_or_notify_cancel():
            return
        self._books.do(work, self._state)
        self._look_into_the_journal()

    def _show(self) -> None:
        board, now = self._books.board, self._clock.utc()
        self._publish(
            StationView(
                state=self._state,
                station=self._identity.station,
                operator=self._state.operator.name if self._state.operator else None,
                shift=board.shift,
                tally=board.tally,
                recent=board.recent,
                per_ten_minutes=board.pace.curve(now),
                per_hour=board.pace.per_hour(now),
                order=board.order(self._state.unit),
                link=self._link,
                journal_trouble=self._books.trouble,
                clock_trouble=self._books.clock_trouble(),
                backup=self._books.backup,
                nobody_yet=self._sign_in and not self._state.rules.people,
                now=self._clock.monotonic(),
            )
        )

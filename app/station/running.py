"""The rules at work: what `advance()` wants is carried out on the journal and on the fixture."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from app.core.binding import State, advance
from app.core.errors import Why, because
from app.core.events import (
    Action,
    AskModule,
    Event,
    FixtureEmpty,
    ModuleFailed,
    ModuleGone,
    RulesChanged,
    Say,
    SignOutPressed,
)
from app.core.unit import Answer, Rules
from app.ports.clock import Clock
from app.ports.fixture import Fixture, LinkState, LinkStatus
from app.station.books import Books, Identity
from app.station.desk import AnyWork
from app.station.posting import Posting
from app.station.view import StationView

_LEAST_QUESTION = 1.0
"""Seconds that a question gets at a port that was chosen while it was under way."""


class Running(Posting):
    """What is done on the station's thread, and by nobody else."""

    _books: Books

    def __init__(
        self,
        clock: Clock,
        identity: Identity,
        rules: Rules,
        fixture: Fixture | None,
        publish: Callable[[StationView], None],
        answered: Callable[[Answer], None],
        sign_in: bool,
    ) -> None:
        super().__init__(clock)
        self._identity = identity
        self._fixture = fixture
        self._sign_in = sign_in
        self._publish = publish
        self._answered = answered
        self._state = State(rules=rules)
        self._link = LinkStatus(LinkState.NONE)

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

    def _do(self, work: AnyWork) -> None:
        if not work.result.set_running_or_notify_cancel():
            return
        self._show(at_desk=True)
        self._books.do(work, self._state)
        self._look_into_the_journal()

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

    def _show(self, at_desk: bool = False) -> None:
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
                at_desk=at_desk,
                waiting=self.waiting,
                nobody_yet=self._sign_in and not self._state.rules.people,
                now=self._clock.monotonic(),
            )
        )

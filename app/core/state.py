"""All that the station knows between two events."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.events import Action
from app.core.people import Act, Person
from app.core.unit import EMPTY_UNIT, Answer, Dropped, Fixture, Mode, Rules, Unit

_OVERDUE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Latch:
    """A fault that stays until CONTINUE."""

    answer: Answer
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """All that the station knows between two events; what the page shows."""

    rules: Rules = field(default_factory=Rules)
    mode: Mode = Mode.BIND
    unit: Unit = EMPTY_UNIT
    fixture: Fixture = field(default_factory=Fixture)
    asking: int | None = None
    """The number of the question that is under way."""
    asked_at: float = 0.0
    lifting: bool = False
    """The last unit still lies on the fixture, and another device code is in hand."""
    deadline: float | None = None
    """When the half in hand is dropped, or answered finally (monotonic seconds)."""
    pending: Answer | None = None
    """What will be said once the journal has answered."""
    shown: Answer | None = None
    """The last answer: stays until the next scan or the next unit on the fixture."""
    latch: Latch | None = None
    dropped: Dropped | None = None
    """What the next answer carries."""
    operator: Person | None = None
    last_act: float = 0.0
    """When somebody last scanned or pressed something (monotonic seconds)."""
    questions: int = 0
    faulted_ask: int | None = None
    """The question that was under way when its unit was refused: its late answer names a judged module."""
    last_text: str = ""
    last_at: float = 0.0

    @property
    def at_hand(self) -> Rules:
        """The rules for the unit in hand, whose product has its own."""
        return self.rules.for_unit(self.unit.device)

    @property
    def work(self) -> Act:
        """What is done with a unit here."""
        return Act.VERIFY if self.mode is Mode.VERIFY else Act.BIND

    @property
    def may_work(self) -> bool:
        """Whether whoever is here may do what the mode is for."""
        return self.may(self.work)

    def may(self, act: Act) -> bool:
        """Whether whoever is here may do this; in a workshop without sign-in everybody may."""
        if not self.rules.sign_in:
            return True
        return self.operator is not None and self.operator.may(act)

    @property
    def wake_at(self) -> float | None:
        """When `TimePassed` is due, if nothing else happens before."""
        due = self.deadline if self.asking is None else self.answer_overdue_at
        return min((time for time in (due, self.idle_at) if time is not None), default=None)

    @property
    def answer_overdue_at(self) -> float:
        """The fixture always answers in time; where it does not, nobody waits for ever."""
        return self.asked_at + self.rules.read_seconds + _OVERDUE_SECONDS

    @property
    def idle_at(self) -> float | None:
        """When whoever is signed in is signed out for doing nothing."""
        if self.operator is None or self.rules.idle_seconds <= 0 or self.latch is not None:
            return None
        return self.last_act + self.rules.idle_seconds


Step = tuple[State, tuple[Action, ...]]

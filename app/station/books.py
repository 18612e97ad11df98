"""The station's part with the journal: what `advance()` wants of it is stamped, kept and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.core.errors import Faulted, Reason, Why, because
from app.core.events import (
    Action,
    Event,
    Found,
    JournalFailed,
    LookUp,
    Note,
    PairTaken,
    Record,
    Recorded,
    Save,
    Saved,
    Undo,
)
from app.core.people import NO_SIGN_IN, NOBODY
from app.core.record import ClockSetBack, Committed, EventKind, Stamp
from app.core.state import State
from app.core.unit import Answer, Rules
from app.ports.backups import BackupFound
from app.ports.clock import Clock
from app.ports.journal import Journal
from app.station.board import Board
from app.station.desk import AnyWork, Desk
from app.station.orders import informed
from app.station.undoing import undo

NewestBackup = Callable[[], BackupFound | None]

_ABOUT_UNITS = (EventKind.FAULTED, EventKind.RESCANNED)
"""Besides a binding, what opens a shift; signing in does not."""

_SHIFT_SECONDS = 8 * 3600.0


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes the records."""

    station: str
    software: str


class Books:
    """Belongs to the station's thread, as the journal does."""

    def __init__(
        self, journal: Journal, clock: Clock, identity: Identity, newest_backup: NewestBackup = lambda: None
    ) -> None:
        """Raises `Faulted` where the journal cannot be read."""
        self._newest_backup = newest_backup
        self.backup = newest_backup()
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._stamped_at = ""
        self._set_back: ClockSetBack | None = None
        self._set_back_noticed = 0.0
        self.trouble: Reason | None = None
        """Why the journal cannot be written, or None while it can."""
        self.board = Board()
        self.board.load(journal, clock.utc())
        self._known = informed(Rules(), journal)

    def rules(self, settings: Rules, sign_in: bool) -> Rules:
        """The rules of the settings with all that stands in the journal: people, products, open orders."""
        known = self._known
        people = known.people if sign_in else ()
        return replace(settings, people=people, products=known.products, orders=known.orders)

    def close(self) -> None:
        self._journal.close()

    def carry_out(self, action: Action, state: State) -> Event | None:
        """What came of it; a fault is an event too."""
        try:
            event = self._event(action, state)
        except Faulted as fault:
            self.trouble = fault.reason
            return JournalFailed(at=self._clock.monotonic(), reason=fault.reason)
        if not isinstance(event, Found):
            self.trouble = None
        return event

    def _event(self, action: Action, state: State) -> Event | None:
        at = self._clock.monotonic()
        match action:
            case LookUp(device=device, imei=imei):
                return Found(at=at, standing=self._journal.standing(device, imei))
            case Save(entry=entry, pair=pair, work_order=order):
                self._open_shift(state)
                result = self._journal.bind(self._stamp(state, order), entry, pair)
                if isinstance(result, Committed):
                    return Saved(at=at, seq=result.seq)
                return PairTaken(at=at, standing=result.standing)
            case Record(entry=entry, work_order=order) | Note(entry=entry, work_order=order):
                if entry.kind in _ABOUT_UNITS:
                    self._open_shift(state)
                seq = self._journal.record(self._stamp(state, order), entry).seq
                return Recorded(at=at, seq=seq) if isinstance(action, Record) else None
            case Undo(within=within):
                return undo(self._journal, self._stamp(state), within, at)
            case _:
                raise TypeError(action)

    def do(self, work: AnyWork, state: State) -> None:
        """Hands the act its desk; whoever waits for it gets the result, or what it raised."""
        person = state.operator
        stamp = self._stamp(state)
        try:
            work.check_allowed(person, state.rules.sign_in)
            stamp = replace(stamp, approver=person.name if person else None)
            result = work.do(Desk(self._journal, stamp, person))
        except Faulted as fault:
            if fault.reason.why is not Why.FILE_UNWRITABLE:  # another file than the journal
                self.trouble = fault.reason
            work.result.set_exception(fault)
        except Exception as error:  # noqa: BLE001  handed to whoever waits for it
            work.result.set_exception(error)
        else:
            self.trouble = None
            if not work.is_quiet:
                self._look_anew_after_what_is_done()
            work.result.set_result(result)

    def _look_anew_after_what_is_done(self) -> None:
        """What was done is done, even where the journal cannot be read now."""
        try:
            self._look_anew()
        except Faulted as fault:
            self.trouble = fault.reason

    def _look_anew(self) -> None:
        self._known = informed(Rules(), self._journal)
        self.backup = self._newest_backup()
        self.board.load(self._journal, self._clock.utc())

    def clock_trouble(self) -> Reason | None:
        """That the clock was set back, until it has caught up or a shift's time has passed."""
        set_back, now = self._journal.set_back, self._clock.monotonic()
        if set_back is not self._set_back:
            self._set_back, self._set_back_noticed = set_back, now
        if set_back is None or now > self._set_back_noticed + _SHIFT_SECONDS:
            return None
        if self._clock.utc() >= set_back.before:
            return None
        return because(Why.CLOCK_SET_BACK, seconds=round(set_back.seconds), before=set_back.before)

    def note(self, answer: Answer) -> None:
        self.board.note(answer, self._stamped_at)

    def _open_shift(self, state: State) -> None:
        """A shift opens by itself with the first unit."""
        if self.board.shift is None:
            self.board.open(self._journal.open_shift(self._stamp(state)))

    def _stamp(self, state: State, work_order: str | None = None) -> Stamp:
        self._stamped_at = self._clock.utc()
        return Stamp(
            at=self._stamped_at,
            zone_minutes=self._clock.zone_minutes(),
            monotonic_ms=int(self._clock.monotonic() * 1000),
            station=self._identity.station,
            software=self._identity.software,
            operator=_credited(state),
            work_order=work_order,
            shift=self.board.shift.id if self.board.shift else None,
        )


def _credited(state: State) -> str:
    """Who is credited: in a workshop without sign-in every record says so."""
    if not state.rules.sign_in:
        return NO_SIGN_IN
    return state.operator.name if state.operator else NOBODY

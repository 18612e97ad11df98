"""A bench for the rules: runs `advance` against a journal in memory and a module in the hand of the test."""

from __future__ import annotations

from collections import deque

from app.core.binding import State, advance
from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Why, because
from app.core.events import (
    Action,
    AskModule,
    CancelPressed,
    ContinuePressed,
    Event,
    Found,
    ImeiTyped,
    JournalFailed,
    LookUp,
    ModeChosen,
    ModuleAnswered,
    ModuleFailed,
    ModuleGone,
    Note,
    PairTaken,
    Record,
    Recorded,
    RulesChanged,
    Save,
    Saved,
    Say,
    Scanned,
    SignedIn,
    SnTyped,
    TimePassed,
)
from app.core.people import Person
from app.core.record import BoundRecord, Entry, Standing
from app.core.unit import Answer, Mode, Rules
from app.core.verdicts import Verdict


class Bench:
    """What a station is, without threads, files and clocks."""

    def __init__(self, rules: Rules | None = None, module: str | None = None) -> None:
        self.state = State(rules=rules or Rules())
        self.now = 0.0
        self.live: list[BoundRecord] = []
        self.issued: dict[str, set[str]] = {}
        """SNs on the lists of orders."""
        self.orders_of: dict[int, str | None] = {}
        """The work order that stands on each record."""
        self.entries: list[Entry] = []
        self.answers: list[Answer] = []
        self.module = module
        self.journal_works = True

    # what happens

    def scan(self, text: str, after: float = 2.0) -> Answer | None:
        """The answer to this frame, or None where it is still to come."""
        return self._happen(Scanned(at=self._later(after), text=text))

    def type_sn(self, pk: str, sn: str, again: str | None = None) -> Answer | None:
        again = sn if again is None else again
        return self._happen(SnTyped(at=self._later(5.0), pk=pk, sn=sn, again=again))

    def type_imei(self, imei: str, again: str | None = None) -> Answer | None:
        again = imei if again is None else again
        return self._happen(ImeiTyped(at=self._later(5.0), imei=imei, again=again))

    def sign_in(self, person: Person) -> Answer | None:
        return self._happen(SignedIn(at=self._later(1.0), person=person))

    def press_continue(self) -> Answer | None:
        return self._happen(ContinuePressed(at=self._later(1.0)))

    def press_cancel(self) -> Answer | None:
        return self._happen(CancelPressed(at=self._later(1.0)))

    def choose(self, mode: Mode) -> Answer | None:
        return self._happen(ModeChosen(at=self._later(1.0), mode=mode))

    def wait(self, seconds: float) -> Answer | None:
        return self._happen(TimePassed(at=self._later(seconds)))

    def put_on(self, imei: str) -> Answer | None:
        """A module appears on the fixture by itself."""
        self.module = imei
        return self._happen(ModuleAnswered(at=self._later(1.0), ask=None, imei_text=imei))

    def change_rules(self, rules: Rules) -> Answer | None:
        return self._happen(RulesChanged(at=self._later(1.0), rules=rules))

    def lift(self) -> Answer | None:
        self.module = None
        return self._happen(ModuleGone(at=self._later(1.0)))

    # how it is carried out

    def _later(self, seconds: float) -> float:
        self.now += seconds
        return self.now

    def _happen(self, event: Event) -> Answer | None:
        before = len(self.answers)
        events = deque([event])
        while events:
            self.state, actions = advance(self.state, events.popleft())
            events.extend(result for action in actions if (result := self._perform(action)) is not None)
        return self.answers[-1] if len(self.answers) > before else None

    def _perform(self, action: Action) -> Event | None:
        if isinstance(action, Say):
            self.answers.append(action.answer)
            return None
        if isinstance(action, AskModule):
            return self._ask(action)
        if not self.journal_works:
            return JournalFailed(at=self.now, reason=because(Why.DISK_FULL))
        return self._journal(action)

    def _ask(self, action: AskModule) -> Event:
        if self.module is None:
            reason = because(Why.MODULE_SILENT)
            return ModuleFailed(at=self.now, ask=action.ask, reason=reason)
        return ModuleAnswered(at=self.now, ask=action.ask, imei_text=self.module)

    def _journal(self, action: Action) -> Event | None:
        match action:
            case LookUp(device=device, imei=imei):
                standing = Standing(
                    next((r for r in self.live if device and (r.pk, r.sn) == (device.pk, device.sn)), None),
                    next((r for r in self.live if r.imei == imei), None),
                    issued=self._issued_for(device),
                )
                return Found(at=self.now, standing=standing)
            case Save(entry=entry, pair=pair, work_order=order):
                return self._save(entry, pair, order)
            case Record(entry=entry, work_order=order):
                self.entries.append(entry)
                self.orders_of[len(self.entries)] = order
                return Recorded(at=self.now, seq=len(self.entries))
            case Note(entry=entry):
                self.entries.append(entry)
                return None
        raise TypeError(action)

    def _issued_for(self, device: DeviceCode | None) -> str | None:
        listing = (
            order.number
            for order in self.state.rules.orders
            if device
            and order.pk == device.pk
            and order.issued
            and device.sn in self.issued.get(order.number, ())
        )
        return next(listing, None)

    def _save(self, entry: Entry, pair: Pair, order: str | None) -> Event:
        found = self._journal(LookUp(pair.device, pair.imei))
        assert isinstance(found, Found)
        if not found.standing.is_free:
            return PairTaken(at=self.now, standing=found.standing)
        self.entries.append(entry)
        seq = len(self.entries)
        self.orders_of[seq] = order
        self.live.append(
            BoundRecord(
                seq,
                Imei(pair.imei),
                ProductKey(pair.device.pk),
                SerialNumber(pair.device.sn),
                "2026-01-01T00:00:00.000Z",
                "Station 1",
                None,
            )
        )
        return Saved(at=self.now, seq=seq)


def verdict(answer: Answer | None) -> Verdict | None:
    return answer.verdict if answer is not None else None

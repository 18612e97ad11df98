"""Brings what waits to the platform: carries out what `app.core.outbox` decides, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from app.core.amending import after_replacing, after_taking_off, before_replacing, before_taking_off
from app.core.errors import Reason, Why, because
from app.core.outbox import (
    Ask,
    Drop,
    Replace,
    Send,
    Step,
    TakeOff,
    after_asking,
    after_dropping,
    blocked,
    next_step,
)
from app.core.platform import (
    MAX_LOT,
    AnswerUnknown,
    Held,
    LotAccepted,
    LotOutcome,
    LotRefused,
    Meaning,
    NeverLeft,
    PlatformSilent,
    Refusal,
    SignInRefused,
)
from app.core.upload_item import Item, UploadState
from app.ports.upload import Outbox, Platform
from app.station.asking import Asking
from app.station.sending import Sending
from app.station.upload_end import Stop, UploadEnd

_UNKNOWN_IN_A_ROW = 3
"""After so many requests of unknown outcome the platform is left in peace until the next run."""

_REFUSED_IN_A_ROW = 5
"""After so many devices refused one by one it is hardly the devices' fault."""


class Upload:
    """One run over everything that is open. Belongs to the thread that runs it.

    `cancelled` is asked before each request. What had left when a run ended is `SENT`, for the next to ask.
    """

    def __init__(
        self, outbox: Outbox, platform: Platform, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self._outbox, self._platform, self._cancelled = outbox, platform, cancelled
        self._stopped: dict[str, Reason] = {}
        self._unknown = 0
        self._blocked: list[Item] = []

    def run(self) -> UploadEnd:
        """Raises `Faulted` where the outbox cannot be used."""
        self._stopped, self._unknown = {}, 0
        try:
            for pk, refusal in self._outbox.blocks():
                self._stop_for(pk, refusal)
            for pk in self._outbox.products():
                if pk not in self._stopped:
                    self._run_product(pk)
        except (Stop, PlatformSilent, SignInRefused) as end:
            return UploadEnd(end.reason, isinstance(end, PlatformSilent), self._stopped)
        return UploadEnd(stopped=self._stopped)

    def _stop_for(self, pk: str, refusal: Refusal) -> None:
        """Notes that a person must act; raises `Stop` where nothing goes on before that."""
        if refusal.stops:
            self._stopped[pk] = refusal.reason(pk)
        if refusal.meaning is Meaning.STOPS_QUEUE:
            raise Stop(refusal.reason(pk), whole=True)

    def _run_product(self, pk: str) -> None:
        self._blocked.clear()
        try:
            while step := next_step(self._outbox.open_items(pk, MAX_LOT)):
                self._check_that_it_makes_sense()
                self._carry_out(pk, step)
        except Stop as stop:
            self._stopped[pk] = stop.reason
            if stop.whole:
                raise

    def _check_that_it_makes_sense(self) -> None:
        """Raises `PlatformSilent`, `Stop`."""
        self._check_that_it_may_go_on()
        if len(self._blocked) >= _REFUSED_IN_A_ROW:
            raise Stop(self._blocked[-1].trouble() or because(Why.PLATFORM_REFUSED))

    def _check_that_it_may_go_on(self) -> None:
        if self._cancelled():
            raise PlatformSilent(because(Why.UPLOAD_PAUSED), left=False)

    def _carry_out(self, pk: str, step: Step) -> None:
        match step:
            case Drop(items):
                self._mark(items, after_dropping(items))
            case Ask(items):
                self._ask(pk, items)
            case Send(items):
                self._send(pk, items)
            case Replace(item):
                self._amend(pk, item, before_replacing, after_replacing)
            case TakeOff(item):
                self._amend(pk, item, before_taking_off, after_taking_off)

    def _send(self, pk: str, lot: Sequence[Item]) -> None:
        sending = Sending(self._outbox, self._platform, pk, self._cancelled)
        outcome = sending.send(lot)
        if sending.accepted:
            self._unknown = 0
            self._blocked.clear()
        if outcome is not None:
            self._heed(pk, outcome)

    def _ask(self, pk: str, lot: Sequence[Item]) -> None:
        imeis = [item.imei for item in lot]
        asking = Asking(self._platform, pk, imeis, self._check_that_it_may_go_on)
        try:
            asking.ask()
        finally:  # what was learnt before the platform fell silent need not be asked again
            self._mark(lot, _learnt(lot, asking))
        for refusal in asking.refused.values():
            self._heed(pk, LotRefused(refusal))

    def _amend(
        self,
        pk: str,
        item: Item,
        before: Callable[[Item, Held | None], Item],
        after: Callable[[Item, LotOutcome], Item],
    ) -> None:
        """The platform is asked first; where the item is still in its state then, it is done."""
        asking = Asking(self._platform, pk, [item.imei])
        asking.ask()
        if asking.refused:
            outcome: LotOutcome = LotRefused(asking.refused[item.imei])
        else:
            now = before(item, asking.found[item.imei])
            if now.state is not item.state:
                return self._mark([item], [now])
            outcome = self._done(pk, item)
        self._mark([item], [after(item, outcome)])
        return self._heed(pk, outcome)

    def _done(self, pk: str, item: Item) -> LotOutcome:
        if item.state is UploadState.REPLACING:
            return self._platform.update(pk, [item.row])
        return self._platform.delete(pk, item.imei)

    def _mark(self, before: Sequence[Item], after: Sequence[Item]) -> None:
        """One durable write for what has changed."""
        known = {item.row.seq: item for item in before}
        changed = [item for item in after if item is not known[item.row.seq]]
        if changed:
            self._outbox.mark(changed)
        if any(item.state is UploadState.CONFIRMED for item in changed):
            self._unknown = 0
            self._blocked.clear()
        self._blocked += [item for item in changed if item.state is UploadState.BLOCKED]

    def _heed(self, pk: str, outcome: LotOutcome) -> None:
        """Raises `Stop`, and `PlatformSilent` where the platform is better left in peace."""
        match outcome:
            case LotRefused(refusal):
                self._unknown = 0
                if refusal.stops:
                    self._stop_for(pk, refusal)
                    raise Stop(refusal.reason(pk))
            case AnswerUnknown(reason):
                self._unknown += 1
                if self._unknown >= _UNKNOWN_IN_A_ROW:
                    raise PlatformSilent(reason, left=True)
            case NeverLeft(reason, refused):
                raise Stop(reason, whole=True) if refused else PlatformSilent(reason, left=False)
            case LotAccepted():
                self._unknown = 0


def _learnt(lot: Sequence[Item], asking: Asking) -> tuple[Item, ...]:
    answered = [item for item in lot if item.imei not in asking.refused]
    refused = (blocked([item], asking.refused[item.imei]) for item in lot if item.imei in asking.refused)
    return (*after_asking(answered, asking.found), *chain.from_iterable(refused))

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
)
from app.core.platform import (
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
from app.station.upload_course import Course
from app.station.upload_end import Stop, UploadEnd


class Upload:
    """One run over everything that is open. Belongs to the thread that runs it.

    `cancelled` is asked before each request. What had left when a run ended is `SENT`, for the next to ask.
    """

    def __init__(
        self, outbox: Outbox, platform: Platform, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self._outbox, self._platform, self._cancelled = outbox, platform, cancelled
        self._stopped: dict[str, Reason] = {}
        self._resting: dict[str, Reason] = {}
        self._is_answered = False

    def run(self) -> UploadEnd:
        """Raises `Faulted` where the outbox cannot be used."""
        self._stopped, self._resting, self._is_answered = {}, {}, False
        try:
            for pk, refusal in self._outbox.blocks():
                self._stop_for(pk, refusal)
            for pk in self._outbox.products():
                if pk not in self._stopped:
                    self._run_product(Course(self._outbox, pk))
        except (Stop, PlatformSilent, SignInRefused) as end:
            return UploadEnd(end.reason, isinstance(end, PlatformSilent), self._resting | self._stopped)
        return self._ended()

    def _ended(self) -> UploadEnd:
        """Where no product was answered, the platform is silent; else these products are."""
        silent = next(iter(self._resting.values()), None)
        reason = None if self._is_answered else silent
        return UploadEnd(reason, silent is not None, self._resting | self._stopped)

    def _stop_for(self, pk: str, refusal: Refusal) -> None:
        """Notes that a person must act; raises `Stop` where nothing goes on before that."""
        if refusal.stops:
            self._stopped[pk] = refusal.reason(pk)
        if refusal.meaning is Meaning.STOPS_QUEUE:
            raise Stop(refusal.reason(pk), whole=True)

    def _run_product(self, course: Course) -> None:
        try:
            while step := course.next_step():
                self._check_that_it_may_go_on()
                course.check()
                self._carry_out(course, step)
        except Stop as stop:
            self._stopped[course.pk] = stop.reason
            if stop.whole:
                raise
        except PlatformSilent as silent:
            if not silent.left or silent.reason.why is Why.UPLOAD_PAUSED:
                raise
            self._resting[course.pk] = silent.reason
        finally:
            self._is_answered |= course.is_answered
            if course.trouble is not None:
                self._resting.setdefault(course.pk, course.trouble)

    def _check_that_it_may_go_on(self) -> None:
        if self._cancelled():
            raise PlatformSilent(because(Why.UPLOAD_PAUSED), left=False)

    def _carry_out(self, course: Course, step: Step) -> None:
        match step:
            case Drop(items):
                self._mark(course, items, after_dropping(items))
            case Ask(items):
                self._ask(course, items)
            case Send(items):
                self._send(course, items)
            case Replace(item):
                self._amend(course, item, before_replacing, after_replacing)
            case TakeOff(item):
                self._amend(course, item, self._before_taking_off, after_taking_off)

    def _send(self, course: Course, lot: Sequence[Item]) -> None:
        sending = Sending(self._outbox, self._platform, course.pk, self._cancelled)
        outcome = sending.send(lot)
        if sending.accepted:
            course.went_well()
        if outcome is not None:
            self._heed(course, outcome)

    def _ask(self, course: Course, lot: Sequence[Item]) -> None:
        imeis = [item.imei for item in lot]
        asking = Asking(self._platform, course.pk, imeis, self._check_that_it_may_go_on)
        try:
            asking.ask()
        finally:  # what was learnt before the platform fell silent need not be asked again
            self._mark(course, lot, course.looked_into(lot, _learnt(lot, asking)))
            course.leave_aside([item for item in lot if item.imei in asking.unclear])
        for refusal in asking.refused.values():
            self._heed(course, LotRefused(refusal))

    def _amend(
        self,
        course: Course,
        item: Item,
        before: Callable[[Item, Held | None], Item],
        after: Callable[[Item, LotOutcome], Item],
    ) -> None:
        """The platform is asked first; where the item is still in its state then, it is done."""
        asking = Asking(self._platform, course.pk, [item.imei])
        asking.ask()
        if asking.unclear:
            return course.leave_aside([item])
        if asking.refused:
            outcome: LotOutcome = LotRefused(asking.refused[item.imei])
        else:
            now = before(item, asking.found[item.imei])
            if now.state is not item.state:
                return self._mark(course, [item], [now])
            outcome = self._done(course.pk, item)
        self._mark(course, [item], [after(item, outcome)])
        self._heed(course, outcome)
        return course.amended_in_vain(item)

    def _before_taking_off(self, item: Item, held: Held | None) -> Item:
        """The journal is asked last: nothing but the deletion comes after this."""
        return before_taking_off(item, held, self._outbox.is_bound(item))

    def _done(self, pk: str, item: Item) -> LotOutcome:
        if item.state is UploadState.REPLACING:
            return self._platform.update(pk, [item.row])
        return self._platform.delete(pk, item.imei)

    def _mark(self, course: Course, before: Sequence[Item], after: Sequence[Item]) -> None:
        """One durable write for what has changed."""
        known = {item.row.seq: item for item in before}
        changed = [item for item in after if item is not known[item.row.seq]]
        if changed:
            self._outbox.mark(changed)
        if any(item.state is UploadState.CONFIRMED for item in changed):
            course.went_well()
        course.was_blocked([item for item in changed if item.state is UploadState.BLOCKED])

    def _heed(self, course: Course, outcome: LotOutcome) -> None:
        """Raises `Stop`, and `PlatformSilent` where the product, or the platform, is better left in peace."""
        match outcome:
            case LotRefused(refusal):
                course.was_answered()
                if refusal.stops:
                    self._stop_for(course.pk, refusal)
                    raise Stop(refusal.reason(course.pk))
            case AnswerUnknown(reason):
                course.was_unknown(reason)
            case NeverLeft(reason, refused):
                raise Stop(reason, whole=True) if refused else PlatformSilent(reason, left=False)
            case LotAccepted():
                course.was_answered()


def _learnt(lot: Sequence[Item], asking: Asking) -> tuple[Item, ...]:
    without = asking.refused.keys() | asking.unclear
    answered = [item for item in lot if item.imei not in without]
    refused = (blocked([item], asking.refused[item.imei]) for item in lot if item.imei in asking.refused)
    return (*after_asking(answered, asking.found), *chain.from_iterable(refused))

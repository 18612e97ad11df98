"""Lot after lot: while one is on its way, the outcome of the one before and the next one go on record."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from app.core.outbox import Send, after_sending, next_step
from app.core.platform import MAX_LOT, LotAccepted, LotOutcome
from app.core.upload_item import Item, UploadState, moved
from app.ports.upload import Outbox, Platform

Result = TypeVar("Result")


class Sending:
    """The lots of one product, as long as each is accepted.

    A lot is on record as sent before the one before it is answered. Where that answer is no good one, it has
    not left and waits again; killed in between, it is asked for like everything that is `SENT`.
    """

    def __init__(self, outbox: Outbox, platform: Platform, pk: str, cancelled: Callable[[], bool]) -> None:
        self._outbox, self._platform, self._pk, self._cancelled = outbox, platform, pk, cancelled
        self.accepted = 0
        """How many lots were."""

    def send(self, lot: Sequence[Item]) -> LotOutcome | None:
        """This lot and those that follow it; what became of the last. None where nothing was left to send."""
        settled: Sequence[Item] = ()
        leaving = self._outbox.depart(lot)
        outcome: LotOutcome | None = None
        while leaving:
            answer = _begun(partial(self._platform.create, self._pk, [item.row for item in leaving]))
            try:
                following = self._meanwhile(settled)
            finally:
                outcome = answer()
            settled = after_sending(leaving, outcome)
            self.accepted += isinstance(outcome, LotAccepted)
            if not isinstance(outcome, LotAccepted) or not following or self._cancelled():
                unsent = [moved(item, UploadState.WAITING) for item in following]
                self._outbox.mark([*_changed(leaving, settled), *unsent])
                break
            leaving = following
        return outcome

    def _meanwhile(self, settled: Sequence[Item]) -> Sequence[Item]:
        """One durable write. What will leave next, unless the one that is on its way is refused."""
        step = next_step(self._outbox.not_sent(self._pk, MAX_LOT))
        return self._outbox.mark_and_depart(settled, step.items if isinstance(step, Send) else ())


def _changed(before: Sequence[Item], after: Sequence[Item]) -> list[Item]:
    return [now for then, now in zip(before, after, strict=True) if now is not then]


def _begun(call: Callable[[], Result]) -> Callable[[], Result]:
    """On a thread of its own, which does not keep the program from ending. What is returned waits for it."""
    done: Future[Result] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as error:  # noqa: BLE001  raised where the result is wanted
            done.set_exception(error)

    def wait() -> Result:
        thread.join()
        return done.result()

    thread = threading.Thread(target=run, name="upload request", daemon=True)
    thread.start()
    return wait

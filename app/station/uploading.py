"""Uploads beside the working station: a thread of its own waits for the network, and writes at the desk."""

from __future__ import annotations

import logging
import queue
import random
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from app.core.errors import Reason, StationError, Why, because
from app.core.upload_plan import Timing, UploadPlan
from app.core.upload_status import Phase, ProductStatus, UploadStatus
from app.ports.clock import Clock
from app.station.upload_bench import UploadBench
from app.station.upload_end import UploadEnd

_log = logging.getLogger(__name__)

_PATIENCE = 3.0
"""Seconds that the end of the program waits for a request under way. Its outcome is asked for next time."""

_BETWEEN_FIGURES = 0.5
"""Seconds; nobody reads a number that changes more often."""

_SHARE_OF_COUNTING = 0.05
"""Of the time, at most: a journal of millions takes its time to be counted."""

_LONGEST_WAIT = 3600.0


class _Post(Enum):
    LOOK = auto()
    NOW = auto()
    SHIFT_CLOSED = auto()


class Uploader:
    """Any thread may call: methods post and return, but for `stop`. `publish` runs on its own thread."""

    def __init__(
        self,
        bench: UploadBench,
        plan: Callable[[], UploadPlan],
        clock: Clock,
        publish: Callable[[UploadStatus], None] = lambda status: None,
    ) -> None:
        """`plan` tells what the settings say now."""
        self._bench, self._plan, self._clock, self._publish = bench, plan, clock, publish
        self._posts: queue.SimpleQueue[_Post] = queue.SimpleQueue()
        self._halt = threading.Event()
        self._is_over = False
        self._timing = Timing(plan())
        self._stopped: Mapping[str, Reason] = {}
        self._count_again_at = 0.0
        self._owes_figures = False
        self._thread = threading.Thread(target=self._run, name="uploader", daemon=True)
        self.status = UploadStatus(Phase.NOT_SET_UP)
        """The newest."""

    # --- called from outside

    def start(self) -> None:
        """When the station has started."""
        self._thread.start()

    def stop(self) -> None:
        """Before the station ends. A request that does not end in time is left to itself."""
        self._is_over = True
        self._halt.set()
        self._posts.put(_Post.LOOK)
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)

    def upload_now(self) -> None:
        """A person wants it: ends a pause, and tries again what somebody had to act upon."""
        self._halt.clear()
        self._posts.put(_Post.NOW)

    def pause(self) -> None:
        """A person does not want it now: what is under way is finished, then nothing until `upload_now`."""
        self._halt.set()
        self._posts.put(_Post.LOOK)

    def shift_closed(self) -> None:
        """Uploads where the settings say so."""
        self._posts.put(_Post.SHIFT_CLOSED)

    def look(self) -> None:
        """A unit was bound, a setting changed, or a person decided something: everything is counted anew."""
        self._posts.put(_Post.LOOK)

    # --- the uploader's thread

    def _run(self) -> None:
        self._safely(self._begin)
        while not self._is_over:
            posts = self._next_posts()
            if not self._is_over:
                self._safely(self._turn, posts)
        self._bench.close()

    def _safely(self, work: Callable[..., None], *arguments: object) -> None:
        """Trouble is shown; a bug too is told, and the next turn comes all the same."""
        try:
            work(*arguments)
        except CancelledError:
            self._is_over = True  # the station has ended before
        except StationError as error:
            self._show(phase=self._resting(), trouble=error.reason)
        except Exception as bug:  # noqa: BLE001  shown, and logged
            _log.exception("The upload met an error that nobody expected")
            self._show(phase=self._resting(), trouble=because(Why.UNEXPECTED, detail=type(bug).__name__))

    def _begin(self) -> None:
        self._timing.is_owed = self._timing.plan.is_automatic and self._bench.is_behind()
        self._show_figures(self._resting())

    def _next_posts(self) -> set[_Post]:
        """All that were posted since; none where it is time for the next upload."""
        posts: set[_Post] = set()
        try:
            posts.add(self._posts.get(timeout=min(self._seconds_left(), self._seconds_to_figures())))
            while True:
                posts.add(self._posts.get_nowait())
        except queue.Empty:
            return posts

    def _seconds_left(self) -> float:
        if self._halt.is_set():
            return _LONGEST_WAIT
        return min(_LONGEST_WAIT, max(0.0, self._timing.due() - self._clock.monotonic()))

    def _seconds_to_figures(self) -> float:
        """Until what was asked for is counted: not at once where it was counted just now."""
        if not self._owes_figures:
            return _LONGEST_WAIT
        return max(0.0, self._count_again_at - self._clock.monotonic())

    def _turn(self, posts: set[_Post]) -> None:
        self._timing.plan = self._plan()
        if _Post.SHIFT_CLOSED in posts:
            self._timing.is_owed |= self._timing.plan.at_shift_close
        if not self._halt.is_set() and (_Post.NOW in posts or self._seconds_left() == 0.0):
            self._upload(_Post.NOW in posts)
            return
        self._owes_figures = True
        is_due = self._seconds_to_figures() == 0.0
        self._show(phase=self._resting(), **({"products": self._figures()} if is_due else {}))

    def _upload(self, by_person: bool) -> None:
        self._show(phase=Phase.RUNNING, trouble=None)
        end = UploadEnd(silent=True)
        try:
            end = self._bench.run(self._halt, by_person, self._show_now_and_then)
        finally:
            failed = end.silent and not self._halt.is_set()
            self._timing.ended(self._clock.monotonic(), failed, random.random())  # noqa: S311  no secret
        self._stopped = end.stopped
        was_paused = end.reason is not None and end.reason.why is Why.UPLOAD_PAUSED
        self._show(
            phase=self._resting(),
            products=self._figures(),
            trouble=None if was_paused else end.reason,
            connected=self.status.connected if was_paused else not end.silent or end.reason is None,
            last_run=self._clock.utc(),
        )

    def _resting(self) -> Phase:
        if not self._timing.plan.platform:
            return Phase.NOT_SET_UP
        return Phase.PAUSED if self._halt.is_set() else Phase.IDLE

    def _figures(self) -> tuple[ProductStatus, ...]:
        """Nothing is counted where nothing is to be uploaded."""
        self._owes_figures = False
        if not self._timing.plan.platform:
            return ()
        begun = self._clock.monotonic()
        counted = self._bench.figures()
        now = self._clock.monotonic()
        self._count_again_at = now + max(_BETWEEN_FIGURES, (now - begun) / _SHARE_OF_COUNTING)
        return tuple(replace(one, trouble=one.trouble or self._stopped.get(one.pk)) for one in counted)

    def _show_now_and_then(self) -> None:
        if self._clock.monotonic() >= self._count_again_at:
            self._show_figures(Phase.RUNNING)

    def _show_figures(self, phase: Phase) -> None:
        self._show(phase=phase, products=self._figures())

    def _show(self, **changes: Any) -> None:
        status = replace(self.status, platform=self._timing.plan.platform, **changes)
        if status != self.status:
            self.status = status
            self._publish(status)

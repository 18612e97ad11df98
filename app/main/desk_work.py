"""What a page has done at the station's desk, and who hears what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from app.core.errors import Faulted, Reason, StationError
from app.core.people import Act
from app.station.desk import Desk, Result
from app.station.station import Station
from app.ui.bridge import Bridge
from app.wording.reasons import sentence

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeskWork:
    """Hands acts in, and their results back in the window's thread."""

    station: Station
    bridge: Bridge

    def do(
        self,
        work: Callable[[Desk], Result],
        act: Act | None,
        then: Callable[[Result], None],
        refused: Callable[[Reason], None],
    ) -> None:
        """`refused` hears why it was refused or went wrong; a bug is raised, for the guard."""

        def settle(done: Future[Result]) -> None:
            error = done.exception()
            if error is None:
                then(done.result())
            elif isinstance(error, StationError):
                if isinstance(error, Faulted):
                    _log.warning("%s", sentence(error.reason))
                refused(error.reason)
            else:
                raise error

        self.bridge.when_done(self.station.at_desk(work, act), settle)

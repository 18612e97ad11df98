"""What can go wrong between the station and the platform, scripted request by request or by chance."""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """One way in which a request can go wrong. A number is the code that the platform answers instead."""

    SLOW = "slow"
    """Acts, and answers late."""
    DROP_BEFORE = "drop-before"
    """The connection ends before anything was done."""
    DROP_AFTER = "drop-after"
    """Everything was done; the connection ends instead of an answer."""
    DROP_IN_PART = "drop-in-part"
    """Half of the lot was added; the connection ends."""
    ERROR_BEFORE = "500-before"
    ERROR_AFTER = "500-after"
    ERROR_IN_PART = "500-in-part"
    HTML = "html"
    """HTTP 200 with a page instead of an answer; nothing was done."""
    HTML_AFTER = "html-after"
    CUT = "cut"
    """Done, but the answer breaks off in the middle."""
    RATE_LIMIT = "rate-limit"
    """429 without `Retry-After`."""
    RATE_LIMIT_WAIT = "rate-limit-wait"
    """429 with `Retry-After: 1`."""
    UNAUTHORISED = "401"
    TOKEN_UNKNOWN = "91001"
    TOKEN_WRONG = "91004"
    TROUBLE_BEFORE = "50000"
    TROUBLE_AFTER = "70000"
    """Says that the service is not available, and has done it all the same."""
    NO_ACTIVATION_CODES = "61016"
    NO_PRODUCT = "70017"
    PRODUCT_DENIED = "70089"
    KEY_UNKNOWN = "90047"
    KEY_LIMITED = "91005"
    ADDRESS_DENIED = "91006"
    API_OFF = "91007"
    PARAMETER = "50005"
    UNKNOWN_CODE = "99999"


_CODES_THAT_PASS = ("401", "91001", "91004", "50000", "70000")
PASSING = tuple(fault for fault in Fault if not fault.isdecimal() or fault in _CODES_THAT_PASS)
"""What goes by without a person."""

AFTER = (Fault.SLOW, Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.HTML_AFTER, Fault.CUT, Fault.TROUBLE_AFTER)
IN_PART = (Fault.DROP_IN_PART, Fault.ERROR_IN_PART)


@dataclass
class Faults:
    """Which fault the next request meets: first what was scripted, then by chance. Any thread may ask."""

    share: float = 0.0
    """Of the requests that meet a fault by chance, 0 to 1."""
    kinds: Sequence[Fault] = PASSING
    seed: int = 1
    _scripted: deque[tuple[str, Fault | None]] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def script(self, *faults: Fault | None, call: str = "") -> None:
        """The next requests meet these, in this order; with `call` only requests of that name count."""
        with self._lock:
            self._scripted.extend((call, fault) for fault in faults)

    def always(self, kinds: Iterable[Fault]) -> None:
        """Every request meets one of these."""
        self.share, self.kinds = 1.0, tuple(kinds)

    def next_for(self, call: str) -> Fault | None:
        with self._lock:
            for place, (wanted, fault) in enumerate(self._scripted):
                if wanted in ("", call):
                    del self._scripted[place]
                    return fault
            if self.kinds and self._random.random() < self.share:
                return self._random.choice(self.kinds)
        return None

"""What the test platform does with a request: the documented calls, the faults, and a record of all of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.platform.accounts import Accounts
from tests.platform.answers import DROPPED, PAGE, Answer, no
from tests.platform.devices import Devices
from tests.platform.faults import AFTER, IN_PART, Fault, Faults

_AUTH = "/v2/quecauth/accessKeyAuthrize/"
_API = "/v2/devicemgr/r3/openapi/"

CALLS = {
    ("GET", f"{_AUTH}accessKeyLogin"): "accessKeyLogin",
    ("GET", f"{_AUTH}refreshToken"): "refreshToken",
    ("POST", f"{_API}device/createBatch"): "createBatch",
    ("POST", f"{_API}device/create"): "create",
    ("POST", f"{_API}device/updateBatch"): "updateBatch",
    ("POST", f"{_API}device/delete"): "delete",
    ("GET", f"{_API}device/detail"): "detail",
    ("GET", f"{_API}product/device/overview"): "overview",
}


@dataclass(frozen=True)
class Request:
    """One that has come in."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    token: str


@dataclass(frozen=True)
class Recorded:
    """One that was answered, or not."""

    call: str
    imeis: tuple[str, ...]
    fault: Fault | None
    code: int
    """What was answered; 0 where nothing was, or a page."""


@dataclass
class Service:
    """The state of one platform. One request is carried out at a time."""

    accounts: Accounts = field(default_factory=Accounts)
    devices: Devices = field(default_factory=Devices)
    faults: Faults = field(default_factory=Faults)
    delay: float = 0.0
    """Seconds that each request takes."""
    slowness: float = 0.5
    """Seconds more for a slow one."""
    clock: Callable[[], float] = time.time
    records: list[Recorded] = field(default_factory=list)
    watcher: Callable[[Recorded], None] = lambda recorded: None
    """Told of each request once it was carried out, before the answer goes out."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Answer:
        time.sleep(self.delay)
        call = CALLS.get((request.method, request.path))
        if call is None:
            return Answer(page="<h1>404</h1>", status=404)
        fault = self.faults.next_for(call)
        with self._lock:
            answer = self._with_fault(call, request, fault)
            recorded = Recorded(call, _imeis(request), fault, answer.code)
            self.records.append(recorded)
            self.watcher(recorded)
        if fault is Fault.SLOW:
            time.sleep(self.slowness)
        return answer

    def count(self, call: str) -> int:
        return sum(1 for recorded in self.records if recorded.call == call)

    @property
    def largest_lot(self) -> int:
        return max((len(recorded.imeis) for recorded in self.records), default=0)

    def _with_fault(self, call: str, request: Request, fault: Fault | None) -> Answer:
        if fault is None:
            return self._carried_out(call, request)
        if fault in AFTER:
            return _spoiled(self._carried_out(call, request), fault)
        if fault in IN_PART:
            self._carried_out(call, request, share=0.5)
        return _instead(fault)

    def _carried_out(self, call: str, request: Request, share: float = 1.0) -> Answer:
        if call == "accessKeyLogin":
            return self.accounts.log_in(request.query, self.clock())
        if call == "refreshToken":
            return self.accounts.refresh(request.query)
        refusal = self.accounts.refusal(request.token)
        if refusal is not None:
            return refusal
        match call:
            case "createBatch":
                return self.devices.create_batch(request.body, share)
            case "create":
                return self.devices.create(request.body)
            case "updateBatch":
                return self.devices.update_batch(request.body)
            case "delete":
                return self.devices.delete(request.body)
            case "detail":
                return self.devices.detail(request.query)
            case _:
                return self.devices.overview(request.query)


def _spoiled(answer: Answer, fault: Fault) -> Answer:
    """What becomes of the answer to something that was done."""
    match fault:
        case Fault.DROP_AFTER:
            return DROPPED
        case Fault.ERROR_AFTER:
            return Answer(page=PAGE, status=500)
        case Fault.HTML_AFTER:
            return Answer(page=PAGE)
        case Fault.TROUBLE_AFTER:
            return no(70000, "service unavailable")
        case Fault.CUT:
            return Answer(answer.body, cut=True)
    return answer


def _instead(fault: Fault) -> Answer:
    """What comes instead of an answer."""
    match fault:
        case Fault.DROP_BEFORE | Fault.DROP_IN_PART:
            return DROPPED
        case Fault.ERROR_BEFORE | Fault.ERROR_IN_PART:
            return Answer({"code": 50000, "msg": "service exception"}, status=500)
        case Fault.HTML:
            return Answer(page=PAGE)
        case Fault.RATE_LIMIT:
            return Answer(page="Too Many Requests", status=429)
        case Fault.RATE_LIMIT_WAIT:
            return Answer(page="Too Many Requests", status=429, headers={"Retry-After": "1"})
        case Fault.UNAUTHORISED:
            return Answer(page="Unauthorized", status=401)
    return no(int(fault))


def _imeis(request: Request) -> tuple[str, ...]:
    devices = request.body.get("devices") or [{**request.query, **request.body}]
    return tuple(str(one["deviceKey"]) for one in devices if "deviceKey" in one)

"""What Developer Center answers, and what that means for the station (source: its public documentation)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.codes import Pair
from app.core.errors import Faulted, Reason, Refused, Why, because

MAX_LOT = 500
"""The most devices that the platform takes in one request, all of one product."""


class Meaning(StrEnum):
    """What an answer's code asks the station to do."""

    DONE = "done"
    IN_USE = "in-use"
    """A DeviceKey of the request is known already, to this product or to another one."""
    ABSENT = "absent"
    LATER = "later"
    """The platform is in trouble; whether it acted is not known."""
    LOG_IN = "log-in"
    STOPS_PRODUCT = "stops-product"
    STOPS_QUEUE = "stops-queue"
    REFUSED = "refused"
    """Any other code: something in the request is at fault, or nobody knows what."""


_MEANINGS = {
    200: Meaning.DONE,
    401: Meaning.LOG_IN,  # HTTP's own word for it
    50000: Meaning.LATER,
    70000: Meaning.LATER,
    70062: Meaning.IN_USE,
    70130: Meaning.ABSENT,
    91001: Meaning.LOG_IN,
    91004: Meaning.LOG_IN,
    61016: Meaning.STOPS_PRODUCT,
    70017: Meaning.STOPS_PRODUCT,
    70089: Meaning.STOPS_PRODUCT,
    90047: Meaning.STOPS_QUEUE,
    91005: Meaning.STOPS_QUEUE,
    91006: Meaning.STOPS_QUEUE,
    91007: Meaning.STOPS_QUEUE,
}

_WHYS = {
    61016: Why.PLATFORM_ACTIVATION_CODES,
    70017: Why.PLATFORM_NO_PRODUCT,
    70089: Why.PLATFORM_PRODUCT_DENIED,
    90047: Why.PLATFORM_KEY_UNKNOWN,
    91005: Why.PLATFORM_KEY_LIMITED,
    91006: Why.PLATFORM_ADDRESS_DENIED,
    91007: Why.PLATFORM_API_OFF,
}


def meaning(code: int) -> Meaning:
    return _MEANINGS.get(code, Meaning.REFUSED)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The platform understood the request and said no."""

    code: int
    message: str = ""
    """The platform's own words, without anything secret."""

    @property
    def meaning(self) -> Meaning:
        return meaning(self.code)

    @property
    def stops(self) -> bool:
        """Nothing goes on until a person has acted; the reason says who must do what."""
        return self.meaning in (Meaning.STOPS_PRODUCT, Meaning.STOPS_QUEUE)

    def reason(self, pk: str = "") -> Reason:
        """`pk` is the product that was meant, where one was."""
        if self.code not in _WHYS:
            return because(Why.PLATFORM_REFUSED, code=self.code, message=self.message)
        if self.meaning is Meaning.STOPS_PRODUCT:
            return because(_WHYS[self.code], code=self.code, pk=pk)
        return because(_WHYS[self.code], code=self.code)


class PlatformRefused(Refused):
    """A question that the platform answered with no."""

    def __init__(self, refusal: Refusal, reason: Reason) -> None:
        super().__init__(reason)
        self.refusal = refusal


class SignInRefused(PlatformRefused):
    """AccessKey and AccessSecret were not accepted: nothing else can be asked."""


class PlatformSilent(Faulted):
    """No answer that could be used.

    `left`: the request may have reached the platform, which may have acted on it. `wait`: seconds until
    it is worth another try; None where nobody can tell.
    """

    def __init__(self, reason: Reason, left: bool, wait: float | None = None) -> None:
        super().__init__(reason)
        self.left, self.wait = left, wait


class PlatformUnclear(PlatformSilent):
    """It answered the question, and what it says describes nothing that was asked for."""


@dataclass(frozen=True, slots=True)
class PlatformDevice:
    """One live pair as the platform takes it."""

    seq: int
    pair: Pair
    name: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class LotAccepted:
    """200: the platform holds every device of the lot."""


@dataclass(frozen=True, slots=True)
class LotRefused:
    """The platform said no; whether it took a part of the lot is not known."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class AnswerUnknown:
    """The lot left and no usable answer came: the platform may hold all of it, a part, or nothing."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class NeverLeft:
    """The lot was not taken, because it never reached the platform or was turned away at the door."""

    reason: Reason
    refused: bool = False
    """AccessKey and AccessSecret were not accepted; else nobody answered."""


LotOutcome = LotAccepted | LotRefused | AnswerUnknown | NeverLeft


@dataclass(frozen=True, slots=True)
class Held:
    """What the platform holds under a DeviceKey of a product."""

    sn: str
    """Empty where the platform holds the device without one."""
    activated: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list of a product's devices."""

    number: int
    """From 1."""
    pages: int
    total: int
    """Devices on all pages."""
    devices: Mapping[str, Held] = field(default_factory=dict)
    """By DeviceKey."""

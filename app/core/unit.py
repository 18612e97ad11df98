"""The unit in hand, what is answered about it, and what lies on the fixture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from app.core.codes import DeviceCode, Imei
from app.core.errors import Reason
from app.core.orders import WorkOrder
from app.core.payload import PLATFORM_FORMAT, PayloadFormat
from app.core.people import Person, badge_digest
from app.core.products import ImeiSource as ImeiSource
from app.core.products import Product
from app.core.record import BoundRecord, Capture, Standing
from app.core.verdicts import Verdict


class Mode(StrEnum):
    """What the station does with a unit."""

    BIND = "bind"
    VERIFY = "verify"
    """It compares the unit with the journal and binds nothing."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the station was told about the work at hand."""

    formats: tuple[PayloadFormat, ...] = (PLATFORM_FORMAT,)
    """Those of the settings; `every_format` has the products' too."""
    imei_from: ImeiSource = ImeiSource.EITHER
    """For products that do not say; `for_unit` knows those that do."""
    has_port: bool = False
    """A module can be asked over serial."""
    never_a_port: bool = False
    """None will come either (`scan` without `--port`)."""
    final_answers: bool = False
    """Each device code is answered once and finally (`scan --port`): nobody sees a half and waits."""
    latching: bool = True
    half_seconds: float = 60.0
    read_seconds: float = 25.0
    repeat_seconds: float = 1.0
    people: tuple[Person, ...] = ()
    """Everybody who may sign in; nobody has to where there is nobody."""
    idle_seconds: float = 0.0
    """Nobody stays signed in without a scan for longer; 0 means as long as they like."""
    undo_seconds: float = 300.0
    products: tuple[Product, ...] = ()
    orders: tuple[WorkOrder, ...] = ()
    """The open ones, as they were opened. Where none is open every product is accepted."""

    @property
    def every_format(self) -> tuple[PayloadFormat, ...]:
        return (*self.formats, *(one.format for one in self.products if one.format is not None))

    def product(self, pk: str) -> Product | None:
        return next((one for one in self.products if one.pk == pk), None)

    def expected(self, device: DeviceCode | None) -> list[Product | None]:
        """What the unit may be: the device code's product, else the open orders'. None was never set."""
        if device is not None:
            return [self.product(device.pk)]
        return [self.product(order.pk) for order in self.orders]

    def for_unit(self, device: DeviceCode | None) -> Self:
        """The same rules with the IMEI's source that this unit's product asks for.

        Before there is a device code, that of the open orders' products where all ask for the same.
        """
        sources = {product.imei_from if product else None for product in self.expected(device)}
        source = sources.pop() if len(sources) == 1 else None
        return self if source in (None, self.imei_from) else replace(self, imei_from=source)

    @property
    def sign_in(self) -> bool:
        return bool(self.people)

    def owner_of_badge(self, text: str) -> Person | None:
        digest = badge_digest(text)
        return next((one for one in self.people if one.badge == digest), None)

    @property
    def wants_label(self) -> bool:
        return self.imei_from in (ImeiSource.LABEL, ImeiSource.BOTH)

    @property
    def wants_chip(self) -> bool:
        return self.imei_from in (ImeiSource.SERIAL, ImeiSource.BOTH)

    @property
    def lacks_port(self) -> bool:
        """The module has to be read, and cannot be."""
        return self.never_a_port and self.wants_chip

    @property
    def may_ask(self) -> bool:
        return self.has_port and self.imei_from is not ImeiSource.LABEL


class Half(StrEnum):
    """What can be typed in by hand, as the journal spells it."""

    SN = "sn"
    IMEI = "imei"


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit in hand: any of its parts may still be missing."""

    device: DeviceCode | None = None
    label: Imei | None = None
    """Scanned from the module's label, or typed in from it."""
    chip: Imei | None = None
    typed: frozenset[Half] = frozenset()
    """What was typed in by hand; it stays so, whatever is scanned afterwards."""
    work_order: str | None = None
    """The open order that the device code belongs to."""

    @property
    def imei(self) -> Imei | None:
        return self.chip or self.label

    @property
    def capture(self) -> Capture | None:
        """Of the unit as a whole: one of which anything was typed is a typed one for ever."""
        return Capture.TYPED if self.typed else self.imei_capture

    @property
    def imei_capture(self) -> Capture | None:
        if Half.IMEI in self.typed:
            return Capture.TYPED
        if self.chip and self.label:
            return Capture.BOTH
        if self.chip:
            return Capture.SERIAL
        return Capture.LABEL if self.label else None


EMPTY_UNIT = Unit()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A half that was dropped, and why."""

    unit: Unit
    reason: Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """What the station says to one frame or one unit."""

    verdict: Verdict
    unit: Unit = EMPTY_UNIT
    reason: Reason | None = None
    seq: int | None = None
    """The journal's number of the record that this answer made."""
    earlier: BoundRecord | None = None
    """The record that stands in the way; for `crossed` the SN's."""
    earlier_imei: BoundRecord | None = None
    """For `crossed` only: the IMEI's record."""
    dropped: Dropped | None = None
    imei_text: str | None = None
    """What was meant as an IMEI and is not a valid one."""
    imei_text_from: Capture | None = None
    person: Person | None = None
    """Who signed in or out."""
    mode: Mode | None = None
    """Which mode was chosen."""
    raw: str | None = None
    """The scanned text of an unknown code, unprintable characters escaped."""


class Presence(StrEnum):
    """What is known of the fixture."""

    UNKNOWN = "unknown"
    NOBODY = "nobody"
    MODULE = "module"


@dataclass(frozen=True, slots=True)
class Fixture:
    """What lies on the fixture. A module that was judged counts again only once it has been away."""

    presence: Presence = Presence.UNKNOWN
    imei_text: str | None = None
    judged: str | None = None
    """The IMEI of the module whose unit was answered and which has not left since."""
    judged_with: DeviceCode | None = None

    def holds_last_unit(self, imei_text: str, device: DeviceCode | None) -> bool:
        return imei_text == self.judged and device != self.judged_with


def judge_taken(standing: Standing) -> Verdict:
    """The verdict on a pair that the database refused because of these records."""
    if standing.spoiled is not None:
        return Verdict.SN_NOT_ISSUED
    if standing.device_scrapped is not None or standing.imei_scrapped is not None:
        return Verdict.RETIRED
    if standing.of_device and standing.of_imei:
        return Verdict.ALREADY_BOUND if standing.of_device.seq == standing.of_imei.seq else Verdict.CROSSED
    return Verdict.SN_TAKEN if standing.of_device else Verdict.IMEI_TAKEN

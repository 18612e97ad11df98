"""Bindings to be uploaded, and a platform in memory that can fail at every step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.codes import DeviceCode, Imei, Pair, ProductKey, SerialNumber
from app.core.errors import Why, because
from app.core.platform import (
    MAX_LOT,
    AnswerUnknown,
    Held,
    LotAccepted,
    LotOutcome,
    LotRefused,
    NeverLeft,
    Page,
    PlatformDevice,
    PlatformRefused,
    PlatformSilent,
    Refusal,
)
from app.core.upload_item import OPEN, Item, UploadState
from tests.e2e.units import imei, sn

PK = "p11sf2"
IN_USE = Refusal(70062, "already in use")
PARAMETER = Refusal(50005, "parameter error")
DENIED = Refusal(70089, "no permission")


def waiting(number: int, pk: str = PK, of_imei: int | None = None) -> Item:
    """Binding `number`, never sent."""
    module = Imei(imei(number if of_imei is None else of_imei))
    device = DeviceCode(ProductKey(pk), SerialNumber(sn(number)))
    return Item(PlatformDevice(number, Pair(device, module)))


def sent(items: Iterable[Item], batch: int = 1) -> tuple[Item, ...]:
    return tuple(item.left(batch) for item in items)


class MemoryOutbox:
    """Implements `Outbox`. What `write` has taken survives a `Killed`."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.kept = {item.row.seq: item for item in items}
        self._batch = 0

    def in_state(self, state: UploadState) -> set[int]:
        return {seq for seq, item in self.kept.items() if item.state is state}

    def products(self) -> Sequence[str]:
        return sorted({item.pk for item in self.kept.values() if item.state in OPEN})

    def open_items(self, pk: str, most: int) -> Sequence[Item]:
        order = {state: place for place, state in enumerate(OPEN)}
        found = [item for item in self.kept.values() if item.pk == pk and item.state in order]
        found.sort(key=lambda item: (order[item.state], _lot_of(item), item.row.seq))
        return found[:most]

    def not_sent(self, pk: str, most: int) -> Sequence[Item]:
        others = self.open_items(pk, len(self.kept))
        return [item for item in others if item.state is not UploadState.SENT][:most]

    def blocks(self) -> Sequence[tuple[str, Refusal]]:
        blocked = (item for item in self.kept.values() if item.state is UploadState.BLOCKED)
        return sorted({(item.pk, item.answer) for item in blocked if item.answer}, key=str)

    def depart(self, lot: Sequence[Item]) -> Sequence[Item]:
        self._batch += 1
        leaving = [item.left(self._batch) for item in lot if self.kept[item.row.seq].live]
        self.mark(leaving)
        return leaving

    def is_bound(self, item: Item) -> bool:
        return any(one.live and one.row.pair == item.row.pair for one in self.kept.values())

    def unbind(self, seq: int) -> None:
        self.kept[seq] = self.kept[seq]._replace(live=False)

    def mark_and_depart(self, items: Sequence[Item], lot: Sequence[Item]) -> Sequence[Item]:
        self.mark(items)
        return self.depart(lot)

    def mark(self, items: Sequence[Item]) -> None:
        for item in items:
            self.kept[item.row.seq] = item._replace(live=self.kept[item.row.seq].live)


def _lot_of(item: Item) -> int:
    return item.batch or 0 if item.state is UploadState.SENT else 0


class Killed(BaseException):
    """The process ends here."""


class Mishap(StrEnum):
    """What becomes of one request to the platform in memory."""

    NONE = "none"
    NEVER_LEFT = "never-left"
    LOST_BEFORE = "lost-before"
    LOST_AFTER = "lost-after"
    LOST_IN_PART = "lost-in-part"
    DENIED = "denied"
    KILLED_BEFORE = "killed-before"
    KILLED_AFTER = "killed-after"


_LOST = because(Why.PLATFORM_SLOW, host="platform")
_TURNED_AWAY: dict[Mishap, LotOutcome] = {
    Mishap.NEVER_LEFT: NeverLeft(_LOST),
    Mishap.LOST_BEFORE: AnswerUnknown(_LOST),
    Mishap.DENIED: LotRefused(DENIED),
}


@dataclass
class ModelPlatform:
    """Implements `Platform`, and watches over what must never happen."""

    held: dict[tuple[str, str], str] = field(default_factory=dict)
    """ProductKey and DeviceKey -> SN."""
    partial: bool = False
    bad_sns: frozenset[str] = frozenset()
    bad_code: Refusal = PARAMETER
    page_size: int = 10
    has_list: bool = True
    mishap: Callable[[], Mishap] = lambda: Mishap.NONE
    requests: Counter[str] = field(default_factory=Counter)
    created: Counter[str] = field(default_factory=Counter)
    lots: list[int] = field(default_factory=list)
    _unasked: set[tuple[str, str]] = field(default_factory=set)

    def create(self, pk: str, devices: Sequence[PlatformDevice]) -> LotOutcome:
        keys = [(pk, str(row.pair.imei)) for row in devices]
        assert 1 <= len(devices) <= MAX_LOT
        assert len(set(keys)) == len(keys), "a DeviceKey twice in one lot"
        assert not self._unasked & set(keys), "sent again without having asked"
        self.lots.append(len(devices))
        mishap = self._met("create")
        if mishap is Mishap.NEVER_LEFT:
            return _TURNED_AWAY[mishap]
        self._unasked |= set(keys)
        if mishap in _TURNED_AWAY:
            return _TURNED_AWAY[mishap]
        outcome = self._add(pk, devices[: len(devices) // 2] if mishap is Mishap.LOST_IN_PART else devices)
        if mishap is Mishap.KILLED_AFTER:
            raise Killed
        return outcome if mishap is Mishap.NONE else AnswerUnknown(_LOST)

    def find(self, pk: str, imei: str) -> Held | None:
        self._ask("find")
        self._unasked.discard((pk, imei))
        held = self.held.get((pk, imei))
        return None if held is None else Held(held)

    def page(self, pk: str, number: int) -> Page:
        self._ask("page")
        if not self.has_list:
            raise PlatformRefused(PARAMETER, PARAMETER.reason())
        whole = {imei: Held(sn) for (of, imei), sn in self.held.items() if of == pk}
        pages = -(-len(whole) // self.page_size)
        if number >= pages:
            self._unasked = {key for key in self._unasked if key[0] != pk}
        first = (number - 1) * self.page_size
        shown = dict(list(whole.items())[first : first + self.page_size])
        self._unasked -= {(pk, imei) for imei in shown}
        return Page(number, pages, len(whole), shown)

    def update(self, pk: str, devices: Sequence[PlatformDevice]) -> LotOutcome:
        mishap = self._met("update")
        if mishap in _TURNED_AWAY:
            return _TURNED_AWAY[mishap]
        if any((pk, str(row.pair.imei)) not in self.held for row in devices):
            return LotRefused(Refusal(70130))
        self.held |= {(pk, str(row.pair.imei)): str(row.pair.device.sn) for row in devices}
        if mishap is Mishap.KILLED_AFTER:
            raise Killed
        return LotAccepted() if mishap is Mishap.NONE else AnswerUnknown(_LOST)

    def delete(self, pk: str, imei: str) -> LotOutcome:
        mishap = self._met("delete")
        if mishap in _TURNED_AWAY:
            return _TURNED_AWAY[mishap]
        gone = self.held.pop((pk, imei), None)
        if mishap is Mishap.KILLED_AFTER:
            raise Killed
        if mishap is not Mishap.NONE:
            return AnswerUnknown(_LOST)
        return LotAccepted() if gone else LotRefused(Refusal(70130))

    def _add(self, pk: str, devices: Sequence[PlatformDevice]) -> LotOutcome:
        if any(row.pair.device.sn in self.bad_sns for row in devices):
            return LotRefused(self.bad_code)
        in_use = {imei for _, imei in self.held}
        known = [row for row in devices if row.pair.imei in in_use]
        if known and not self.partial:
            return LotRefused(IN_USE)
        for row in devices:
            if row not in known:
                self.held[pk, str(row.pair.imei)] = str(row.pair.device.sn)
                self.created[str(row.pair.imei)] += 1
        return LotRefused(IN_USE) if known else LotAccepted()

    def _ask(self, call: str) -> None:
        mishap = self._met(call)
        if mishap is Mishap.KILLED_AFTER:
            raise Killed
        if mishap is Mishap.DENIED:
            raise PlatformRefused(DENIED, DENIED.reason(PK))
        if mishap is not Mishap.NONE:
            raise PlatformSilent(_LOST, left=True)

    def _met(self, call: str) -> Mishap:
        self.requests[call] += 1
        mishap = self.mishap()
        if mishap is Mishap.KILLED_BEFORE:
            raise Killed
        return mishap

"""The products of the test platform, and the devices that it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.platform.answers import Answer, no, yes

MAX_LOT = 500
_MAX_PAGE = 100

Json = dict[str, Any]


@dataclass
class Devices:
    """State per product. A DeviceKey is in use once, whatever the product."""

    products: dict[str, dict[str, Json]] = field(default_factory=dict)
    """ProductKey -> DeviceKey -> device."""
    partial: bool = False
    """A lot with a known device is refused, and the others are added all the same."""
    says_yes: bool = False
    """A lot with a known device is added in part, and answered with 200; what failed stands in `data`."""
    silent_pks: set[str] = field(default_factory=set)
    """Products to which nothing can be added: 50000."""
    silent_sns: set[str] = field(default_factory=set)
    """SNs that a lot stumbles over: 50000 to all of it."""
    unclear_imeis: set[str] = field(default_factory=set)
    """Of these `detail` says yes, and nothing."""
    listed: bool = True
    """Whether the list of a product's devices may be read."""
    refused_sns: dict[str, int] = field(default_factory=dict)
    """SNs that the platform does not like, and the code it answers to a lot with one of them."""
    creations: Counter[str] = field(default_factory=Counter)
    """How often each DeviceKey was added."""

    def create_batch(self, body: Json, share: float = 1.0) -> Answer:
        """`share`: of the lot that is looked at, when things go wrong in the middle."""
        pk, lot = body.get("productKey"), body.get("devices")
        if not isinstance(lot, list) or not 1 <= len(lot) <= MAX_LOT:
            return no(50005, "1 to 500 devices")
        return self._create(pk, lot[: int(len(lot) * share)] if share < 1 else lot)

    def create(self, body: Json) -> Answer:
        return self._create(body.get("productKey"), [body])

    def _create(self, pk: Any, lot: list[Json]) -> Answer:
        if pk not in self.products:
            return no(70017, "no such product")
        if pk in self.silent_pks or any(device.get("sn") in self.silent_sns for device in lot):
            return no(50000, "service exception")
        for device in lot:
            if not device.get("deviceKey"):
                return no(50006, "DeviceKey is empty")
            if device.get("sn") in self.refused_sns:
                return no(self.refused_sns[device["sn"]], "parameter error")
        keys = [one["deviceKey"] for one in lot]
        refused = len(set(keys)) < len(keys) or any(self._is_used(key) for key in keys)
        known = [key for key in keys if self._is_used(key)]
        if not refused or self.partial or self.says_yes:
            for device in lot:
                if not self._is_used(device["deviceKey"]):
                    self._add(pk, device)
        if known and self.says_yes:
            return yes(data=[{"deviceKey": key, "code": 70062, "msg": "in use"} for key in known])
        return no(70062, "this DeviceKey is already in use or duplicated") if refused else yes(data=None)

    def put(self, pk: str, imei: str, sn: str) -> None:
        """It was there before the station came."""
        self.products[pk][imei] = {"deviceKey": imei, "productKey": pk, "sn": sn, "isActived": 0}

    def update_batch(self, body: Json) -> Answer:
        held = self.products.get(body.get("productKey", ""))
        if held is None:
            return no(70017, "no such product")
        changes = body.get("devices") or []
        if any(one.get("deviceKey") not in held for one in changes):
            return no(70130, "no such device")
        for one in changes:
            held[one["deviceKey"]] |= {"sn": one.get("sn"), "deviceName": one.get("deviceName")}
        return yes()

    def delete(self, body: Json) -> Answer:
        held = self.products.get(body.get("productKey", ""))
        if held is None:
            return no(70017, "no such product")
        return yes() if held.pop(body.get("deviceKey", ""), None) else no(70130, "no such device")

    def detail(self, query: dict[str, str]) -> Answer:
        held = self.products.get(query.get("productKey", ""))
        if held is None:
            return no(70017, "no such product")
        if query.get("deviceKey") in self.unclear_imeis:
            return yes(data={})
        device = held.get(query.get("deviceKey", ""))
        return yes(data=device) if device else no(70130, "no such device")

    def overview(self, query: dict[str, str]) -> Answer:
        held = self.products.get(query.get("productKey", ""))
        if held is None:
            return no(70017, "no such product")
        if not self.listed:
            return no(99999, "not for you")
        number, size = int(query.get("pageNum", 1)), min(int(query.get("pageSize", 10)), _MAX_PAGE)
        listed = list(held.values())[(number - 1) * size : number * size]
        pages = -(-len(held) // size)
        return yes(data=listed, pageNum=number, pageSize=size, pages=pages, total=len(held))

    def _is_used(self, imei: str) -> bool:
        return any(imei in held for held in self.products.values())

    def _add(self, pk: str, device: Json) -> None:
        imei = device["deviceKey"]
        self.creations[imei] += 1
        known = ("deviceKey", "sn", "deviceName", "authMode", "fingerPrint")
        self.products[pk][imei] = {name: device.get(name) for name in known} | {
            "productKey": pk,
            "isActived": 0,
        }

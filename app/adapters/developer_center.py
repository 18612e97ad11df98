"""Developer Center's OpenAPI (its public documentation): the calls that the station makes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Self

from app.adapters.platform_answers import held_in, page_in, says_no_more
from app.adapters.platform_session import Session
from app.adapters.platform_transport import Json, Reply, Request
from app.core.errors import Why, because
from app.core.platform import (
    MAX_LOT,
    AnswerUnknown,
    Held,
    LotAccepted,
    LotOutcome,
    LotRefused,
    Meaning,
    NeverLeft,
    Page,
    PlatformDevice,
    PlatformRefused,
    PlatformSilent,
    PlatformUnclear,
    SignInRefused,
)

_API = "/v2/devicemgr/r3/openapi"
_PAGE_SIZE = 100

_DYNAMIC, _X509 = 0, 2
"""`authMode`: the device's key is given out at its first log-in, or it has a certificate."""


class DeveloperCenter:
    """Adds, asks for, changes and deletes devices. Belongs to one thread.

    Questions raise `PlatformSilent` where no answer came (`PlatformUnclear`: none that makes sense), and
    `PlatformRefused` where the answer is no.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def close(self) -> None:
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def create(self, pk: str, devices: Sequence[PlatformDevice]) -> LotOutcome:
        """`createBatch`: at most `MAX_LOT` devices. Never sent again once it may have arrived."""
        body = {"productKey": pk, "devices": [_device(one) for one in _a_lot(devices)]}
        return self._outcome(
            Request("POST", f"{_API}/device/createBatch", body=body), _keys(devices), again=False
        )

    def update(self, pk: str, devices: Sequence[PlatformDevice]) -> LotOutcome:
        """`updateBatch`: SN and name of at most `MAX_LOT` devices. Doing it twice does no harm."""
        changes = [
            {"deviceKey": one.pair.imei, "sn": one.pair.device.sn, "deviceName": one.name}
            for one in _a_lot(devices)
        ]
        body = {"productKey": pk, "devices": changes}
        return self._outcome(
            Request("POST", f"{_API}/device/updateBatch", body=body), _keys(devices), again=True
        )

    def delete(self, pk: str, imei: str) -> LotOutcome:
        """`delete`. Never sent again once it may have arrived: the device may have been added anew since."""
        body = {"deviceKey": imei, "productKey": pk}
        return self._outcome(Request("POST", f"{_API}/device/delete", body=body), [imei], again=False)

    def find(self, pk: str, imei: str) -> Held | None:
        """`detail`: what the platform holds of this device; None where it holds none."""
        query = {"deviceKey": imei, "productKey": pk}
        reply = self._session.ask(Request("GET", f"{_API}/device/detail", query), again=True)
        if reply.meaning is Meaning.ABSENT:
            return None
        data = _body(reply, pk).get("data")
        if data is None:
            return None
        found = held_in(data, pk, imei)
        if found is None:
            raise self._nonsense()
        return found

    def page(self, pk: str, number: int) -> Page:
        """`product/device/overview`: a page of all devices of a product, from 1."""
        query: dict[str, str | int] = {"productKey": pk, "pageNum": number, "pageSize": _PAGE_SIZE}
        reply = self._session.ask(Request("GET", f"{_API}/product/device/overview", query), again=True)
        page = page_in(_body(reply, pk), pk, number)
        if page is None:
            raise self._nonsense()
        return page

    def _outcome(self, request: Request, imeis: Collection[str], again: bool) -> LotOutcome:
        try:
            reply = self._session.ask(request, again)
        except SignInRefused as refused:
            return NeverLeft(refused.reason, refused=True)
        except PlatformSilent as silent:
            return AnswerUnknown(silent.reason) if silent.left else NeverLeft(silent.reason)
        if reply.meaning is not Meaning.DONE:
            return LotRefused(reply.refusal)
        if not says_no_more(reply.body.get("data"), imeis):
            return AnswerUnknown(because(Why.PLATFORM_IN_PART))
        return LotAccepted()

    def _nonsense(self) -> PlatformUnclear:
        """It says 200 to a question and does not answer it."""
        reason = because(Why.PLATFORM_NOT_ITSELF, host=self._session.host, code=200)
        return PlatformUnclear(reason, left=True)


def _body(reply: Reply, pk: str) -> Json:
    if reply.meaning is not Meaning.DONE:
        raise PlatformRefused(reply.refusal, reply.refusal.reason(pk))
    return reply.body


def _a_lot(devices: Sequence[PlatformDevice]) -> Sequence[PlatformDevice]:
    if not 1 <= len(devices) <= MAX_LOT:
        raise ValueError(f"{len(devices)} devices in a lot")
    return devices


def _keys(devices: Sequence[PlatformDevice]) -> list[str]:
    return [str(one.pair.imei) for one in devices]


def _device(row: PlatformDevice) -> Json:
    return {
        "deviceKey": row.pair.imei,
        "sn": row.pair.device.sn,
        "deviceName": row.name,
        "authMode": _X509 if row.fingerprint else _DYNAMIC,
        "fingerPrint": row.fingerprint,
        "psk": "",
    }

"""The client of Developer Center, against a platform on a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.developer_center import DeveloperCenter
from app.adapters.platform_address import PlatformOptions, base_url
from app.adapters.platform_answers import says_no_more
from app.adapters.platform_session import Session
from app.adapters.platform_signing import Credentials, log_in_query
from app.adapters.platform_transport import Transport
from app.core.errors import Refused, Why, because
from app.core.platform import (
    AnswerUnknown,
    Held,
    LotAccepted,
    LotRefused,
    NeverLeft,
    PlatformRefused,
    PlatformSilent,
)
from tests.adapters.platforms import CREDENTIALS, Pausing, new_service, platform_and_client, rows
from tests.e2e.units import imei, sn
from tests.platform.accounts import ACCESS_KEY, ACCESS_SECRET
from tests.platform.answers import Answer, yes
from tests.platform.faults import AFTER, PASSING, Fault
from tests.platform.server import running
from tests.platform.service import Service
from tests.station.uploads import PK

TOKEN_FAULTS = (Fault.TOKEN_UNKNOWN, Fault.TOKEN_WRONG, Fault.UNAUTHORISED)


@pytest.fixture
def service() -> Service:
    return new_service()


@pytest.fixture
def pausing() -> Pausing:
    return Pausing()


@pytest.fixture
def client(service: Service, pausing: Pausing) -> Iterator[DeveloperCenter]:
    with platform_and_client(service, pausing) as client:
        yield client


@pytest.fixture
def answers(service: Service, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lots and questions are answered like this from now on."""

    def set_to(body: dict[str, object]) -> None:
        for call in ("create_batch", "detail"):
            monkeypatch.setattr(service.devices, call, lambda *_: Answer(body))

    return set_to


def test_a_log_in_is_signed_as_the_documentation_shows_it() -> None:
    query = log_in_query(Credentials(ACCESS_KEY, ACCESS_SECRET), 1743059249391)
    assert query == {
        "grant_type": "password",
        "username": "ver=1&auth_mode=accessKey&sign_method=sha256"
        "&access_key=24b9zicjuns41H6MDg71AMnP&timestamp=1743059249391",
        "password": "34fe86986230670cba424cadd01ded50f04929de3bfb0b0aef033ccee314fed1",
    }


def test_a_lot_is_added_and_found_again(client: DeveloperCenter, service: Service) -> None:
    assert client.create(PK, rows(1, 2)) == LotAccepted()
    assert client.find(PK, imei(1)) == Held(sn(1))
    assert client.find(PK, imei(3)) is None
    assert service.devices.products[PK][imei(2)]["authMode"] == 0
    assert service.count("accessKeyLogin") == 1


def test_a_device_with_a_certificate_is_added_with_its_fingerprint(
    client: DeveloperCenter, service: Service
) -> None:
    client.create(PK, [replace(rows(1)[0], fingerprint="ab" * 20, name="Meter 1")])
    kept = service.devices.products[PK][imei(1)]
    assert (kept["authMode"], kept["fingerPrint"], kept["deviceName"]) == (2, "ab" * 20, "Meter 1")


def test_the_list_of_a_product_is_read_page_by_page(client: DeveloperCenter) -> None:
    client.create(PK, rows(*range(250)))
    pages = [client.page(PK, number) for number in (1, 2, 3)]
    assert [(page.pages, page.total, len(page.devices)) for page in pages] == [
        (3, 250, 100),
        (3, 250, 100),
        (3, 250, 50),
    ]
    assert pages[0].devices[imei(0)] == Held(sn(0))


def test_devices_are_changed_and_deleted(client: DeveloperCenter) -> None:
    client.create(PK, rows(1))
    other_sn = replace(rows(2)[0], pair=replace(rows(2)[0].pair, imei=rows(1)[0].pair.imei))
    assert client.update(PK, [other_sn]) == LotAccepted()
    assert client.find(PK, imei(1)) == Held(sn(2))
    assert client.delete(PK, imei(1)) == LotAccepted()
    assert client.find(PK, imei(1)) is None
    gone = client.delete(PK, imei(1))
    assert isinstance(gone, LotRefused)
    assert gone.refusal.code == 70130


def test_over_tls_with_a_private_authority(service: Service, tmp_path: Path) -> None:
    with platform_and_client(service, ca_file=tmp_path / "ca.pem") as client:
        assert client.create(PK, rows(1)) == LotAccepted()


@pytest.mark.parametrize("fault", TOKEN_FAULTS)
def test_a_token_that_is_no_longer_taken_is_renewed_once(
    client: DeveloperCenter, service: Service, pausing: Pausing, fault: Fault
) -> None:
    client.find(PK, imei(1))
    service.faults.script(fault, call="createBatch")
    assert client.create(PK, rows(1)) == LotAccepted()
    assert (service.count("accessKeyLogin"), service.count("createBatch")) == (2, 2)
    assert pausing.seconds == []


@pytest.mark.parametrize("fault", TOKEN_FAULTS)
def test_a_platform_that_takes_no_token_is_not_asked_for_ever(
    client: DeveloperCenter, service: Service, fault: Fault
) -> None:
    service.faults.script(*[fault] * 9, call="createBatch")
    assert isinstance(client.create(PK, rows(1)), NeverLeft)
    assert (service.count("accessKeyLogin"), service.count("createBatch")) == (2, 2)


@pytest.mark.parametrize("fault", Fault)
def test_a_lot_counts_as_added_only_where_the_platform_said_so(
    client: DeveloperCenter, service: Service, fault: Fault
) -> None:
    service.faults.script(fault, call="createBatch")
    outcome = client.create(PK, rows(*range(10)))
    if outcome == LotAccepted():
        assert len(service.devices.products[PK]) == 10
    assert set(service.devices.creations.values()) <= {1}


@pytest.mark.parametrize("fault", [fault for fault in PASSING if fault not in (*TOKEN_FAULTS, Fault.SLOW)])
def test_a_lot_is_never_sent_again_once_it_may_have_arrived(
    client: DeveloperCenter, service: Service, fault: Fault
) -> None:
    service.faults.script(fault, call="createBatch")
    outcome = client.create(PK, rows(*range(10)))
    if fault in (Fault.RATE_LIMIT, Fault.RATE_LIMIT_WAIT):
        assert outcome == LotAccepted()
    else:
        assert isinstance(outcome, AnswerUnknown)
        assert service.count("createBatch") == 1
        assert len(service.devices.products[PK]) == (10 if fault in AFTER else 5 if "part" in fault else 0)


@pytest.mark.parametrize("fault", PASSING)
def test_a_question_is_asked_again_until_it_is_answered(
    client: DeveloperCenter, service: Service, fault: Fault
) -> None:
    service.devices.put(PK, imei(1), sn(1))
    service.faults.script(fault, fault, None, call="detail")
    if fault in TOKEN_FAULTS:
        service.faults.script(None, call="detail")
        with pytest.raises(PlatformSilent):
            client.find(PK, imei(1))
    assert client.find(PK, imei(1)) == Held(sn(1))


def test_the_pauses_grow_and_end(client: DeveloperCenter, service: Service, pausing: Pausing) -> None:
    service.faults.script(*[Fault.ERROR_BEFORE] * 20, call="detail")
    with pytest.raises(PlatformSilent) as caught:
        client.find(PK, imei(1))
    assert caught.value.reason.why is Why.PLATFORM_TROUBLE
    assert service.count("detail") == 6
    bounds = [(0.25, 0.5), (0.5, 1.0), (1.0, 2.0), (2.0, 4.0), (4.0, 8.0)]
    assert len(pausing.seconds) == len(bounds)
    assert all(low <= one <= high for one, (low, high) in zip(pausing.seconds, bounds, strict=True))


def test_a_pause_that_the_platform_asks_for_is_kept(
    client: DeveloperCenter, service: Service, pausing: Pausing
) -> None:
    service.faults.script(Fault.RATE_LIMIT_WAIT, call="createBatch")
    assert client.create(PK, rows(1)) == LotAccepted()
    assert pausing.seconds == [1.0]


def test_a_pause_can_be_cut_short(service: Service) -> None:
    service.faults.script(*[Fault.DROP_BEFORE] * 9, call="detail")
    service.faults.script(*[Fault.RATE_LIMIT] * 9, call="createBatch")
    with platform_and_client(service, Pausing(cancelled_after=2)) as client:
        with pytest.raises(PlatformSilent) as caught:
            client.find(PK, imei(1))
        assert caught.value.reason.why is Why.UPLOAD_PAUSED
        assert service.count("detail") == 2
    with platform_and_client(service, Pausing(cancelled_after=1)) as client:
        assert isinstance(client.create(PK, rows(1)), NeverLeft)


@pytest.mark.parametrize("code", ["61016", "70017", "70089", "91005", "91006", "91007", "50005", "99999"])
def test_a_refusal_keeps_its_code(client: DeveloperCenter, service: Service, code: str) -> None:
    service.faults.script(Fault(code), call="createBatch")
    service.faults.script(Fault(code), call="detail")
    outcome = client.create(PK, rows(1))
    assert isinstance(outcome, LotRefused)
    assert str(outcome.refusal.code) == code
    with pytest.raises(PlatformRefused) as caught:
        client.find(PK, imei(1))
    assert str(caught.value.refusal.code) == code


def test_a_refused_log_in_is_no_answer_to_the_lot(client: DeveloperCenter, service: Service) -> None:
    service.accounts.secrets.clear()
    outcome = client.create(PK, rows(1))
    assert isinstance(outcome, NeverLeft)
    assert outcome.reason.why is Why.PLATFORM_KEY_UNKNOWN
    assert service.count("createBatch") == 0


@pytest.mark.parametrize(
    ("data", "is_all"),
    [
        (None, True),
        (True, True),
        ({}, True),
        ([], True),
        ([{"deviceKey": imei(2), "authCode": "x"}, {"deviceKey": imei(1), "sn": "2"}], True),
        ([{"deviceKey": imei(1)}], False),
        ([{"deviceKey": imei(1)}, {"deviceKey": imei(2), "code": 70062, "msg": "in use"}], False),
        ([{"deviceKey": imei(1)}, {"deviceKey": imei(2), "error": ""}], False),
        ({"list": [{"deviceKey": imei(2), "error": "exists"}]}, False),
        ({"total": 2, "successCount": 0}, False),
        ({"successCount": 1, "failCount": 1}, False),
        (False, False),
        (0, False),
        ("in part", False),
        ([[]], False),
    ],
)
def test_a_200_with_data_that_could_speak_of_failures_is_not_believed(data: object, is_all: bool) -> None:
    assert says_no_more(data, [imei(1), imei(2)]) is is_all


def test_a_lot_whose_failures_stand_in_the_data_of_a_200_is_not_confirmed(
    client: DeveloperCenter, service: Service
) -> None:
    service.devices.says_yes = True
    service.devices.put(PK, imei(2), "1")
    assert client.create(PK, rows(1, 2)) == AnswerUnknown(because(Why.PLATFORM_IN_PART))
    assert client.create(PK, rows(3)) == LotAccepted()


@pytest.mark.parametrize("code", [2**63, -(2**63), "9" * 5000, 10**30, True, 200.5, None, "-1"])
def test_a_code_that_is_none_is_not_the_platform_s(
    client: DeveloperCenter, answers: Callable[..., None], code: object
) -> None:
    answers({"code": code, "msg": "OK"})
    with pytest.raises(PlatformSilent) as caught:
        client.find(PK, imei(1))
    assert caught.value.reason.why is Why.PLATFORM_NOT_ITSELF


def test_what_the_platform_says_can_always_be_written_down(
    client: DeveloperCenter, answers: Callable[..., None]
) -> None:
    answers({"code": 50005, "msg": "half \ud800\n" + "x" * 2_000_000})
    outcome = client.create(PK, rows(1))
    assert isinstance(outcome, LotRefused)
    assert outcome.refusal.message.startswith("half \N{REPLACEMENT CHARACTER}")
    assert len(outcome.refusal.message.encode()) < 1000
    answers({"code": 200, "data": {"deviceKey": imei(1), "productKey": PK, "sn": "\udfff"}})
    assert client.find(PK, imei(1)) == Held("\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("with_tls", [False, True])
def test_an_answer_that_drips_in_is_not_waited_for(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, with_tls: bool
) -> None:
    answer = replace(yes(), drip=0.05, page="x" * 600)
    monkeypatch.setattr(service.devices, "create_batch", lambda *_: answer)
    ca_file = tmp_path / "ca.pem" if with_tls else None
    with running(service, ca_file=ca_file) as url:
        options = PlatformOptions(url, "", ca_file, connect_seconds=0.5, answer_seconds=0.5)
        with Transport(options) as transport:
            outcome = DeveloperCenter(Session(transport, CREDENTIALS, Pausing())).create(PK, rows(1))
    assert isinstance(outcome, AnswerUnknown)
    assert outcome.reason.why is Why.PLATFORM_SLOW


def test_an_answer_without_end_is_not_read_to_the_end(
    client: DeveloperCenter, answers: Callable[..., None]
) -> None:
    answers({"code": 200, "msg": "x" * 20_000_000})
    outcome = client.create(PK, rows(1))
    assert isinstance(outcome, AnswerUnknown)
    assert outcome.reason.why is Why.PLATFORM_NOT_ITSELF


@pytest.mark.parametrize("token", ["Größe", "a\nb", "a\r\nHost: b", " a", "", "\ud800", 5])
def test_a_token_that_no_header_can_carry_is_not_the_platform_s(
    client: DeveloperCenter, service: Service, monkeypatch: pytest.MonkeyPatch, token: object
) -> None:
    monkeypatch.setattr(service.accounts, "log_in", lambda *_: yes(access_token=token))
    outcome = client.create(PK, rows(1))
    assert isinstance(outcome, NeverLeft)
    assert outcome.reason.why is Why.PLATFORM_NOT_ITSELF
    assert service.count("createBatch") == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://iot-api.example.com",
        "http://127.0.0.1.example.com",
        "ftp://127.0.0.1",
        "iot-api.example.com",
        "https://",
        "https://user:word@example.com",
        "https://example.com/?a=1",
        "https://exa mple.com",
        "https://example.com:99999",
        "",
    ],
)
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(Refused) as caught:
        base_url(address)
    assert caught.value.reason.why is Why.PLATFORM_URL
    assert "word" not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:80", "http://localhost", "http://[::1]:1", "https://a.example"]
)
def test_a_loopback_address_may_go_without_tls(address: str) -> None:
    assert base_url(address).host


@pytest.mark.parametrize(
    ("name", "url"),
    [("china", "https://iot-api.quectelcn.com"), ("Europe", "https://iot-api.acceleronix.io")],
)
def test_a_data_centre_has_its_address(name: str, url: str) -> None:
    assert str(base_url(name)) == url

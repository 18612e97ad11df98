"""The connection test says in words what is wrong; and nothing that anybody can read holds a secret."""

from __future__ import annotations

import logging
import socket
import time
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.adapters.connection_check import check_connection, open_platform
from app.adapters.platform_address import DIRECT, PlatformOptions
from app.adapters.platform_signing import Credentials
from app.core.errors import Reason, StationError, Why
from app.core.platform import LotAccepted
from app.wording.reasons import sentence
from tests.adapters.platforms import CREDENTIALS, Pausing, client_of, new_service, rows
from tests.platform.accounts import ACCESS_KEY, ACCESS_SECRET
from tests.platform.faults import Fault
from tests.platform.proxy import proxy
from tests.platform.server import running
from tests.platform.service import Service
from tests.station.uploads import PK

PLATFORM = "platform.example"


@pytest.fixture
def service() -> Service:
    return new_service()


@pytest.fixture
def url(service: Service) -> Iterator[str]:
    with running(service) as url:
        yield url


def why(options: PlatformOptions | str, credentials: Credentials = CREDENTIALS, pk: str = PK) -> Why | None:
    found = reason(options, credentials, pk)
    return None if found is None else found.why


def reason(
    options: PlatformOptions | str, credentials: Credentials = CREDENTIALS, pk: str = PK
) -> Reason | None:
    chosen = PlatformOptions(options) if isinstance(options, str) else options
    found = check_connection(chosen, credentials, pk)
    if found is not None:
        assert "…" not in sentence(found).replace("“…", "").replace("…”", ""), "a fact is missing"
    return found


def test_all_is_well(url: str) -> None:
    assert why(url) is None


def test_a_name_that_nobody_knows() -> None:
    assert why("https://no-such-host.invalid") is Why.PLATFORM_NAME


def test_a_port_where_nobody_listens() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    assert why(f"http://127.0.0.1:{port}") is Why.PLATFORM_NOT_LISTENING


def test_somebody_who_never_answers() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        silent = PlatformOptions(f"http://127.0.0.1:{server.getsockname()[1]}", answer_seconds=0.1)
        assert why(silent) is Why.PLATFORM_SLOW


def test_a_certificate_that_is_not_trusted(service: Service, tmp_path: Path) -> None:
    with running(service, ca_file=tmp_path / "ca.pem") as url:
        assert why(url) is Why.PLATFORM_CERTIFICATE
        assert why(PlatformOptions(url, ca_file=tmp_path / "ca.pem")) is None


def test_a_certificate_of_somebody_else(service: Service, tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    with running(service, ca_file=ca_file, name="somebody-else.example") as url:
        assert why(PlatformOptions(url, ca_file=ca_file)) is Why.PLATFORM_CERTIFICATE


def test_certificates_that_cannot_be_read(url: str, tmp_path: Path) -> None:
    assert why(PlatformOptions(url, ca_file=tmp_path / "none.pem")) is Why.PLATFORM_CA_FILE
    (tmp_path / "text.pem").write_text("no certificate")
    assert why(PlatformOptions(url, ca_file=tmp_path / "text.pem")) is Why.PLATFORM_CA_FILE


def test_through_a_proxy_the_platform_s_certificate_is_verified_all_the_same(
    service: Service, tmp_path: Path
) -> None:
    ca_file = tmp_path / "ca.pem"
    with (
        running(service, ca_file=ca_file, name=PLATFORM) as url,
        proxy(to=urlsplit(url).port) as (proxy_url, asked_for),
    ):
        assert why(PlatformOptions(f"https://{PLATFORM}", proxy_url, ca_file)) is None
        assert why(PlatformOptions(f"https://{PLATFORM}", proxy_url)) is Why.PLATFORM_CERTIFICATE
        assert set(asked_for) == {f"{PLATFORM}:443"}


def test_a_proxy_of_the_system_is_used_unless_the_settings_say_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with proxy(to=None) as (proxy_url, asked_for):
        monkeypatch.setenv("HTTPS_PROXY", proxy_url)
        assert why("https://no-such-host.invalid") is Why.PLATFORM_PROXY
        assert why(PlatformOptions("https://no-such-host.invalid", DIRECT)) is Why.PLATFORM_NAME
        assert asked_for == ["no-such-host.invalid:443"]


@pytest.mark.parametrize("variable", ["ALL_PROXY", "HTTPS_PROXY"])
def test_a_socks_proxy_of_the_system_is_refused(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "socks5://127.0.0.1:1080")
    assert why(PlatformOptions("https://example.com")) is Why.PLATFORM_PROXY_URL
    assert why(PlatformOptions("https://example.com", "socks5://127.0.0.1:1080")) is Why.PLATFORM_PROXY_URL


def test_a_proxy_whose_address_makes_no_sense() -> None:
    refused = reason(PlatformOptions("https://example.com", "gopher://user:hidden@proxy:70"))
    assert refused is not None
    assert refused.why is Why.PLATFORM_PROXY_URL
    assert "hidden" not in sentence(refused)


def test_a_wrong_key_and_a_wrong_secret_are_told_apart(url: str) -> None:
    assert why(url, Credentials("unknown", ACCESS_SECRET)) is Why.PLATFORM_KEY_UNKNOWN
    assert why(url, Credentials(ACCESS_KEY, "wrong")) is Why.PLATFORM_SIGN_IN


def test_a_clock_that_is_wrong(service: Service, url: str) -> None:
    service.clock = lambda: time.time() + 3600
    found = reason(url)
    assert found is not None
    assert found.why is Why.PLATFORM_CLOCK
    assert 3590 < float(found.facts["seconds"]) < 3610


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.KEY_LIMITED, Why.PLATFORM_KEY_LIMITED),
        (Fault.ADDRESS_DENIED, Why.PLATFORM_ADDRESS_DENIED),
        (Fault.API_OFF, Why.PLATFORM_API_OFF),
        (Fault.HTML, Why.PLATFORM_NOT_ITSELF),
        (Fault.ERROR_BEFORE, Why.PLATFORM_TROUBLE),
        (Fault.TROUBLE_BEFORE, Why.PLATFORM_TROUBLE),
        (Fault.DROP_BEFORE, Why.PLATFORM_BROKEN),
        (Fault.CUT, Why.PLATFORM_BROKEN),
        (Fault.RATE_LIMIT, Why.PLATFORM_RATE_LIMIT),
    ],
)
def test_a_log_in_that_fails_is_explained(service: Service, url: str, fault: Fault, expected: Why) -> None:
    service.faults.script(fault, call="accessKeyLogin")
    assert why(url) is expected


def test_a_product_that_is_not_ours(service: Service, url: str) -> None:
    assert why(url, pk="p08kx1") is Why.PLATFORM_NO_PRODUCT
    service.faults.script(Fault.PRODUCT_DENIED, call="overview")
    assert why(url) is Why.PLATFORM_PRODUCT_DENIED
    assert why(url, pk="") is None


def test_opening_the_platform_sends_nothing_yet(service: Service, url: str) -> None:
    with open_platform(PlatformOptions(url), CREDENTIALS, Pausing()) as platform:
        assert service.records == []
        assert platform.create(PK, rows(1)) == LotAccepted()


def test_no_secret_is_in_what_anybody_can_read(
    service: Service, url: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A wrong AccessKey and a wrong signature are answered with what was sent."""
    caplog.set_level(logging.DEBUG)
    read: list[str] = [repr(CREDENTIALS), str(CREDENTIALS)]
    for fault in Fault:
        service.faults.script(fault, call="accessKeyLogin")
        service.faults.script(fault, call="createBatch")
        service.faults.script(*[fault] * 3, call="detail")
        with client_of(url, Pausing(), tries=2) as client:
            read.append(repr(client.create(PK, rows(1))))
            try:
                client.find(PK, "1")
            except StationError as error:
                read += [*traceback.format_exception(error), repr(error), sentence(error.reason)]
                assert_no_cause_holds_a_request(error)
    for credentials in (Credentials(ACCESS_KEY, "wrong"), Credentials(ACCESS_KEY[:-1], ACCESS_SECRET)):
        read.append(repr(check_connection(PlatformOptions(url), credentials)))
    assert len(read) > 50
    out, err = capfd.readouterr()
    text = "".join([*read, caplog.text, out, err])
    tokens = service.accounts.tokens
    assert len(tokens) > 10
    assert [secret for secret in (ACCESS_KEY[:-1], ACCESS_SECRET, *tokens) if secret in text] == []


def assert_no_cause_holds_a_request(error: BaseException) -> None:
    cause = error.__cause__ or error.__context__
    assert not hasattr(error, "request")
    if cause is not None:
        assert_no_cause_holds_a_request(cause)

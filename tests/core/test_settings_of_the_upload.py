"""Where the upload goes, as the settings may say it."""

import pytest

from app.core.errors import Refused, Why
from app.core.settings import Settings


@pytest.mark.parametrize(
    "address",
    [
        "",
        "china",
        "Europe",
        "https://iot.example.com/api",
        "http://127.0.0.1:8443",
        "http://localhost",
        "http://[::1]:80",
    ],
)
def test_a_data_centre_and_a_safe_address_are_taken(address: str) -> None:
    assert Settings(data_centre=address).data_centre == address


@pytest.mark.parametrize(
    "address",
    ["https://u:geheim@h.example", "http://example.com", "http://127.example.com", "ftp://h", "u:geheim@h"],
)
def test_an_unsafe_address_or_one_with_a_password_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(Refused) as refused:
        Settings(data_centre=address)
    assert refused.value.reason.why is Why.PLATFORM_URL
    assert "geheim" not in str(refused.value.reason)


@pytest.mark.parametrize("proxy", ["foo", "socks5://h:1080", "http://u:geheim@h:3128"])
def test_a_proxy_that_cannot_be_used_is_refused(proxy: str) -> None:
    with pytest.raises(Refused) as refused:
        Settings(upload_proxy=proxy)
    assert refused.value.reason.why is Why.PLATFORM_PROXY_URL


@pytest.mark.parametrize("proxy", ["", "none", "http://proxy:3128", "https://proxy:3128"])
def test_a_proxy_that_can_be_used_is_taken(proxy: str) -> None:
    assert Settings(upload_proxy=proxy).upload_proxy == proxy

"""Where Developer Center is, and the way there: data centre or free address, proxy, certificate authority."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx

from app.core.errors import Faulted, Refused, Why, because

DATA_CENTRES = {
    "china": "https://iot-api.quectelcn.com",
    "europe": "https://iot-api.acceleronix.io",
}

_LAST_PORT = 65535

DIRECT = "none"
"""As a proxy: not even the system's."""


@dataclass(frozen=True, slots=True)
class PlatformOptions:
    """How the platform is reached. Times in seconds."""

    address: str = "china"
    """One of `DATA_CENTRES`, or a base URL; `http://` for loopback addresses only."""
    proxy: str = field(default="", repr=False)  # may hold a password
    """`http://host:port`, `DIRECT`, or empty: the system's (environment variables)."""
    ca_file: Path | None = None
    """PEM certificates of private authorities, trusted besides the system's."""
    connect_seconds: float = 10.0
    answer_seconds: float = 60.0

    @property
    def base_url(self) -> httpx.URL:
        """Raises `Refused`: PLATFORM_URL."""
        return base_url(self.address)


def base_url(address: str) -> httpx.URL:
    """The base URL of a data centre or of a free address.

    Raises:
        Refused: PLATFORM_URL.
    """
    try:
        url = httpx.URL(DATA_CENTRES.get(address.strip().casefold(), address.strip()))
    except httpx.InvalidURL as error:
        raise Refused(because(Why.PLATFORM_URL, url=address)) from error
    safe = url.scheme == "https" or (url.scheme == "http" and is_loopback(url.host))
    strange = "%" in url.host or not 0 < (url.port or 1) <= _LAST_PORT
    if not safe or strange or not url.host or url.userinfo or url.query or url.fragment:
        raise Refused(because(Why.PLATFORM_URL, url=str(url.copy_with(userinfo=b"", query=None))))
    return url


def is_loopback(host: str) -> bool:
    """Whether what is sent there stays in this computer."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def open_client(options: PlatformOptions) -> httpx.Client:
    """A client that always verifies certificates.

    Raises:
        Refused: PLATFORM_URL, PLATFORM_PROXY_URL.
        Faulted: PLATFORM_CA_FILE.
    """
    _keep_requests_out_of_logs()
    url, context = options.base_url, _trust(options.ca_file)
    direct = options.proxy == DIRECT or is_loopback(url.host)
    try:
        return httpx.Client(
            base_url=url,
            verify=context,
            proxy=None if direct or not options.proxy else options.proxy,
            trust_env=not direct,
            timeout=httpx.Timeout(options.answer_seconds, connect=options.connect_seconds),
            headers={"Accept": "application/json"},
        )
    except (ValueError, httpx.InvalidURL, ImportError):
        # of the proxy, whose address may hold a password; ImportError for SOCKS, which is not spoken here
        raise Refused(because(Why.PLATFORM_PROXY_URL)) from None


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:  # ssl.SSLError is one
            detail = error.strerror or str(error)
            raise Faulted(because(Why.PLATFORM_CA_FILE, path=str(ca_file), detail=detail)) from error
    return context


def _keep_requests_out_of_logs() -> None:
    """httpx logs each address with its query, and httpcore each header: AccessKey, signature and token."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
        logging.getLogger(name).propagate = False

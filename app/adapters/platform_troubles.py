"""What it means that a request failed on its way: a reason in our words, and whether it may have arrived."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx

from app.core.errors import Reason, Why, because
from app.core.platform import PlatformSilent

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""No connection was made, so no request went over it."""


def silence(error: httpx.RequestError, host: str) -> PlatformSilent:
    """`host`: the platform's, for people. Take care not to chain the error: it holds the whole request."""
    return PlatformSilent(_reason(error, host), left=not isinstance(error, _NEVER_LEFT))


def _reason(error: httpx.RequestError, host: str) -> Reason:
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return because(Why.PLATFORM_CERTIFICATE, host=host, detail=cause.verify_message)
        if isinstance(cause, socket.gaierror):
            return because(Why.PLATFORM_NAME, host=host)
        if isinstance(cause, ConnectionRefusedError):
            return because(Why.PLATFORM_NOT_LISTENING, host=host)
    if isinstance(error, httpx.ProxyError):
        return because(Why.PLATFORM_PROXY, host=host, detail=str(error))
    if isinstance(error, httpx.TimeoutException):
        return because(Why.PLATFORM_SLOW, host=host)
    return because(Why.PLATFORM_BROKEN, host=host, detail=_words(causes))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _words(causes: list[BaseException]) -> str:
    """The system's own words where there are any; never a library's, which might quote the request."""
    named = [cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror]
    return named[0] if named else type(causes[0]).__name__

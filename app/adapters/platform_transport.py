"""One request to Developer Center and its answer, or why there is none. Wraps httpx."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import inf
from typing import Any, Self

import httpx

from app.adapters.platform_address import PlatformOptions, open_client
from app.adapters.platform_deadline import Deadline
from app.adapters.platform_text import plain
from app.adapters.platform_troubles import silence
from app.core.errors import Why, because
from app.core.platform import Meaning, PlatformSilent, Refusal, meaning

Json = Mapping[str, Any]

_UNAUTHORISED = 401
_TOO_MANY = 429
_TROUBLE = 500
_LONGEST = 16 * 1024 * 1024
"""Bytes."""

_DIGITS = re.compile("[0-9]{1,9}")
_LARGEST_CODE = 999_999_999
_VAGUE = (Meaning.REFUSED, Meaning.DONE)
"""A server in trouble may say these of anything."""


@dataclass(frozen=True, slots=True)
class Request:
    """One documented call. `repr` shows none of its values."""

    method: str
    path: str
    query: Mapping[str, str | int] = field(default_factory=dict, repr=False)
    body: Json | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """The platform's own answer, `{"code", "msg", …}`."""

    code: int
    message: str
    body: Json = field(repr=False)
    server_time: float | None = None
    """Seconds since 1970, as the server's clock says."""

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.code, self.message)

    @property
    def meaning(self) -> Meaning:
        return self.refusal.meaning


class Transport:
    """The connections to one platform. Close it, or use it in a `with`."""

    def __init__(self, options: PlatformOptions) -> None:
        self._client = open_client(options)
        self._deadline = Deadline(options.connect_seconds + options.answer_seconds)
        self.host = options.base_url.host

    def exchange(self, request: Request, token: str = "", hide: Callable[[str], str] = str) -> Reply:
        """Sends it once. `hide` takes out of the platform's words what must not be shown.

        Raises:
            PlatformSilent: no answer of the platform's came.
        """
        headers = {"Authorization": token} if token else {}
        try:
            with self._deadline.running():
                response, content = self._received(request, headers)
        except httpx.RequestError as error:
            is_late = self._deadline.is_over
            failure = silence(httpx.ReadTimeout("late") if is_late else error, self.host)
        else:
            return self._reply(response, content, hide)
        raise failure  # outside of the handler, so that it does not drag the request and its secrets along

    def _received(self, request: Request, headers: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        """The answer, and what it holds: nothing where that is longer than any answer of the platform's."""
        with self._client.stream(
            request.method,
            request.path,
            params=dict(request.query),
            json=request.body,
            headers=headers,
            extensions={"trace": self._deadline.note},
        ) as response:
            content = bytearray()
            for part in response.iter_bytes():
                content += part
                if len(content) > _LONGEST:
                    return response, b""
        return response, bytes(content)

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reply(self, response: httpx.Response, content: bytes, hide: Callable[[str], str]) -> Reply:
        """Raises `PlatformSilent` where the platform is in trouble, or something else answers instead."""
        status, wait = response.status_code, _retry_after(response.headers.get("Retry-After", ""))
        if status == _TOO_MANY:
            raise PlatformSilent(because(Why.PLATFORM_RATE_LIMIT), left=False, wait=wait)
        body = _json_object(content)
        code = _UNAUTHORISED if status == _UNAUTHORISED else _code(body)
        if meaning(code) is Meaning.LATER or (status >= _TROUBLE and meaning(code) in _VAGUE):
            raise PlatformSilent(because(Why.PLATFORM_TROUBLE, code=code or status), left=True, wait=wait)
        if not code or (meaning(code) is Meaning.DONE and not response.is_success):
            wait = inf if response.is_client_error else None  # there is no such call here, nor will there be
            raise PlatformSilent(because(Why.PLATFORM_NOT_ITSELF, host=self.host, code=status), True, wait)
        return Reply(
            code, plain(hide(str(body.get("msg") or ""))), body, _moment(response.headers.get("Date", ""))
        )


def _json_object(content: bytes) -> Json:
    """Empty where the answer is none."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _code(body: Json) -> int:
    """0 where there is none."""
    code = body.get("code")
    if isinstance(code, str) and _DIGITS.fullmatch(code):
        return int(code)
    if not isinstance(code, int) or isinstance(code, bool):
        return 0
    return code if abs(code) <= _LARGEST_CODE else 0


def _retry_after(value: str) -> float | None:
    """Seconds, whether the header names seconds or a moment."""
    if value.isascii() and value.isdecimal():
        return float(value)
    moment = _moment(value)
    return None if moment is None else max(0.0, moment - datetime.now(UTC).timestamp())


def _moment(value: str) -> float | None:
    """Seconds since 1970 of an HTTP date."""
    try:
        return parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None

"""Requests in somebody's name: logged in, renewed, repeated where that is safe."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from math import inf

from app.adapters.platform_signing import Credentials, log_in_query
from app.adapters.platform_transport import Reply, Request, Transport
from app.core.errors import Reason, Why, because
from app.core.pauses import Pauses
from app.core.platform import Meaning, PlatformSilent, SignInRefused
from app.ports.upload import Wait

_LOG_IN = "/v2/quecauth/accessKeyAuthrize/accessKeyLogin"

_PATIENCE = 600.0
"""Seconds: a platform that asks for a longer pause is left in peace until the next run."""

_CLOCK_TOLERANCE = 60.0
"""Seconds between two clocks that nobody would mind."""

_TOKEN = re.compile("[!-~]+( [!-~]+)*")
"""What a header can carry."""

PAUSES = Pauses()


class Session:
    """A log-in that is made when it is needed, and made anew when the platform no longer knows it.

    Belongs to one thread. The token is kept in memory only; how long it is said to be valid is not relied on.
    """

    def __init__(
        self,
        transport: Transport,
        credentials: Credentials,
        wait: Wait,
        pauses: Pauses = PAUSES,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._transport, self._credentials = transport, credentials
        self._wait, self._pauses, self._now = wait, pauses, now
        self._token = ""

    def ask(self, request: Request, again: bool) -> Reply:
        """Asks until an answer comes or the tries are used up.

        `again`: it may be sent again even if it may have arrived.

        Raises:
            PlatformSilent: no usable answer; `left` tells whether the request may have arrived.
            SignInRefused: AccessKey and AccessSecret are not accepted; the request never left.
        """
        attempt = 1
        while True:
            try:
                return self._ask_once(request)
            except PlatformSilent as silent:
                if attempt == self._pauses.tries or (silent.left and not again):
                    raise
                self._pause(attempt, silent)
            attempt += 1

    def log_in(self) -> None:
        """Asks for a new token.

        Raises:
            PlatformSilent, SignInRefused.
        """
        query = log_in_query(self._credentials, int(self._now() * 1000))
        try:
            reply = self._transport.exchange(Request("GET", _LOG_IN, query), hide=self._hide)
        except PlatformSilent as silent:
            raise PlatformSilent(silent.reason, left=False, wait=silent.wait) from silent
        token = reply.body.get("access_token")
        if reply.meaning is not Meaning.DONE:
            raise SignInRefused(reply.refusal, self._why_refused(reply))
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            reason = because(Why.PLATFORM_NOT_ITSELF, host=self._transport.host, code=reply.code)
            raise PlatformSilent(reason, left=False)
        self._token = token

    def close(self) -> None:
        self._transport.close()

    @property
    def host(self) -> str:
        return self._transport.host

    def _ask_once(self, request: Request) -> Reply:
        """With the token that is there; with a new one where the platform does not take it, once."""
        for _ in range(2):
            if not self._token:
                self.log_in()
            reply = self._transport.exchange(request, self._token, self._hide)
            if reply.meaning is not Meaning.LOG_IN:
                return reply
            self._token = ""
        # a platform that does not know the token it has just given out will not do so in a second
        raise PlatformSilent(because(Why.PLATFORM_TROUBLE, code=reply.code), left=False, wait=inf)

    def _pause(self, attempt: int, silent: PlatformSilent) -> None:
        """Raises `PlatformSilent` where that pause would be too long, or is cut short."""
        seconds = self._pauses.before(attempt, random.random())  # noqa: S311  spreads stations, hides nothing
        seconds = max(seconds, silent.wait or 0.0)
        if seconds > _PATIENCE:
            raise silent
        if self._wait(seconds):
            raise PlatformSilent(because(Why.UPLOAD_PAUSED), left=silent.left)

    def _why_refused(self, reply: Reply) -> Reason:
        """A wrong clock, a wrong signature and an unknown AccessKey are told apart, where that can be."""
        if reply.refusal.stops:
            return reply.refusal.reason()
        apart = 0.0 if reply.server_time is None else abs(self._now() - reply.server_time)
        if apart > _CLOCK_TOLERANCE:
            return because(Why.PLATFORM_CLOCK, seconds=round(apart))
        return because(Why.PLATFORM_SIGN_IN, code=reply.code, message=reply.message)

    def _hide(self, text: str) -> str:
        """What the platform says may quote what was sent."""
        for secret in (self._credentials.access_key, self._credentials.access_secret, self._token):
            text = text.replace(secret, "***") if secret else text
        return text

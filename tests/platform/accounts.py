"""Who may log in to the test platform, and the tokens that it gave out."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from tests.platform.answers import Answer, no

ACCESS_KEY = "24b9zicjuns41H6MDg71AMnP"
ACCESS_SECRET = "6AE3p2SnA9ShP7ofigrccoeeks8DDoteJ1jUUTEz"
"""Those of the documentation's worked example."""

_USERNAME = re.compile(
    r"ver=1&auth_mode=accessKey&sign_method=sha256&access_key=([0-9A-Za-z]+)&timestamp=([0-9]{13})"
)

SIGNATURE_WRONG = 90048
CLOCK_WRONG = 90049
"""The documentation names no codes for these two; these are the test platform's own."""


@dataclass
class Accounts:
    """Checks log-ins as documented: SHA-256 over the exact string; and a timestamp that is near enough."""

    secrets: dict[str, str] = field(default_factory=lambda: {ACCESS_KEY: ACCESS_SECRET})
    tolerance: float = 300.0
    """Seconds."""
    tokens: dict[str, str] = field(default_factory=dict)
    """Access token -> refresh token."""

    def log_in(self, query: dict[str, str], now: float) -> Answer:
        """`now`: the platform's clock, seconds since 1970."""
        username, password = query.get("username", ""), query.get("password", "")
        parts = _USERNAME.fullmatch(username)
        if query.get("grant_type") != "password" or parts is None:
            return no(50005, "parameter error")
        secret = self.secrets.get(parts[1])
        if secret is None:
            return no(90047, f"no such AccessKey: {parts[1]}")
        if abs(int(parts[2]) / 1000 - now) > self.tolerance:
            return no(CLOCK_WRONG, "timestamp expired")
        if password != hashlib.sha256((username + secret).encode()).hexdigest():
            return no(SIGNATURE_WRONG, f"signature error for {username}")
        return self._token()

    def refresh(self, query: dict[str, str]) -> Answer:
        """The old token, as documented for those younger than 30 minutes: here all are."""
        wanted = query.get("refresh_token", "")
        for token, refresh in self.tokens.items():
            if refresh == wanted and query.get("grant_type") == "refresh_token":
                return _given(token, refresh)
        return no(91001, "no such token")

    def refusal(self, token: str) -> Answer | None:
        return None if token in self.tokens else no(91001, "no such token")

    def forget_tokens(self) -> None:
        """All have run out."""
        self.tokens.clear()

    def _token(self) -> Answer:
        token, refresh = f"QJWT {secrets.token_urlsafe(30)}", secrets.token_urlsafe(30)
        self.tokens[token] = refresh
        return _given(token, refresh)


def _given(token: str, refresh: str) -> Answer:
    return Answer(
        {
            "code": 200,
            "msg": "OK",
            "access_token": token,
            "token_type": "jwt",
            "expires_in": 86400,
            "refresh_token": refresh,
        }
    )

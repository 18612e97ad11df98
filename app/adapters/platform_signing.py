"""Who asks Developer Center, and how a log-in is signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """AccessKey and AccessSecret. Neither is ever shown: not in a text, a log or an exception."""

    access_key: str
    access_secret: str

    def __repr__(self) -> str:
        return "Credentials(…)"


def log_in_query(credentials: Credentials, timestamp_ms: int) -> dict[str, str]:
    """The query of a log-in, not yet percent-encoded. `timestamp_ms`: since 1970."""
    username = (
        "ver=1&auth_mode=accessKey&sign_method=sha256"
        f"&access_key={credentials.access_key}&timestamp={timestamp_ms}"
    )
    signed = hashlib.sha256((username + credentials.access_secret).encode())
    return {"grant_type": "password", "username": username, "password": signed.hexdigest()}

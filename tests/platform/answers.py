"""What goes back over the line."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A JSON object, or a page where `page` is given. Without either the connection just ends."""

    body: dict[str, Any] | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    page: str = ""
    drip: float = 0.0
    """Seconds between two bytes."""
    cut: bool = False
    """Only half of it goes out."""

    @property
    def content(self) -> bytes:
        return self.page.encode() if self.page else json.dumps(self.body).encode()

    @property
    def code(self) -> int:
        code = self.body["code"] if self.body else 0
        return code if isinstance(code, int) else 0


DROPPED = Answer()
PAGE = "<html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>"


def yes(**more: Any) -> Answer:
    return Answer({"code": 200, "msg": "OK", **more})


def no(code: int, message: str = "") -> Answer:
    """As the platform says it: with HTTP status 200."""
    return Answer({"code": code, "msg": message or f"error {code}", "data": None})

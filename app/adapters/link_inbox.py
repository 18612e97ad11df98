"""What others want of the thread that owns the module's port."""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the module, to be answered by the monotonic time `until`."""

    number: int
    until: float


class Inbox:
    """The newest question, and whether to stop."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._question: Question | None = None
        self.stopped = False

    def put(self, question: Question) -> None:
        with self._news:
            self._question = question
            self._news.notify()

    def stop(self) -> None:
        with self._news:
            self.stopped = True
            self._news.notify()

    def take(self) -> Question | None:
        with self._news:
            question, self._question = self._question, None
            return question

    def has_news(self) -> bool:
        return self.stopped or self._question is not None

    def wait(self, seconds: float) -> None:
        """Until there is news, but no longer than this."""
        with self._news:
            self._news.wait_for(self.has_news, seconds)

"""The module's port, watched and asked by the one thread that owns it; and one question to a port by itself.

absent -> (opened) -> silent -> (answers AT) -> asked for its IMEI -> present -> (two pings lost) -> silent
"""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from math import inf

from app.adapters.at_dialogue import AskOptions, Dialogue
from app.adapters.link_inbox import Inbox, Question
from app.adapters.open_port import OpenPort, PortOpener, in_background
from app.adapters.serial_ports import Lister, PortFinder, list_ports
from app.core.errors import Faulted, Reason, Why, because
from app.ports.fixture import FixtureListener, LinkState, LinkStatus, ModuleReading, ModuleTrouble

_logger = logging.getLogger(__name__)

_ANSWER_MARGIN_SECONDS = 0.1
_PINGS_LOST = 2
_GREETINGS_A_PORT = 4

_GONE = (Why.PORT_ABSENT, Why.PORT_GONE)
_UNUSABLE = (Why.PORT_BUSY, Why.PORT_DENIED, Why.PORT_UNUSABLE)
_UNHEARD = (Why.MODULE_SILENT, Why.MODULE_ECHO_ONLY, Why.MODULE_GARBAGE)
_MAY_PASS = (*_GONE, *_UNUSABLE, *_UNHEARD)
"""Worth waiting for within a question: the module boots, another is put on, somebody lets go of the port."""

Outcome = ModuleReading | ModuleTrouble


def read_imei(url: str, timeout: float | None, options: AskOptions) -> Outcome:
    """One question to the module at a port, over in `timeout` seconds whatever the port does.

    Without `timeout` the boot window and all tries.
    """
    seconds = options.longest_seconds if timeout is None else timeout
    end = time.monotonic() + seconds
    question = _OneQuestion(url, end - min(_ANSWER_MARGIN_SECONDS, seconds / 10), options)
    thread, _ = in_background(question.ask)
    outcome = question.outcome_by(end)
    thread.join(max(0.0, end - time.monotonic()))
    return outcome


class _OneQuestion:
    """Asked in a thread of its own, since a port may block; what was seen by the end counts all the same."""

    def __init__(self, url: str, until: float, options: AskOptions) -> None:
        self._url, self._until, self._options = url, until, options
        self._dialogue: Dialogue | None = None
        self._outcome: Future[Outcome] = Future()

    def ask(self) -> None:
        try:
            with closing(OpenPort(self._url, self._options.port)) as port:
                self._dialogue = Dialogue(port, self._options)
                # before the port is closed, which may take its time
                self._outcome.set_result(self._dialogue.read_imei(self._until))
        except Faulted as fault:
            if not self._outcome.done():
                self._outcome.set_result(ModuleTrouble(fault.reason))
        except Exception as error:  # noqa: BLE001  raised again where the outcome is taken
            self._outcome.set_exception(error)

    def outcome_by(self, end: float) -> Outcome:
        try:
            return self._outcome.result(max(0.0, end - time.monotonic()))
        except TimeoutError:
            if self._dialogue is not None:
                return self._dialogue.best_so_far()
        why = Why.PORT_ABSENT if "://" in self._url else Why.PORT_UNUSABLE
        return ModuleTrouble(because(why, port=self._url))


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """Which port is watched, and how. Times in seconds."""

    url: str = ""
    """A device name, `socket://…` or `rfc2217://…`; empty: a module's AT port, wherever one appears."""
    ask: AskOptions = field(default_factory=AskOptions)
    look_seconds: float = 0.5
    """While the port is absent."""
    ping_seconds: float = 1.0
    """While a module is there."""


class SerialLink:
    """The fixture's port (`app.ports.fixture.Fixture`). Every report comes from its own thread."""

    def __init__(self, options: LinkOptions, lister: Lister = list_ports) -> None:
        self._options = options
        self._finder = PortFinder(options.url, lister)
        self._opener = PortOpener(options.ask.port)
        self._inbox = Inbox()
        self._thread = threading.Thread(target=self._run, name="module port", daemon=True)
        self._listener: FixtureListener
        self._dialogue: Dialogue | None = None
        self._url = ""
        self._present: str | None = None
        self._pings_lost = 0
        self._greetings = 0
        self._status: LinkStatus | None = None

    def start(self, listener: FixtureListener) -> None:
        self._listener = listener
        self._thread.start()

    def ask(self, ask: int, within: float) -> None:
        self._inbox.put(Question(ask, time.monotonic() + within))

    def stop(self) -> None:
        """Nothing is reported once this has returned."""
        self._inbox.stop()
        if self._thread.is_alive():
            self._thread.join()

    # --- everything below runs in the link's own thread ---

    def _run(self) -> None:
        while not self._inbox.stopped:
            question = self._inbox.take()
            try:
                if question:
                    self._answer(question)
                else:
                    self._watch()
            except Exception as error:
                _logger.exception("the link to the module stumbled")
                self._stumble(question, error)
        self._opener.abandon()
        self._close()

    def _stumble(self, question: Question | None, error: Exception) -> None:
        reason = because(Why.UNEXPECTED, detail=type(error).__name__)
        self._lose_port(reason)
        if question:
            self._listener.module_failed(question.number, ModuleTrouble(reason))
        self._inbox.wait(self._options.look_seconds)

    def _answer(self, question: Question) -> None:
        until = question.until - _ANSWER_MARGIN_SECONDS
        went: ModuleTrouble | None = None
        while True:
            outcome = self._read(until)
            if self._inbox.has_news():
                return
            if isinstance(outcome, ModuleReading):
                self._arrived(outcome, question.number)
                return
            if outcome.reason.why is Why.PORT_GONE:
                went = outcome
            if not self._may_pass(outcome, until):
                break
            self._inbox.wait(self._options.look_seconds)
        self._missing(outcome.reason)
        told = went if went and outcome.reason.why in (*_GONE, *_UNUSABLE) else outcome
        self._listener.module_failed(question.number, told)

    def _may_pass(self, trouble: ModuleTrouble, until: float) -> bool:
        left = until - time.monotonic()
        return trouble.reason.why in _MAY_PASS and left >= self._options.ask.greet_seconds

    def _watch(self) -> None:
        try:
            dialogue = self._connected(inf)
            if dialogue is None:
                return
            if self._present:
                self._ping(dialogue)
            elif dialogue.greet():
                self._meet()
            elif not self._inbox.has_news():
                self._nobody_answers()
        except Faulted as fault:
            self._lose_port(fault.reason)
            self._inbox.wait(self._options.look_seconds)

    def _ping(self, dialogue: Dialogue) -> None:
        self._inbox.wait(self._options.ping_seconds)
        if self._inbox.has_news():
            return
        reply = dialogue.ping()
        if self._inbox.has_news():
            return
        if reply.imei == self._present:
            self._pings_lost = 0
        elif reply.complete:
            self._meet()
        else:
            self._pings_lost += 1
        if self._pings_lost == _PINGS_LOST:
            dialogue.forget()
            self._module_left()

    def _meet(self) -> None:
        """Something answers that is not known yet, or no longer as before."""
        outcome = self._read(time.monotonic() + self._options.ask.longest_seconds)
        if self._inbox.has_news():
            return
        if isinstance(outcome, ModuleTrouble):
            self._missing(outcome.reason)
            self._inbox.wait(self._options.ping_seconds)
        elif outcome.imei == self._present:
            self._pings_lost = 0
        else:
            self._arrived(outcome, None)

    def _nobody_answers(self) -> None:
        self._publish(LinkState.SILENT)
        self._greetings += 1
        if self._greetings % _GREETINGS_A_PORT == 0 and self._finder.try_another():
            self._close()

    def _read(self, until: float) -> Outcome:
        try:
            dialogue = self._connected(until)
        except Faulted as fault:
            self._lose_port(fault.reason)
            return ModuleTrouble(fault.reason)
        if dialogue is None:
            return ModuleTrouble(because(Why.PORT_ABSENT, port=self._url))
        outcome = dialogue.read_imei(until)
        if isinstance(outcome, ModuleTrouble) and outcome.reason.why in (*_GONE, *_UNUSABLE):
            self._lose_port(outcome.reason)
        return outcome

    def _connected(self, until: float) -> Dialogue | None:
        if self._dialogue is None:
            self._url = self._finder.find()
            port = self._opener.open(self._url, until, self._inbox.has_news)
            if port is None:
                return None
            self._dialogue = Dialogue(port, self._options.ask, self._inbox.has_news)
        return self._dialogue

    def _arrived(self, reading: ModuleReading, ask: int | None) -> None:
        if reading.imei != self._present:
            self._module_left()
        self._present, self._pings_lost = reading.imei, 0
        self._listener.module_answered(ask, reading)
        self._publish(LinkState.ANSWERING)
        self._finder.stay_with(self._url)

    def _missing(self, reason: Reason) -> None:
        """What is on the fixture gives no IMEI, or there is nothing."""
        self._module_left()
        if self._dialogue:
            heard = reason.why not in _UNHEARD
            self._publish(LinkState.ANSWERING if heard else LinkState.SILENT, reason)

    def _module_left(self) -> None:
        if self._present:
            self._present, self._pings_lost = None, 0
            self._listener.module_gone()

    def _lose_port(self, reason: Reason) -> None:
        self._module_left()
        if reason.why not in _GONE:
            self._publish(LinkState.TROUBLE, reason)
        elif self._url or self._finder.named:
            self._publish(LinkState.ABSENT, reason)
        else:
            self._publish(LinkState.NONE, reason)
        self._close()

    def _close(self) -> None:
        if self._dialogue:
            self._dialogue.port.close()
            self._dialogue = None

    def _publish(self, state: LinkState, reason: Reason | None = None) -> None:
        status = LinkStatus(state, self._url or self._finder.named, reason)
        if _gist(status) != _gist(self._status):
            self._status = status
            self._listener.link_changed(status)


def _gist(status: LinkStatus | None) -> object:
    """What makes two states different to a person; seconds and tries do not."""
    return status and (status.state, status.port, status.reason and status.reason.why)

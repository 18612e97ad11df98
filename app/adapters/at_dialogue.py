"""Asking a module for its IMEI over one open port: commands, echo, retries, deadlines."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from app.adapters.open_port import OpenPort, PortOptions
from app.core.codes import is_imei
from app.core.errors import Faulted, Reason, Why, because
from app.core.modem_reply import Reply, Seen, read_reply
from app.ports.fixture import Exchange, ModuleReading, ModuleTrouble

QUESTIONS = ("AT+GSN", "AT+CGSN", "AT+CGSN=1", "AT+GSN?")
"""In this order: NB-IoT modules answer plain `AT+CGSN` with a serial number, Fibocom G510 wants `AT+GSN?`."""

READ_EGMR = "AT+EGMR=0,7"
"""Reads the IMEI on Quectel and MediaTek. With 1 instead of 0 it would write it: that is never sent."""

_GREETINGS = ("AT", "AT", "AT", "ATQ0")
"""Said in turn until something answers: with results off (`ATQ1`) no `AT` is ever answered."""

_ECHO_SECONDS = 0.3
"""An echo that has not come by then does not come: modules answer within 300 ms."""

_LINE_ENDS = frozenset(b"\r\n")
_LONGEST_REPLY = 1 << 16

_WHY = {
    Seen.NOTHING: Why.MODULE_SILENT,
    Seen.GARBAGE: Why.MODULE_GARBAGE,
    Seen.ECHO: Why.MODULE_ECHO_ONLY,
    Seen.TEXT: Why.MODULE_SILENT,
    Seen.ANSWER: Why.MODULE_WITHOUT_IMEI,
    Seen.NEVER_WRITTEN: Why.MODULE_IMEI_NEVER_WRITTEN,
    Seen.IMEI: Why.MODULE_UNSTEADY,
}


@dataclass(frozen=True, slots=True)
class AskOptions:
    """How a module is asked. Times in seconds; the defaults fit everything that was measured."""

    port: PortOptions = field(default_factory=PortOptions)
    boot_seconds: float = 25.0
    """For so long `AT` is said until something answers. EG25-G boots for 15 s."""
    greet_seconds: float = 0.5
    command_seconds: float = 2.0
    tries: int = 3
    pause_seconds: float = 0.3
    """Between two tries of a command."""
    egmr: bool = False
    """Ask `AT+EGMR=0,7` too."""

    @property
    def questions(self) -> tuple[str, ...]:
        return (*QUESTIONS, READ_EGMR) if self.egmr else QUESTIONS

    @property
    def longest_seconds(self) -> float:
        """The boot window and all tries of all commands."""
        one_try = self.command_seconds + self.pause_seconds
        return self.boot_seconds + (len(self.questions) + 1) * self.tries * one_try


@dataclass(slots=True)
class _Record:
    """What was said in one question so far."""

    until: float = inf
    started: float = field(default_factory=time.monotonic)
    exchanges: list[Exchange] = field(default_factory=list)
    seen: Seen = Seen.NOTHING
    refused: tuple[str, str] | None = None
    """An IMEI that is not valid, and the command that gave it."""

    def reading(self, imei: str, command: str) -> ModuleReading:
        return ModuleReading(imei, command, tuple(self.exchanges))

    def trouble(self, reason: Reason) -> ModuleTrouble:
        return ModuleTrouble(reason, tuple(self.exchanges))

    def best(self, otherwise: Reason) -> ModuleReading | ModuleTrouble:
        return self.reading(*self.refused) if self.refused else self.trouble(otherwise)

    def seen_on(self, port: str) -> Reason:
        seconds = round(time.monotonic() - self.started, 1)
        return because(_WHY[self.seen], port=port, tries=len(self.exchanges), seconds=seconds)


class Dialogue:
    """The conversation with whatever is behind one open port.

    `give_up` is looked at whenever nothing comes in: True ends what is under way with what was seen so far.
    """

    def __init__(
        self, port: OpenPort, options: AskOptions, give_up: Callable[[], bool] = lambda: False
    ) -> None:
        self.port = port
        self._options = options
        self._give_up = give_up
        self._record = _Record()
        self._answers = False
        self._echoes = False
        self._in_step = False
        """What was read agrees, and nothing was left unanswered since: no old answer is under way."""
        self._greetings = 0
        self._worked = options.questions[0]

    def greet(self) -> bool:
        """Says `AT` once; True where something answers. Its echo is switched on then.

        Raises:
            Faulted: the port is lost.
        """
        self._record = _Record()
        return self._greet()

    def ping(self) -> Reply:
        """Asks the command that gave the IMEI once more, once.

        Raises:
            Faulted: the port is lost.
        """
        self._record = _Record()
        return self._exchange(self._worked, self._options.greet_seconds)

    def forget(self) -> None:
        """The module has gone: the next one is greeted as a stranger."""
        self._answers = False

    def read_imei(self, until: float) -> ModuleReading | ModuleTrouble:
        """The IMEI, read twice, by the monotonic time `until`; or what was seen instead.

        A valid IMEI ends the search. One that is not valid is the answer where no command gives a valid one,
        even where the module or the port is lost afterwards.
        """
        self._record = _Record(until)
        try:
            self._wake()
            return self._search()
        except Faulted as fault:
            return self._record.best(fault.reason)

    def best_so_far(self) -> ModuleReading | ModuleTrouble:
        """What the question under way has brought until now; may be asked from any thread."""
        return self._record.best(self._record.seen_on(self.port.url))

    def _wake(self) -> None:
        """Greets through the boot window, but leaves time to ask: some answer nothing but the question."""
        left = self._record.until - time.monotonic()
        asking = len(self._options.questions) * self._options.greet_seconds
        window = min(self._options.boot_seconds, max(left / 2, left - asking))
        end = time.monotonic() + window
        while not self._answers and time.monotonic() < end and not self._give_up():
            self._greet()

    def _greet(self) -> bool:
        command = _GREETINGS[self._greetings % len(_GREETINGS)]
        self._greetings += 1
        self._in_step = False
        self._answers = self._exchange(command, self._options.greet_seconds).complete
        if self._answers:
            self._greetings = 0
            self._exchange("ATE1", self._options.command_seconds)
        return self._answers

    def _search(self) -> ModuleReading | ModuleTrouble:
        record = self._record
        for command in sorted(self._options.questions, key=lambda question: question != self._worked):
            imei = self._ask(command)
            valid = imei is not None and is_imei(imei)
            if imei is None or (record.refused and not valid):
                continue
            if not valid:
                record.refused = imei, command
            again = self._ask(command)
            if again != imei and (valid or again):
                return record.trouble(record.seen_on(self.port.url))
            self._worked = command
            if valid:
                self._in_step = True
                return record.reading(imei, command)
        return record.best(record.seen_on(self.port.url))

    def _ask(self, command: str) -> str | None:
        """Tries again where the module was busy, or only unsolicited lines came, or no final result."""
        options = self._options
        tries, seconds = (
            (options.tries, options.command_seconds) if self._answers else (1, options.greet_seconds)
        )
        for attempt in range(tries):
            if attempt:
                time.sleep(options.pause_seconds)
            if self._is_over():
                return None
            reply = self._exchange(command, seconds)
            self._answers = reply.complete
            if reply.complete and not reply.busy:
                return reply.imei
            if reply.unfinished:
                self._switch_results_on()
        return None

    def _switch_results_on(self) -> None:
        for command in ("ATQ0", "ATV1"):
            self._exchange(command, self._options.greet_seconds)

    def _is_over(self) -> bool:
        return time.monotonic() >= self._record.until or self._give_up()

    def _exchange(self, command: str, seconds: float) -> Reply:
        self.port.drop_input()
        self.port.send(command.encode("ascii") + b"\r")
        received = self._collect(command, min(time.monotonic() + seconds, self._record.until))
        reply = read_reply(command, received, self._echoes)
        if received:
            self._echoes = reply.echoed
        self._in_step = self._in_step and reply.complete
        self._record.exchanges.append(Exchange(command, received.decode("latin-1")))
        self._record.seen = max(self._record.seen, reply.seen)
        return reply

    def _collect(self, command: str, until: float) -> bytes:
        received = bytearray()
        heard_at = now = time.monotonic()
        while now < until and len(received) < _LONGEST_REPLY:
            try:
                chunk = self.port.receive()
            except Faulted:
                if not received:
                    raise
                return bytes(received)  # what came before the port went is still what was said
            now = time.monotonic()
            received += chunk
            heard_at = now if chunk else heard_at
            if self._has_ended(command, received, chunk, now - heard_at):
                break
        return bytes(received) + self.port.drop_input()

    def _has_ended(self, command: str, received: bytearray, chunk: bytes, silence: float) -> bool:
        """An answer with our echo ends with its final result, as any of a module that is in step.

        Any other ends once nothing more comes: it may have been the answer to something else.
        """
        if not chunk and self._give_up():
            return True
        if chunk and _LINE_ENDS.isdisjoint(chunk):
            return False
        reply = read_reply(command, bytes(received))
        if self._echoes:
            return reply.complete and (reply.echoed or silence >= _ECHO_SECONDS)
        return reply.complete and (reply.echoed or self._in_step or not chunk)

"""What a module's bytes say: the IMEI, the end of the answer, or what was seen instead.

Whole lines only: one real reply in seven holds another run of 15 digits (ICCID, IMEISV, IMSI, digits before
ERROR), so the bytes are never searched for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

_NOISE = b"\x00\xff"
_READABLE = frozenset(b"\t\r\n") | frozenset(range(0x20, 0x7F))
_UNREADABLE_SHARE = 4
"""One byte in four that is no text: the port runs at another speed than the module."""

_ECHO = re.compile(r"AT.*", re.IGNORECASE)
_GOOD_FINALS = ("OK", "0")
_FINAL = re.compile(r"OK|ERROR|\+CM[ES] ERROR:.*|COMMAND NOT SUPPORT|NO CARRIER|NA|0|4")
_BUSY = re.compile(r"\+CME ERROR: *(14|SIM busy)", re.IGNORECASE)

_DIGITS = r'("?)(?P<imei>[0-9]{15})\1'
_MAKERS_SERIAL = r'(?:, *"?(?![0-9]{15}"?$)[0-9A-Za-z]+"?)?'
_IMEI_LINE_OF_GSN = re.compile(r"(?:\+C?GSN: *)?(?:IMEI:? *)?" + _DIGITS + _MAKERS_SERIAL)
_IMEI_LINE_OF_EGMR = re.compile(r"\+EGMR: *" + _DIGITS)
_IMEI_LINE_OF_ATI = re.compile(r"IMEI: *(?:\+C?GSN: *)?" + _DIGITS)
_IMEI_LINES = (
    (re.compile(r"\+C?GSN(=1|\?)?"), _IMEI_LINE_OF_GSN),
    (re.compile(r"\+EGMR=0, *7"), _IMEI_LINE_OF_EGMR),
    (re.compile(r"I[0-9]?"), _IMEI_LINE_OF_ATI),
)
"""What the last command of a chain asks, and how a line that answers it with an IMEI looks."""

_NEVER_WRITTEN = re.compile(r'(?:\+(?:C?GSN|EGMR): *)?""')


class Seen(IntEnum):
    """What a reply amounts to, from least to most: the most of a conversation decides what is said of it."""

    NOTHING = 0
    GARBAGE = 1
    ECHO = 2
    """Our own command and nothing else: TX looped to RX, or the module is not ready."""
    TEXT = 3
    """Lines, but none that ends our command: unsolicited results, boot text, an answer cut short."""
    ANSWER = 4
    """A final result without an IMEI."""
    NEVER_WRITTEN = 5
    """The module says that its IMEI is empty."""
    IMEI = 6


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, read."""

    seen: Seen
    imei: str | None = None
    """15 digits as they stand in the answer. Check digit and placeholders are not looked at."""
    final: str | None = None
    """The final result that ends our command."""
    echoed: bool = False
    """Our own command stands in the reply."""
    unfinished: bool = False
    """A line with an IMEI stands there, but no final result: not arrived yet, or results are switched off."""

    @property
    def complete(self) -> bool:
        return self.final is not None

    @property
    def busy(self) -> bool:
        return self.final is not None and _BUSY.fullmatch(self.final) is not None


@dataclass(slots=True)
class _Answer:
    """Lines up to and with a final result, and the echo before them."""

    echo: str | None = None
    lines: list[str] = field(default_factory=list)
    final: str | None = None


def read_reply(command: str, reply: bytes, echoes: bool = False) -> Reply:
    """What the bytes that came after `command` say so far.

    With `echoes` the module is known to echo, and what stands without our echo is not ours. Without any echo
    the last answer that is complete decides; it is final once nothing more arrives.
    """
    answers = list(_answers(_whole_lines(reply)))
    if echoes or any(answer.echo for answer in answers):
        own = [answer for answer in answers if (answer.echo or "").upper() == command.upper()]
        ended = [answer for answer in own if answer.final]
    else:
        own = answers
        ended = [answer for answer in answers if answer.final][-1:]
    imei = _imei(command, ended)
    return Reply(
        seen=_seen(command, reply, ended, imei),
        imei=imei,
        final=ended[-1].final if ended else None,
        echoed=any(answer.echo for answer in own),
        unfinished=not ended and bool(own) and _imei_in(command, own[-1].lines) is not None,
    )


def _whole_lines(reply: bytes) -> list[str]:
    text = reply.translate(None, _NOISE).decode("latin-1")
    *ended, _cut_short = re.split(r"[\r\n]", text)
    return [line for line in (line.strip(" \t") for line in ended) if line]


def _answers(lines: Iterable[str]) -> Iterator[_Answer]:
    answer = _Answer()
    for line in lines:
        if _ECHO.fullmatch(line):
            yield answer
            answer = _Answer(echo=line)
        elif _FINAL.fullmatch(line):
            answer.final = line
            yield answer
            answer = _Answer()
        else:
            answer.lines.append(line)
    yield answer


def _imei(command: str, ended: list[_Answer]) -> str | None:
    imeis = {_imei_in(command, answer.lines) for answer in ended if answer.final in _GOOD_FINALS}
    return imeis.pop() if len(imeis) == 1 else None


def _imei_in(command: str, lines: Iterable[str]) -> str | None:
    """The one IMEI of an answer; two different ones are none."""
    pattern = _imei_line(command)
    if pattern is None:
        return None
    imeis = {match["imei"] for match in map(pattern.fullmatch, lines) if match}
    return imeis.pop() if len(imeis) == 1 else None


def _imei_line(command: str) -> re.Pattern[str] | None:
    last = command.upper().removeprefix("AT").rpartition(";")[2].strip()
    return next((line for asks, line in _IMEI_LINES if asks.fullmatch(last)), None)


def _seen(command: str, reply: bytes, ended: list[_Answer], imei: str | None) -> Seen:
    if imei:
        return Seen.IMEI
    if ended:
        empty = _imei_line(command) and any(map(_NEVER_WRITTEN.fullmatch, ended[-1].lines))
        return Seen.NEVER_WRITTEN if empty else Seen.ANSWER
    if not reply:
        return Seen.NOTHING
    if sum(byte not in _READABLE for byte in reply) * _UNREADABLE_SHARE >= len(reply):
        return Seen.GARBAGE
    lines = _whole_lines(reply)
    only_echo = lines and all(line.upper() == command.upper() for line in lines)
    return Seen.ECHO if only_echo else Seen.TEXT

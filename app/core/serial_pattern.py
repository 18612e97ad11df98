"""Patterns for SNs: letters and digits as they are, and fields in braces.

{n:6}     a counter of 6 digits, zeros in front
{r:12}    12 random digits; where the SN begins with them, the first is no zero
{luhn}    check digit over the digits before it (as an IMEI's)
{mod37}   check character over the capitals and digits before it (ISO 7064, Mod 37,36)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from stdnum import luhn
from stdnum.iso7064 import mod_37_36

from app.core.codes import SERIAL_NUMBER_MAX, SerialNumber
from app.core.errors import Refused, Why, because

_PIECE = re.compile(
    r"(?P<literal>[0-9A-Za-z]+)|\{(?:(?P<name>[nr]):(?P<width>[1-9][0-9]?)|(?P<check>luhn|mod37))\}"
)
_CHECKS: dict[str, tuple[str, Callable[[str], str]]] = {
    "luhn": ("[0-9]+", lambda text: str(luhn.calc_check_digit(text))),
    "mod37": ("[0-9A-Z]+", lambda text: str(mod_37_36.calc_check_digit(text))),
}


class Digits(Protocol):
    """Where random digits come from."""

    def __call__(self, count: int) -> str: ...


@dataclass(frozen=True, slots=True)
class SerialPattern:
    """Made by `parse_pattern`."""

    text: str
    pieces: tuple[tuple[str, str], ...]
    """Kind (`literal`, `n`, `r`, `check`) and what stands there: text, width, name of the check."""

    def width_of(self, kind: str) -> int:
        return sum(int(text) for name, text in self.pieces if name == kind)

    def write(self, counter: int, digits: Digits) -> SerialNumber:
        """The SN for this count. Raises `Refused` where the counter is too long or a check cannot be made."""
        text = ""
        for kind, what in self.pieces:
            text += self._piece(kind, what, text, counter, digits)
        return SerialNumber(text)

    def _piece(self, kind: str, what: str, before: str, counter: int, digits: Digits) -> str:
        match kind:
            case "n":
                if len(str(counter)) > int(what):
                    raise Refused(because(Why.SERIALS_RUN_OUT, pattern=self.text))
                return str(counter).zfill(int(what))
            case "r":
                return digits(int(what)) if before else _without_zero_in_front(digits, int(what))
            case "check":
                return self._check(what, before)
            case _:
                return what

    def _check(self, name: str, before: str) -> str:
        covers, calculate = _CHECKS[name]
        if not re.fullmatch(covers, before):
            raise Refused(because(Why.SERIAL_PATTERN, pattern=self.text, field=name))
        return calculate(before)


def _without_zero_in_front(digits: Digits, count: int) -> str:
    """A spreadsheet would take it away."""
    while (drawn := digits(count)).startswith("0"):
        pass
    return drawn


def parse_pattern(text: str) -> SerialPattern:
    """Raises `Refused` where it is none, or would make SNs that are none."""
    pieces, position = [], 0
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            raise Refused(because(Why.SERIAL_PATTERN, pattern=text, field=text[position : position + 12]))
        position = piece.end()
        pieces.append(_kind(piece))
    made = SerialPattern(text, tuple(pieces))
    if made.width_of("n") + made.width_of("r") > SERIAL_NUMBER_MAX or _counters(made) > 1:
        raise Refused(because(Why.SERIAL_PATTERN, pattern=text, field="{n}"))
    made.write(0, lambda count: "1" * count)
    return made


def _counters(pattern: SerialPattern) -> int:
    return [kind for kind, _ in pattern.pieces].count("n")


def _kind(piece: re.Match[str]) -> tuple[str, str]:
    if piece["literal"]:
        return "literal", piece["literal"]
    return ("check", piece["check"]) if piece["check"] else (piece["name"], piece["width"])

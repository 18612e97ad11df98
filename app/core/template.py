"""Custom payload formats: one template both reads and writes the text of a device's QR code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core.codes import PRODUCT_KEY_MAX, SERIAL_NUMBER_MAX, DeviceCode, ProductKey, SerialNumber
from app.core.errors import Refused, Why, because
from app.core.payload import (
    PLATFORM_FORMAT,
    PLATFORM_TEMPLATE,
    RESERVED_PREFIX,
    Payload,
    PayloadFormat,
    refuse_another_scan_at_the_end,
)

_PLATFORM_NAMES = frozenset({PLATFORM_TEMPLATE, "pk={pk}&sn={sn}&v=1"})
_DIGITS = "0123456789"
_ALPHANUMERIC = _DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Field:
    """A place for a value: which characters, how many."""

    name: str
    characters: frozenset[str]
    shortest: int
    longest: int

    @property
    def pattern(self) -> str:
        inside = "".join(sorted(self.characters))
        return f"(?P<{self.name}>[{inside}]{{{self.shortest},{self.longest}}})"

    def ends_at(self, literal: str) -> bool:
        """Whether the boundary to a literal beside this field can only be in one place."""
        return self.shortest == self.longest or not set(literal) <= self.characters


_DEFAULT_FIELDS = {
    "pk": _Field("pk", frozenset(_ALPHANUMERIC), 1, PRODUCT_KEY_MAX),
    "sn": _Field("sn", frozenset(_ALPHANUMERIC), 1, SERIAL_NUMBER_MAX),
    "v": _Field("v", frozenset(_DIGITS), 1, 3),
}

_Part = str | _Field


@dataclass(frozen=True, slots=True)
class CustomFormat:
    """Literal text around `{pk}` and `{sn}`, matched whole and case-sensitively. Made by `parse_template`."""

    template: str
    parts: tuple[_Part, ...] = field(repr=False)
    matcher: re.Pattern[str] = field(repr=False, compare=False)

    def read(self, text: str) -> Payload | None:
        found = self.matcher.fullmatch(text)
        if found is None:
            return None
        values = found.groupdict()
        refuse_another_scan_at_the_end(text, values["pk"], values["sn"])
        return Payload(DeviceCode(ProductKey(values["pk"]), SerialNumber(values["sn"])), values.get("v"))

    def write(self, device: DeviceCode, v: str = "1") -> str:
        """Raises `Refused` where a value does not fit its field's class."""
        values = {"pk": str(device.pk), "sn": str(device.sn), "v": v}
        text = "".join(part if isinstance(part, str) else values[part.name] for part in self.parts)
        if self.read(text) != Payload(device, v if "v" in self.matcher.groupindex else None):
            raise Refused(because(Why.TEMPLATE_NOT_READ_BACK, template=self.template, text=text))
        return text


def parse_template(template: str) -> PayloadFormat:
    """The format that this template names.

    Raises:
        Refused: a field is missing, unknown or stands twice, fields touch, the text could be read two ways,
            or what it writes would not survive a scan; the reason says which.
    """
    if template in _PLATFORM_NAMES:
        return PLATFORM_FORMAT
    parts = tuple(_merged(_parts(template)))
    _require_fields(template, parts)
    _require_scannable(template, parts)
    _require_unambiguous(template, parts)
    pattern = "".join(re.escape(part) if isinstance(part, str) else part.pattern for part in parts)
    made = CustomFormat(template, parts, re.compile(pattern))
    _require_apart_from_platform(made)
    return made


_TOKEN = re.compile(
    r"(?P<brace>\{\{|\}\})"
    r"|\{(?P<name>[A-Za-z]\w*)(?::(?P<class>\[[^\]\[{}]*\](?:\{[0-9]+(?:,[0-9]+)?\})?))?\}"
    r"|(?P<literal>[^{}])"
)


def _parts(template: str) -> Iterator[_Part]:
    position = 0
    while position < len(template):
        token = _TOKEN.match(template, position)
        if token is None:
            raise Refused(because(Why.TEMPLATE_BRACE, template=template, position=position + 1))
        position = token.end()
        if token["name"]:
            yield _field(template, token["name"], token["class"])
        else:
            yield token["literal"] or token["brace"][0]


def _field(template: str, name: str, wanted: str | None) -> _Field:
    default = _DEFAULT_FIELDS.get(name)
    if default is None:
        raise Refused(because(Why.TEMPLATE_FIELD_UNKNOWN, template=template, field=name))
    if wanted is None:
        return default
    inside, _, count = wanted[1:].partition("]")
    characters = _characters(inside)
    shortest, longest = _lengths(count, default)
    if (
        not characters
        or not characters <= default.characters
        or not 1 <= shortest <= longest <= default.longest
    ):
        raise Refused(because(Why.TEMPLATE_CLASS, template=template, field=name, wanted=wanted))
    return _Field(name, characters, shortest, longest)


def _characters(inside: str) -> frozenset[str]:
    found: set[str] = set()
    for first, last in re.findall(r"(.)(?:-(.))?", inside):
        found.update(chr(code) for code in range(ord(first), ord(last or first) + 1))
    return frozenset(found)


def _lengths(count: str, default: _Field) -> tuple[int, int]:
    if not count:
        return default.shortest, default.longest
    shortest, _, longest = count.strip("{}").partition(",")
    return int(shortest), int(longest or shortest)


def _merged(parts: Iterator[_Part]) -> Iterator[_Part]:
    literal = ""
    for part in parts:
        if isinstance(part, str):
            literal += part
            continue
        if literal:
            yield literal
        literal = ""
        yield part
    if literal:
        yield literal


def _require_fields(template: str, parts: tuple[_Part, ...]) -> None:
    names = [part.name for part in parts if isinstance(part, _Field)]
    for name in ("pk", "sn"):
        if name not in names:
            raise Refused(because(Why.TEMPLATE_FIELD_MISSING, template=template, field=name))
    for name in names:
        if names.count(name) > 1:
            raise Refused(because(Why.TEMPLATE_FIELD_TWICE, template=template, field=name))


def _require_scannable(template: str, parts: tuple[_Part, ...]) -> None:
    """Refuses what cleaning a scan would take away or refuse."""
    literals = [part for part in parts if isinstance(part, str)]
    for character in "".join(literals):
        if not " " <= character <= "~":
            raise Refused(because(Why.TEMPLATE_CHARACTER, template=template, character=character))
    if template[0] in " ]" or template[-1] == " ":
        raise Refused(because(Why.TEMPLATE_EDGE, template=template))
    if template.startswith(RESERVED_PREFIX):
        raise Refused(because(Why.TEMPLATE_RESERVED, template=template, prefix=RESERVED_PREFIX))


def _require_unambiguous(template: str, parts: tuple[_Part, ...]) -> None:
    """A text has one reading where every boundary can be found from the left or from the right.

    A field ends for sure where its length is fixed, or where the literal beside it holds a character that the
    field cannot hold. At most one field may be left over: it is what lies between the others.
    """
    fields = [index for index, part in enumerate(parts) if isinstance(part, _Field)]
    for index in fields:
        if index + 1 in fields:
            raise Refused(because(Why.TEMPLATE_TOUCHING, template=template))
    from_left = _found(parts, fields, step=1)
    from_right = _found(parts, fields[::-1], step=-1)
    if from_left + from_right < len(fields) - 1:
        raise Refused(because(Why.TEMPLATE_AMBIGUOUS, template=template))


def _found(parts: tuple[_Part, ...], fields: list[int], step: int) -> int:
    for count, index in enumerate(fields[:-1]):
        part, beside = parts[index], parts[index + step]
        if isinstance(part, _Field) and isinstance(beside, str) and not part.ends_at(beside):
            return count
    return len(fields) - 1


def _require_apart_from_platform(made: CustomFormat) -> None:
    """A text of the platform's shape means what the platform says; a template may only say the same."""
    for probe in ("pk=p11sf2&sn=123456789123456789&v=1", "sn=1&pk=p11sf2&v=1", "v=1&pk=p11sf2&sn=1"):
        if not _same(made.read(probe), PLATFORM_FORMAT.read(probe)):
            raise Refused(because(Why.TEMPLATE_PLATFORM, template=made.template))


def _same(ours: Payload | None, platforms: Payload | None) -> bool:
    return ours is None or (platforms is not None and ours.device == platforms.device)

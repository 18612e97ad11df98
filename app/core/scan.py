"""From what a scanner delivers to what it means: cleaning, then recognising by content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.cards import Card, read_card
from app.core.codes import DeviceCode, Imei
from app.core.errors import Reason, Refused, Why, because
from app.core.looks import LooksLike, looks_like
from app.core.module_label import LabelRefusal, ModuleLabel, read_module_label
from app.core.payload import PayloadFormat

FRAME_ENDS = "\r\n\0\x03"
"""CR, LF, NUL and ETX end a frame (measured on serial and keyboard scanners)."""

_STX, _GS, _BOM = "\x02", "\x1d", "\ufeff"
_AIM_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1_IDENTIFIERS = frozenset({"]d2", "]C1", "]Q3", "]e0"})
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LONGEST_FRAME = 2048


@dataclass(frozen=True, slots=True)
class CleanText:
    """A frame's printable ASCII, and the symbology identifier that stood in front of it."""

    text: str
    aim: str = ""

    @property
    def is_gs1(self) -> bool:
        return self.aim in _GS1_IDENTIFIERS


@dataclass(frozen=True, slots=True)
class ScannedDevice:
    """A device code."""

    device: DeviceCode
    v: str | None
    template: str


@dataclass(frozen=True, slots=True)
class ScannedLabel:
    """A module's label."""

    imei: Imei
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScannedCard:
    """A command card."""

    card: Card


@dataclass(frozen=True, slots=True)
class Unknown:
    """None of the declared codes; `imei_text` is set where it means to be an IMEI and is not a valid one."""

    reason: Reason
    looks_like: LooksLike | None = None
    imei_text: str | None = None


Scan = ScannedDevice | ScannedLabel | ScannedCard | Unknown


def split_frames(text: str) -> list[str]:
    """The frames in a scanner's output, empty ones dropped."""
    return [frame for frame in re.split(f"[{FRAME_ENDS}]", text) if frame]


def is_empty(frame: str) -> bool:
    """Whether nothing but ends of frames arrived: no scan, and no answer."""
    return not split_frames(frame)


def clean(frame: str) -> CleanText:
    """Takes off what scanners and input methods add.

    Raises:
        Refused: nothing is left, two frames stand here, or a character that no code of ours can hold.
    """
    frames = split_frames(frame)
    if len(frames) > 1:
        raise Refused(because(Why.TWO_SCANS, v=printable(frames[1])))
    text = _trimmed(frames[0]) if frames else ""
    identifier = _AIM_IDENTIFIER.match(text)
    aim = identifier.group() if identifier else ""
    text = _trimmed(text[len(aim) :]).translate(_FULL_WIDTH)
    if not text:
        raise Refused(because(Why.EMPTY_SCAN))
    if len(text) > _LONGEST_FRAME:
        raise Refused(because(Why.UNKNOWN_TEXT, length=len(text)))
    cleaned = CleanText(text, aim)
    _require_printable_ascii(text.replace(_GS, "") if cleaned.is_gs1 else text)
    return cleaned


def clean_text(frame: str) -> str:
    """The cleaned text, or nothing where it cannot be cleaned."""
    try:
        return clean(frame).text
    except Refused:
        return ""


def _trimmed(text: str) -> str:
    return text.lstrip(_STX + _BOM).strip(_GS + "\t ").lstrip(_BOM)


def _require_printable_ascii(text: str) -> None:
    for position, character in enumerate(text, start=1):
        if " " <= character <= "~":
            continue
        why = Why.FOREIGN_CHARACTER
        if unicodedata.category(character) == "Cc":
            why = Why.CONTROL_CHARACTER
        elif unicodedata.category(character) in ("Cf", "Zs", "Zl", "Zp"):
            why = Why.INVISIBLE_CHARACTER
        name = unicodedata.name(character, "")
        raise Refused(because(why, position=position, code=f"U+{ord(character):04X}", name=name))


def printable(text: str) -> str:
    """The text with whatever is not printable as a backslash escape, for journals and screens."""
    return "".join(c if c.isprintable() and c != "\\" else c.encode("unicode_escape").decode() for c in text)


def recognise(frame: str, formats: Sequence[PayloadFormat]) -> Scan:
    """What a scanned frame is, by its content alone."""
    try:
        cleaned = clean(frame)
        card = read_card(cleaned.text)
    except Refused as refusal:
        return Unknown(refusal.reason)
    if card is not None:
        return ScannedCard(card)
    devices, complaint = _devices(cleaned.text, formats)
    label = read_module_label(cleaned.text, cleaned.is_gs1)
    return _one_meaning(cleaned.text, devices, complaint, label, formats)


def _devices(text: str, formats: Sequence[PayloadFormat]) -> tuple[list[ScannedDevice], Reason | None]:
    found: list[ScannedDevice] = []
    complaint: Reason | None = None
    for payload_format in formats:
        try:
            payload = payload_format.read(text)
        except Refused as refusal:
            complaint = refusal.reason
            continue
        if payload is not None:
            found.append(ScannedDevice(payload.device, payload.v, payload_format.template))
    return found, complaint


def _one_meaning(
    text: str,
    devices: list[ScannedDevice],
    complaint: Reason | None,
    label: ModuleLabel | LabelRefusal | None,
    formats: Sequence[PayloadFormat],
) -> Scan:
    meanings = {found.device for found in devices}
    if len(meanings) > 1 or (meanings and isinstance(label, ModuleLabel)):
        return Unknown(because(Why.AMBIGUOUS_CODE, text=text))
    if devices:
        return devices[0]
    if isinstance(label, ModuleLabel):
        if complaint is not None or _holds_device(label, formats):
            return Unknown(because(Why.TWO_SCANS, v=text), LooksLike.TWO_SCANS)
        return ScannedLabel(label.imei, label.fields)
    if label is not None and label.imei_text is not None:
        return Unknown(label.reason, LooksLike.IMEI, label.imei_text)
    return _unknown(text, complaint or (label.reason if label else None))


def _holds_device(label: ModuleLabel, formats: Sequence[PayloadFormat]) -> bool:
    """A device code stands among the label's fields: two scans ran together."""
    return any(any(_devices(one, formats)) for one in label.fields)


def _unknown(text: str, complaint: Reason | None) -> Unknown:
    guess = looks_like(text)
    if guess is LooksLike.TWO_SCANS:
        return Unknown(because(Why.TWO_SCANS, v=text), guess)
    if complaint is not None:
        return Unknown(complaint, guess)
    if guess is not None:
        return Unknown(because(Why.LOOKS_LIKE, looks_like=guess), guess)
    return Unknown(because(Why.UNKNOWN_TEXT, length=len(text)))

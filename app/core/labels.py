"""What stands on one label, and that a station will read it as meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.codes import DeviceCode, Imei
from app.core.errors import Refused, Why, because
from app.core.label_layout import LabelLayout
from app.core.payload import PayloadFormat
from app.core.scan import ScannedCard, ScannedDevice, ScannedLabel, recognise

FIELDS = ("sn", "pk", "imei", "product", "order", "date", "text")
"""What a layout may name in braces."""

_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Label:
    """One label: the device, its QR's text, and what else may be printed."""

    device: DeviceCode
    payload: str
    values: Mapping[str, str] = field(default_factory=dict)
    """By the names in `FIELDS`; a value that is missing is empty."""


def fields_of(text: str) -> list[str]:
    return _FIELD.findall(text)


def without_fields(text: str) -> str:
    return _FIELD.sub("", text)


def filled(text: str, label: Label) -> str:
    """The text with the label's values; empty where it has fields and none of them a value."""
    values = {**label.values, "sn": str(label.device.sn), "pk": str(label.device.pk)}
    named = fields_of(text)
    if named and not any(values.get(name) for name in named):
        return ""
    return " ".join(_FIELD.sub(lambda found: values.get(found[1], ""), text).split())


def names_field(layout: LabelLayout, field: str) -> bool:
    """Whether the layout prints it."""
    texts = [place.text for place in layout.texts] + [place.text for place in layout.bars]
    return any(field in fields_of(text) for text in texts)


def require_places(layout: LabelLayout, texts: Mapping[str, str]) -> None:
    """Raises `Refused` where a text that is wanted would vanish; `texts` by the names in `FIELDS`."""
    for name, text in texts.items():
        if text and not names_field(layout, name):
            raise Refused(because(Why.LABEL_TEXT_NO_PLACE, text=text, field=name, layout=layout.name))


def make_label(
    device: DeviceCode,
    format: PayloadFormat,
    formats: Sequence[PayloadFormat],
    imei: Imei | None = None,
    values: Mapping[str, str] | None = None,
) -> Label:
    """A label whose QR every station with these formats reads as this device.

    Raises:
        Refused: the format cannot write it, or a station would understand something else or nothing.
    """
    payload = format.write(device)
    scan = recognise(payload, [*formats, *(one for one in [format] if one not in formats)])
    if not isinstance(scan, ScannedDevice) or scan.device != device:
        raise Refused(because(Why.CODE_MEANS_OTHERWISE, sn=device.sn, text=payload))
    return Label(device, payload, {**(values or {}), **({"imei": str(imei)} if imei else {})})


def codes_on(label: Label, layout: LabelLayout) -> tuple[str, ...]:
    """The text of every code that the layout prints for this label: the QR first, then the bars by text."""
    bars = [filled(place.text, label) for place in layout.bars]
    return (label.payload, *sorted(text for text in bars if text))


def require_harmless_bars(label: Label, layout: LabelLayout, formats: Sequence[PayloadFormat]) -> None:
    """A bar code beside the QR may be scanned by mistake: it must not be taken for a module, or for a card.

    Raises:
        Refused: an SN that is also a valid IMEI, as one in ten of 15 digits is.
    """
    for text in codes_on(label, layout)[1:]:
        scan = recognise(text, formats)
        means_module = isinstance(scan, ScannedLabel) and scan.imei != label.values.get("imei")
        if means_module or isinstance(scan, ScannedCard):
            raise Refused(because(Why.CODE_MEANS_OTHERWISE, sn=label.device.sn, text=text))

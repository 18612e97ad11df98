"""Products: what a manufacturer makes, and what the station asks of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from app.core.codes import Imei, Pair, ProductKey
from app.core.errors import Refused, Why, because
from app.core.payload import PayloadFormat
from app.core.template import parse_template

NAME_MAX = 64
DEVICE_NAME_MAX = 128
TARGET_MAX = 100_000
"""Units per hour."""

_TAC = re.compile(r"[0-9]{8}\Z")
_DEVICE_NAME_FIELDS = frozenset({"pk", "sn", "imei"})

Detail = str | int | bool | list[str]


class ImeiSource(StrEnum):
    """Where the IMEI of a unit may come from."""

    SERIAL = "serial"
    LABEL = "label"
    EITHER = "either"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Product:
    """What a supervisor says of one product.

    Raises:
        Refused: PRODUCT_NAME, TAC_DIGITS, DEVICE_NAME, TARGET_RANGE.
    """

    pk: ProductKey
    name: str = ""
    imei_from: ImeiSource | None = None
    """None is what the station's settings say."""
    tacs: tuple[str, ...] = ()
    """The type allocation codes that its modules may have; none listed allows all."""
    format: PayloadFormat | None = None
    """None is the platform's."""
    typed: bool = False
    """Whether SN and IMEI may be typed in where they cannot be scanned."""
    device_name: str = ""
    """The platform's Device Name of each unit, as a pattern with `{pk}`, `{sn}`, `{imei}`."""
    target: int = 0
    """Units per hour; 0 is none."""

    def __post_init__(self) -> None:
        if len(self.name) > NAME_MAX or not self.name.isprintable():
            raise Refused(because(Why.PRODUCT_NAME, name=self.name, most=NAME_MAX))
        for tac in self.tacs:
            if not _TAC.match(tac):
                raise Refused(because(Why.TAC_DIGITS, tac=tac))
        if not 0 <= self.target <= TARGET_MAX:
            raise Refused(because(Why.TARGET_RANGE, high=TARGET_MAX))
        _require_device_name(self.device_name)

    def takes(self, imei: Imei) -> bool:
        """Whether a module of this type may be in this product."""
        return not self.tacs or imei.tac in self.tacs

    def device_name_of(self, pair: Pair) -> str:
        return self.device_name.format(pk=pair.device.pk, sn=pair.device.sn, imei=pair.imei)

    def facts(self) -> dict[str, Detail]:
        """All but the PK, as the journal keeps it."""
        return {
            "name": self.name,
            "imei_from": self.imei_from or "",
            "tacs": list(self.tacs),
            "format": self.format.template if self.format else "",
            "typed": self.typed,
            "device_name": self.device_name,
            "target": self.target,
        }


def product_of(pk: str, kept: Mapping[str, object]) -> Product:
    """The product of `Product.facts`.

    Raises:
        Refused, ValueError: it was never one.
    """
    source, template = str(kept["imei_from"]), str(kept["format"])
    return Product(
        pk=ProductKey(pk),
        name=str(kept["name"]),
        imei_from=ImeiSource(source) if source else None,
        tacs=tuple(str(kept["tacs"]).split()),
        format=parse_template(template) if template else None,
        typed=bool(kept["typed"]),
        device_name=str(kept["device_name"]),
        target=int(str(kept["target"])),
    )


def _require_device_name(pattern: str) -> None:
    """Only bare fields: `{sn}`, never `{sn.x}` or `{sn:>9}`."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise Refused(because(Why.DEVICE_NAME, pattern=pattern)) from error
    bare = all(
        name is None or (name in _DEVICE_NAME_FIELDS and not spec and conversion is None)
        for _, name, spec, conversion in parts
    )
    if not bare or len(pattern) > DEVICE_NAME_MAX or not pattern.isprintable():
        raise Refused(because(Why.DEVICE_NAME, pattern=pattern))

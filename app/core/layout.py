"""How a relationship file is laid out: which column stands where, and in which bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column of a relationship file holds."""

    DEVICE_KEY = "device-key"
    PRODUCT_KEY = "product-key"
    SN = "sn"
    NAME = "name"
    FINGERPRINT = "fingerprint"


@dataclass(frozen=True, slots=True)
class Layout:
    """One edition of the file, as the platform offers it or as a factory downloaded it."""

    header: tuple[str, ...]
    """The header's cells, exactly as they stand in the file."""
    columns: tuple[Column | None, ...]
    """What stands under each header cell; a column that nobody knows stays empty."""
    encoding: str = "utf-8"
    """Python's name of the codec; `utf-8-sig` where the file begins with a byte order mark."""
    delimiter: str = ","
    line_end: str = "\r\n"
    header_line: str = ""
    """The header as the very line that stands in a CSV template, quotes and all, without its line end; empty
    where it is written from `header`."""

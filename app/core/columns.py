"""Which column of a table is which: by the name in the header, and where that lies, by the content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from app.core.codes import is_imei
from app.core.errors import Refused, Why, because
from app.core.layout import Column

RELATIONSHIP = (Column.DEVICE_KEY, Column.PRODUCT_KEY, Column.SN)
"""What a relationship file cannot do without."""

WORDS = {
    Column.DEVICE_KEY: "DeviceKey",
    Column.PRODUCT_KEY: "ProductKey",
    Column.SN: "SN",
    Column.NAME: "Device Name",
    Column.FINGERPRINT: "Certificate Fingerprint",
}
"""The platform's own words, the same in every language."""

_NAMES = {
    Column.DEVICE_KEY: "devicekey dk imei imei1 deviceimei moduleimei devicekeyimei "
    "设备devicekey 设备dk 设备key 设备imei 模组imei 模块imei imei号 imei码 设备唯一标识",
    Column.PRODUCT_KEY: "productkey pk productpk 产品productkey 产品pk 产品key 产品标识",
    Column.SN: "sn devicesn sncode snnumber serial serialno serialnumber deviceserialnumber "
    "设备sn sn号 sn码 设备sn号 设备sn码 序列号 设备序列号 产品sn",
    Column.NAME: "devicename name 设备名称 设备名 设备devicename 名称",
    Column.FINGERPRINT: "certificatefingerprint fingerprint certfingerprint 证书指纹 指纹 设备证书指纹",
}
"""Editions of the platform and of the incumbent tool, and what factories write; as `_bare` leaves them."""

_COLUMN = {name: column for column, names in _NAMES.items() for name in names.split()}
_ORNAMENT = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"\(.*?\)")


def recognise(header: Sequence[str]) -> tuple[Column | None, ...]:
    """What stands under each cell of this header; None where nobody knows.

    Raises:
        Refused: COLUMN_TWICE, two cells name the same column.
    """
    columns = tuple(map(_column, header))
    for column in columns:
        if column is not None and columns.count(column) > 1:
            raise Refused(because(Why.COLUMN_TWICE, column=WORDS[column]))
    return columns


def known(header: Sequence[str]) -> int:
    """How many of its cells name a column."""
    return sum(_column(cell) is not None for cell in header)


def required(
    columns: Sequence[Column | None], wanted: Sequence[Column], header: Sequence[str]
) -> tuple[Column | None, ...]:
    """The same columns.

    Raises:
        Refused: COLUMNS_MISSING; facts: `missing`, and the `header` as it stands.
    """
    missing = [WORDS[column] for column in wanted if column not in columns]
    if missing:
        told = " | ".join(cell for cell in header if cell) or "-"
        raise Refused(because(Why.COLUMNS_MISSING, missing=", ".join(missing), header=told))
    return tuple(columns)


def by_content(
    columns: tuple[Column | None, ...], rows: Sequence[Sequence[str]]
) -> tuple[Column | None, ...]:
    """The columns as they are filled: DeviceKey and ProductKey change places where the header has them the
    wrong way round, as version 1.2.0 of the incumbent tool writes it over the rows of 1.0.0."""
    device, product = columns.index(Column.DEVICE_KEY), columns.index(Column.PRODUCT_KEY)
    if not _imeis(rows, product) or _imeis(rows, device):
        return columns
    swapped = list(columns)
    swapped[device], swapped[product] = swapped[product], swapped[device]
    return tuple(swapped)


def _imeis(rows: Sequence[Sequence[str]], place: int) -> int:
    return sum(1 for row in rows if place < len(row) and is_imei(row[place]))


def _column(name: str) -> Column | None:
    """What stands in brackets may explain the name: `SN (15 digits)`."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _COLUMN.get(_bare(folded)) or _COLUMN.get(_bare(_BRACKETS.sub("", folded)))


def _bare(name: str) -> str:
    return _ORNAMENT.sub("", name)

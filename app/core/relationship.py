"""The relationship file: the platform's columns, and one row for each live pair."""

from __future__ import annotations

from enum import StrEnum

from app.core.record import RelationshipRow


class Template(StrEnum):
    """The platform's own editions of its device import template."""

    EN = "en"
    ZH = "zh"


HEADERS = {
    Template.EN: ("*DeviceKey", "*ProductKey", "Device SN", "Device Name", "Certificate Fingerprint"),
    Template.ZH: ("*设备DeviceKey", "*产品ProductKey", "设备SN", "设备名称", "证书指纹"),
}
"""Columns in the platform's order; `*` marks a required one."""


def cells(row: RelationshipRow) -> tuple[str, ...]:
    """The row in the order of `HEADERS`."""
    pair = row.pair
    return (pair.imei, pair.device.pk, pair.device.sn, row.name, row.fingerprint)

"""Labels, layouts and a book of SNs for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.adapters.label_fonts import LabelFonts
from app.adapters.layout_files import LayoutFiles
from app.core.codes import DeviceCode, Imei, ProductKey, SerialNumber
from app.core.label_layout import LabelLayout
from app.core.label_record import LabelRecord
from app.core.labels import Label, make_label
from app.core.payload import PLATFORM_FORMAT
from app.core.serials import SerialStanding, in_a_row
from app.paths import resource

PK = ProductKey("p11sf2")
FIRST = "123456789123456652"
IMEI = Imei("863950069494278")
FONTS = LabelFonts(resource("fonts"))
LAYOUTS = LayoutFiles([resource("templates")])
ENGLISH = {"product": "Tracker T1", "order": "WO-118", "date": "2025-11-22", "text": "Made in China"}
CHINESE = {"product": "智能追踪器 T1", "order": "工单118", "date": "2025-11-22", "text": "中国制造"}


def layout(name: str = "a4-24-70x37") -> LabelLayout:
    return LAYOUTS.layout(name)


def device(sn: str) -> DeviceCode:
    return DeviceCode(PK, SerialNumber(sn))


def labels(count: int, values: dict[str, str] | None = None, imei: Imei | None = None) -> list[Label]:
    return [
        make_label(DeviceCode(PK, sn), PLATFORM_FORMAT, [PLATFORM_FORMAT], imei, values or ENGLISH)
        for sn in in_a_row(FIRST, count)
    ]


@dataclass
class Book:
    """SNs and what became of them, as a journal would tell it."""

    known: dict[str, SerialStanding] = field(default_factory=dict)
    recorded: list[LabelRecord] = field(default_factory=list)

    def standing(self, device: DeviceCode) -> SerialStanding:
        return self.known.get(device.sn, SerialStanding.FREE)

    def standings(self, devices: Sequence[DeviceCode]) -> list[SerialStanding]:
        return [self.standing(one) for one in devices]

    def imei_of(self, device: DeviceCode) -> Imei | None:
        return IMEI if self.standing(device) is SerialStanding.BOUND else None

    def has_label(self, device: DeviceCode, layout: str) -> bool:
        return any(device in made.devices and made.layout == layout for made in self.recorded)

    def record(self, labels: LabelRecord) -> None:
        for one in labels.devices:
            self.known.setdefault(one.sn, SerialStanding.ISSUED)
        self.recorded.append(labels)

"""What goes on record of a batch of labels: each label an event, so that its SN is never issued again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.codes import DeviceCode
from app.core.errors import Refused, Why, because
from app.core.people import Act
from app.core.record import Entry, EventKind
from app.core.serials import LabelRegister, require_bound, require_new, require_printed_before


class Purpose(StrEnum):
    """What labels are made for. The words stand in the journal for ever: add, never rename."""

    NEW = "new"
    """SNs that never were."""
    LISTED = "listed"
    """SNs that somebody else issued, and that were not printed yet."""
    BOUND = "bound"
    """Another label of units that are bound, such as for their box."""
    AFTER_PASS = "after-pass"
    REPRINT = "reprint"

    @property
    def act(self) -> Act:
        return Act.BIND if self is Purpose.AFTER_PASS else Act.MANAGE


@dataclass(frozen=True, slots=True)
class LabelRecord:
    """A batch that is ready to go out."""

    devices: Sequence[DeviceCode]
    """Of one product."""
    purpose: Purpose
    output: str
    """`pdf`, `png`, `zip` or `zpl`; `print` for a printer of the system."""
    layout: str
    reason: str | None = None
    """Why labels are printed again."""
    imeis: Mapping[DeviceCode, str] = field(default_factory=dict)
    """Those that stand on the labels beside their SNs."""

    def require(self, register: LabelRegister) -> None:
        """Raises `Refused` where an SN has no place in this batch."""
        match self.purpose:
            case Purpose.NEW | Purpose.LISTED:
                require_new(self.devices, register, self.purpose is Purpose.LISTED)
            case Purpose.REPRINT:
                require_printed_before(self.devices, register)
                self._require_imeis(register)
            case Purpose.AFTER_PASS:
                require_bound(self.devices, register)
                self._require_imeis(register)
            case Purpose.BOUND:
                require_bound(self.devices, register)
                self._require_imeis(register)
                self._require_first(register)

    def _require_first(self, register: LabelRegister) -> None:
        for device in self.devices:
            if register.has_label(device, self.layout):
                raise Refused(because(Why.LABEL_MADE_BEFORE, sn=device.sn, layout=self.layout))

    def _require_imeis(self, register: LabelRegister) -> None:
        """The SN may have been undone and bound to another module since the label was made."""
        for device, imei in self.imeis.items():
            bound = register.imei_of(device)
            if bound != imei:
                facts = {"sn": device.sn, "imei": imei, "bound": bound or "–"}
                raise Refused(because(Why.LABEL_OUTDATED, **facts))

    def entries(self, register: LabelRegister) -> Iterator[Entry]:
        """One for each label. A label that was made before in this layout is one that was printed again."""
        detail = json.dumps({"layout": self.layout, "output": self.output}, ensure_ascii=False)
        for device in self.devices:
            again = self._is_again(device, register)
            kind = EventKind.LABEL_REPRINTED if again else EventKind.LABEL_MADE
            imei = self.imeis.get(device)
            yield Entry(kind, pk=device.pk, sn=device.sn, label_imei=imei, reason=self.reason, detail=detail)

    def _is_again(self, device: DeviceCode, register: LabelRegister) -> bool:
        if self.purpose is Purpose.AFTER_PASS:
            return register.has_label(device, self.layout)
        return self.purpose is Purpose.REPRINT

    def entry_of_batch(self) -> Entry:
        first, last = self.devices[0], self.devices[-1]
        facts = {
            "labels": len(self.devices),
            "purpose": str(self.purpose),
            "layout": self.layout,
            "output": self.output,
            "first": str(first.sn),
            "last": str(last.sn),
        }
        detail = json.dumps(facts, ensure_ascii=False)
        return Entry(EventKind.LABELS_MADE, pk=first.pk, reason=self.reason, detail=detail)
